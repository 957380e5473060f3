package ijen.run;

import ijen.format.json.JsonObject;
import ijen.metric.Score;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was measured at the end of one epoch: a line of `metrics.jsonl`.
///
/// **Units:** `epoch` counts from 1; `step` counts all steps so far; `seconds` is the time of this
/// epoch alone; `scores` has an entry for each part of the data that was looked at, such as `train`
/// and `test`.
public record EpochRow(
    int epoch,
    long step,
    double seconds,
    @Nullable Double learningRate,
    Map<String, Score> scores) {
  static final String EVENT = "epoch";

  public EpochRow {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch row: expected epochs from 1, got " + epoch);
    }
    scores = Scores.copy(scores);
  }

  /// The line's content.
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("event", EVENT);
    json.put("epoch", epoch);
    json.put("step", step);
    json.put("seconds", seconds);
    if (learningRate != null) {
      json.put("learningRate", learningRate);
    }
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
  public static EpochRow of(JsonObject json) {
    int epoch = json.integer("epoch");
    if (epoch < 1) {
      throw json.wrong("epoch", "a whole number from 1");
    }
    return new EpochRow(
        epoch,
        json.whole("step"),
        json.number("seconds"),
        json.has("learningRate") ? json.number("learningRate") : null,
        Scores.of(json.object("scores")));
  }
}
