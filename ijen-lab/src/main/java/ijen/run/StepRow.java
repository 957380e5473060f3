package ijen.run;

import ijen.format.json.JsonObject;
import ijen.metric.Score;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was measured in the middle of an epoch: a line of `metrics.jsonl`.
///
/// **Units:** `step` counts all steps so far; `samples` counts all samples that they saw, each as
/// often as it was seen: with one gradient a sample, the gradients computed. `scores` as in
/// [EpochRow].
public record StepRow(long step, long samples, Map<String, Score> scores) {
  static final String EVENT = "measured";

  public StepRow {
    scores = Scores.copy(scores);
  }

  /// The line's content.
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("event", EVENT);
    json.put("step", step);
    json.put("samples", samples);
    json.put("scores", Scores.toJson(scores));
    return json;
  }

  /// Whether a line of `metrics.jsonl` is one.
  public static boolean isOne(JsonObject json) {
    return EVENT.equals(json.asMap().get("event"));
  }

  /// What a line says.
  ///
  /// @throws ijen.format.json.JsonException if something is missing or is not what it should be
  public static StepRow of(JsonObject json) {
    return new StepRow(json.whole("step"), json.whole("samples"), Scores.of(json.object("scores")));
  }
}
