package ijen.format.json;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// Writes one value as text.
final class JsonWriter {
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();
  private final JsonStringEncoder escapes = JsonStringEncoder.getInstance();
  private final boolean pretty;
  private int depth;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  static String write(@Nullable Object value, boolean pretty) {
    JsonWriter writer = new JsonWriter(pretty);
    writer.value(value);
    if (pretty) {
      writer.text.append('\n');
    }
    return writer.text.toString();
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case Boolean truth -> text.append(truth.booleanValue());
      case Float number -> real(number, Float.toString(number));
      case Double number -> real(number, Double.toString(number));
      case Byte number -> text.append(number.longValue());
      case Short number -> text.append(number.longValue());
      case Integer number -> text.append(number.longValue());
      case Long number -> text.append(number.longValue());
      case BigInteger number -> text.append(number);
      case CharSequence string -> string(string);
      case Enum<?> constant -> string(constant.name());
      case Path path -> string(path.toString()); // before Iterable, which a path is, too
      case JsonObject object -> object(object.asMap());
      case Map<?, ?> map -> object(map);
      case Iterable<?> values -> array(values);
      case Object[] values -> array(Arrays.asList(values));
      case int[] values -> array(Arrays.stream(values).boxed().toList());
      case long[] values -> array(Arrays.stream(values).boxed().toList());
      case double[] values -> array(Arrays.stream(values).boxed().toList());
      case float[] values -> array(boxed(values));
      default ->
          throw new IllegalArgumentException(
              "JSON: expected maps, lists, texts, numbers, truth values or null, got a "
                  + value.getClass().getName());
    }
  }

  private void object(Map<?, ?> map) {
    enter();
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator);
      separator = ",";
      newLine();
      switch (entry.getKey()) {
        case CharSequence key -> string(key);
        case Enum<?> key -> string(key.name());
        case null, default ->
            throw new IllegalArgumentException(
                "JSON: expected strings or enums as keys, got " + entry.getKey());
      }
      text.append(pretty ? ": " : ":");
      value(entry.getValue());
    }
    depth--;
    if (!separator.isEmpty()) {
      newLine();
    }
    text.append('}');
  }

  private void array(Iterable<?> iterable) {
    enter();
    text.append('[');
    Collection<?> values = collection(iterable);
    boolean onLines = pretty && hasObjectsOrArrays(values);
    for (Iterator<?> each = values.iterator(); each.hasNext(); ) {
      if (onLines) {
        newLine();
      }
      value(each.next());
      if (each.hasNext()) {
        text.append(pretty && !onLines ? ", " : ",");
      }
    }
    depth--;
    if (onLines) {
      newLine();
    }
    text.append(']');
  }

  private void real(Number number, String shortest) {
    if (Double.isFinite(number.doubleValue())) {
      text.append(shortest);
    } else {
      text.append('"').append(shortest).append('"');
    }
  }

  private void string(CharSequence string) {
    int half = halfPair(string);
    if (half >= 0) { // no encoding of the file could hold it
      throw new IllegalArgumentException(
          "JSON: expected a text, got one with half a surrogate pair at character " + half);
    }
    text.append('"');
    escapes.quoteAsString(string, text);
    text.append('"');
  }

  /// Where half a surrogate pair stands alone, or −1.
  static int halfPair(CharSequence string) {
    for (int i = 0; i < string.length(); i++) {
      if (Character.isSurrogate(string.charAt(i))) {
        int c = Character.codePointAt(string, i);
        if (c <= Character.MAX_VALUE) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private void enter() {
    if (++depth > Json.MOST_DEPTH) {
      throw new IllegalArgumentException(
          "JSON: expected at most "
              + Json.MOST_DEPTH
              + " maps and lists inside each other; does one contain itself?");
    }
  }

  private void newLine() {
    if (pretty) {
      text.append('\n').repeat(INDENT, depth);
    }
  }

  /// The values to walk through, once or twice.
  private static Collection<?> collection(Iterable<?> values) {
    if (values instanceof Collection<?> collection) {
      return collection;
    }
    List<@Nullable Object> list = new ArrayList<>();
    values.forEach(list::add);
    return list;
  }

  private static boolean hasObjectsOrArrays(Collection<?> values) {
    for (Object value : values) {
      boolean container =
          switch (value) {
            case null -> false;
            case Path path -> false;
            case Map<?, ?> map -> true;
            case JsonObject object -> true;
            case Iterable<?> inner -> true;
            default -> value.getClass().isArray();
          };
      if (container) {
        return true;
      }
    }
    return false;
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return Arrays.asList(boxed);
  }
}
