package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.recipe.Study;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private static final Study STUDY =
      Study.parse("seeds: 3\nvariants: {short: {epochs: 2}, long: {epochs: 20}}", "study.yaml");

  @Test
  void epochsAreTheMeasureUntilAVariantIsKnown() {
    TimeLeft left = new TimeLeft(STUDY, 1);
    assertThat(left.seconds()).isNaN();
    left.ended(STUDY.variant("short"), 4);
    assertThat(left.seconds()).isEqualTo(2 * 4 + 3 * 40);
    left.ended(STUDY.variant("short"), 6);
    assertThat(left.seconds()).isEqualTo(5 + 3 * 50);
    left.ended(STUDY.variant("long"), 10); // its epochs are faster than those of the others
    assertThat(left.seconds()).isCloseTo(5 + 2 * 10, within(1e-9));
  }

  @Test
  void severalGoOnAtTheSameTime() {
    TimeLeft left = new TimeLeft(STUDY, 4);
    left.ended(STUDY.variant("short"), 4);
    assertThat(left.seconds()).isEqualTo((2 * 4 + 3 * 40) / 4.0);
    left.ended(STUDY.variant("short"), 4);
    left.ended(STUDY.variant("short"), 4);
    left.ended(STUDY.variant("long"), 10);
    assertThat(left.seconds()).as("only two are left for four").isEqualTo(10);
    left.ended(STUDY.variant("long"), 10);
    left.ended(STUDY.variant("long"), 10);
    assertThat(left.seconds()).isZero();
  }
}
