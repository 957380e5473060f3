package ijen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.metric.Confusion;
import ijen.metric.Score;
import ijen.plot.Picture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunResultTest {
  private static RunResult full() {
    Confusion confusion = new Confusion(2);
    confusion.add(0, 0);
    confusion.add(0, 1);
    confusion.add(1, 1);
    return RunResult.of(RunStatus.FINISHED)
        .withMessage("early stop")
        .withWork(3, 300, 1.5, 20000)
        .withBestEpoch(2)
        .withScore("train", new Score(0.25, 0.9, 100))
        .withScore("test", new Score(Double.NaN, Double.NaN, 3))
        .withNetwork(List.of(new LayerRow("fc1", "dense", List.of(10L), 7850, 20)), "abc")
        .withConfusion(
            List.of("cat", "dog"),
            confusion,
            List.of(new Mistake(17, 0, 1, 0.75, Picture.grey(new byte[] {0, 127, -1, 5}, 2, 2))));
  }

  @Test
  void everythingComesBack() {
    RunResult result = full();
    RunResult back = RunResult.of(Json.object(Json.pretty(result.toJson()), "result.json"));
    assertThat(Json.pretty(back.toJson())).isEqualTo(Json.pretty(result.toJson()));
    assertThat(back.scores()).isEqualTo(result.scores());
    assertThat(back.decisions().mistakes()).isEqualTo(result.decisions().mistakes());
    assertThat(back.trained().layers()).isEqualTo(result.trained().layers());
    assertThat(back.trained().bestEpoch()).isEqualTo(2);
    assertThat(back.decisions().confusion())
        .isNotNull()
        .satisfies(c -> assertThat(c.counts()).isDeepEqualTo(new long[][] {{1, 1}, {0, 1}}));
    assertThat(back.trained().parameters()).isEqualTo(7850);
    assertThat(back.trained().statistics()).isEqualTo(20);
    String earlier = Json.line(result.toJson()).replace(",\"statistics\":20", "");
    assertThat(RunResult.of(Json.object(earlier, "r")).trained().statistics()).isZero();
    RunResult bare = RunResult.of(RunStatus.INTERRUPTED);
    assertThat(RunResult.of(Json.object(Json.line(bare.toJson()), "r"))).isEqualTo(bare);
  }

  @Test
  void laterKeysAreNoHindrance() {
    String text = Json.line(full().toJson()).replaceFirst("\\{", "{\"energy\":{\"joules\":5},");
    assertThat(RunResult.of(Json.object(text, "r")).status()).isEqualTo(RunStatus.FINISHED);
  }

  /// Each change of a good file must be refused, naming the key.
  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"finished\"|\"running\"|'status': expected 'finished', 'interrupted' or 'failed'",
        "\"finished\"|7|'status'",
        "\"steps\":300|\"steps\":\"many\"|'steps': expected a whole number",
        "\"accuracy\":0.9|\"accuracy\":1.5|'scores.train.accuracy': expected a number of 0–1",
        "\"loss\":0.25|\"los\":0.25|'scores.train.loss'",
        "[[1,1],[0,1]]|[[1,1]]|'confusion': expected 2 arrays of 2 counts",
        "[[1,1],[0,1]]|[[1,1],[0,-1]]|'confusion'",
        "[[1,1],[0,1]]|[[1,1],[0,0.5]]|'confusion'",
        "[[1,1],[0,1]]|[[1,1],[0,9000000000000000000]]|'confusion'",
        "[[1,1],[0,1]]|7|'confusion'",
        "\"truth\":0|\"truth\":2|'mistakes[0].truth': expected the number of one of 2 classes",
        "\"predicted\":1|\"predicted\":-1|'mistakes[0].predicted'",
        "\"height\":2|\"height\":3|'mistakes[0].pixels': expected 6 bytes",
        "\"height\":2|\"height\":0|'mistakes[0].pixels'",
        "\"height\":2|\"height\":2000000000|'mistakes[0].pixels'",
        "\"channels\":1|\"channels\":2|'mistakes[0].channels': expected 1 or 3",
        "AH//BQ==|!!!|'mistakes[0].pixels': expected bytes in Base64",
        "\"shape\":[10]|\"shape\":[\"ten\"]|'layers[0].shape[0]'",
      })
  void damageIsNamed(String from, String to, String message) {
    String good = Json.line(full().toJson());
    assertThat(good).contains(from);
    String bad = good.replace(from, to);
    assertThatThrownBy(() -> RunResult.of(Json.object(bad, "result.json")))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("result.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> RunResult.of(RunStatus.RUNNING)).hasMessageContaining("still running");
    assertThatThrownBy(() -> full().withConfusion(List.of("one"), new Confusion(2), List.of()))
        .hasMessageContaining("the confusion has 2 classes, but there are 1 names");
    Mistake stray = new Mistake(5, 0, 2, 1, Picture.grey(new byte[1], 1, 1));
    assertThatThrownBy(
            () -> full().withConfusion(List.of("a", "b"), new Confusion(2), List.of(stray)))
        .hasMessageContaining("mistake 5 speaks of classes 0 and 2, but there are 2 names");
    assertThatThrownBy(() -> new EpochRow(0, 1, 1, null, Map.of())).hasMessageContaining("got 0");
  }
}
