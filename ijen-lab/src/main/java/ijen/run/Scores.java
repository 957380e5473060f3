package ijen.run;

import ijen.format.json.JsonObject;
import ijen.metric.Score;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scores by the part of the data they were measured on, to and from JSON.
final class Scores {
  private Scores() {}

  static Map<String, @Nullable Object> toJson(Map<String, Score> scores) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    scores.forEach((split, score) -> json.put(split, toJson(score)));
    return json;
  }

  private static Map<String, @Nullable Object> toJson(Score score) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("loss", score.loss());
    if (!Double.isNaN(score.accuracy())) {
      json.put("accuracy", score.accuracy());
    }
    json.put("samples", score.samples());
    return json;
  }

  static Map<String, Score> of(JsonObject json) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (String split : json.keys()) {
      JsonObject one = json.object(split);
      double accuracy = one.has("accuracy") ? one.number("accuracy") : Double.NaN;
      if (accuracy < 0 || accuracy > 1) {
        throw one.wrong("accuracy", "a number of 0–1");
      }
      long samples = one.has("samples") ? one.whole("samples") : 0;
      scores.put(split, new Score(one.number("loss"), accuracy, samples));
    }
    return scores;
  }

  /// An unchangeable copy in the same order; [Map#copyOf] would keep none.
  static Map<String, Score> copy(Map<String, Score> scores) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }
}
