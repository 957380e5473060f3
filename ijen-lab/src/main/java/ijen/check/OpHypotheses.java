package ijen.check;

import ijen.check.Subject.OpSubject;
import ijen.graph.GraphObjective;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Guesses why the gradient of a single op is wrong. Of an op everything is known: its inputs x,
/// its output y, the upstream gradient d, and by differences its Jacobian J; the right gradient is
/// Jᵀ·d. Each guess is another formula of these, and is taken if it gives the wrong numbers.
final class OpHypotheses {
  private static final double STEP = 1e-5;
  private static final long MOST = 2_000_000;

  private final int rows;
  private final int out;
  private final int in;
  private final boolean batched;
  private final double[][] d; // [rows, out]
  private final GraphObjective objective;
  private final double[][] y; // [rows, out]
  private final double[][][] jacobian; // [rows, out, in]
  private final Map<String, double[][]> values = new LinkedHashMap<>(); // [rows, size]
  private final String own;

  /// Looks at `slot`, an input of the op that `subject` is.
  private OpHypotheses(Subject subject, Traced traced, OpSubject op, Slot slot) {
    this.rows = subject.batch().rows();
    this.out = op.output().shape().size();
    this.batched = slot.role() == null;
    this.in = batched ? slot.size() / rows : slot.size();
    this.own = slot.name();
    this.d = table(subject.batch().input(op.upstream()), out);
    for (double[] row : d) {
      for (int o = 0; o < out; o++) {
        row[o] *= Subject.UPSTREAM;
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

  /// The first formula that gives the wrong numbers; null if none does.
  static @Nullable String test(Subject subject, Evidence evidence) {
    OpSubject op = subject.op();
    Traced traced = subject.traced();
    if (op == null || traced == null) {
      return null;
    }
    long numbers = (long) subject.batch().rows() * op.output().shape().size();
    if (numbers * evidence.size() > MOST || !op.output().form().batched()) {
      return null;
    }
    OpHypotheses all = new OpHypotheses(subject, traced, op, evidence.slot());
    Map<String, double[]> formulas = all.batched ? all.ofSamples() : all.ofShared();
    for (Map.Entry<String, double[]> formula : formulas.entrySet()) {
      if (evidence.isExplainedBy(formula.getValue())) {
        return formula.getKey();
      }
    }
    for (Map.Entry<String, double[]> formula : formulas.entrySet()) {
      double factor = evidence.factor(formula.getValue());
      if (!Double.isNaN(factor)) {
        return formula.getKey() + " And besides, " + Hypotheses.ofFactor(factor, evidence.counts());
      }
    }
    return null;
  }

  // ------------------------------------------------------------------ formulas

  private interface Formula {
    double at(int row, int i);
  }

  /// Formulas for an input that each sample has.
  private Map<String, double[]> ofSamples() {
    Map<String, double[]> formulas = new LinkedHashMap<>();
    if (in == out) {
      pointwise(formulas);
    }
    put(
        formulas,
        "the sum of the Jacobian: the upstream gradient is not multiplied in?",
        (r, i) -> product(r, i, o -> 1));
    put(
        formulas,
        "the upstream gradient of the next sample is used: a row off by one?",
        (r, i) -> r + 1 < rows ? product(r, i, o -> d[r + 1][o]) : Double.NaN);
    put(
        formulas,
        "the upstream gradient of the previous sample is used: a row off by one?",
        (r, i) -> r > 0 ? product(r, i, o -> d[r - 1][o]) : Double.NaN);
    put(
        formulas,
        "the upstream gradient of the first sample is used for all?",
        (r, i) -> product(r, i, o -> d[0][o]));
    put(
        formulas,
        "the upstream gradient is shifted by one: an index off by one?",
        (r, i) -> product(r, i, o -> o > 0 ? d[r][o - 1] : 0));
    put(
        formulas,
        "the upstream gradient is shifted by one: an index off by one?",
        (r, i) -> product(r, i, o -> o + 1 < out ? d[r][o + 1] : 0));
    put(
        formulas,
        "the values of the first sample are used for all samples?",
        (r, i) -> {
          double sum = 0;
          for (int o = 0; o < out; o++) {
            sum += jacobian[0][o][i] * d[r][o];
          }
          return sum;
        });
    return formulas;
  }

  /// Formulas for an input with as many numbers as the output.
  private void pointwise(Map<String, double[]> formulas) {
    boolean diagonal = isDiagonal();
    if (!diagonal) {
      put(
          formulas,
          "only the diagonal of the Jacobian is used: the terms between different numbers are"
              + " missing?",
          (r, i) -> jacobian[r][i][i] * d[r][i]);
      put(
          formulas,
          "the diagonal of the Jacobian is missing?",
          (r, i) -> product(r, i, o -> d[r][o]) - jacobian[r][i][i] * d[r][i]);
      put(
          formulas,
          "J·d in place of Jᵀ·d: the matrix is not transposed?",
          (r, i) -> {
            double sum = 0;
            for (int o = 0; o < out; o++) {
              sum += jacobian[r][i][o] * d[r][o];
            }
            return sum;
          });
    }
    put(
        formulas,
        "the upstream gradient as it is: the derivative is missing, a mask is not applied, or a"
            + " branch is detached and only the direct path is left?",
        (r, i) -> d[r][i]);
    put(
        formulas,
        "the upstream gradient itself is missing in the sum: the skip connection's path is"
            + " forgotten?",
        (r, i) -> product(r, i, o -> d[r][o]) - d[r][i]);
    put(
        formulas,
        "the upstream gradient itself is added once too often: counted twice?",
        (r, i) -> product(r, i, o -> d[r][o]) + d[r][i]);
    values.forEach((name, x) -> {
      if (x[0].length == in) {
        put(
            formulas,
            "the upstream gradient times "
                + name
                + (name.equals(own)
                    ? " itself: does another factor, or another input, belong there?"
                    : ": is that the wrong factor?"),
            (r, i) -> d[r][i] * x[r][i]);
        put(
            formulas,
            "the upstream gradient times y/" + name + ": a term of the product rule is missing?",
            (r, i) -> x[r][i] == 0 ? Double.NaN : d[r][i] * y[r][i] / x[r][i]);
        put(
            formulas,
            "all but the upstream gradient times y/"
                + name
                + ": a term of the product rule is missing?",
            (r, i) ->
                x[r][i] == 0
                    ? Double.NaN
                    : product(r, i, o -> d[r][o]) - d[r][i] * y[r][i] / x[r][i]);
      }
    });
    put(
        formulas,
        "the upstream gradient times the output y: is the derivative taken to be y?",
        (r, i) -> d[r][i] * y[r][i]);
    put(
        formulas,
        "the upstream gradient times 1 − y: of a derivative y·(1 − y) the factor y is missing?",
        (r, i) -> d[r][i] * (1 - y[r][i]));
    put(
        formulas,
        "the upstream gradient times y·(1 − y): is that the derivative of another function, the"
            + " sigmoid?",
        (r, i) -> d[r][i] * y[r][i] * (1 - y[r][i]));
    put(
        formulas,
        "the upstream gradient times 1 − y²: is that the derivative of another function, tanh?",
        (r, i) -> d[r][i] * (1 - y[r][i] * y[r][i]));
    if (diagonal) {
      put(
          formulas,
          "the derivative is applied twice?",
          (r, i) -> jacobian[r][i][i] * jacobian[r][i][i] * d[r][i]);
      put(
          formulas,
          "the upstream gradient is divided by the derivative in place of multiplied?",
          (r, i) -> jacobian[r][i][i] == 0 ? Double.NaN : d[r][i] / jacobian[r][i][i]);
    }
  }

  /// Formulas for an input that all samples share: the right gradient is the sum of what the
  /// samples contribute.
  private Map<String, double[]> ofShared() {
    Map<String, double[]> formulas = new LinkedHashMap<>();
    double[][] each = new double[rows][in];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < in; i++) {
        int row = r;
        each[r][i] = product(r, i, o -> d[row][o]);
      }
    }
    one(formulas, "the first sample alone: the sum over the samples is missing?", i -> each[0][i]);
    one(
        formulas,
        "the last sample alone: is each sample written over the one before?",
        i -> each[rows - 1][i]);
    one(
        formulas,
        "all samples but the last: does the loop end one too early?",
        i -> sum(i, each) - each[rows - 1][i]);
    one(
        formulas,
        "all samples but the first: does the loop begin one too late?",
        i -> sum(i, each) - each[0][i]);
    if (out > 1) {
      one(
          formulas,
          "the first number of each sample alone: is the broadcast wrong, the sum over the numbers"
              + " missing?",
          i -> ofNumber(0, i));
      one(
          formulas,
          "the last number of each sample alone: is the broadcast wrong, each number written over"
              + " the one before?",
          i -> ofNumber(out - 1, i));
    }
    if (in == out) {
      one(
          formulas,
          "the sum of the upstream gradient alone: the other factor is missing?",
          i -> sum(i, d));
      values.forEach((name, x) -> {
        if (x[0].length == in) {
          one(
              formulas,
              "the sum of the upstream gradient times "
                  + name
                  + (name.equals(own) ? " itself: does another factor belong there?" : "")
                  + (name.equals(own) ? "" : ": is that the wrong factor?"),
              i -> {
                double sum = 0;
                for (int r = 0; r < rows; r++) {
                  sum += d[r][i] * x[r][i];
                }
                return sum;
              });
        }
      });
      one(
          formulas,
          "sums over the numbers of a sample in place of sums over the samples: the wrong axis?",
          i -> {
            if (i >= rows) {
              return Double.NaN;
            }
            double sum = 0;
            for (int k = 0; k < in; k++) {
              sum += each[i][k];
            }
            return sum;
          });
      one(
          formulas,
          "sums over neighbours in memory in place of sums over the samples: the wrong axis?",
          i -> {
            double sum = 0;
            for (int r = 0; r < rows; r++) {
              int flat = i * rows + r;
              sum += each[flat / in][flat % in];
            }
            return sum;
          });
    }
    return formulas;
  }

  private interface ByIndex {
    double at(int i);
  }

  private void put(Map<String, double[]> formulas, String words, Formula formula) {
    double[] prediction = new double[rows * in];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < in; i++) {
        prediction[r * in + i] = formula.at(r, i);
      }
    }
    formulas.put(formulas.containsKey(words) ? words + " (backwards)" : words, prediction);
  }

  private void one(Map<String, double[]> formulas, String words, ByIndex formula) {
    double[] prediction = new double[in];
    for (int i = 0; i < in; i++) {
      prediction[i] = formula.at(i);
    }
    formulas.put(words, prediction);
  }

  /// Σₒ J[r, o, i]·weight(o).
  private double product(int r, int i, ByIndex weight) {
    double sum = 0;
    for (int o = 0; o < out; o++) {
      sum += jacobian[r][o][i] * weight.at(o);
    }
    return sum;
  }

  /// Σᵣ J[r, o, i]·d[r, o].
  private double ofNumber(int o, int i) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += jacobian[r][o][i] * d[r][o];
    }
    return sum;
  }

  private static double sum(int i, double[][] each) {
    double sum = 0;
    for (double[] row : each) {
      sum += row[i];
    }
    return sum;
  }

  private boolean isDiagonal() {
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

  // ------------------------------------------------------------------ what is known

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
