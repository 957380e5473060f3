package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.Tensor;
import ijen.random.RandomStream;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ImageResizeTest {
  private static final long SEED = Long.getLong("ijen.seed", 7);

  private static int[] resized(int height, int width, byte[] pixels, int... shape) {
    return ImageResize.resize(Tensor.of(pixels, shape), height, width).ints();
  }

  @Test
  void shrinkingTakesTheMeanOfTheArea() {
    byte[] pixels = {0, 10, 20, 30, 40, 50, 60, 70};
    assertThat(resized(1, 2, pixels, 2, 4)).containsExactly(25, 45);
    assertThat(resized(2, 2, pixels, 2, 4)).containsExactly(5, 25, 45, 65);
    assertThat(resized(1, 1, pixels, 2, 4)).containsExactly(35);
    // Three into two: the middle one is shared.
    assertThat(resized(1, 2, new byte[] {0, 90, 30}, 1, 3)).containsExactly(30, 50);
    assertThat(resized(1, 1, new byte[] {0, 1}, 1, 2)).containsExactly(1); // halves upwards
    assertThat(resized(1, 1, new byte[] {-1, -1, -2}, 1, 3)).containsExactly(255);
  }

  @Test
  void enlargingInterpolatesBetweenCentres() {
    assertThat(resized(1, 4, new byte[] {0, 100}, 1, 2)).containsExactly(0, 25, 75, 100);
    assertThat(resized(3, 1, new byte[] {0, 100}, 2, 1)).containsExactly(0, 50, 100);
    assertThat(resized(2, 2, new byte[] {77}, 1, 1)).containsExactly(77, 77, 77, 77);
    assertThat(resized(2, 1, new byte[] {0, 100, 50, 50}, 1, 4)).containsExactly(50, 50);
  }

  @Test
  void coloursDoNotMix() {
    Tensor image = Tensor.of(new byte[] {1, 3, 50, 70, -1, -1}, 3, 1, 2);
    Tensor small = ImageResize.resize(image, 1, 1);
    assertThat(small).hasToString("U8 [3, 1, 1]");
    assertThat(small.ints()).containsExactly(2, 60, 255);
    assertThat(ImageResize.resize(image, 1, 2)).isSameAs(image);
  }

  @Test
  void meansOfAnyAreaAreThoseOfAFinerImage() {
    RandomGenerator random = RandomStream.of(SEED, "resize", 0).generator();
    for (int round = 0; round < 50; round++) {
      int height = 1 + random.nextInt(12);
      int width = 1 + random.nextInt(12);
      int newHeight = 1 + random.nextInt(height);
      int newWidth = 1 + random.nextInt(width);
      byte[] pixels = new byte[height * width];
      random.nextBytes(pixels);
      int[] expected = new int[newHeight * newWidth];
      for (int y = 0; y < newHeight; y++) {
        for (int x = 0; x < newWidth; x++) {
          // Each old pixel becomes newHeight × newWidth small ones, of which whole ones are summed.
          long sum = 0;
          for (int i = y * height; i < (y + 1) * height; i++) {
            for (int j = x * width; j < (x + 1) * width; j++) {
              sum += pixels[i / newHeight * width + j / newWidth] & 255;
            }
          }
          expected[y * newWidth + x] =
              (int) ((2 * sum + (long) height * width) / (2L * height * width));
        }
      }
      int[] resized = resized(newHeight, newWidth, pixels, height, width);
      assertThat(resized).as("seed %d round %d", SEED, round).isEqualTo(expected);
    }
  }
}
