package ijen.study;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.metric.Replicates;
import ijen.recipe.Claim;
import ijen.recipe.Expectation;
import ijen.recipe.Measure;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final double NAN = Double.NaN;
  private static final Expectation AGREES =
      new Expectation.Agrees(new Replicates.Summary(0.5, 0.01, 3), "others");

  private static Judgement judge(Expectation expectation, long diverged, Double... values) {
    Claim claim =
        new Claim("a", Measure.parse("test loss"), Optional.empty(), expectation, "", "file:1:1");
    return new Judgement(claim, new Replicates(Arrays.asList(values)), diverged);
  }

  private static void assertVerdict(Judgement judgement, String verdict, boolean holds) {
    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(judgement.holds()).isEqualTo(holds);
  }

  @Test
  void whatHoldsIsHeld() {
    assertVerdict(judge(new Expectation.AtLeast(0.5), 0, 0.4, 0.7), "held", true);
    assertVerdict(judge(new Expectation.AtLeast(0.6), 0, 0.4, 0.7), "not held", false);
    assertVerdict(judge(AGREES, 0, 0.4, 0.5), "held", true);
    assertVerdict(judge(AGREES, 0, 0.1, 0.1), "not held", false);
  }

  @Test
  void aTrainingThatDivergedHasNoNumber() {
    assertVerdict(judge(new Expectation.AtLeast(0), 1, 0.4, NAN), "not held", false);
    assertVerdict(judge(new Expectation.Diverges(), 1, 0.4, NAN), "not held", false);
    assertVerdict(judge(new Expectation.Diverges(), 2, NAN, NAN), "held", true);
    assertVerdict(judge(AGREES, 1, NAN), "not held", false);
  }

  @Test
  void whatIsNotMeasuredCannotHold() {
    assertVerdict(judge(new Expectation.AtLeast(0), 0, 0.4, NAN), "not measured", false);
    assertVerdict(judge(new Expectation.Diverges(), 0, NAN, NAN), "not measured", false);
    assertVerdict(judge(new Expectation.Diverges(), 1, NAN, NAN), "not measured", false);
  }

  @Test
  void oneSeedCannotTellWhetherMeansAgree() {
    assertVerdict(judge(AGREES, 0, 0.1), "one seed cannot tell", true);
    assertVerdict(judge(new Expectation.Within(0.5, 0.1), 0, 0.1), "not held", false);
  }

  @Test
  void whereNothingIsExpectedThereIsNoVerdict() {
    assertVerdict(judge(new Expectation.Nothing(), 0, 0.1), "", true);
    assertVerdict(judge(new Expectation.Nothing(), 1, NAN), "", true);
    assertVerdict(judge(new Expectation.Nothing(), 0, NAN), "", true);
  }
}
