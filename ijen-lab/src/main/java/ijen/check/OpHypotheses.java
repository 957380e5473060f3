package ijen.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Guesses why the gradient of a single op is wrong. Of an op everything is known ([OpFacts]), and
/// the right gradient is Jᵀ·d. Each guess is another formula, and is taken if it gives the wrong
/// numbers.
final class OpHypotheses {
  private static final long MOST = 2_000_000;

  private final int rows;
  private final int out;
  private final int in;
  private final double[][] d;
  private final double[][] y;
  private final double[][][] jacobian;
  private final OpFacts facts;

  private OpHypotheses(OpFacts facts) {
    this.facts = facts;
    this.rows = facts.rows;
    this.out = facts.out;
    this.in = facts.in;
    this.d = facts.d;
    this.y = facts.y;
    this.jacobian = facts.jacobian;
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
    OpFacts facts = new OpFacts(subject, traced, op, evidence.slot());
    OpHypotheses all = new OpHypotheses(facts);
    Map<String, double[]> formulas = facts.batched ? all.ofSamples() : all.ofShared();
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
        (r, i) -> facts.product(r, i, o -> 1));
    put(
        formulas,
        "the upstream gradient of the next sample is used: a row off by one?",
        (r, i) -> r + 1 < rows ? facts.product(r, i, o -> d[r + 1][o]) : Double.NaN);
    put(
        formulas,
        "the upstream gradient of the previous sample is used: a row off by one?",
        (r, i) -> r > 0 ? facts.product(r, i, o -> d[r - 1][o]) : Double.NaN);
    put(
        formulas,
        "the upstream gradient of the first sample is used for all?",
        (r, i) -> facts.product(r, i, o -> d[0][o]));
    put(
        formulas,
        "the upstream gradient is shifted by one: an index off by one?",
        (r, i) -> facts.product(r, i, o -> o > 0 ? d[r][o - 1] : 0));
    put(
        formulas,
        "the upstream gradient is shifted by one: an index off by one?",
        (r, i) -> facts.product(r, i, o -> o + 1 < out ? d[r][o + 1] : 0));
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
    boolean diagonal = facts.isDiagonal();
    if (!diagonal) {
      put(
          formulas,
          "only the diagonal of the Jacobian is used: the terms between different numbers are"
              + " missing?",
          (r, i) -> jacobian[r][i][i] * d[r][i]);
      put(
          formulas,
          "the diagonal of the Jacobian is missing?",
          (r, i) -> facts.product(r, i, o -> d[r][o]) - jacobian[r][i][i] * d[r][i]);
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
        (r, i) -> facts.product(r, i, o -> d[r][o]) - d[r][i]);
    put(
        formulas,
        "the upstream gradient itself is added once too often: counted twice?",
        (r, i) -> facts.product(r, i, o -> d[r][o]) + d[r][i]);
    facts.values.forEach((name, x) -> {
      if (x[0].length == in) {
        put(
            formulas,
            "the upstream gradient times "
                + name
                + (name.equals(facts.own)
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
                    : facts.product(r, i, o -> d[r][o]) - d[r][i] * y[r][i] / x[r][i]);
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
        each[r][i] = facts.product(r, i, o -> d[row][o]);
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
          i -> facts.ofNumber(0, i));
      one(
          formulas,
          "the last number of each sample alone: is the broadcast wrong, each number written over"
              + " the one before?",
          i -> facts.ofNumber(out - 1, i));
    }
    if (in == out) {
      one(
          formulas,
          "the sum of the upstream gradient alone: the other factor is missing?",
          i -> sum(i, d));
      facts.values.forEach((name, x) -> {
        if (x[0].length == in) {
          one(
              formulas,
              "the sum of the upstream gradient times "
                  + name
                  + (name.equals(facts.own) ? " itself: does another factor belong there?" : "")
                  + (name.equals(facts.own) ? "" : ": is that the wrong factor?"),
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

  private static double sum(int i, double[][] each) {
    double sum = 0;
    for (double[] row : each) {
      sum += row[i];
    }
    return sum;
  }
}
