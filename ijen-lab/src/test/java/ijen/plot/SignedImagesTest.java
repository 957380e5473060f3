package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignedImagesTest {
  @Test
  void shadesAreSymmetricAndOnOneScale() {
    float[] small = {0.5f, -0.5f, 0, 0.25f};
    float[] large = {1, -2, 0, 0};
    Drawing drawing =
        FigureChecks.check(
            SignedImages.weights("Weights", List.of("a", "b"), List.of(small, large), 2, 2));
    List<Mark.Stencil> stencils =
        drawing.marks().stream()
            .filter(Mark.Stencil.class::isInstance)
            .map(Mark.Stencil.class::cast)
            .toList();
    assertThat(stencils).hasSize(2 * 2 + 2);
    assertThat(opacities(stencils.get(0))).containsExactly(64, 0, 0, 32);
    assertThat(opacities(stencils.get(1))).containsExactly(0, 64, 0, 0);
    assertThat(opacities(stencils.get(2))).containsExactly(128, 0, 0, 0);
    assertThat(opacities(stencils.get(3))).containsExactly(0, 255, 0, 0);
    assertThat(stencils.get(0).paint()).isNotEqualTo(stencils.get(1).paint());
    // The key runs from full blue over the ground to full rust.
    List<Integer> up = opacities(stencils.get(4));
    assertThat(up.getFirst()).isEqualTo(255);
    assertThat(up.reversed()).isEqualTo(opacities(stencils.get(5)));
    assertThat(up.get(up.size() / 2)).isZero();
    assertThat(drawing.labels())
        .extracting(Mark.Label::text)
        .contains("a", "b", "+2.0", "0", "−2.0");
  }

  private static List<Integer> opacities(Mark.Stencil stencil) {
    byte[] bytes = stencil.opacity().pixels();
    return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i] & 0xFF).toList();
  }

  @Test
  void anyGridIsReadable() {
    for (int count : new int[] {1, 4, 5, 6, 26}) {
      List<String> names = IntStream.range(0, count).mapToObj(i -> "a long name " + i).toList();
      List<float[]> values = names.stream().map(name -> new float[15]).toList();
      SignedImages images = SignedImages.weights("Weights", names, values, 5, 3);
      for (int columns : new int[] {1, 5, 10}) {
        Drawing drawing = FigureChecks.check(images.withColumns(columns));
        assertThat(drawing.labels()).extracting(Mark.Label::text).contains("0");
      }
    }
  }

  @Test
  void wrongValuesAreExplained() {
    assertThatThrownBy(() -> SignedImages.weights("w", List.of("a"), List.of(new float[3]), 2, 2))
        .hasMessage("signed images 'w': 'a' has 3 values, expected 2 × 2");
    float[] broken = {1, Float.NaN, 0, 0};
    assertThatThrownBy(() -> SignedImages.weights("w", List.of("a"), List.of(broken), 2, 2))
        .hasMessage("signed images 'w': 'a' holds NaN, which has no shade");
    assertThatThrownBy(() -> SignedImages.weights("w", List.of("a", "b"), List.of(broken), 2, 2))
        .hasMessageContaining("an image for each of 2 names, got 1");
  }
}
