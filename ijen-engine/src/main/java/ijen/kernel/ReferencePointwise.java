package ijen.kernel;

/// The specification of [Pointwise] functions: one number, in `double`, as the formulas say.
///
/// Where a formula has no value at the ends of the line (0·∞), the limit is taken.
final class ReferencePointwise {
  /// 2/√π
  private static final double ERF_SLOPE = 2 / Math.sqrt(Math.PI);

  private static final double GELU_SLOPE = 2 * Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBE = 0.044715;

  private ReferencePointwise() {}

  /// f(x).
  static double value(Pointwise f, double x) {
    return switch (f.function()) {
      case NONE -> x;
      case STEP -> x > 0 ? 1 : Double.isNaN(x) ? x : 0;
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : f.parameter() * x;
      case ELU -> x >= 0 ? x : f.parameter() * StrictMath.expm1(x);
      case SELU -> Pointwise.SELU_SCALE * (x >= 0 ? x : Pointwise.SELU_ALPHA * StrictMath.expm1(x));
      case GELU -> times(x, normal(x));
      case GELU_TANH -> times(x, sigmoid(inner(x)));
      case SILU -> times(x, sigmoid(x));
      case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
      case SIGMOID -> sigmoid(x);
      case TANH -> StrictMath.tanh(x);
      case ERF -> erf(x);
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
    };
  }

  /// d·f′(x), where y = f(x).
  static double gradient(Pointwise f, double x, double y, double d) {
    return switch (f.function()) {
      case NONE -> d;
      case STEP -> 0;
      case RELU -> y > 0 ? d : 0;
      case LEAKY_RELU -> (f.readsInput() ? x : y) > 0 ? d : d * f.parameter();
      case ELU -> y > 0 ? d : d * (y + f.parameter());
      case SELU ->
          d * (y > 0 ? Pointwise.SELU_SCALE : y + Pointwise.SELU_SCALE * Pointwise.SELU_ALPHA);
      case GELU -> d * (normal(x) + times(x, StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)));
      case GELU_TANH -> {
        double slope = GELU_SLOPE * (1 + 3 * GELU_CUBE * x * x);
        double s = sigmoid(inner(x));
        yield d * (s + times(x * slope, s * sigmoid(-inner(x))));
      }
      case SILU -> d * (sigmoid(x) + times(x, sigmoid(x) * sigmoid(-x)));
      case SOFTPLUS -> d * -StrictMath.expm1(-y);
      case SIGMOID -> d * y * (1 - y);
      case TANH -> d * (1 - y * y);
      case ERF -> d * ERF_SLOPE * StrictMath.exp(-x * x);
      case EXP -> y * d;
      case LOG -> d / x;
    };
  }

  /// `x·factor`, but 0 where the factor is: it falls faster than x grows.
  private static double times(double x, double factor) {
    return factor == 0 ? Math.copySign(0, x) : x * factor;
  }

  private static double inner(double x) {
    return GELU_SLOPE * (x + GELU_CUBE * x * x * x);
  }

  static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + StrictMath.exp(-x));
    }
    double e = StrictMath.exp(x); // e^x cannot overflow here, e^−x could
    return e / (1 + e);
  }

  /// Φ(x), the probability that a standard normal number is below x; exact in both tails.
  static double normal(double x) {
    double tail = 0.5 * erfc(Math.abs(x) / Math.sqrt(2));
    return x >= 0 ? 1 - tail : tail;
  }

  /// By the series with terms of one sign below 1.5, by the continued fraction of `1 − erf` from
  /// there on.
  ///
  /// **Range:** within 6e-16 of the result.
  ///
  /// **Source:** Abramowitz, Stegun, *Handbook of Mathematical Functions* (1964), 7.1.6 and 7.1.14.
  static double erf(double x) {
    double a = Math.abs(x);
    if (a >= 6) {
      return Math.copySign(1, x); // what is missing is less than 1e-16
    }
    if (a >= 1.5) {
      return Math.copySign(1 - erfc(a), x);
    }
    double square = a * a;
    double sum = 1;
    for (int k = 28; k > 0; k--) {
      sum = Math.fma(square / (k + 0.5), sum, 1);
    }
    return Math.copySign(ERF_SLOPE * StrictMath.exp(-square) * sum * a, x);
  }

  /// `1 − erf a` for a ≥ 0, without cancellation where it is small.
  private static double erfc(double a) {
    if (!(a >= 1.5)) { // NaN stays NaN
      return 1 - erf(a);
    }
    if (a > 40) {
      return 0; // less than 1e-690
    }
    double fraction = a;
    for (int k = 75; k > 0; k--) {
      fraction = a + 0.5 * k / fraction;
    }
    return ERF_SLOPE / 2 * StrictMath.exp(-(a * a)) / fraction;
  }
}
