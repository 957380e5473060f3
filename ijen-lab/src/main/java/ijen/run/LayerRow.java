package ijen.run;

import ijen.format.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One layer of the network's summary.
///
/// **Shapes:** `shape` is that of the layer's output without the batch, for example `[128]`.
///
/// @param name the layer's name, `dense1`
/// @param kind what it is, `dense`
/// @param shape what comes out of it
/// @param parameters how many numbers it learns
/// @param statistics how many it does not learn, but has moved by training
public record LayerRow(
    String name, String kind, List<Long> shape, long parameters, long statistics) {
  public LayerRow {
    shape = List.copyOf(shape);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("kind", kind);
    json.put("shape", shape);
    json.put("parameters", parameters);
    json.put("statistics", statistics);
    return json;
  }

  static LayerRow of(JsonObject json) {
    List<Long> shape = Arrays.stream(json.wholes("shape")).boxed().toList();
    long statistics = json.has("statistics") ? json.whole("statistics") : 0; // earlier files
    return new LayerRow(
        json.string("name"), json.string("kind"), shape, json.whole("parameters"), statistics);
  }
}
