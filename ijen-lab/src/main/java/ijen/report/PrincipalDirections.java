package ijen.report;

import java.util.Arrays;

/// The directions in which points spread most: eigenvectors of their covariance, by Jacobi's
/// rotations.
///
/// The sign of a direction is such that its largest number is positive.
///
/// **Source:** Golub, Van Loan, *Matrix Computations*, 4th edition, §8.5.3 (cyclic by row).
final class PrincipalDirections {
  private static final int MOST_SWEEPS = 60;

  private final double[] mean;
  private final double[][] directions;
  private final double[] variances;

  private PrincipalDirections(double[] mean, double[][] directions, double[] variances) {
    this.mean = mean;
    this.directions = directions;
    this.variances = variances;
  }

  /// Of points `[count][width]`; two or more of them.
  static PrincipalDirections of(float[][] points) {
    int width = points[0].length;
    double[] mean = new double[width];
    for (float[] point : points) {
      for (int i = 0; i < width; i++) {
        mean[i] += point[i];
      }
    }
    for (int i = 0; i < width; i++) {
      mean[i] /= points.length;
    }
    double[][] covariance = new double[width][width];
    for (float[] point : points) {
      for (int i = 0; i < width; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += (point[i] - mean[i]) * (point[j] - mean[j]);
        }
      }
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] /= points.length - 1;
        covariance[j][i] = covariance[i][j];
      }
    }
    double[][] vectors = diagonalised(covariance);
    Integer[] order = new Integer[width];
    for (int i = 0; i < width; i++) {
      order[i] = i;
    }
    Arrays.sort(order, (a, b) -> Double.compare(covariance[b][b], covariance[a][a])); // stable
    double[][] directions = new double[width][width];
    double[] variances = new double[width];
    for (int k = 0; k < width; k++) {
      int largest = 0;
      for (int i = 0; i < width; i++) {
        directions[k][i] = vectors[i][order[k]];
        largest = Math.abs(directions[k][i]) > Math.abs(directions[k][largest]) ? i : largest;
      }
      double sign = Math.signum(directions[k][largest]);
      for (int i = 0; i < width; i++) {
        directions[k][i] *= sign;
      }
      variances[k] = covariance[order[k]][order[k]];
    }
    return new PrincipalDirections(mean, directions, variances);
  }

  /// Turns `a` until nothing is left beside its diagonal; the turns, an eigenvector a column.
  private static double[][] diagonalised(double[][] a) {
    int n = a.length;
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double beside = 0;
      double all = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          all += a[i][j] * a[i][j];
          beside += i == j ? 0 : a[i][j] * a[i][j];
        }
      }
      if (beside <= 1e-28 * all) {
        break;
      }
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    return v;
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    int n = a.length;
    for (int i = 0; i < n; i++) {
      double ip = a[i][p];
      double iq = a[i][q];
      a[i][p] = c * ip - s * iq;
      a[i][q] = s * ip + c * iq;
    }
    for (int i = 0; i < n; i++) {
      double pi = a[p][i];
      double qi = a[q][i];
      a[p][i] = c * pi - s * qi;
      a[q][i] = s * pi + c * qi;
      double vp = v[i][p];
      double vq = v[i][q];
      v[i][p] = c * vp - s * vq;
      v[i][q] = s * vp + c * vq;
    }
  }

  /// How far a point lies from the mean along direction number `k`, from 0.
  double along(int k, float[] point) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += (point[i] - mean[i]) * directions[k][i];
    }
    return sum;
  }

  /// Direction number `k`, of length 1.
  double[] direction(int k) {
    return directions[k].clone();
  }

  /// The share of the variance that lies along the first `count` directions.
  double share(int count) {
    double some = 0;
    double all = 0;
    for (int i = 0; i < variances.length; i++) {
      all += variances[i];
      some += i < count ? variances[i] : 0;
    }
    return all == 0 ? 0 : some / all;
  }
}
