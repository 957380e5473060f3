package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.RealSamples;
import ijen.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassGroupsTest {
  private static final Dataset DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(100)).train();

  private static Dataset samples(String... classes) {
    int[] labels = new int[classes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i;
    }
    return RealSamples.labelled(
        "samples", Shape.of(1), new float[classes.length], labels, List.of(classes));
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.label(i);
    }
    return labels;
  }

  @Test
  void digitsBecomeEvenAndOdd() {
    Dataset parity = ClassGroups.parse("odd=1,3,5,7,9|even=0,2,4,6,8").apply(DIGITS);
    assertThat(parity.classes()).containsExactly("odd", "even");
    assertThat(parity.size()).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      assertThat(parity.label(i)).isEqualTo(DIGITS.label(i) % 2 == 1 ? 0 : 1);
    }
  }

  @Test
  void rangesAreNumbersOfClasses() {
    Dataset halves = ClassGroups.parse(" 0-4 | 5-9 ").apply(DIGITS);
    assertThat(halves.classes()).containsExactly("0-4", "5-9");
    for (int i = 0; i < 100; i++) {
      assertThat(halves.label(i)).isEqualTo(DIGITS.label(i) / 5);
    }
  }

  @Test
  void namesCountMoreThanNumbers() {
    // The class named 1 is number 0.
    assertThat(labels(ClassGroups.parse("x=1|y=b,2").apply(samples("1", "b", "c"))))
        .containsExactly(0, 1, 1);
    assertThat(labels(ClassGroups.parse("low=0-1|c").apply(samples("a-b", "b", "c"))))
        .containsExactly(0, 0, 1);
    assertThat(labels(ClassGroups.parse("a-b|1-2").apply(samples("a-b", "b", "c"))))
        .containsExactly(0, 1, 1);
  }

  @Test
  void theTextReadsBackTheSame() {
    for (String text : List.of("0-4|5-9", "odd=1,3|even=0,2", "a,b|c", "x=y=z|w")) {
      assertThat(ClassGroups.parse(text)).hasToString(text);
      assertThat(ClassGroups.parse(ClassGroups.parse(text).toString()))
          .isEqualTo(ClassGroups.parse(text));
    }
    assertThat(ClassGroups.parse(" odd = 1 , 3 | 0-2 ")).hasToString("odd=1,3|0-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          0-9 → expected two groups of classes or more, such as 0-4|5-9, got '0-9'
          1,,2|3 → expected groups of classes, such as 0-4|5-9 or odd=1,3,5,7,9|even=0,2,4,6,8, got '1,,2|3'
          1|| → expected groups of classes, such as 0-4|5-9 or odd=1,3,5,7,9|even=0,2,4,6,8, got '1||'
          =1|2 → expected groups of classes, such as 0-4|5-9 or odd=1,3,5,7,9|even=0,2,4,6,8, got '=1|2'
          a=|2 → expected groups of classes, such as 0-4|5-9 or odd=1,3,5,7,9|even=0,2,4,6,8, got 'a=|2'
          a=1|a=2 → expected a name of its own for each group of classes, got 'a=1|a=2'
          """)
  void wrongTextsAreExplained(String text, String expected) {
    assertThatThrownBy(() -> ClassGroups.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(expected);
    assertThatThrownBy(() -> Recipe.empty().with(Setting.CLASSES, text, "--classes").config())
        .isInstanceOf(RecipeException.class)
        .hasMessage("--classes: " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          0-4|6-9 → classes: '5' is in no group of '0-4|6-9': expected each class of digits train in one
          0-5|5-9 → classes: '5' is there twice in '0-5|5-9'
          0-5,3|6-9 → classes: '3' is there twice in '0-5,3|6-9'
          0-4|5-10 → classes: expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or numbers from 0 to 9, got '5-10'
          4-0|5-9 → classes: expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or numbers from 0 to 9, got '4-0'
          0-4|five → classes: expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or numbers from 0 to 9, got 'five'
          0-4|5-6-9 → classes: expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or numbers from 0 to 9, got '5-6-9'
          """)
  void groupsThatDoNotFitTheDataAreExplained(String text, String expected) {
    assertThatThrownBy(() -> ClassGroups.parse(text).apply(DIGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(expected);
  }

  @Test
  void whereThereAreNoClassesItSaysSo() {
    assertThatThrownBy(() -> ClassGroups.parse("0|1").apply(DIGITS.reconstruction()))
        .hasMessage("classes: expected classes to put together, digits train has none");
  }
}
