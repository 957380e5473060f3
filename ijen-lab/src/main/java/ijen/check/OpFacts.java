package ijen.check;

import ijen.graph.GraphObjective;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// All that is known of a single op and of one of its inputs: the inputs x, the output y, the
/// upstream gradient d, and by differences the Jacobian J of y by that input.
final class OpFacts {
  private static final double STEP = 1e-5;

  /// A factor for each number of the output.
  interface Weight {
    double at(int o);
  }

  /// How many samples there are.
  final int rows;

  /// How many numbers a sample's output has.
  final int out;

  /// How many numbers the input has: each sample's, or those that all share.
  final int in;

  /// Whether each sample has an input of its own.
  final boolean batched;

  /// The name of the input.
  final String own;

  /// The upstream gradient, `[rows, out]`.
  final double[][] d;

  /// The output, `[rows, out]`.
  final double[][] y;

  /// The Jacobian, `[rows, out, in]`.
  final double[][][] jacobian;

  /// The differentiable inputs by name, each `[rows, size]`.
  final Map<String, double[][]> values = new LinkedHashMap<>();

  private final GraphObjective objective;

  /// Looks at `slot`, an input of the op that `subject` is.
  OpFacts(Subject subject, Traced traced, OpSubject op, Slot slot) {
    this.rows = subject.batch().rows();
    this.out = op.output().shape().size();
    this.batched = slot.role() == null;
    this.in = batched ? slot.size() / rows : slot.size();
    this.own = slot.name();
    this.d = table(subject.batch().input(op.upstream()), out);
    for (double[] row : d) {
      for (int o = 0; o < out; o++) {
        row[o] *= OpSubject.UPSTREAM;
      }
    }
    this.objective = traced.objective(Kernels.reference(), op.output());
    this.y = output(subject, op);
    for (int k = 0; k < op.slots().size(); k++) {
      Slot other = op.slots().get(k);
      if (other != null) {
        double[] x = other.read(subject.theta());
        double[][] table = new double[rows][];
        boolean shared = other.role() != null;
        int size = shared ? x.length : x.length / rows;
        for (int r = 0; r < rows; r++) {
          table[r] = Arrays.copyOfRange(x, shared ? 0 : r * size, (shared ? 0 : r * size) + size);
        }
        values.put(other.name(), table);
      }
    }
    this.jacobian = jacobian(subject, op, slot);
  }

  /// Σₒ J[r, o, i]·weight(o).
  double product(int r, int i, Weight weight) {
    double sum = 0;
    for (int o = 0; o < out; o++) {
      sum += jacobian[r][o][i] * weight.at(o);
    }
    return sum;
  }

  /// Σᵣ J[r, o, i]·d[r, o].
  double ofNumber(int o, int i) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += jacobian[r][o][i] * d[r][o];
    }
    return sum;
  }

  /// Whether each number of the output depends on the input's at the same place only.
  boolean isDiagonal() {
    double on = 0;
    double off = 0;
    for (double[][] matrix : jacobian) {
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          double size = Math.abs(matrix[o][i]);
          on = o == i ? Math.max(on, size) : on;
          off = o == i ? off : Math.max(off, size);
        }
      }
    }
    return off < 1e-6 * on;
  }

  private double[][][] jacobian(Subject subject, OpSubject op, Slot slot) {
    double[][][] jacobian = new double[rows][out][in];
    Buffer theta = subject.theta().values();
    for (int k = 0; k < slot.size(); k++) {
      int at = slot.at()[k];
      double x = theta.get(at);
      theta.set(at, x + STEP);
      double[][] up = output(subject, op);
      theta.set(at, x - STEP);
      double[][] down = output(subject, op);
      theta.set(at, x);
      int i = batched ? k % in : k;
      for (int r = batched ? k / in : 0; r < (batched ? k / in + 1 : rows); r++) {
        for (int o = 0; o < out; o++) {
          jacobian[r][o][i] = (up[r][o] - down[r][o]) / (2 * STEP);
        }
      }
    }
    return jacobian;
  }

  private double[][] output(Subject subject, OpSubject op) {
    objective.value(subject.theta(), subject.batch());
    return table(objective.watched(op.output()), out);
  }

  private double[][] table(Buffer values, int columns) {
    double[][] table = new double[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        table[r][c] = values.get(r * columns + c);
      }
    }
    return table;
  }
}
