package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyReaderTest {
  private static Study read(String yaml) {
    return Study.parse(yaml, "folder/study.yaml");
  }

  @Test
  void aFileSaysWhatIsComparedAndExpected() {
    Study study =
        read(
            """
            title: Depth
            question: >-
              Does a second layer
              help?
            source: a course, problem 3
            seeds: 3
            data: digits
            lr: 0.1
            epochs: 4
            variants:
              flat: {title: no hidden layer, hidden: none}
              deep:
                hidden: [32, 32]
                lr: 0.05
              usual:
            expect:
              - {variant: flat, measure: test accuracy, published: 0.9, within: 0.02}
              - {variant: deep, measure: best test accuracy, at-least: 0.85, why: it is deep}
              - {variant: deep, measure: train loss at epoch 2, at-most: 1}
              - variant: usual
                measure: test loss
                reference: {mean: 0.3, sd: 0.01, runs: 4, of: PyTorch}
              - {variant: usual, measure: steps, diverges: true}
              - {variant: usual, measure: parameters, diverges: false}
            departures:
              - {source: one bias, instead: two}
              - {source: a high rate, instead: a lower one, variant: usual}
            """);
    assertThat(study.name()).isEqualTo("study");
    assertThat(study.title()).isEqualTo("Depth");
    assertThat(study.question()).isEqualTo("Does a second layer help?");
    assertThat(study.source()).isEqualTo("a course, problem 3");
    assertThat(study.seeds()).isEqualTo(3);
    assertThat(study.variants().stream().map(Variant::name))
        .containsExactly("flat", "deep", "usual");
    assertThat(study.variants().stream().map(Variant::toString))
        .containsExactly("no hidden layer", "deep", "usual");
    TrainConfig deep = study.variant("deep").recipe().config();
    assertThat(deep.network().hidden()).containsExactly(32, 32);
    assertThat(deep.optimizer().learningRate()).isEqualTo(0.05);
    assertThat(deep.epochs()).isEqualTo(4);
    assertThat(study.variant("usual").recipe().config().optimizer().learningRate()).isEqualTo(0.1);

    assertThat(study.claims().stream().map(claim -> claim.expectation().toString()))
        .containsExactly(
            "0.9 ± 0.02", "≥ 0.85", "≤ 1", "as PyTorch: 0.3 ± 0.01 (n = 4)", "diverges", "");
    assertThat(study.claims().stream().map(claim -> claim.measure().toString()))
        .containsExactly(
            "test accuracy",
            "best test accuracy",
            "train loss at epoch 2",
            "test loss",
            "steps",
            "parameters");
    assertThat(study.claims().getFirst().published()).contains(0.9);
    assertThat(study.claims().get(1).published()).isEmpty();
    assertThat(study.claims().get(1).why()).isEqualTo("it is deep");
    assertThat(study.claims().get(1).place()).isEqualTo("folder/study.yaml:18:5");
    assertThat(study.departures())
        .containsExactly(
            new Departure("one bias", "two", Optional.empty()),
            new Departure("a high rate", "a lower one", Optional.of("usual")));
  }

  @Test
  void settingsAloneAreAStudyOfOneTraining() {
    Study study = read("data: moons\nexpect: [{measure: test accuracy, at-least: 0.8}]");
    assertThat(study.seeds()).isEqualTo(5);
    assertThat(study.title()).isEmpty();
    assertThat(study.variants()).hasSize(1);
    assertThat(study.variants().getFirst().name()).isEmpty();
    assertThat(study.variants().getFirst()).hasToString("training");
    assertThat(study.claims().getFirst().variant()).isEmpty();
    assertThat(read("").variants().getFirst().recipe().settings()).isEmpty();
    assertThat(Study.parse("", "mnist.json").name()).isEqualTo("mnist");
    assertThat(Study.parse("", "C:\\studies\\two.moons.yaml").name()).isEqualTo("two.moons");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          - 1 → 1:1: expected settings, such as 'lr: 0.1', one a line
          titel: x → 1:1: unknown key 'titel', did you mean 'title'?
          variants: 3 → 1:11: expected a name and settings for each variant
          variants: {} → 1:11: expected one variant or more, got none
          variants: {a b: {}} → 1:12: expected a name of letters, digits and hyphens, got 'a b'
          variants: {a.b: {}} → 1:12: expected a name of letters, digits and hyphens, got 'a.b'
          variants: {a: 3} → 1:15: expected settings
          variants: {a: {lrr: 3}} → 1:16: unknown key 'lrr', did you mean 'lr'?
          variants: {a: {seeds: 3}} → 1:16: unknown key 'seeds', did you mean 'seed'?
          variants: {a: {}, a: {}} → 1:19: 'a' is there twice
          title: [1] → 1:8: 'title': expected a text
          question: {} → 1:11: 'question': expected a text
          seeds: 0 → 1:8: 'seeds': expected a whole number from 1 to 2147483647, got '0'
          seeds: many → 1:8: 'seeds': expected a whole number, got 'many'
          expect: 3 → 1:9: 'expect': expected a list
          expect: [3] → 1:10: expected a measure and what is expected of it
          expect: [{}] → 1:10: expected a measure, such as 'test accuracy'
          expect: [{measure: speed}] → 1:20: 'measure': expected a measure, such as 'test accuracy', 'best test accuracy', 'train loss at epoch 3', 'test loss without biases', 'steps', 'samples' or 'parameters', got 'speed'
          expect: [{measure: [steps]}] → 1:20: 'measure': expected a text
          expect: [{measure: steps, publshed: 3}] → 1:27: unknown key 'publshed', did you mean 'published'?
          expect: [{measure: steps, q: 3}] → 1:27: unknown key 'q': expected one of at-least, at-most, diverges, measure, published, reference, variant, why, within
          expect: [{measure: steps, published: few}] → 1:38: 'published': expected a number, got 'few'
          expect: [{measure: steps, published: .nan}] → 1:38: 'published': expected a number, got '.nan'
          expect: [{measure: steps, within: 3}] → 1:35: 'within' needs a 'published' number to be near to
          expect: [{measure: steps, published: 3, within: -1}] → 1:49: 'within': expected a number from 0 on, got '-1'
          expect: [{measure: steps, at-most: 3, at-least: 1}] → 1:10: expected one expectation, got [≥ 1, ≤ 3]: make it two entries
          expect: [{measure: steps, at-least: 1, diverges: true}] → 1:10: expected one expectation, got [≥ 1, diverges]: make it two entries
          expect: [{measure: steps, diverges: maybe}] → 1:37: 'diverges': expected true or false, got 'maybe'
          expect: [{measure: steps, reference: 3}] → 1:38: expected 'mean', 'sd', 'runs' and 'of'
          expect: [{measure: steps, reference: {mean: 1, sd: 1}}] → 1:38: expected 'runs', too
          expect: [{measure: steps, reference: {sd: 1, runs: 3}}] → 1:38: expected 'mean', too
          expect: [{measure: steps, reference: {mean: 1, sd: 1, runs: 1}}] → 1:61: 'runs': expected a whole number from 2 to 2147483647, got '1'
          expect: [{measure: steps, reference: {mean: 1, sd: -1, runs: 3}}] → 1:52: 'sd': expected a number from 0 on, got '-1'
          expect: [{measure: steps, reference: {mean: 1, sd: 1, run: 3}}] → 1:55: unknown key 'run', did you mean 'runs'?
          expect: [{measure: steps, variant: b}] → 1:36: expected no variant, since there is only one training, got 'b'
          variants: {a: {}, b: {}};expect: [{measure: steps}] → 2:10: expected a variant: one of a, b
          variants: {deep: {}, wide: {}};expect: [{measure: steps, variant: wid}] → 2:36: expected a variant, one of deep, wide, got 'wid', did you mean 'wide'?
          epochs: 3;expect: [{measure: train loss at epoch 4}] → 2:20: 'measure': 'train loss at epoch 4' is not measured: expected an epoch from 1 to 3
          epochs: 3;expect: [{measure: train loss at epoch 0}] → 2:20: 'measure': 'train loss at epoch 0' is not measured: expected an epoch from 1 to 3
          expect: [{measure: validation loss}] → 1:20: 'measure': 'validation loss' is not measured: no samples are held out: give 'validation' too, such as 0.1
          watch-test: false;expect: [{measure: best test loss}] → 2:20: 'measure': 'best test loss' is not measured: the test set is measured at the end alone: leave 'watch-test: false' out
          reconstruct: true;loss: l2-norm;expect: [{measure: test accuracy}] → 3:20: 'measure': 'test accuracy' is not measured: an autoencoder decides nothing: expected a loss
          lr: fast;expect: [{measure: steps}] → 1:5: expected a number above 0, got 'fast'
          departures: {} → 1:13: 'departures': expected a list
          departures: [text] → 1:14: expected 'source' and 'instead'
          departures: [{source: x}] → 1:14: expected 'instead', too
          departures: [{instead: x}] → 1:14: expected 'source', too
          departures: [{source: [x], instead: y}] → 1:23: 'source': expected a text
          departures: [{source: x, instead: y, why: z}] → 1:38: unknown key 'why': expected one of instead, source, variant
          departures: [{source: x, instead: y, variant: z}] → 1:47: expected no variant, since there is only one training, got 'z'
          """)
  void mistakesAreNamedWithTheirPlace(String yaml, String expected) {
    assertThatThrownBy(() -> read(yaml.replace(";", "\n")))
        .isInstanceOf(RecipeException.class)
        .hasMessage("folder/study.yaml:" + expected);
  }

  @Test
  void oneTrainingOfSeveralHasToBeChosen() {
    assertThatThrownBy(() -> Recipe.parse("variants: {a: {}, b: {}}", "two.yaml"))
        .isInstanceOf(RecipeException.class)
        .hasMessage(
            "two.yaml: expected one training, got the variants a, b: choose one by --variant");
    TrainConfig only = Recipe.parse("variants: {a: {lr: 3}}", "one.yaml").config();
    assertThat(only.optimizer().learningRate()).isEqualTo(3);
  }

  @Test
  void valuesMayBeNamedAndUsedAgain() {
    Study study = read("variants: {a: &a {hidden: [3, 4], lr: 0.5}, b: *a}");
    assertThat(study.variant("b").recipe().config().describe())
        .isEqualTo(study.variant("a").recipe().config().describe());
  }

  @Test
  void whatContainsItselfOrIsHugeIsRefused() {
    assertThatThrownBy(() -> read("hidden: &x [1, *x]"))
        .isInstanceOf(RecipeException.class)
        .hasMessageMatching("folder/study.yaml:1:\\d+: this contains itself");
    assertThatThrownBy(() -> read("hidden: " + "[".repeat(100_000)))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("not YAML: values are nested more than 50 deep");
    // Each line is as long as the two before it together, if it is written out.
    StringBuilder doubled = new StringBuilder("x0: &x0 [1]\n");
    for (int i = 1; i < 24; i++) {
      doubled.append("x%d: &x%d [*x%d, *x%d]\n".formatted(i, i, i - 1, i - 1));
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> read(doubled.toString()))
                .isInstanceOf(RecipeException.class)
                .hasMessageStartingWith("folder/study.yaml:1:1: unknown key 'x0'"));
  }

  @Test
  void garbageIsRefusedWithoutAnyOtherFailure() {
    long seed = Long.getLong("ijen.seed", 20261122);
    Random random = new Random(seed);
    String whole =
        """
        title: t
        seeds: 3
        variants: {a: {lr: 0.1}, b: {}}
        expect: [{variant: a, measure: test loss, published: 3, within: 1}]
        departures: [{source: x, instead: y, variant: a}]
        """;
    String letters = "abe: []{}\n,-.01'\"&*!|>#%@`";
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int k = 0; k <= random.nextInt(4); k++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
          default -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
        }
      }
      try {
        read(text.toString());
      } catch (RecipeException expected) {
        assertThat(expected).hasMessageStartingWith("folder/study.yaml");
        refused++;
      } catch (RuntimeException other) {
        throw new AssertionError("seed " + seed + ", text " + i + ": '" + text + "'", other);
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
