package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyTest {
  private static final Study STUDY =
      Study.parse(
          """
          seeds: 2
          lr: 0.1
          variants:
            flat: {hidden: none}
            deep: {hidden: [8, 8], lr: 0.2}
            wide: {hidden: 64}
          expect:
            - {variant: deep, measure: steps}
            - {variant: flat, measure: steps}
          departures:
            - {source: a, instead: b, variant: deep}
            - {source: c, instead: d}
          """,
          "study.yaml");

  private static TrainConfig config(Study study, String variant) {
    return study.variant(variant).recipe().config();
  }

  @Test
  void someOfTheVariantsKeepWhatIsSaidOfThem() {
    Study some = STUDY.only(List.of("wide", "flat", "wide"));
    assertThat(some.variants()).containsExactly(STUDY.variant("flat"), STUDY.variant("wide"));
    assertThat(some.claims()).containsExactly(STUDY.claims().get(1));
    assertThat(some.departures())
        .containsExactly(
            new Departure("a", "b", Optional.empty()), new Departure("c", "d", Optional.empty()));
    assertThat(STUDY.only(List.of("deep")).departures()).isEqualTo(STUDY.departures());
    assertThatThrownBy(() -> STUDY.only(List.of("flat", "dep")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a variant, one of flat, deep, wide, got 'dep', did you mean 'deep'?");
  }

  @Test
  void seedsCanBeMoreOrLess() {
    assertThat(STUDY.withSeeds(7).seeds()).isEqualTo(7);
    assertThatThrownBy(() -> STUDY.withSeeds(0)).hasMessage("seeds: expected 1 or more, got 0");
  }

  @Test
  void settingsAreGivenAnewForAllOrOne() {
    Study changed =
        STUDY.with(List.of("epochs=3", "deep.lr=0.5", "wide.hidden=16,16", "seed=-4"), "--set");
    for (String name : List.of("flat", "deep", "wide")) {
      assertThat(config(changed, name).epochs()).isEqualTo(3);
      assertThat(config(changed, name).seed()).isEqualTo(-4);
    }
    assertThat(config(changed, "deep").optimizer().learningRate()).isEqualTo(0.5);
    assertThat(config(changed, "flat").optimizer().learningRate()).isEqualTo(0.1);
    assertThat(config(changed, "wide").network().hidden()).containsExactly(16, 16);
    assertThat(config(STUDY, "wide").epochs()).isEqualTo(10); // as it was
    assertThat(changed.claims()).isEqualTo(STUDY.claims());

    Study later = STUDY.with(List.of("lr=0.3", "deep.lr=0.4"), "--set");
    assertThat(config(later, "flat").optimizer().learningRate()).isEqualTo(0.3);
    assertThat(config(later, "deep").optimizer().learningRate()).isEqualTo(0.4);
  }

  @Test
  void whatASettingIsAboutMayStandBeforeIt() {
    for (String text : List.of("optimizer.lr=0.5", "training.lr=0.5", "schedule.lr=0.5")) {
      Study changed = STUDY.with(List.of(text, "deep." + text.replace("5", "7")), "--set");
      assertThat(config(changed, "flat").optimizer().learningRate()).isEqualTo(0.5);
      assertThat(config(changed, "deep").optimizer().learningRate()).isEqualTo(0.7);
    }
    assertThat(
            config(STUDY.with(List.of("data.train-size=30"), "--set"), "flat").data().trainSize())
        .contains(30);
    assertThat(config(STUDY.with(List.of(" run . name = x=y "), "--set"), "flat").name())
        .contains("x=y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          lr → --set: expected [VARIANT.]KEY=VALUE, such as lr=0.05, got 'lr'
          learning_rate=1 → --set: unknown key 'learning_rate', did you mean 'lr'?
          deep.lrr=1 → --set: unknown key 'lrr', did you mean 'lr'?
          dep.lr=1 → --set: expected a variant (flat, deep, wide) or 'training' before 'lr', got 'dep', did you mean 'deep'?
          network.lr=1 → --set: expected a variant (flat, deep, wide) or 'training' before 'lr', got 'network'
          deep.flat.lr=1 → --set: expected a variant (flat, deep, wide) or 'training' before 'lr', got 'flat'
          deep.a.b.lr=1 → --set: expected a variant (flat, deep, wide) or 'training' before 'lr', got 'a.b'
          """)
  void wrongAssignmentsAreExplained(String text, String expected) {
    assertThatThrownBy(() -> STUDY.with(List.of(text), "--set"))
        .isInstanceOf(RecipeException.class)
        .hasMessage(expected);
  }

  @Test
  void errorsInValuesNameTheAssignment() {
    assertThatThrownBy(() -> config(STUDY.with(List.of("deep.lr=fast"), "--set"), "deep"))
        .isInstanceOf(RecipeException.class)
        .hasMessage("--set lr: expected a number above 0, got 'fast'");
    Study one = Study.parse("lr: 0.1", "one.yaml");
    assertThat(one.with(List.of("lr=0.5"), "--set").variants().getFirst().recipe().config())
        .extracting(config -> config.optimizer().learningRate())
        .isEqualTo(0.5);
    assertThatThrownBy(() -> one.with(List.of("deep.lr=0.5"), "--set"))
        .hasMessage("--set: expected 'training' or nothing before 'lr', got 'deep'");
  }

  @Test
  void itsDescriptionHasAllSettings() {
    assertThat(STUDY.describe().keySet())
        .containsExactly("name", "title", "question", "source", "seeds", "variants");
    assertThat(String.valueOf(STUDY.describe().getOrDefault("variants", "")))
        .startsWith("{flat={data=digits,")
        .contains("deep={", "hidden=[8, 8]");
  }
}
