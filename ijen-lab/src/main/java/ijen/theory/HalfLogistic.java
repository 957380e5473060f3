package ijen.theory;

/// The half-logistic loss by hand: value, gradient, Hessian and its upper bound, in plain loops.
final class HalfLogistic {
  private HalfLogistic() {}

  /// Hessian and bound by hand.
  interface Rule {
    /// The matrix of second derivatives, `[n, n]`.
    double[] hessian(Samples samples, double[] w);

    /// What no eigenvalue is above, anywhere.
    double bound(Samples samples);
  }

  /// The formulas of the statement.
  static final class Formulas implements Rule {
    @Override
    public double[] hessian(Samples samples, double[] w) {
      int n = samples.features();
      double[] hessian = new double[n * n];
      for (int s = 0; s < samples.size(); s++) {
        double[] x = samples.x()[s];
        double curvature = curvature(samples, s, w) / samples.size();
        if (curvature == 0) {
          continue;
        }
        for (int i = 0; i < n; i++) {
          double factor = curvature * x[i];
          if (factor != 0) {
            for (int j = 0; j < n; j++) {
              hessian[i * n + j] += factor * x[j];
            }
          }
        }
      }
      return hessian;
    }

    @Override
    public double bound(Samples samples) {
      double sum = 0;
      for (int s = 0; s < samples.size(); s++) {
        sum += samples.upper(s) * Vectors.dot(samples.x()[s], samples.x()[s]);
      }
      return sum / (4 * samples.size());
    }
  }

  /// yσ(z)σ(−z) of a sample: σ(−z) is 1 − σ(z) without cancellation.
  private static double curvature(Samples samples, int s, double[] w) {
    double z = Vectors.dot(w, samples.x()[s]);
    return samples.upper(s) * Vectors.sigmoid(z) * Vectors.sigmoid(-z);
  }

  /// mean[y·ln(1 + exp(−z)) + (1 − y)·z].
  static double value(Samples samples, double[] w) {
    double sum = 0;
    for (int s = 0; s < samples.size(); s++) {
      double z = Vectors.dot(w, samples.x()[s]);
      double y = samples.upper(s);
      double half = Math.max(-z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
      sum += y * half + (1 - y) * z;
    }
    return sum / samples.size();
  }

  /// mean[(1 − 2y + y·σ(z))·x].
  static double[] gradient(Samples samples, double[] w) {
    double[] gradient = new double[w.length];
    for (int s = 0; s < samples.size(); s++) {
      double[] x = samples.x()[s];
      double y = samples.upper(s);
      double delta = (1 - 2 * y + y * Vectors.sigmoid(Vectors.dot(w, x))) / samples.size();
      for (int j = 0; j < w.length; j++) {
        gradient[j] += delta * x[j];
      }
    }
    return gradient;
  }

  /// The trace of the Hessian at w = t·direction.
  static double trace(Samples samples, double[] direction, double t) {
    double[] w = direction.clone();
    for (int j = 0; j < w.length; j++) {
      w[j] *= t;
    }
    double sum = 0;
    for (int s = 0; s < samples.size(); s++) {
      sum += curvature(samples, s, w) * Vectors.dot(samples.x()[s], samples.x()[s]);
    }
    return sum / samples.size();
  }
}
