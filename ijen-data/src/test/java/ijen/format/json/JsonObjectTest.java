package ijen.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  private static final JsonObject RUN =
      Json.object(
          """
          {"epochs": "ten", "batch": 64, "rate": 0.5, "loss": "NaN", "low": "-Infinity",
           "high": "Infinity", "shuffle": true, "name": "digits", "none": null, "huge": 3000000000,
           "steps": [1, 2], "curve": [0.5, 1, "NaN"], "classes": ["a", "b"],
           "model": {"layers": [{"kind": "dense", "units": 3}, {"kind": "relu", "units": 2.0}]}}
          """,
          "run.json");

  @Test
  void givesWhatIsThere() {
    assertThat(RUN.whole("batch")).isEqualTo(64);
    assertThat(RUN.integer("batch")).isEqualTo(64);
    assertThat(RUN.whole("huge")).isEqualTo(3_000_000_000L);
    assertThat(RUN.number("batch")).isEqualTo(64.0);
    assertThat(RUN.number("rate")).isEqualTo(0.5);
    assertThat(RUN.number("loss")).isNaN();
    assertThat(RUN.number("low")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(RUN.number("high")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(RUN.truth("shuffle")).isTrue();
    assertThat(RUN.string("name")).isEqualTo("digits");
    assertThat(RUN.wholes("steps")).containsExactly(1, 2);
    assertThat(RUN.numbers("curve")).containsExactly(0.5, 1, Double.NaN);
    assertThat(RUN.strings("classes")).containsExactly("a", "b");
    assertThat(RUN.object("model").objects("layers").getFirst().integer("units")).isEqualTo(3);
    assertThat(RUN.has("none")).isFalse();
    assertThat(RUN.has("absent")).isFalse();
    assertThat(RUN.has("rate")).isTrue();
    assertThat(RUN.keys()).startsWith("epochs", "batch").hasSize(14);
    assertThat(Json.line(RUN)).isEqualTo(Json.line(RUN.asMap())).isEqualTo(RUN.toString());
  }

  @Test
  void errorsNameKeyExpectationAndValue() {
    assertThatThrownBy(() -> RUN.whole("epochs"))
        .isInstanceOf(JsonException.class)
        .hasMessage("run.json: 'epochs': expected a whole number, got \"ten\"");
    assertThatThrownBy(() -> RUN.number("epochs"))
        .hasMessage("run.json: 'epochs': expected a number, got \"ten\"");
    assertThatThrownBy(() -> RUN.whole("rate"))
        .hasMessage("run.json: 'rate': expected a whole number, got 0.5");
    assertThatThrownBy(() -> RUN.integer("huge"))
        .hasMessage(
            "run.json: 'huge': expected a whole number from -2147483648 to 2147483647,"
                + " got 3000000000");
    assertThatThrownBy(() -> RUN.string("batch"))
        .hasMessage("run.json: 'batch': expected a string, got 64");
    assertThatThrownBy(() -> RUN.truth("name"))
        .hasMessage("run.json: 'name': expected true or false, got \"digits\"");
    assertThatThrownBy(() -> RUN.string("none"))
        .hasMessage("run.json: 'none': expected a string, got null");
    assertThatThrownBy(() -> RUN.object("steps"))
        .hasMessage("run.json: 'steps': expected an object, got an array");
    assertThatThrownBy(() -> RUN.strings("model"))
        .hasMessage("run.json: 'model': expected an array of strings, got an object");
    assertThatThrownBy(() -> RUN.numbers("classes"))
        .hasMessage("run.json: 'classes[0]': expected a number, got \"a\"");
    assertThatThrownBy(() -> RUN.object("model").objects("layers").get(1).whole("units"))
        .hasMessage("run.json: 'model.layers[1].units': expected a whole number, got 2.0");
    assertThatThrownBy(() -> RUN.object("model").string("seed"))
        .hasMessage(
            "run.json: 'model.seed': expected a string, but there is no such key among [layers]");
    assertThat(RUN.wrong("name", "one of [a, b]"))
        .hasMessage("run.json: 'name': expected one of [a, b], got \"digits\"");
  }

  @Test
  void messagesStayShortAndOnOneLine() {
    JsonObject hostile = Json.object(Json.line(Map.of("k", "line\n".repeat(10_000))), "x");
    assertThatThrownBy(() -> hostile.whole("k"))
        .message()
        .hasSizeLessThan(300)
        .doesNotContain("\n");
  }
}
