package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Op;
import ijen.op.Elu;
import ijen.op.Gelu;
import ijen.op.LeakyRelu;
import ijen.op.Relu;
import ijen.op.Selu;
import ijen.op.Sigmoid;
import ijen.op.Silu;
import ijen.op.Softmax;
import ijen.op.Softplus;
import ijen.op.Step;
import ijen.op.Tanh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A layer that applies one function without parameters, and its text.
///
/// A text is a kind, or a kind and settings: `relu`, `leaky-relu:slope=0.2`. [#parse] knows the
/// activation with a learned slope, [PReluLayer], too.
///
/// **Shapes:** any; the output has the input's.
///
/// @param op the function: one of [Step], [Relu], [LeakyRelu], [Elu], [Selu], [Gelu], [Silu],
///   [Softplus], [Sigmoid], [Tanh] and [Softmax]
public record Activation(Op op) implements Layer {
  private static final Pattern TEXT = Pattern.compile("([a-z-]+)(?::(.+))?");

  /// Each kind with the settings that it has where a text gives none.
  private static final Map<String, Map<String, Object>> DEFAULTS = new LinkedHashMap<>();

  static {
    for (String plain : new String[] {"relu", "sigmoid", "tanh", "softmax"}) {
      DEFAULTS.put(plain, Map.of());
    }
    DEFAULTS.put("leaky-relu", new Activation(new LeakyRelu(0.01)).settings());
    DEFAULTS.put("prelu", PReluLayer.of().settings());
    DEFAULTS.put("elu", new Activation(new Elu(1)).settings());
    DEFAULTS.put("selu", Map.of());
    DEFAULTS.put("gelu", new Activation(new Gelu()).settings());
    DEFAULTS.put("silu", Map.of());
    DEFAULTS.put("softplus", Map.of());
    DEFAULTS.put("step", Map.of());
  }

  public Activation {
    kind(op); // or refuses it
  }

  @Override
  public Node apply(Graph g, Node x) {
    return g.apply(op, x);
  }

  @Override
  public String kind() {
    return kind(op);
  }

  private static String kind(Op op) {
    return switch (op) {
      case Relu() -> "relu";
      case Sigmoid() -> "sigmoid";
      case Tanh() -> "tanh";
      case Softmax() -> "softmax";
      case LeakyRelu _ -> "leaky-relu";
      case Elu _ -> "elu";
      case Selu() -> "selu";
      case Gelu _ -> "gelu";
      case Silu() -> "silu";
      case Softplus() -> "softplus";
      case Step() -> "step";
      default ->
          throw new IllegalArgumentException(
              "activation: expected one of its ops, got " + op + "; a lambda makes a layer of any");
    };
  }

  @Override
  public Map<String, Object> settings() {
    return switch (op) {
      case LeakyRelu(double slope) -> Map.of("slope", slope);
      case Elu(double alpha) -> Map.of("alpha", alpha);
      case Gelu(Gelu.Form form) -> Map.of("form", form.name().toLowerCase(Locale.ROOT));
      default -> Map.of();
    };
  }

  /// How each kind is read from its settings.
  static Map<String, Function<LayerSettings, Layer>> readers() {
    Map<String, Function<LayerSettings, Layer>> readers = new LinkedHashMap<>();
    readers.put("relu", settings -> new Activation(new Relu()));
    readers.put("sigmoid", settings -> new Activation(new Sigmoid()));
    readers.put("tanh", settings -> new Activation(new Tanh()));
    readers.put("softmax", settings -> new Activation(new Softmax()));
    readers.put("leaky-relu", settings -> new Activation(new LeakyRelu(settings.number("slope"))));
    readers.put("prelu", PReluLayer::read);
    readers.put("elu", settings -> new Activation(new Elu(settings.number("alpha"))));
    readers.put("selu", settings -> new Activation(new Selu()));
    readers.put("gelu", settings -> new Activation(new Gelu(form(settings.text("form")))));
    readers.put("silu", settings -> new Activation(new Silu()));
    readers.put("softplus", settings -> new Activation(new Softplus()));
    readers.put("step", settings -> new Activation(new Step()));
    return readers;
  }

  private static Gelu.Form form(String text) {
    return switch (text) {
      case "exact" -> Gelu.Form.EXACT;
      case "tanh" -> Gelu.Form.TANH;
      default ->
          throw new IllegalArgumentException(
              "gelu: 'form': expected exact or tanh, got '" + text + "'");
    };
  }

  /// The kinds that [#parse] knows.
  public static List<String> kinds() {
    return List.copyOf(DEFAULTS.keySet());
  }

  /// The activation that a text names: `relu`, `sigmoid`, `tanh`, `softmax`,
  /// `leaky-relu:slope=0.01`, `prelu` (`prelu:per-channel=true`), `elu:alpha=1`, `selu`, `gelu`
  /// (`gelu:form=tanh`), `silu`, `softplus` or `step`.
  ///
  /// @throws IllegalArgumentException for any other text, saying what was expected
  public static Layer parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    Map<String, Object> settings = matcher.matches() ? DEFAULTS.get(matcher.group(1)) : null;
    if (settings == null) {
      throw new IllegalArgumentException(
          "unknown activation '"
              + text
              + "': expected one of "
              + String.join(", ", DEFAULTS.keySet())
              + ", with a setting where there is one (leaky-relu:slope=0.2)");
    }
    String kind = matcher.group(1);
    Map<String, Object> given = new LinkedHashMap<>(settings);
    String listed = matcher.group(2);
    for (String setting : listed == null ? new String[0] : listed.split(",", -1)) {
      String[] parts = setting.split("=", 2);
      Object usual = settings.get(parts[0].strip());
      if (usual == null || parts.length < 2) {
        throw new IllegalArgumentException(
            "activation '"
                + text
                + "': expected "
                + (settings.isEmpty() ? "no settings" : "settings of " + settings.keySet())
                + ", as in leaky-relu:slope=0.2, got '"
                + setting
                + "'");
      }
      given.put(parts[0].strip(), value(text, usual, parts[1].strip()));
    }
    return Layers.of(kind, given);
  }

  /// The value of a setting, which is of the type of the `usual` one.
  private static Object value(String text, Object usual, String value) {
    if (usual instanceof Number) {
      try {
        return Double.parseDouble(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "activation '" + text + "': expected a number, got '" + value + "'", e);
      }
    }
    if (usual instanceof Boolean) {
      if (!value.equals("true") && !value.equals("false")) {
        throw new IllegalArgumentException(
            "activation '" + text + "': expected true or false, got '" + value + "'");
      }
      return value.equals("true");
    }
    return value;
  }
}
