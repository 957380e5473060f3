package ijen.check;

import ijen.graph.Shape;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Those of the [Hypotheses] that say where in a tensor numbers stand: transposed, shifted, wrong
/// in one place, spread along the wrong axis.
final class PlaceHypotheses {
  private PlaceHypotheses() {}

  /// A tensor seen as matrices: how many, and their rows and columns. A sample that is a matrix is
  /// one of several.
  private static int @Nullable [] matrices(Slot slot) {
    Shape shape = slot.shape();
    if (shape.rank() == 3 && slot.role() == null) {
      return new int[] {shape.dimension(0), shape.dimension(1), shape.dimension(2)};
    }
    return shape.rank() == 2 ? new int[] {1, shape.dimension(0), shape.dimension(1)} : null;
  }

  /// Rows and columns are mixed up.
  static @Nullable String transposed(Evidence e) {
    int[] view = matrices(e.slot());
    if (view == null || view[1] == 1 || view[2] == 1) {
      return null;
    }
    int rows = view[1];
    int columns = view[2];
    IntUnaryOperator place =
        i -> {
          int within = i % (rows * columns);
          return i - within + within % columns * rows + within / columns;
        };
    return e.isExplainedByMoving(place)
        ? "the right numbers, transposed: rows and columns are mixed up"
        : null;
  }

  /// The right numbers stand one further, or in reverse.
  static @Nullable String shifted(Evidence e) {
    Shape shape = e.slot().shape();
    int stride = e.size();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int length = shape.dimension(axis);
      stride /= length;
      int step = stride;
      for (int by : new int[] {1, -1}) {
        IntUnaryOperator place =
            i -> {
              int to = i / step % length + by;
              return to < 0 || to >= length ? -1 : i + by * step;
            };
        if (length > 2 && e.isExplainedByMoving(place)) {
          String what = axis == 0 && e.slot().role() == null ? "sample" : "dimension " + axis;
          return "the right numbers, shifted by one along %s %s: an index off by one?"
              .formatted(what, by > 0 ? "(each is one too far)" : "(each is one too early)");
        }
        IntUnaryOperator mirrored =
            i -> {
              int at = i / step % length;
              return i + (length - 1 - 2 * at) * step;
            };
        if (length > 2 && by > 0 && e.isExplainedByMoving(mirrored)) {
          return "the right numbers in reverse order along dimension " + axis;
        }
      }
    }
    return null;
  }

  /// Only some numbers are wrong, and they lie in one place.
  static @Nullable String place(Evidence e) {
    if (!e.complete()) {
      return null;
    }
    Shape shape = e.slot().shape();
    int wrong = 0;
    for (int i = 0; i < e.size(); i++) {
      wrong += e.isRight(i) ? 0 : 1;
    }
    if (wrong == 0 || wrong == e.size()) {
      return null;
    }
    int stride = e.size();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int length = shape.dimension(axis);
      stride /= length;
      for (int at = 0; at < length && length > 1; at++) {
        if (wrong * length == e.size() && allWrongAt(e, stride, length, at)) {
          String what =
              axis == 0 && e.slot().role() == null ? "of the samples" : "along dimension " + axis;
          String why =
              at == length - 1
                  ? ": does a loop end one too early?"
                  : at == 0 ? ": does a loop begin one too late?" : "";
          return "only number %s of %s %s is wrong%s".formatted(at, length, what, why);
        }
      }
    }
    int[] view = matrices(e.slot());
    if (view != null && view[1] == view[2] && wrong == view[0] * view[1]) {
      boolean diagonal = true;
      for (int i = 0; i < e.size(); i++) {
        int within = i % (view[1] * view[2]);
        diagonal &= (within / view[2] == within % view[2]) != e.isRight(i);
      }
      if (diagonal) {
        return "only the diagonal is wrong";
      }
    }
    return null;
  }

  private static boolean allWrongAt(Evidence e, int stride, int length, int at) {
    for (int i = 0; i < e.size(); i++) {
      if ((i / stride % length == at) == e.isRight(i)) {
        return false;
      }
    }
    return true;
  }

  /// All numbers along an axis are the same, which the right ones are not.
  static @Nullable String constantAlong(Evidence e) {
    Shape shape = e.slot().shape();
    int stride = e.size();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int length = shape.dimension(axis);
      stride /= length;
      if (length > 1
          && isConstant(e, e.suspect(), stride, length)
          && !isConstant(e, e.right(), stride, length)) {
        return "the same all along dimension %s, which the right one is not: summed or spread along the wrong axis?"
            .formatted(axis);
      }
    }
    return null;
  }

  private static boolean isConstant(Evidence e, double[] x, int stride, int length) {
    for (int i = 0; i < x.length; i++) {
      int at = i / stride % length;
      if (at > 0 && !(Math.abs(x[i] - x[i - stride]) <= 1e-6 * Math.abs(x[i]) + e.doubt()[i])) {
        return false;
      }
    }
    return true;
  }

  /// The right numbers stand anywhere.
  static @Nullable String permuted(Evidence e) {
    if (!e.complete() || e.size() < 3) {
      return null;
    }
    double[] a = e.suspect().clone();
    double[] b = e.right().clone();
    Arrays.sort(a);
    Arrays.sort(b);
    for (int i = 0; i < a.length; i++) {
      if (!e.isClose(a[i], b[i], i)) {
        return null;
      }
    }
    return "the right numbers in another order: a wrong index?";
  }
}
