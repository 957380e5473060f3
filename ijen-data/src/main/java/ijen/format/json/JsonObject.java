package ijen.format.json;

import ijen.format.Excerpt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object that checks what it is asked for.
///
/// Every error names source, key, what was expected and what is there, for example `run.json:
/// 'epochs': expected a whole number, got "ten"`.
///
/// **Throws:** each method with a key throws [JsonException] if the key is missing, or its value
/// `null` or of another kind; what may be missing is asked for with [#has] first.
public final class JsonObject {
  private final Map<String, @Nullable Object> map;
  private final String source;
  private final String path;

  private JsonObject(Map<String, @Nullable Object> map, String source, String path) {
    this.map = map;
    this.source = source;
    this.path = path;
  }

  /// The view of a value that [Json] has read; `source` is what errors call the text.
  ///
  /// @throws JsonException if the value is not an object
  public static JsonObject of(@Nullable Object value, String source) {
    if (value instanceof Map<?, ?> map) {
      return new JsonObject(checked(map), source, "");
    }
    throw new JsonException(source + ": expected an object, got " + describe(value));
  }

  /// The keys, in the order of the text.
  public Set<String> keys() {
    return Collections.unmodifiableSet(map.keySet());
  }

  /// Whether there is such a key, with a value that is not `null`.
  public boolean has(String key) {
    return map.get(key) != null;
  }

  /// A string.
  public String string(String key) {
    return string(need(key, "a string"), key);
  }

  /// A whole number.
  ///
  /// **Range:** that of a `long`; `2.0` and `2e3` are not whole numbers.
  public long whole(String key) {
    return whole(need(key, "a whole number"), key);
  }

  /// A whole number of 32 bits.
  public int integer(String key) {
    long value = whole(key);
    if (value != (int) value) {
      throw wrong(key, "a whole number from -2147483648 to 2147483647", value);
    }
    return (int) value;
  }

  /// A number, or one of the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
  public double number(String key) {
    return number(need(key, "a number"), key);
  }

  /// A truth value.
  public boolean truth(String key) {
    if (need(key, "true or false") instanceof Boolean value) {
      return value;
    }
    throw wrong(key, "true or false", map.get(key));
  }

  /// An object in this one.
  public JsonObject object(String key) {
    return object(need(key, "an object"), key);
  }

  /// The objects of an array.
  public List<JsonObject> objects(String key) {
    List<@Nullable Object> list = list(key, "an array of objects");
    List<JsonObject> objects = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      objects.add(object(list.get(i), key + "[" + i + "]"));
    }
    return objects;
  }

  /// The strings of an array.
  public List<String> strings(String key) {
    List<@Nullable Object> list = list(key, "an array of strings");
    List<String> strings = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      strings.add(string(list.get(i), key + "[" + i + "]"));
    }
    return strings;
  }

  /// The whole numbers of an array.
  public long[] wholes(String key) {
    List<@Nullable Object> list = list(key, "an array of whole numbers");
    long[] values = new long[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole(list.get(i), key + "[" + i + "]");
    }
    return values;
  }

  /// The numbers of an array; each as in [#number].
  public double[] numbers(String key) {
    List<@Nullable Object> list = list(key, "an array of numbers");
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(list.get(i), key + "[" + i + "]");
    }
    return values;
  }

  /// The object as a map that cannot be changed, with values as [Json] lists them.
  public Map<String, @Nullable Object> asMap() {
    return Collections.unmodifiableMap(map);
  }

  /// An error about a value of this object, in the same form as its own: for a caller that knows
  /// more about what the value may be.
  public JsonException wrong(String key, String expected) {
    return wrong(key, expected, map.get(key));
  }

  /// The object on one line.
  @Override
  public String toString() {
    return Json.line(map);
  }

  private String string(@Nullable Object value, String key) {
    if (value instanceof String string) {
      return string;
    }
    throw wrong(key, "a string", value);
  }

  private long whole(@Nullable Object value, String key) {
    if (value instanceof Long whole) {
      return whole;
    }
    throw wrong(key, "a whole number", value);
  }

  private double number(@Nullable Object value, String key) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text when text.equals("NaN") -> Double.NaN;
      case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case null, default -> throw wrong(key, "a number", value);
    };
  }

  private JsonObject object(@Nullable Object value, String key) {
    if (value instanceof Map<?, ?> inner) {
      return new JsonObject(checked(inner), source, path + key + ".");
    }
    throw wrong(key, "an object", value);
  }

  private List<@Nullable Object> list(String key, String expected) {
    if (need(key, expected) instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw wrong(key, expected, map.get(key));
  }

  private Object need(String key, String expected) {
    Object value = map.get(key);
    if (value == null && !map.containsKey(key)) {
      throw new JsonException(
          place(key) + "expected " + expected + ", but there is no such key among " + names());
    }
    if (value == null) {
      throw wrong(key, expected, null);
    }
    return value;
  }

  private String names() {
    return shorten(map.keySet().toString());
  }

  private JsonException wrong(String key, String expected, @Nullable Object value) {
    return new JsonException(place(key) + "expected " + expected + ", got " + describe(value));
  }

  private String place(String key) {
    return source + ": '" + shorten(path + key) + "': ";
  }

  private static Map<String, @Nullable Object> checked(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        throw new IllegalArgumentException("expected strings as keys of a JSON object, got " + key);
      }
    }
    @SuppressWarnings("unchecked") // every key has been looked at, and any value will do
    Map<String, @Nullable Object> checked = (Map<String, @Nullable Object>) map;
    return checked;
  }

  private static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> quote(text);
      case Map<?, ?> map -> "an object";
      case List<?> list -> "an array";
      default -> String.valueOf(value);
    };
  }

  static String quote(String text) {
    return "\"" + shorten(text) + "\"";
  }

  /// A text that may come from outside, fit for a message: on one line and not long.
  static String shorten(String text) {
    return Excerpt.of(text, 200);
  }
}
