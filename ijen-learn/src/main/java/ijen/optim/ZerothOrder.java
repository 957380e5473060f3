package ijen.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The zeroth-order optimisers that have a name, made from their settings.
///
/// Settings are those of the rule (`learningRate`, …), `estimator`, which is `random`,
/// `coordinate`, `forward` or `hybrid`, and those of the estimator (`queries`, `radius`, …), all
/// under the names of [Optimizer#settings].
public final class ZerothOrder {
  private static final String ESTIMATOR = "estimator";

  private static final Map<String, Optimizer> USUAL = new LinkedHashMap<>();

  static {
    for (Optimizer usual :
        List.of(
            ZoSgd.of(1e-3),
            ZoConservative.of(1e-3),
            ZoSign.of(1e-4),
            ZoAdam.of(1e-3),
            ZoSgd.of(1e-3, ForwardEstimator.of()))) {
      USUAL.put(usual.name(), usual);
    }
  }

  private ZerothOrder() {}

  /// All names.
  public static List<String> names() {
    return List.copyOf(USUAL.keySet());
  }

  /// The optimiser of that name, with its usual settings but for those given.
  ///
  /// @throws IllegalArgumentException if name or settings are not as they should be, naming what
  ///   there is
  public static Optimizer of(String name, Map<String, String> settings) {
    Optimizer usual = USUAL.get(name);
    if (usual == null) {
      throw new IllegalArgumentException(
          "unknown zeroth-order optimizer '"
              + name
              + "': expected one of "
              + String.join(", ", names()));
    }
    Map<String, Object> known = new LinkedHashMap<>(usual.settings());
    String estimator = settings.get(ESTIMATOR);
    if (estimator != null && !estimator.equals(known.get(ESTIMATOR))) {
      estimator(usual).settings().keySet().forEach(known::remove);
      known = settings(known, usual(name, estimator));
    }
    return new Chosen(name, known, settings).make();
  }

  /// Settings of a rule, with an estimator and its settings behind them.
  static Map<String, Object> settings(Map<String, Object> ofRule, Estimator estimator) {
    Map<String, Object> settings = new LinkedHashMap<>(ofRule);
    settings.put(ESTIMATOR, estimator.name());
    settings.putAll(estimator.settings());
    return settings;
  }

  /// The estimator of a zeroth-order optimiser.
  static Estimator estimator(Optimizer optimizer) {
    return switch (optimizer) {
      case ZoSgd o -> o.estimator();
      case ZoConservative o -> o.estimator();
      case ZoSign o -> o.estimator();
      case ZoAdam o -> o.estimator();
      default -> throw new IllegalArgumentException(optimizer.name() + " has no estimator");
    };
  }

  private static Estimator usual(String name, String estimator) {
    return switch (estimator) {
      case "random" -> RandomEstimator.of();
      case "coordinate" -> CoordinateEstimator.of();
      case "forward" -> ForwardEstimator.of();
      case "hybrid" -> HybridEstimator.of(RandomEstimator.of(), 1);
      default ->
          throw new IllegalArgumentException(
              name
                  + ": unknown estimator '"
                  + estimator
                  + "': expected random, coordinate, forward or hybrid");
    };
  }

  /// The usual settings, and those that were given as texts.
  private record Chosen(String name, Map<String, Object> usual, Map<String, String> given) {
    private Chosen {
      for (String key : given.keySet()) {
        if (!usual.containsKey(key)) {
          throw new IllegalArgumentException(
              name
                  + ": unknown setting '"
                  + key
                  + "': expected one of "
                  + String.join(", ", usual.keySet()));
        }
      }
    }

    Optimizer make() {
      double rate = number("learningRate");
      Estimator estimator = estimator();
      return switch (name) {
        case "zo-conservative" -> new ZoConservative(rate, estimator);
        case "zo-sign" -> new ZoSign(rate, estimator);
        case "zo-adam" ->
            new ZoAdam(
                rate,
                number("beta1"),
                number("beta2"),
                number("epsilon"),
                number("weightDecay"),
                estimator);
        default -> new ZoSgd(rate, number("momentum"), number("weightDecay"), estimator);
      };
    }

    private Estimator estimator() {
      return switch (text(ESTIMATOR)) {
        case "coordinate" ->
            new CoordinateEstimator(whole("count"), number("radius"), truth("twoSided"), seed());
        case "forward" -> new ForwardEstimator(directions(), whole("queries"), seed());
        case "hybrid" -> new HybridEstimator(random(), number("factor"));
        default -> random();
      };
    }

    private RandomEstimator random() {
      return new RandomEstimator(
          directions(),
          whole("queries"),
          number("radius"),
          truth("twoSided"),
          Blocks.parse(text("blocks")),
          truth("exact"),
          seed());
    }

    private Directions directions() {
      String text = text("directions");
      for (Directions directions : Directions.values()) {
        if (directions.name().toLowerCase(Locale.ROOT).equals(text)) {
          return directions;
        }
      }
      TreeSet<String> names = new TreeSet<>();
      for (Directions directions : Directions.values()) {
        names.add(directions.name().toLowerCase(Locale.ROOT));
      }
      throw wrong("directions", "one of " + String.join(", ", names), null);
    }

    private String text(String key) {
      String text = given.get(key);
      return text == null ? String.valueOf(usual.get(key)) : text;
    }

    private double number(String key) {
      try {
        if (text(key).matches("[-+.0-9eE]+")) { // parseDouble alone would take 1f, 0x1p3 and NaN
          return Double.parseDouble(text(key));
        }
      } catch (NumberFormatException e) {
        throw wrong(key, "a number", e);
      }
      throw wrong(key, "a number", null);
    }

    private int whole(String key) {
      try {
        return Integer.parseInt(text(key));
      } catch (NumberFormatException e) {
        throw wrong(key, "a whole number", e);
      }
    }

    private long seed() {
      try {
        return Long.parseLong(text("seed"));
      } catch (NumberFormatException e) {
        throw wrong("seed", "a whole number", e);
      }
    }

    private boolean truth(String key) {
      return switch (text(key)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong(key, "true or false", null);
      };
    }

    private IllegalArgumentException wrong(String key, String expected, @Nullable Exception cause) {
      return new IllegalArgumentException(
          name + ": " + key + ": expected " + expected + ", got '" + text(key) + "'", cause);
    }
  }
}
