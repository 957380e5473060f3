package ijen.store;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that a run has to meet to be listed: `test.accuracy>0.9`, `lr=0.1`, `data!=mnist`.
///
/// Numbers are compared as numbers, so that `lr=0.1` holds for `1e-1`; all else letter by letter. A
/// run that has no such value meets no condition on it, nor does NaN.
///
/// @param key the name of the value, as [RunValues] has it
/// @param relation how it has to stand
/// @param value to what
public record Condition(String key, Relation relation, String value) {
  private static final Pattern TEXT =
      Pattern.compile("\\s*([\\w.-]+)\\s*(<=|>=|!=|=|<|>)\\s*(.*?)\\s*");

  /// How two values stand to each other.
  public enum Relation {
    /// The same.
    EQUAL("="),
    /// Not the same.
    UNEQUAL("!="),
    /// Smaller.
    LESS("<"),
    /// Not larger.
    AT_MOST("<="),
    /// Larger.
    MORE(">"),
    /// Not smaller.
    AT_LEAST(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    private boolean orders() {
      return this != EQUAL && this != UNEQUAL;
    }

    private boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case UNEQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case MORE -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }
  }

  /// @throws IllegalArgumentException if it asks for an order and the value is no number
  public Condition {
    if (relation.orders() && number(value).isEmpty()) {
      throw new IllegalArgumentException(
          "'%s%s%s': expected a number after '%s', got '%s'"
              .formatted(key, relation.sign, value, relation.sign, value));
    }
  }

  /// The condition that a text is.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Condition parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || matcher.group(3).isEmpty()) {
      throw new IllegalArgumentException(
          "'%s': expected a name, one of = != < <= > >=, and a value, such as 'test.accuracy>0.9' or 'lr=0.1'"
              .formatted(text));
    }
    for (Relation relation : Relation.values()) {
      if (relation.sign.equals(matcher.group(2))) {
        return new Condition(matcher.group(1), relation, matcher.group(3));
      }
    }
    throw new IllegalStateException(text);
  }

  /// Whether a run's values meet it.
  public boolean holds(RunValues values) {
    Optional<String> has = values.get(key);
    if (has.isEmpty()) {
      return false;
    }
    OptionalDouble wanted = number(value);
    OptionalDouble found = number(has.get());
    if (wanted.isPresent() && found.isPresent()) {
      return !Double.isNaN(found.getAsDouble())
          && relation.holds(Double.compare(found.getAsDouble() + 0.0, wanted.getAsDouble() + 0.0));
    }
    return !relation.orders()
        && relation.holds(
            has.get().toLowerCase(Locale.ROOT).compareTo(value.toLowerCase(Locale.ROOT)));
  }

  /// The number that a text is.
  public static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException none) {
      return OptionalDouble.empty();
    }
  }
}
