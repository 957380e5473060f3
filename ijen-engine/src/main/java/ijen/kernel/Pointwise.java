package ijen.kernel;

import java.util.Locale;

/// A function of one number, y = f(x), as a value: which one, and its setting if it has one.
///
/// It says of what its derivative is made ([#readsInput], [#readsOutput]), so that whoever keeps
/// numbers for a backward pass keeps no more than that. Formulas and derivations stand with the ops
/// ([ijen.op.PointwiseOp]); [Kernels#apply] and [Kernels#gradient] compute them.
///
/// @param function which function
/// @param parameter its setting: the slope of a leaky ReLU, the α of an ELU; 0 for all others
public record Pointwise(Function function, double parameter) {
  /// The functions.
  public enum Function {
    /// f(x) = x; f′ = 1.
    NONE,
    /// f(x) = 1[x > 0]; f′ = 0.
    STEP,
    /// f(x) = max(x, 0); f′ = 1[y > 0].
    RELU,
    /// f(x) = x above 0, slope·x from there down; f′ = 1 or the slope, by the sign of y if the
    /// slope is not negative, else by that of x.
    LEAKY_RELU,
    /// f(x) = x from 0 up, α(eˣ − 1) below; f′ = 1 where y > 0, else y + α.
    ELU,
    /// f(x) = λ·ELU(x) with fixed λ and α; f′ = λ where y > 0, else y + λα.
    SELU,
    /// f(x) = x·Φ(x); f′ = Φ(x) + x·φ(x).
    GELU,
    /// f(x) = x·σ(v) with v = 2√(2/π)·(x + 0.044715x³); f′ = σ(v)·(1 + x·v′·σ(−v)).
    GELU_TANH,
    /// f(x) = x·σ(x); f′ = σ(x)·(1 + x·σ(−x)).
    SILU,
    /// f(x) = ln(1 + eˣ); f′ = 1 − e⁻ʸ.
    SOFTPLUS,
    /// f(x) = 1 / (1 + e⁻ˣ); f′ = y·(1 − y).
    SIGMOID,
    /// f(x) = tanh x; f′ = 1 − y².
    TANH,
    /// f(x) = 2/√π·∫₀ˣ e^(−t²) dt; f′ = 2/√π·e^(−x²).
    ERF,
    /// f(x) = eˣ; f′ = y.
    EXP,
    /// f(x) = ln x; f′ = 1/x.
    LOG
  }

  /// The λ of [Function#SELU].
  ///
  /// **Source:** Klambauer, Unterthiner, Mayr, Hochreiter, "Self-normalizing neural networks",
  /// NeurIPS 2017, §2 and appendix: λ and α for which mean 0 and variance 1 are a fixed point.
  public static final double SELU_SCALE = 1.0507009873554805;

  /// The α of [Function#SELU], from the same source.
  public static final double SELU_ALPHA = 1.6732632423543772;

  public static final Pointwise NONE = new Pointwise(Function.NONE);
  public static final Pointwise STEP = new Pointwise(Function.STEP);
  public static final Pointwise RELU = new Pointwise(Function.RELU);
  public static final Pointwise SELU = new Pointwise(Function.SELU);
  public static final Pointwise GELU = new Pointwise(Function.GELU);
  public static final Pointwise GELU_TANH = new Pointwise(Function.GELU_TANH);
  public static final Pointwise SILU = new Pointwise(Function.SILU);
  public static final Pointwise SOFTPLUS = new Pointwise(Function.SOFTPLUS);
  public static final Pointwise SIGMOID = new Pointwise(Function.SIGMOID);
  public static final Pointwise TANH = new Pointwise(Function.TANH);
  public static final Pointwise ERF = new Pointwise(Function.ERF);
  public static final Pointwise EXP = new Pointwise(Function.EXP);
  public static final Pointwise LOG = new Pointwise(Function.LOG);

  public Pointwise {
    boolean fits =
        switch (function) {
          case LEAKY_RELU -> Double.isFinite(parameter);
          case ELU -> parameter > 0 && Double.isFinite(parameter);
          default -> parameter == 0;
        };
    if (!fits) {
      String expected =
          switch (function) {
            case LEAKY_RELU -> "a finite slope";
            case ELU -> "a finite alpha above 0";
            default -> "no setting";
          };
      throw new IllegalArgumentException(
          name(function) + ": expected " + expected + ", got " + parameter);
    }
  }

  private Pointwise(Function function) {
    this(function, 0);
  }

  /// A ReLU that is not flat below 0.
  public static Pointwise leakyRelu(double slope) {
    return new Pointwise(Function.LEAKY_RELU, slope);
  }

  /// The exponential linear unit.
  public static Pointwise elu(double alpha) {
    return new Pointwise(Function.ELU, alpha);
  }

  /// Whether the derivative is computed from x.
  public boolean readsInput() {
    return switch (function) {
      case NONE, STEP, RELU, ELU, SELU, SOFTPLUS, SIGMOID, TANH, EXP -> false;
      case LEAKY_RELU -> parameter < 0; // y > 0 on both sides
      case GELU, GELU_TANH, SILU, ERF, LOG -> true;
    };
  }

  /// Whether the derivative is computed from y.
  public boolean readsOutput() {
    return switch (function) {
      case NONE, STEP -> false;
      default -> !readsInput();
    };
  }

  /// For example `relu`, `leaky-relu:0.01`.
  @Override
  public String toString() {
    return parameter == 0 ? name(function) : name(function) + ":" + parameter;
  }

  private static String name(Function function) {
    return function.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
