package ijen.tune;

import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A value for each dimension of a space that has one, by name, in the space's order. Two are equal
/// if all values are.
public final class Configuration {
  private static final int DIGITS = 4; // for people

  private final Map<String, String> values;

  /// Numbers, read when first asked for: samplers ask for those of all trials, again and again.
  private final Map<String, Double> numbers = new ConcurrentHashMap<>();

  /// A configuration of values as texts, which read back as the same numbers.
  public Configuration(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// The values as texts.
  public Map<String, String> values() {
    return values;
  }

  /// Whether the dimension has a value; one whose condition does not hold has none.
  public boolean has(String dimension) {
    return values.containsKey(dimension);
  }

  /// The value as it is.
  ///
  /// @throws IllegalArgumentException if the dimension has none
  public String text(String dimension) {
    String value = values.get(dimension);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected one of the dimensions " + values.keySet() + ", got '" + dimension + "'");
    }
    return value;
  }

  /// The value as a whole number; of a choice too, if its text is one.
  ///
  /// @throws IllegalArgumentException if the dimension has none, or none that is a whole number of
  ///   32 bits
  public int whole(String dimension) {
    String value = text(dimension);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw wrong(dimension, "a whole number of 32 bits", value, e);
    }
  }

  /// The value as a number; of a choice too, if its text is one.
  ///
  /// @throws IllegalArgumentException if the dimension has none, or none that is a number
  public double real(String dimension) {
    Double known = numbers.get(dimension);
    if (known != null) {
      return known;
    }
    String value = text(dimension);
    try {
      double number = Double.parseDouble(value);
      numbers.put(dimension, number);
      return number;
    } catch (NumberFormatException e) {
      throw wrong(dimension, "a number", value, e);
    }
  }

  private static IllegalArgumentException wrong(
      String dimension, String expected, String value, Exception cause) {
    return new IllegalArgumentException(
        "'" + dimension + "': expected " + expected + ", got '" + value + "'", cause);
  }

  /// As one line of JSON, `{"layers":"3","rate":"0.01"}`, which [#parse] reads.
  public String json() {
    return Json.line(values);
  }

  /// What [#json] wrote.
  ///
  /// @throws JsonException if the text is not an object with a text for each name
  public static Configuration parse(String json) {
    JsonObject object = Json.object(json, "configuration");
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : object.keys()) {
      values.put(name, object.string(name));
    }
    return new Configuration(values);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Configuration it && values.equals(it.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /// All of it for people: `layers=3, rate=0.010271834862`.
  @Override
  public String toString() {
    return joined(value -> value);
  }

  /// As [#toString], numbers with four digits: `layers=3, rate=0.01027`.
  public String brief() {
    return joined(Configuration::rounded);
  }

  /// The value for people, a number with four digits.
  ///
  /// @throws IllegalArgumentException if the dimension has none
  public String brief(String dimension) {
    return rounded(text(dimension));
  }

  private String joined(UnaryOperator<String> form) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + form.apply(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// A number with four digits, if there are more behind its point; whatever else as it is.
  private static String rounded(String text) {
    if (!text.matches("-?\\d+\\.\\d+(E-?\\d+)?")) {
      return text;
    }
    BigDecimal number = new BigDecimal(text);
    if (number.precision() <= DIGITS) {
      return text;
    }
    int digits = Math.max(DIGITS, number.precision() - number.scale());
    BigDecimal brief = number.round(new MathContext(digits)).stripTrailingZeros();
    return brief.scale() <= 2 * DIGITS ? brief.toPlainString() : brief.toString();
  }
}
