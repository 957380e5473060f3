package ijen.store;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything about a run that has a name and a value, for conditions, sorting and comparing:
/// settings as in `config.json`, scores such as `test.accuracy`, and of the result `seconds`,
/// `steps`, `samplesPerSecond` and `parameters`.
public final class RunValues {
  /// What the configuration says besides settings.
  private static final List<String> NO_SETTINGS = List.of("title", "command");

  private static final List<String> OF_RESULT =
      List.of("steps", "seconds", "samplesPerSecond", "parameters");

  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final Map<String, Object> outcome = new LinkedHashMap<>();

  private RunValues() {}

  /// Those of a run.
  public static RunValues of(RunEntry run) {
    RunValues values = new RunValues();
    if (run.config() != null) {
      Json.object(run.config(), run.id())
          .asMap()
          .forEach((key, value) -> put(values.settings, key, value));
      values.settings.keySet().removeAll(NO_SETTINGS);
    }
    values.outcome.putAll(run.scores());
    if (run.result() != null) {
      JsonObject result = Json.object(run.result(), run.id());
      for (String key : OF_RESULT) {
        if (result.has(key)) {
          put(values.outcome, key, result.asMap().get(key));
        }
      }
    }
    return values;
  }

  /// Objects in objects become names with dots between them.
  private static void put(Map<String, Object> into, String key, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Map<?, ?> inner -> inner.forEach((name, one) -> put(into, key + "." + name, one));
      default -> into.put(key, value);
    }
  }

  /// A value as people write it: lists with commas between.
  public static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : value.toString();
  }

  /// The settings as their file has them, in its order.
  public Map<String, Object> settings() {
    return Collections.unmodifiableMap(settings);
  }

  /// What came of them.
  public Map<String, Object> outcome() {
    return Collections.unmodifiableMap(outcome);
  }

  /// The text of the value of that name; empty if the run has none.
  public Optional<String> get(String key) {
    Object setting = settings.get(key);
    return Optional.ofNullable(setting != null ? setting : outcome.get(key)).map(RunValues::text);
  }
}
