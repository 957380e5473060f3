package ijen.nn;

import ijen.graph.Initializer;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.random.RandomStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How parameters begin.
///
/// **Fans.** Of a weight `[out, in]` or `[out, in/groups, height, width]`, fan-in is the number of
/// products that are summed into one output, the size divided by its first dimension; fan-out the
/// number that one input takes part in, the size divided by its second dimension.
///
/// An initializer sees the shape alone, so that of a convolution in g groups fan-out counts the
/// outputs of all groups, though an input takes part in one group's: g times too many. Of the rules
/// below only Xavier's reads it, and where as many channels come out as go in, its σ is √((1 +
/// g)/2) times smaller than for one group by itself. It stays so because PyTorch counts likewise,
/// and the same network is to begin with the same variance. Of a transposed convolution's `[in,
/// out/groups, height, width]` the two fans change places, in PyTorch too.
///
/// **Gain** multiplies the standard deviation; 1 is the plain form.
public final class Initializers {
  private static final Pattern CALL = Pattern.compile("([a-z-]+)(?:\\(([^()]+)\\))?");

  private Initializers() {}

  /// N(0, 2/fan-in): keeps the variance through layers of ReLU.
  ///
  /// **Source:** He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015.
  public static Initializer he() {
    return he(1);
  }

  /// N(0, gain²·2/fan-in).
  public static Initializer he(double gain) {
    return new Scaled(Rule.HE, false, gain);
  }

  /// Uniform with the variance gain²·2/fan-in, that is within ± gain·√(6/fan-in).
  public static Initializer heUniform(double gain) {
    return new Scaled(Rule.HE, true, gain);
  }

  /// N(0, 2/(fan-in + fan-out)): a compromise between forward and backward for tanh and linear
  /// layers.
  ///
  /// **Source:** Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural
  /// networks", AISTATS 2010.
  public static Initializer xavier() {
    return xavier(1);
  }

  /// N(0, gain²·2/(fan-in + fan-out)).
  public static Initializer xavier(double gain) {
    return new Scaled(Rule.XAVIER, false, gain);
  }

  /// Uniform with the variance gain²·2/(fan-in + fan-out), that is within ± gain·√(6/(fan-in +
  /// fan-out)).
  public static Initializer xavierUniform(double gain) {
    return new Scaled(Rule.XAVIER, true, gain);
  }

  /// N(0, gain²/fan-in): keeps the variance through linear layers, and what SELU asks for.
  ///
  /// **Source:** LeCun, Bottou, Orr, Müller, "Efficient backprop", in *Neural Networks: Tricks of
  /// the Trade*, 1998, §4.6.
  public static Initializer lecun(double gain) {
    return new Scaled(Rule.LECUN, false, gain);
  }

  /// Uniform with the variance gain²/fan-in, that is within ± gain·√(3/fan-in).
  public static Initializer lecunUniform(double gain) {
    return new Scaled(Rule.LECUN, true, gain);
  }

  /// Gain times a random matrix with orthonormal rows, or columns where there are fewer: keeps the
  /// length of what it multiplies. See [Orthogonal].
  public static Initializer orthogonal(double gain) {
    return new Orthogonal(gain);
  }

  /// N(0, σ²).
  public static Initializer normal(double sigma) {
    return new Normal(sigma);
  }

  /// Uniform within ± bound.
  public static Initializer uniform(double bound) {
    return new Uniform(bound);
  }

  /// All zero.
  public static Initializer zeros() {
    return new Constant(0);
  }

  /// All equal.
  public static Initializer constant(double value) {
    return new Constant(value);
  }

  /// The initialiser that a text names: `he`, `he-uniform`, `xavier`, `xavier-uniform`, `lecun`,
  /// `lecun-uniform` or `orthogonal`, each also with a gain as in `xavier(0.5)`; `normal(0.01)`,
  /// `uniform(0.05)`, `constant(1)` or `zeros`.
  ///
  /// @throws IllegalArgumentException for any other text
  public static Initializer parse(String text) {
    Matcher call = CALL.matcher(text.strip());
    if (!call.matches()) {
      throw unknown(text, null);
    }
    String name = call.group(1);
    String argument = call.group(2);
    if (argument == null) {
      return switch (name) {
        case "normal", "uniform", "constant" -> throw unknown(text, null);
        case "zeros" -> zeros();
        default -> withGain(text, name, 1);
      };
    }
    double value;
    try {
      value = Double.parseDouble(argument);
    } catch (NumberFormatException e) {
      throw unknown(text, e);
    }
    return switch (name) {
      case "normal" -> normal(value);
      case "uniform" -> uniform(value);
      case "constant" -> constant(value);
      default -> withGain(text, name, value);
    };
  }

  private static Initializer withGain(String text, String name, double gain) {
    return switch (name) {
      case "he" -> he(gain);
      case "he-uniform" -> heUniform(gain);
      case "xavier" -> xavier(gain);
      case "xavier-uniform" -> xavierUniform(gain);
      case "lecun" -> lecun(gain);
      case "lecun-uniform" -> lecunUniform(gain);
      case "orthogonal" -> orthogonal(gain);
      default -> throw unknown(text, null);
    };
  }

  /// The text from which [#parse] makes the same initialiser; `he` for one of the user's own, whose
  /// values a model file does not need.
  static String text(Initializer initializer) {
    return initializer instanceof Named ? initializer.toString() : "he";
  }

  private static IllegalArgumentException unknown(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "unknown initializer '"
            + text
            + "': expected he, xavier or lecun (or he-uniform, …), orthogonal, each also with a"
            + " gain (he(0.5)), normal(0.01), uniform(0.05), constant(1) or zeros",
        cause);
  }

  static double fanIn(Shape shape) {
    return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.dimension(0);
  }

  static double fanOut(Shape shape) {
    return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.dimension(1);
  }

  private static void normal(Buffer values, double sigma, RandomStream random) {
    for (int i = 0; i < values.length(); i++) {
      values.set(i, sigma * random.normal(i));
    }
  }

  private static void uniform(Buffer values, double bound, RandomStream random) {
    for (int i = 0; i < values.length(); i++) {
      values.set(i, bound * (2 * random.uniform(i) - 1));
    }
  }

  static double checkedGain(String name, double gain) {
    if (!(gain > 0 && Double.isFinite(gain))) {
      throw new IllegalArgumentException(name + ": expected a gain above 0, got " + gain);
    }
    return gain;
  }

  static String withGain(String name, double gain) {
    return gain == 1 ? name : name + "(" + gain + ")";
  }

  /// Those that have a text.
  sealed interface Named extends Initializer
      permits Scaled, Normal, Uniform, Constant, Orthogonal {}

  private enum Rule {
    HE,
    XAVIER,
    LECUN;

    double variance(Shape shape) {
      return switch (this) {
        case HE -> 2 / fanIn(shape);
        case XAVIER -> 2 / (fanIn(shape) + fanOut(shape));
        case LECUN -> 1 / fanIn(shape);
      };
    }
  }

  private record Scaled(Rule rule, boolean isUniform, double gain) implements Named {
    Scaled {
      checkedGain(rule.name().toLowerCase(Locale.ROOT), gain);
    }

    @Override
    public void fill(Buffer values, Shape shape, RandomStream random) {
      double sigma = gain * Math.sqrt(rule.variance(shape));
      if (isUniform) {
        uniform(values, Math.sqrt(3) * sigma, random); // the variance of ± a is a²/3
      } else {
        normal(values, sigma, random);
      }
    }

    @Override
    public String toString() {
      String name = rule.name().toLowerCase(Locale.ROOT) + (isUniform ? "-uniform" : "");
      return withGain(name, gain);
    }
  }

  private record Normal(double sigma) implements Named {
    Normal {
      if (!(sigma >= 0 && Double.isFinite(sigma))) {
        throw new IllegalArgumentException("normal: expected σ of 0 or more, got " + sigma);
      }
    }

    @Override
    public void fill(Buffer values, Shape shape, RandomStream random) {
      normal(values, sigma, random);
    }

    @Override
    public String toString() {
      return "normal(" + sigma + ")";
    }
  }

  private record Uniform(double bound) implements Named {
    Uniform {
      if (!(bound >= 0 && Double.isFinite(bound))) {
        throw new IllegalArgumentException("uniform: expected a bound of 0 or more, got " + bound);
      }
    }

    @Override
    public void fill(Buffer values, Shape shape, RandomStream random) {
      uniform(values, bound, random);
    }

    @Override
    public String toString() {
      return "uniform(" + bound + ")";
    }
  }

  private record Constant(double value) implements Named {
    Constant {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("constant: expected a finite value, got " + value);
      }
    }

    @Override
    public void fill(Buffer values, Shape shape, RandomStream random) {
      values.fill(value);
    }

    @Override
    public String toString() {
      return value == 0 ? "zeros" : "constant(" + value + ")";
    }
  }
}
