package ijen.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;

/// A number to be logged.
///
/// @param key its name: letters, digits and `_ - . /` and spaces
/// @param value the number, which may be NaN or infinite
/// @param millis when it was measured, since 1970 (UTC)
/// @param step its place on the horizontal axis
public record MlflowMetric(String key, double value, long millis, long step) {
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", key);
    json.put("value", value); // what is not finite is a string, as Protocol Buffers have it
    json.put("timestamp", millis);
    json.put("step", step);
    return json;
  }
}
