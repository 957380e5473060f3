package ijen.nn;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.random.RandomStream;

/// A random orthogonal matrix, times a gain: of a weight `[out, in, …]` as a matrix of `out` rows,
/// the rows are orthonormal, or the columns where there are fewer of those.
///
/// Such a matrix keeps the length of every vector (of some space), so that many layers of it
/// neither blow up nor wear out what goes through them.
///
/// Vectors of normal numbers are made orthogonal one after the other, by modified Gram–Schmidt in
/// `double`, twice each: what the first pass leaves by rounding, the second takes away. Every such
/// matrix is equally probable, because the diagonal of R is positive.
///
/// **Range:** in `double` all inner products are those of orthonormal vectors to 10⁻¹⁴; rounded to
/// `float`, to 10⁻⁶.
///
/// **Throws:** an error naming the shape if it has fewer than two dimensions.
///
/// **Source:** Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in
/// deep linear neural networks", ICLR 2014. Twice is enough: Giraud, Langou, Rozložník, Computers &
/// Mathematics with Applications 50, 2005. The distribution: Mezzadri, "How to generate random
/// matrices from the classical compact groups", Notices of the AMS 54, 2007.
///
/// @param gain the length of each vector
record Orthogonal(double gain) implements Initializers.Named {
  Orthogonal {
    Initializers.checkedGain("orthogonal", gain);
  }

  @Override
  public void fill(Buffer values, Shape shape, RandomStream random) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "orthogonal: expected a weight of two or more dimensions, got " + shape);
    }
    int rows = shape.dimension(0);
    int columns = shape.size() / rows;
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    double[][] vectors = new double[count][length];
    for (int v = 0; v < count; v++) {
      for (int i = 0; i < length; i++) {
        vectors[v][i] = random.normal((long) v * length + i);
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < v; before++) {
          subtractProjection(vectors[v], vectors[before]);
        }
      }
      normalise(vectors[v]);
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double entry = rows <= columns ? vectors[r][c] : vectors[c][r];
        values.set(r * columns + c, gain * entry);
      }
    }
  }

  private static void subtractProjection(double[] x, double[] unit) {
    double inner = dot(x, unit);
    for (int i = 0; i < x.length; i++) {
      x[i] -= inner * unit[i];
    }
  }

  private static void normalise(double[] x) {
    double norm = Math.sqrt(dot(x, x));
    for (int i = 0; i < x.length; i++) {
      x[i] /= norm;
    }
  }

  /// Four partial sums side by side, which is quicker, and the same on every machine.
  private static double dot(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      s0 += x[i] * y[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public String toString() {
    return Initializers.withGain("orthogonal", gain);
  }
}
