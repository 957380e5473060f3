package ijen.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The optimisers that have a name: in recipes, on the command line, in the files of runs.
///
/// A text such as `rmsprop:alpha=0.9,centred=true` is a name, followed by those settings that are
/// not as usual, under the names of [Optimizer#settings] in small letters: `learning-rate` for
/// `learningRate`. Every optimiser also takes `clip-norm` and `clip-value`, see [Clipped], and
/// `decay-biases`, see [DecayedBiases].
public final class Optimizers {
  private static final String CLIP_NORM = "clipNorm";
  private static final String CLIP_VALUE = "clipValue";

  /// What every optimiser takes.
  private static final List<String> SHARED = List.of(DecayedBiases.SETTING, CLIP_NORM, CLIP_VALUE);

  /// @param usual the optimiser without further words
  /// @param maker makes one from all its settings
  private record Entry(Optimizer usual, Function<Chosen, Optimizer> maker) {}

  private static final Map<String, Entry> ALL = new LinkedHashMap<>();

  static {
    add(
        Sgd.of(0.1),
        s ->
            new Sgd(
                s.number("learningRate"),
                s.number("momentum"),
                s.truth("nesterov"),
                s.number("weightDecay")));
    add(
        Adam.of(0.001),
        s ->
            new Adam(
                s.number("learningRate"),
                s.number("beta1"),
                s.number("beta2"),
                s.number("epsilon"),
                s.number("weightDecay")));
    add(
        AdamW.of(0.001),
        s ->
            new AdamW(
                s.number("learningRate"),
                s.number("beta1"),
                s.number("beta2"),
                s.number("epsilon"),
                s.number("weightDecay")));
    add(
        AmsGrad.of(0.001),
        s ->
            new AmsGrad(
                s.number("learningRate"),
                s.number("beta1"),
                s.number("beta2"),
                s.number("epsilon"),
                s.number("weightDecay")));
    add(
        LookAheadAdam.of(0.001),
        s ->
            new LookAheadAdam(
                s.number("learningRate"),
                s.number("beta1"),
                s.number("beta2"),
                s.number("epsilon")));
    add(
        RmsProp.of(0.01),
        s ->
            new RmsProp(
                s.number("learningRate"),
                s.number("alpha"),
                s.number("epsilon"),
                s.number("momentum"),
                s.truth("centred"),
                s.number("weightDecay")));
    add(
        Adagrad.of(0.01),
        s ->
            new Adagrad(
                s.number("learningRate"),
                s.number("rateDecay"),
                s.number("initialSum"),
                s.number("epsilon"),
                s.number("weightDecay")));
    add(
        GradientDescent.of(0.1),
        s -> new GradientDescent(s.number("learningRate"), s.number("weightDecay")));
    add(CoordinateSgd.of(0.1), s -> new CoordinateSgd(s.number("learningRate"), s.whole("seed")));
    add(
        Lbfgs.of(),
        s ->
            new Lbfgs(
                s.number("learningRate"),
                Math.toIntExact(s.whole("history")),
                Math.toIntExact(s.whole("iterations")),
                s.truth("lineSearch")));
  }

  private Optimizers() {}

  static {
    for (String name : ZerothOrder.names()) {
      add(ZerothOrder.of(name, Map.of()), chosen -> ZerothOrder.of(name, chosen.own()));
    }
  }

  private static void add(Optimizer usual, Function<Chosen, Optimizer> maker) {
    ALL.put(usual.name(), new Entry(usual, maker));
  }

  /// All names.
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /// The optimiser of that name, with its usual settings.
  ///
  /// @throws IllegalArgumentException for another name, naming those there are
  public static Optimizer of(String name) {
    return entry(name).usual;
  }

  /// The optimiser of that name, with its usual settings but for those given, by their names in
  /// [Optimizer#settings].
  ///
  /// @throws IllegalArgumentException if name or settings are not as they should be, naming what
  ///   there is
  public static Optimizer of(String name, Map<String, String> settings) {
    Entry entry = entry(name);
    return new Chosen(name, entry.usual.settings(), settings).make(entry.maker);
  }

  /// The optimiser that a text names: `adam`, or `adam:beta2=0.99,epsilon=1e-6`.
  ///
  /// @throws IllegalArgumentException as [#of(String, Map)]
  public static Optimizer parse(String text) {
    String[] parts = text.strip().split(":", 2);
    Map<String, String> settings = new LinkedHashMap<>();
    if (parts.length == 2) {
      for (String word : parts[1].split(",", -1)) {
        String[] pair = word.split("=", 2);
        if (pair.length < 2) {
          throw new IllegalArgumentException(
              "optimizer '"
                  + text
                  + "': expected settings such as 'adam:beta2=0.99,epsilon=1e-6', got '"
                  + word
                  + "'");
        }
        if (settings.put(camel(pair[0].strip()), pair[1].strip()) != null) {
          throw new IllegalArgumentException(
              "optimizer '" + text + "': '" + pair[0].strip() + "' is there twice");
        }
      }
    }
    return of(parts[0].strip(), settings);
  }

  /// The text that [#parse] reads: the name, and those settings that are not as usual, but for
  /// those that are written elsewhere.
  public static String text(Optimizer optimizer, List<String> elsewhere) {
    Map<String, Object> usual = of(optimizer.name()).settings();
    List<String> words = new ArrayList<>();
    optimizer
        .settings()
        .forEach((key, value) -> {
          if (!elsewhere.contains(key) && !value.equals(usual.get(key))) {
            words.add(kebab(key) + "=" + value);
          }
        });
    return words.isEmpty() ? optimizer.name() : optimizer.name() + ":" + String.join(",", words);
  }

  private static Entry entry(String name) {
    Entry entry = ALL.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "unknown optimizer '" + name + "': expected one of " + String.join(", ", names()));
    }
    return entry;
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String camel(String kebab) {
    StringBuilder camel = new StringBuilder();
    for (String word : kebab.split("-", -1)) {
      boolean first = camel.isEmpty() || word.isEmpty();
      camel.append(
          first ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }

  /// The settings of one optimiser: the usual ones, and those that were given as texts.
  private static final class Chosen {
    private final String name;
    private final Map<String, Object> usual;
    private final Map<String, String> given;

    Chosen(String name, Map<String, Object> usual, Map<String, String> given) {
      this.name = name;
      this.usual = usual;
      this.given = given;
      if (usual.containsKey("estimator")) {
        return; // of which the settings depend: whoever makes the optimiser looks at them
      }
      for (String key : given.keySet()) {
        if (!usual.containsKey(key) && !SHARED.contains(key)) {
          List<String> keys = new ArrayList<>(usual.keySet());
          keys.addAll(SHARED);
          throw new IllegalArgumentException(
              name
                  + ": unknown setting '"
                  + kebab(key)
                  + "': expected one of "
                  + String.join(", ", keys.stream().map(Optimizers::kebab).toList()));
        }
      }
    }

    Optimizer make(Function<Chosen, Optimizer> maker) {
      Optimizer made = maker.apply(this);
      if (given.containsKey(DecayedBiases.SETTING) && truth(DecayedBiases.SETTING)) {
        made = new DecayedBiases(made);
      }
      if (given.containsKey(CLIP_VALUE)) {
        made = Clipped.byValue(made, number(CLIP_VALUE));
      }
      if (given.containsKey(CLIP_NORM)) {
        made = Clipped.byNorm(made, number(CLIP_NORM));
      }
      return made;
    }

    /// What was given, but for what every optimiser takes.
    Map<String, String> own() {
      Map<String, String> rest = new LinkedHashMap<>(given);
      rest.keySet().removeAll(SHARED);
      return rest;
    }

    private String text(String key) {
      String text = given.get(key);
      return text == null ? String.valueOf(usual.get(key)) : text;
    }

    double number(String key) {
      String text = text(key);
      try {
        // Double.parseDouble alone would take 1f, 0x1p3 and NaN.
        if (text.matches("[-+.0-9eE]+")) {
          return Double.parseDouble(text);
        }
      } catch (NumberFormatException e) {
        throw wrong(key, "a number", text, e);
      }
      throw wrong(key, "a number", text, null);
    }

    long whole(String key) {
      try {
        return Long.parseLong(text(key));
      } catch (NumberFormatException e) {
        throw wrong(key, "a whole number", text(key), e);
      }
    }

    boolean truth(String key) {
      return switch (text(key)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong(key, "true or false", text(key), null);
      };
    }

    private IllegalArgumentException wrong(
        String key, String expected, String got, @Nullable Throwable e) {
      return new IllegalArgumentException(
          name + ": " + kebab(key) + ": expected " + expected + ", got '" + got + "'", e);
    }
  }
}
