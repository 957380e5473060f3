package ijen.run;

import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import java.util.Locale;

/// Where a run stands.
public enum RunStatus {
  /// A process that still lives is working on it.
  RUNNING,

  /// It was stopped before its end, by someone or by a crash, and may be resumed.
  INTERRUPTED,

  /// It reached its end.
  FINISHED,

  /// It cannot go on, for example because the loss is no longer a number.
  FAILED;

  /// The word in `result.json`: `finished`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunStatus ended(JsonObject json) {
    String word = json.string("status");
    for (RunStatus status : values()) {
      if (status != RUNNING && status.toString().equals(word)) {
        return status;
      }
    }
    throw wrong(json);
  }

  private static JsonException wrong(JsonObject json) {
    return json.wrong("status", "'finished', 'interrupted' or 'failed'");
  }
}
