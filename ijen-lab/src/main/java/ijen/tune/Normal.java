package ijen.tune;

/// The standard normal distribution, exact in its tails: probabilities by their logarithms, and
/// draws from a part of it.
///
/// With the strict functions of the JDK alone, so that a search is the same on every machine. All
/// of it rests on Mills' ratio M(z) = (1 − Φ(z)) / φ(z): for z ≥ 0, (z + 4)·M(z) is a smooth
/// function of t = (z − 4)/(z + 4) in [−1, 1), and is evaluated as a sum of 26 Chebyshev
/// polynomials. Their factors come, once, from the slow and exact ways to M(z).
///
/// **Source:** the series and Laplace's continued fraction: Abramowitz, Stegun, "Handbook of
/// mathematical functions", 26.2.11 and 26.2.14; the change of variable: Schonfelder, "Chebyshev
/// expansions for the error and related functions", Math. Comp. 32, 1978.
final class Normal {
  /// ln √(2π).
  static final double LOG_ROOT_2PI = 0.9189385332046728;

  private static final double LOG_HALF = -0.6931471805599453;

  /// Beyond, nothing of 1 is left in a double.
  private static final double FAR = 8.3;

  private static final int MOST_STEPS = 60;

  private static final double MIDDLE = 4;

  private static final double[] CHEBYSHEV = chebyshev(26);

  private Normal() {}

  /// The factors of the polynomial that is right at the n zeros of the n-th one.
  private static double[] chebyshev(int n) {
    double[] factors = new double[n];
    for (int j = 0; j < n; j++) {
      double t = cosine(2 * j + 1, 2 * n);
      double z = MIDDLE * (1 + t) / (1 - t);
      double value = (z + MIDDLE) * (z < 1 ? millsBySeries(z) : millsByFraction(z));
      for (int i = 0; i < n; i++) {
        factors[i] += (i == 0 ? 1 : 2) * value * cosine(i * (2 * j + 1), 2 * n) / n;
      }
    }
    return factors;
  }

  /// cos(π·k/n), without loss where k is large.
  private static double cosine(int k, int n) {
    return StrictMath.cos(Math.PI * (k % (2 * n)) / n);
  }

  /// By Φ(z) − ½ = φ(z)·(z + z³/3 + z⁵/(3·5) + …).
  private static double millsBySeries(double z) {
    double term = z;
    double sum = z;
    for (int k = 3; term > 1e-18 * sum; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return 0.5 / StrictMath.exp(logDensity(z)) - sum;
  }

  /// 1/(z + 1/(z + 2/(z + 3/(z + …)))), which takes the more terms the smaller z is.
  private static double millsByFraction(double z) {
    double fraction = z;
    for (int k = 12 + (int) (340 / (z * z)); k > 0; k--) {
      fraction = z + k / fraction;
    }
    return 1 / fraction;
  }

  /// M(z) for z ≥ 0, by Clenshaw's recurrence.
  private static double mills(double z) {
    double t = (z - MIDDLE) / (z + MIDDLE);
    double b1 = 0;
    double b2 = 0;
    for (int i = CHEBYSHEV.length - 1; i > 0; i--) {
      double b = 2 * t * b1 - b2 + CHEBYSHEV[i];
      b2 = b1;
      b1 = b;
    }
    return (t * b1 - b2 + CHEBYSHEV[0]) / (z + MIDDLE);
  }

  /// ln φ(z).
  private static double logDensity(double z) {
    return -z * z / 2 - LOG_ROOT_2PI;
  }

  /// Φ(z).
  static double cdf(double z) {
    return z > 0 ? 1 - cdf(-z) : StrictMath.exp(logDensity(z)) * mills(-z);
  }

  /// ln Φ(z).
  static double logCdf(double z) {
    return z > 0 ? StrictMath.log1p(-cdf(-z)) : logDensity(z) + StrictMath.log(mills(-z));
  }

  /// ln(Φ(b) − Φ(a)), for a < b.
  static double logMass(double a, double b) {
    if (a > 0) {
      return logMass(-b, -a); // where numbers are small, they are exact
    }
    if (b <= 0) {
      double upper = logCdf(b);
      return upper + StrictMath.log(-StrictMath.expm1(logCdf(a) - upper));
    }
    return a < -FAR && b > FAR ? 0 : StrictMath.log1p(-(cdf(a) + cdf(-b)));
  }

  /// The z at which ln Φ is `logP`, at most ln ½.
  ///
  /// By Newton's method from −√(−2 ln p), which lies below: since ln Φ is concave, each step comes
  /// nearer and none goes beyond.
  static double quantile(double logP) {
    double z = -StrictMath.sqrt(-2 * logP);
    for (int i = 0; i < MOST_STEPS; i++) {
      double log = logCdf(z);
      double step = (logP - log) * StrictMath.exp(log - logDensity(z));
      if (!(step > 1e-15 * (1 + Math.abs(z)))) {
        break;
      }
      z += step;
    }
    return z;
  }

  /// The number of [a, b] below which a part u of the distribution on [a, b] lies.
  static double between(double a, double b, double u) {
    if (a > 0) {
      return -between(-b, -a, 1 - u);
    }
    double z;
    if (b <= 0) {
      // ln(Φ(a) + u·(Φ(b) − Φ(a)))
      double lower = logCdf(a);
      double more = StrictMath.log(u) + logMass(a, b);
      double most = Math.max(lower, more);
      z =
          quantile(
              most + StrictMath.log(StrictMath.exp(lower - most) + StrictMath.exp(more - most)));
    } else {
      double left = cdf(a);
      double right = cdf(-b);
      double mass = 1 - left - right;
      double below = left + u * mass;
      double above = right + (1 - u) * mass;
      z =
          below <= 0.5
              ? quantile(Math.min(StrictMath.log(below), LOG_HALF))
              : -quantile(Math.min(StrictMath.log(above), LOG_HALF));
    }
    return Math.clamp(z, a, b);
  }
}
