package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.recipe.Measure.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "test accuracy",
        "best test accuracy",
        "train loss",
        "train loss at epoch 3",
        "best validation loss",
        "validation accuracy at epoch 120",
        "test accuracy without biases",
        "train loss without biases",
        "steps",
        "samples",
        "parameters"
      })
  void theTextReadsBackTheSame(String text) {
    Measure measure = Measure.parse(" " + text + " ");
    assertThat(measure).hasToString(text);
    assertThat(measure.isCount()).isEqualTo(!text.contains(" "));
  }

  @Test
  void theTextSaysAll() {
    assertThat(Measure.parse("validation loss at epoch 12"))
        .isEqualTo(new Measure(Kind.LOSS, "validation", Optional.of(12), false, false));
    assertThat(Measure.parse("best test accuracy"))
        .isEqualTo(new Measure(Kind.ACCURACY, "test", Optional.empty(), true, false));
    assertThat(Measure.parse("samples"))
        .isEqualTo(new Measure(Kind.SAMPLES, "", Optional.empty(), false, false));
    assertThat(Measure.parse("train loss without biases"))
        .isEqualTo(new Measure(Kind.LOSS, "train", Optional.empty(), false, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "accuracy",
        "test",
        "Test accuracy",
        "best steps",
        "best test loss at epoch 3",
        "test loss at epoch",
        "test loss at epoch -1",
        "test loss at epoch 1234567",
        "steps at epoch 3",
        "steps without biases",
        "best test loss without biases",
        "test loss at epoch 3 without biases",
        "test  loss"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> Measure.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a measure, such as 'test accuracy', 'best test accuracy', 'train loss at"
                + " epoch 3', 'test loss without biases', 'steps', 'samples' or 'parameters', got '"
                + text
                + "'");
  }
}
