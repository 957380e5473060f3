package ijen.theory;

import ijen.random.RandomStream;

/// Sums over arrays, as they stand in the formulas.
final class Vectors {
  private Vectors() {}

  /// ⟨a, b⟩.
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /// ‖a‖.
  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /// ‖a − b‖ / max(‖a‖, ‖b‖).
  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    double size = Math.max(norm(a), norm(b));
    return size == 0 ? 0 : Math.sqrt(sum) / size;
  }

  /// W·x of a matrix `[rows, x.length]`.
  static double[] times(double[] w, double[] x, int rows) {
    double[] z = new double[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < x.length; j++) {
        sum += w[i * x.length + j] * x[j];
      }
      z[i] = sum;
    }
    return z;
  }

  /// Wᵀ·d of a matrix `[d.length, columns]`.
  static double[] transposedTimes(double[] w, double[] d, int columns) {
    double[] sum = new double[columns];
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < columns; j++) {
        sum[j] += w[i * columns + j] * d[i];
      }
    }
    return sum;
  }

  /// a·bᵀ, `[a.length, b.length]`.
  static double[] outer(double[] a, double[] b) {
    double[] product = new double[a.length * b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        product[i * b.length + j] = a[i] * b[j];
      }
    }
    return product;
  }

  /// e^{sᵢ} / Σⱼ e^{sⱼ}.
  static double[] softmax(double[] s) {
    double max = s[0];
    for (double value : s) {
      max = Math.max(max, value);
    }
    double[] a = new double[s.length];
    double sum = 0;
    for (int i = 0; i < s.length; i++) {
      a[i] = StrictMath.exp(s[i] - max);
      sum += a[i];
    }
    for (int i = 0; i < s.length; i++) {
      a[i] /= sum;
    }
    return a;
  }

  /// 1/(1 + e⁻ᶻ).
  static double sigmoid(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  /// Numbers from N(0, σ²).
  static double[] normal(long seed, String purpose, int count, double sigma) {
    RandomStream random = RandomStream.of(seed, purpose, 0);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = sigma * random.normal(i);
    }
    return values;
  }
}
