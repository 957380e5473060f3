package ijen.tune;

import java.util.List;
import java.util.function.DoubleSupplier;

/// A density over some dimensions: a weighted sum of kernels, one around each observation and the
/// prior; a kernel of several dimensions is the product of theirs (a Parzen estimator).
///
///     p(x) = Σ_k w_k Π_d p_(k,d)(x_d)
final class Mixture {
  /// So many of the latest observations count fully; those before less, the older, the less.
  private static final int FULL = 25;

  /// Terms below e⁻⁵⁰ of the largest do not show in a double.
  private static final double NEGLIGIBLE = -50;

  private final List<? extends Kernels> dimensions;
  private final double[] logWeights;
  private final double[] sums;
  private final double[] logs;

  /// @param dimensions the kernels of each dimension, for the same observations, the oldest first
  Mixture(List<? extends Kernels> dimensions) {
    this.dimensions = dimensions;
    int kernels = dimensions.getFirst().count();
    double[] weights = weights(kernels - 1);
    this.logWeights = new double[kernels];
    this.sums = new double[kernels];
    double sum = 0;
    for (int k = 0; k < kernels; k++) {
      sum += weights[k];
      sums[k] = sum;
    }
    for (int k = 0; k < kernels; k++) {
      logWeights[k] = StrictMath.log(weights[k] / sum);
    }
    this.logs = new double[kernels];
  }

  /// Of n observations, the oldest first, and of the prior: 1 for the latest 25 and the prior, and
  /// a line from 1/n up to 1 over those before.
  static double[] weights(int n) {
    double[] weights = new double[n + 1];
    int ramp = Math.max(n - FULL, 0);
    for (int k = 0; k < n; k++) {
      double first = 1.0 / n;
      weights[k] = k >= ramp ? 1 : ramp == 1 ? first : first + k * (1 - first) / (ramp - 1);
    }
    weights[n] = Kernels.PRIOR_WEIGHT;
    return weights;
  }

  /// The logarithm of the density at a value for each dimension.
  double log(List<String> values) {
    System.arraycopy(logWeights, 0, logs, 0, logs.length);
    for (int d = 0; d < values.size(); d++) {
      dimensions.get(d).addLogs(values.get(d), logs);
    }
    double most = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      most = Math.max(most, log);
    }
    double sum = 0;
    for (double log : logs) {
      if (log - most > NEGLIGIBLE) {
        sum += StrictMath.exp(log - most);
      }
    }
    return most + StrictMath.log(sum);
  }

  /// A value for each dimension.
  ///
  /// @param random gives numbers of [0, 1), evenly
  List<String> draw(DoubleSupplier random) {
    double u = random.getAsDouble() * sums[sums.length - 1];
    int kernel = 0;
    while (kernel < sums.length - 1 && sums[kernel] <= u) {
      kernel++;
    }
    int chosen = kernel;
    return dimensions.stream().map(it -> it.draw(chosen, random.getAsDouble())).toList();
  }
}
