package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {
  private static final String ALL = "digits, mnist, fashion-mnist, moons, circles, spirals, xor";

  @Test
  void listsWhatThereIs() {
    assertThat(Datasets.all()).extracting(Datasets.Entry::name).containsExactly(ALL.split(", "));
    assertThat(Datasets.all()).allMatch(entry -> !entry.description().isBlank());
    assertThat(Datasets.all())
        .filteredOn(Datasets.Entry::hasFiles)
        .extracting(Datasets.Entry::name)
        .containsExactly("mnist", "fashion-mnist");
    assertThat(Datasets.entry("xor").verify(Options.defaults())).isEmpty();
    assertThat(Datasets.entry("xor").fetch(Options.defaults())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"moons", "circles", "spirals", "xor"})
  void opensPoints(String name) {
    TrainTest both = Datasets.open(name);
    assertThat(both.train().size()).isEqualTo(1_000);
    assertThat(both.test().size()).isEqualTo(500);
    assertThat(both.train().features()).isEqualTo(Shape.of(2));
    assertThat(both.test().name()).isEqualTo(name + " test");
    assertThat(both.train().classes()).hasSize(2);
  }

  @Test
  void opensDigitsOfTheGivenSizesAndSeed() {
    Options options = Options.defaults().withTrainSize(30).withTestSize(20).withSeed(5);
    TrainTest both = Datasets.open(" Digits", options);
    assertThat(both.train().sha256()).isEqualTo(Digits.generate(30, 5).sha256());
    assertThat(both.test().size()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "mnits, mnist",
    "MINST, mnist",
    "fashion, fashion-mnist",
    "fashionmnist, fashion-mnist",
    "digit, digits",
    "moon, moons",
    "spiral, spirals"
  })
  void anUnknownNameIsAnsweredWithTheNearest(String wrong, String near) {
    assertThatThrownBy(() -> Datasets.open(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no data set is called '"
                + wrong
                + "', did you mean '"
                + near
                + "'? There are: "
                + ALL);
  }

  @Test
  void aNameUnlikeAllIsAnsweredWithTheList() {
    assertThatThrownBy(() -> Datasets.open("imagenet"))
        .hasMessage("no data set is called 'imagenet'. There are: " + ALL);
    assertThatThrownBy(() -> Datasets.open("x".repeat(1_000)))
        .hasMessageEndingWith("There are: " + ALL);
  }

  @Test
  void optionsRefuseNonsense() {
    assertThatThrownBy(() -> Options.defaults().withTrainSize(0))
        .hasMessage("expected 1 or more training samples, got 0");
    assertThatThrownBy(() -> Options.defaults().withTestSize(-3))
        .hasMessage("expected 1 or more test samples, got -3");
    assertThatThrownBy(() -> Options.defaults().withNoise(Double.NaN))
        .hasMessage("expected noise of 0 or more, got NaN");
  }
}
