package ijen.nn;

import ijen.graph.Initializer;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.random.RandomStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How parameters begin. Of a weight `[out, in, …]`, fan-in is the number of products that are
/// summed into one output, size/out; fan-out is size/in.
public final class Initializers {
  private static final Pattern CALL = Pattern.compile("(normal|constant)\\(([^()]+)\\)");

  private Initializers() {}

  /// N(0, 2/fan-in): keeps the variance through layers of ReLU.
  ///
  /// **Source:** He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015.
  public static Initializer he() {
    return new He();
  }

  /// N(0, 2/(fan-in + fan-out)): a compromise between forward and backward for tanh and linear
  /// layers.
  ///
  /// **Source:** Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural
  /// networks", AISTATS 2010.
  public static Initializer xavier() {
    return new Xavier();
  }

  /// N(0, σ²).
  public static Initializer normal(double sigma) {
    return new Normal(sigma);
  }

  /// All zero.
  public static Initializer zeros() {
    return new Constant(0);
  }

  /// All equal.
  public static Initializer constant(double value) {
    return new Constant(value);
  }

  /// The initialiser that a text names: `he`, `xavier`, `zeros`, `normal(0.01)` or `constant(1)`.
  ///
  /// @throws IllegalArgumentException for any other text
  public static Initializer parse(String text) {
    Matcher call = CALL.matcher(text.strip());
    try {
      if (call.matches()) {
        double value = Double.parseDouble(call.group(2));
        return call.group(1).equals("normal") ? normal(value) : constant(value);
      }
    } catch (NumberFormatException e) {
      throw unknown(text, e);
    }
    return switch (text.strip()) {
      case "he" -> he();
      case "xavier" -> xavier();
      case "zeros" -> zeros();
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
            + "': expected he, xavier, zeros, normal(0.01) or constant(1)",
        cause);
  }

  private static void normal(Buffer values, double sigma, RandomStream random) {
    for (int i = 0; i < values.length(); i++) {
      values.set(i, sigma * random.normal(i));
    }
  }

  private static double fanIn(Shape shape) {
    return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.dimension(0);
  }

  private static double fanOut(Shape shape) {
    return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.dimension(1);
  }

  /// Those that have a text.
  private sealed interface Named extends Initializer {}

  private record He() implements Named {
    @Override
    public void fill(Buffer values, Shape shape, RandomStream random) {
      normal(values, Math.sqrt(2 / fanIn(shape)), random);
    }

    @Override
    public String toString() {
      return "he";
    }
  }

  private record Xavier() implements Named {
    @Override
    public void fill(Buffer values, Shape shape, RandomStream random) {
      normal(values, Math.sqrt(2 / (fanIn(shape) + fanOut(shape))), random);
    }

    @Override
    public String toString() {
      return "xavier";
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
