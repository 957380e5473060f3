package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.format.Tensor;
import ijen.graph.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteImagesTest extends DatasetContract {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  @Override
  ByteImages subject() {
    byte[] pixels = new byte[5 * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i);
    }
    return ByteImages.of("letters", Shape.of(2, 3), pixels, new int[] {0, 2, 2, 1, 0}, CLASSES);
  }

  @Test
  void bytesBecomeFractionsOf255RoundedCorrectly() {
    byte[] pixels = new byte[256];
    for (int b = 0; b < 256; b++) {
      pixels[b] = (byte) b;
    }
    ByteImages all = ByteImages.of("all", Shape.of(16, 16), pixels, new int[] {0}, CLASSES);
    float[] values = all.sample(0);
    for (int b = 0; b < 256; b++) {
      BigDecimal exact = new BigDecimal(b).divide(new BigDecimal(255), new MathContext(40));
      assertThat(values[b]).isEqualTo(exact.floatValue());
      assertThat(all.pixel(0, b)).isEqualTo(b);
    }
    assertThat(values[255]).isEqualTo(1f);
  }

  @Test
  void scalingDoesNotChangeImagesOrTheirChecksum() {
    Dataset scaled = subject().scaled(Scaling.of(new float[] {3 * 255}, new float[] {4}));
    assertThat(scaled.image(1)).isEqualTo(subject().image(1));
    assertThat(scaled.sha256()).isEqualTo(subject().sha256());
    assertThat(scaled.sample(0)[1]).isCloseTo(37 * 3 + 4f, within(1e-4f));
  }

  @Test
  void comeFromTensors() {
    Tensor images = Tensor.of(new byte[] {1, 2, 3, -1}, 2, 1, 2);
    Tensor labels = Tensor.of(new byte[] {2, 0}, 2);
    ByteImages data = ByteImages.of("idx", images, labels, CLASSES);
    assertThat(data.features()).isEqualTo(Shape.of(1, 2));
    assertThat(data.image(1)).containsExactly(3, 255);
    assertThat(data.label(0)).isEqualTo(2);
    assertThatThrownBy(() -> ByteImages.of("idx", labels, labels, CLASSES))
        .hasMessage("idx: expected images as U8 [count, height, width], got U8 [2]");
    assertThatThrownBy(() -> ByteImages.of("idx", images, images, CLASSES))
        .hasMessage("idx: expected labels as U8 [count], got U8 [2, 1, 2]");
    Tensor three = Tensor.of(new byte[3], 3);
    assertThatThrownBy(() -> ByteImages.of("idx", images, three, CLASSES))
        .hasMessage(
            "idx: expected a label for each image, got images U8 [2, 1, 2] and labels U8 [3]");
    Tensor high = Tensor.of(new byte[] {0, -56}, 2);
    assertThatThrownBy(() -> ByteImages.of("idx", images, high, CLASSES))
        .hasMessage("idx: expected labels from 0 to 2, got 200 for image 1");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Shape two = Shape.of(2);
    assertThatThrownBy(() -> ByteImages.of("x", two, new byte[0], new int[0], CLASSES))
        .hasMessage("x: expected 1 or more images, got none");
    assertThatThrownBy(() -> ByteImages.of("x", two, new byte[5], new int[2], CLASSES))
        .hasMessage("x: expected 4 pixels for 2 images of shape [2], got 5");
    assertThatThrownBy(() -> ByteImages.of("x", two, new byte[2], new int[] {-1}, CLASSES))
        .hasMessage("x: expected labels from 0 to 2, got -1 for image 0");
    assertThatThrownBy(() -> subject().pixel(5, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> subject().pixel(0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
