package ijen.theory;

/// The eigenvalues of a symmetric matrix.
///
/// Reflections bring the matrix to three diagonals, keeping its eigenvalues. How many of them lie
/// below x is how many pivots are negative when T − x·I is eliminated (Sylvester's law of inertia);
/// halving an interval by that count finds any one. Errors are a small multiple of ε·‖A‖.
///
/// **Source:** Golub, Van Loan, *Matrix Computations*, 4th edition, §8.3.1 and §8.4.1.
final class Eigenvalues {
  private final double[] diagonal;
  private final double[] beside;
  private final double radius;

  private Eigenvalues(double[] diagonal, double[] beside) {
    this.diagonal = diagonal;
    this.beside = beside;
    double most = 0;
    for (int i = 0; i < diagonal.length; i++) {
      double left = i == 0 ? 0 : Math.abs(beside[i - 1]);
      double right = i == beside.length ? 0 : Math.abs(beside[i]);
      most = Math.max(most, Math.abs(diagonal[i]) + left + right);
    }
    this.radius = most; // by Gershgorin, no eigenvalue is further from 0
  }

  /// Of a symmetric matrix, given row by row, `[n, n]`.
  static Eigenvalues of(double[] matrix, int n) {
    double[] a = matrix.clone();
    double[] diagonal = new double[n];
    double[] beside = new double[Math.max(0, n - 1)];
    for (int k = 0; k < n - 1; k++) {
      diagonal[k] = a[k * n + k];
      beside[k] = reflect(a, n, k);
    }
    diagonal[n - 1] = a[n * n - 1];
    return new Eigenvalues(diagonal, beside);
  }

  /// Turns column k below the diagonal into one number, which is returned, by a reflection H = I −
  /// 2vvᵀ; what is right of and below k becomes H·A·H.
  private static double reflect(double[] a, int n, int k) {
    double[] v = new double[n];
    double sum = 0;
    for (int i = k + 1; i < n; i++) {
      v[i] = a[i * n + k];
      sum += v[i] * v[i];
    }
    double length = Math.sqrt(sum);
    if (length == 0) {
      return 0;
    }
    double to = v[k + 1] > 0 ? -length : length; // away from v: no cancellation
    v[k + 1] -= to;
    double norm = 0;
    for (int i = k + 1; i < n; i++) {
      norm += v[i] * v[i];
    }
    norm = Math.sqrt(norm);
    for (int i = k + 1; i < n; i++) {
      v[i] /= norm;
    }
    double[] w = new double[n]; // A·v − ⟨v, A·v⟩·v
    double along = 0;
    for (int i = k + 1; i < n; i++) {
      for (int j = k + 1; j < n; j++) {
        w[i] += a[i * n + j] * v[j];
      }
      along += v[i] * w[i];
    }
    for (int i = k + 1; i < n; i++) {
      w[i] -= along * v[i];
    }
    for (int i = k + 1; i < n; i++) {
      for (int j = k + 1; j < n; j++) {
        a[i * n + j] -= 2 * (v[i] * w[j] + w[i] * v[j]);
      }
    }
    return to;
  }

  /// How many eigenvalues lie below x.
  private int below(double x) {
    int count = 0;
    double pivot = 1;
    for (int i = 0; i < diagonal.length; i++) {
      double square = i == 0 ? 0 : beside[i - 1] * beside[i - 1];
      pivot = diagonal[i] - x - square / pivot;
      if (pivot == 0) {
        pivot = Math.ulp(radius);
      }
      if (pivot < 0) {
        count++;
      }
    }
    return count;
  }

  /// Eigenvalue number `index` in rising order, from 0.
  double get(int index) {
    double low = -radius - Math.ulp(radius);
    double high = radius + Math.ulp(radius);
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (below(middle) > index) {
        high = middle;
      } else {
        low = middle;
      }
    }
  }

  double smallest() {
    return get(0);
  }

  double largest() {
    return get(diagonal.length - 1);
  }
}
