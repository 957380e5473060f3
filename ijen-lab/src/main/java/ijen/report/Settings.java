package ijen.report;

import ijen.plot.Digits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Settings and surroundings as a list of names and values.
final class Settings {
  /// What stands where there is nothing to say.
  static final String NONE = "–";

  private static final String BYTES = "Bytes";

  private Settings() {}

  /// Nested settings as one list: `optimizer: {momentum: 0.9}` becomes `optimizer › momentum`.
  static Map<String, String> flat(Map<String, ? extends @Nullable Object> nested) {
    Map<String, String> flat = new LinkedHashMap<>();
    nested.forEach((key, value) -> flatten(key, value, flat));
    return flat;
  }

  private static void flatten(String name, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, inner) -> flatten(name + " › " + key, inner, into));
    } else if (value instanceof List<?> list) {
      StringJoiner text = new StringJoiner(", ").setEmptyValue(NONE);
      list.forEach(item -> text.add(plain(item)));
      into.put(name, text.toString());
    } else if (value instanceof Long bytes && name.endsWith(BYTES)) {
      String what = name.substring(0, name.length() - BYTES.length());
      into.put(what, Digits.significant(bytes / 0x1p30, 3) + " GiB");
    } else {
      into.put(name, plain(value));
    }
  }

  private static String plain(@Nullable Object value) {
    boolean nothing = value == null || (value instanceof Map<?, ?> map && map.isEmpty());
    return nothing ? NONE : String.valueOf(value);
  }
}
