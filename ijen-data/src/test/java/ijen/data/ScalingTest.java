package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Shape;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private static final float[] VALUES = {1, 10, 7, 3, 20, 7, 5, 60, 7, 7, 30, 7};
  private static final Dataset FOUR =
      RealSamples.regression("four", Shape.of(3), VALUES, Shape.scalar(), new float[4]);

  private static double[] column(Dataset samples, int feature) {
    double[] column = new double[samples.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = samples.sample(i)[feature];
    }
    return column;
  }

  private static double mean(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double... values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }

  @Test
  void rangeGoesFromZeroToOneOverAllFeatures() {
    Dataset scaled = FOUR.scaled(Scaling.range(FOUR));
    assertThat(scaled.sample(0)[0]).isCloseTo(0, within(1e-7f));
    assertThat(scaled.sample(2)[1]).isCloseTo(1, within(1e-6f));
    assertThat(scaled.sample(1)[2]).isCloseTo(6 / 59f, within(1e-6f));
  }

  @Test
  void centreTakesEachMeanAway() {
    Dataset scaled = FOUR.scaled(Scaling.centre(FOUR));
    for (int feature = 0; feature < 3; feature++) {
      assertThat(mean(column(scaled, feature))).isCloseTo(0, within(1e-6));
      assertThat(variance(column(scaled, feature)))
          .isCloseTo(variance(column(FOUR, feature)), within(1e-4));
    }
  }

  @Test
  void standardiseMakesVariancesOneButOfWhatIsAlwaysTheSame() {
    Dataset scaled = FOUR.scaled(Scaling.standardise(FOUR));
    for (int feature = 0; feature < 2; feature++) {
      assertThat(mean(column(scaled, feature))).isCloseTo(0, within(1e-6));
      assertThat(variance(column(scaled, feature))).isCloseTo(1, within(1e-6));
    }
    assertThat(column(scaled, 2)).containsOnly(0);
  }

  @Test
  void shiftAddsTheSameEverywhere() {
    Dataset scaled = FOUR.scaled(Scaling.named("shift:-0.5", FOUR));
    assertThat(scaled.sample(1)).containsExactly(2.5f, 19.5f, 6.5f);
    assertThat(scaled.scaling()).isEqualTo(Scaling.shift(-0.5));
    assertThat(Scaling.named("shift:+.25", FOUR)).isEqualTo(Scaling.shift(0.25));
    // Grey values are divided by 255 before, so that they lie around 0.
    Dataset digits = Digits.generate(5, 1);
    float[] plain = digits.sample(2);
    float[] shifted = digits.scaled(Scaling.shift(-0.5)).sample(2);
    for (int i = 0; i < plain.length; i++) {
      assertThat(shifted[i]).isEqualTo(plain[i] - 0.5f).isBetween(-0.5f, 0.5f);
    }
  }

  @Test
  void viewsKeepTheScalingAndTheRest() {
    Scaling scaling = Scaling.standardise(FOUR);
    Dataset scaled = FOUR.scaled(scaling);
    assertThat(FOUR.scaling().isNone()).isTrue();
    assertThat(scaled.scaling()).isEqualTo(scaling);
    assertThat(scaled.take(2).scaling()).isEqualTo(scaling);
    assertThat(scaled.reconstruction().scaling()).isEqualTo(scaling);
    assertThat(scaled.select(3).sample(0)).isEqualTo(scaled.sample(3));
    assertThat(FOUR.scaled(Scaling.NONE)).isSameAs(FOUR);
    Dataset images = Digits.generate(5, 1);
    Dataset standard = images.scaled(Scaling.range(images));
    assertThat(standard.label(3)).isEqualTo(images.label(3));
    assertThat(standard.classes()).isEqualTo(images.classes());
    assertThat(standard.image(2)).isEqualTo(images.image(2));
  }

  @Test
  void oneAfterTheOtherIsOne() {
    Scaling first = Scaling.of(new float[] {2}, new float[] {1});
    Scaling second = Scaling.of(new float[] {1, 0.5f, -1}, new float[] {0, 4, 8});
    Dataset both = FOUR.scaled(first).scaled(second);
    assertThat(both.sample(1)).containsExactly(7, 24.5f, -7);
    assertThat(FOUR.scaled(both.scaling()).sample(1)).containsExactly(7, 24.5f, -7);
  }

  @Test
  void whatDoesNotFitIsTold() {
    Scaling two = Scaling.of(new float[2], new float[2]);
    assertThatThrownBy(() -> FOUR.scaled(two))
        .hasMessage("scaling: it is for 2 features, samples have 3 [3]");
    assertThatThrownBy(() -> Scaling.of(new float[2], new float[1]))
        .hasMessage(
            "scaling: expected as many shifts as scales, 1 or more, got 2 scales and 1 shifts");
    assertThatThrownBy(() -> Scaling.of(new float[] {Float.NaN}, new float[1]))
        .hasMessage("scaling: expected finite numbers, got x·NaN + 0.0 for feature 0");
    assertThatThrownBy(() -> Scaling.named("standardize", FOUR))
        .hasMessage(
            "expected one of none, range, centre, standardise, shift:-0.5, got 'standardize': did"
                + " you mean 'standardise'?");
    for (String wrong :
        new String[] {"shift", "shift:", "shift:half", "shift:-0.5e1", "shift:NaN"}) {
      assertThatThrownBy(() -> Scaling.requireName(wrong))
          .hasMessageStartingWith(
              "expected one of none, range, centre, standardise, shift:-0.5, got");
    }
  }
}
