package ijen.check;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Ops whose derivative is wrong on purpose, each with the tensor in which it shows and the words
/// that have to be found.
final class PlantedBugs {
  /// @param what the mistake
  /// @param op the op that has it
  /// @param arguments its inputs
  /// @param tensor the input whose gradient is wrong
  /// @param words what the guess has to contain
  record Bug(String what, Own op, List<Argument> arguments, String tensor, List<String> words) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static final Own SQUARE = Own.pointwise("square", x -> x * x, (x, _) -> 2 * x);
  private static final Own RELU =
      Own.pointwise("rectify", x -> Math.max(x, 0), (x, _) -> x > 0 ? 1 : 0);
  private static final Own SIGMOID =
      Own.pointwise("logistic", PlantedBugs::sigma, (_, y) -> y * (1 - y));
  private static final Own TANH = Own.pointwise("tanh", Math::tanh, (_, y) -> 1 - y * y);
  private static final Own SWISH =
      Own.pointwise("swish", x -> x * sigma(x), (x, y) -> sigma(x) + y * (1 - sigma(x)));
  private static final Own RESIDUAL =
      Own.pointwise("residual", x -> x + Math.tanh(x), (x, _) -> 2 - sq(Math.tanh(x)));

  /// The mean of a sample.
  private static final Own MEAN =
      new Own(
          "average",
          forms -> forms.getFirst().withShape(Shape.scalar()),
          f -> eachRow(f, (r, n) -> f.output().set(r, sum(f, r, n) / n)),
          f -> eachRow(f, (r, n) -> spread(f, r, n, f.gradient().get(r) / n)),
          f ->
              eachRow(
                  f,
                  (r, n) -> {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                      sum += f.inputTangent(0).get(r * n + i);
                    }
                    f.tangent().set(r, sum / n);
                  }),
          true);

  /// The column sums of a sample `[3, 5]`.
  private static final Own COLUMNS =
      new Own(
          "columns",
          forms -> forms.getFirst().withShape(Shape.of(5)),
          f -> {
            for (int i = 0; i < f.count(); i++) {
              int at = i / 5 * 15 + i % 5;
              double sum = f.input(0).get(at) + f.input(0).get(at + 5) + f.input(0).get(at + 10);
              f.output().set(i, sum);
            }
          },
          f -> {
            for (int k = 0; k < f.inputCount(0); k++) {
              f.inputGradient(0).set(k, f.gradient().get(k / 15 * 5 + k % 5));
            }
          },
          f -> {
            for (int i = 0; i < f.count(); i++) {
              int at = i / 5 * 15 + i % 5;
              double sum =
                  f.inputTangent(0).get(at)
                      + f.inputTangent(0).get(at + 5)
                      + f.inputTangent(0).get(at + 10);
              f.tangent().set(i, sum);
            }
          },
          true);

  /// Softmax of each sample.
  private static final Own SOFTMAX =
      new Own(
          "soft",
          List::getFirst,
          f ->
              eachRow(
                  f,
                  (r, n) -> {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                      sum += Math.exp(f.input(0).get(r * n + i));
                    }
                    for (int i = 0; i < n; i++) {
                      f.output().set(r * n + i, Math.exp(f.input(0).get(r * n + i)) / sum);
                    }
                  }),
          f -> eachRow(f, (r, n) -> softmaxGradient(f, f.gradient(), f.inputGradient(0), r, n)),
          f -> eachRow(f, (r, n) -> softmaxGradient(f, f.inputTangent(0), f.tangent(), r, n)),
          true);

  private PlantedBugs() {}

  private static double sigma(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double sq(double x) {
    return x * x;
  }

  interface Row {
    void run(int row, int size);
  }

  private static void eachRow(Frame f, Row row) {
    for (int r = 0; r < f.inputRows(0); r++) {
      row.run(r, f.inputForm(0).shape().size());
    }
  }

  private static double sum(Frame f, int r, int n) {
    return IntStream.range(r * n, r * n + n).mapToDouble(f.input(0)::get).sum();
  }

  private static void spread(Frame f, int r, int n, double value) {
    for (int i = 0; i < n; i++) {
      f.inputGradient(0).set(r * n + i, value);
    }
  }

  private static void softmaxGradient(
      Frame f, ijen.kernel.Buffer d, ijen.kernel.Buffer out, int r, int n) {
    double dot = 0;
    for (int i = r * n; i < r * n + n; i++) {
      dot += f.output().get(i) * d.get(i);
    }
    for (int i = r * n; i < r * n + n; i++) {
      out.set(i, f.output().get(i) * (d.get(i) - dot));
    }
  }

  static List<Own> right() {
    return List.of(SQUARE, RELU, SIGMOID, TANH, SWISH, RESIDUAL, MEAN, SOFTMAX);
  }

  private static final List<Argument> FIVE = List.of(Argument.of(5));
  private static final List<Argument> LINEAR =
      List.of(Argument.of(4), Argument.shared(4, 4), Argument.shared(4));
  private static final List<Argument> TWO = List.of(Argument.of(5), Argument.of(5));

  private static Bug bug(
      String what, Own op, List<Argument> arguments, String tensor, String... words) {
    return new Bug(what, op, arguments, tensor, List.of(words));
  }

  private static Bug pointwise(String what, Own op, Own.Pointwise wrong, String... words) {
    return bug(what, op.withBackward(Own.backward(wrong)), FIVE, "input 0", words);
  }

  static List<Bug> all() {
    List<Bug> all = new ArrayList<>();
    all.add(pointwise("missing factor", SQUARE, (x, _) -> x, "error 0.5 everywhere", "factor 2"));
    all.add(pointwise("wrong sign", SQUARE, (x, _) -> -2 * x, "wrong sign"));
    all.add(pointwise("counted twice", TANH, (_, y) -> 2 * (1 - y * y), "counted twice"));
    all.add(pointwise("mask not applied", RELU, (_, _) -> 1, "mask is not applied"));
    all.add(pointwise("σ′ as 1 − y", SIGMOID, (_, y) -> 1 - y, "1 − y", "factor y is missing"));
    all.add(pointwise("σ′ as y", SIGMOID, (_, y) -> y, "taken to be y"));
    all.add(pointwise("the sigmoid's σ′ in tanh", TANH, (_, y) -> y * (1 - y), "another function"));
    all.add(pointwise("derivative twice", TANH, (_, y) -> sq(1 - y * y), "applied twice"));
    all.add(pointwise("derivative forgotten", TANH, (_, _) -> 1, "derivative is missing"));
    all.add(pointwise("a product-rule term missing", SWISH, (x, _) -> sigma(x), "product rule"));
    all.add(
        pointwise(
            "the other product-rule term missing",
            SWISH,
            (x, y) -> y * (1 - sigma(x)),
            "product rule"));
    all.add(
        pointwise("a detached branch", RESIDUAL, (_, _) -> 1, "branch is detached", "direct path"));
    all.add(
        pointwise(
            "the skip connection forgotten", RESIDUAL, (x, _) -> 1 - sq(Math.tanh(x)), "skip"));
    all.add(
        pointwise(
            "NaN in the derivative",
            SQUARE,
            (x, _) -> 2 * x + Math.log(Math.min(x, 0) - 1),
            "NaN"));
    all.add(
        bug(
            "upstream not multiplied in",
            TANH.withBackward(f -> {
              for (int i = 0; i < f.count(); i++) {
                f.inputGradient(0).set(i, 1 - sq(f.output().get(i)));
              }
            }),
            FIVE,
            "input 0",
            "upstream gradient is not multiplied in"));
    all.add(
        bug(
            "clipped",
            SQUARE.withBackward(f -> {
              for (int i = 0; i < f.count(); i++) {
                double g = 2 * f.input(0).get(i) * f.gradient().get(i);
                f.inputGradient(0).set(i, Math.clamp(g, -0.75, 0.75));
              }
            }),
            FIVE,
            "input 0",
            "±0.75",
            "clipped"));
    all.add(
        bug(
            "off-by-one shift",
            SQUARE.withBackward(f ->
                eachRow(
                    f,
                    (r, n) -> {
                      for (int i = 0; i < n; i++) {
                        int from = r * n + (i + 1) % n;
                        f.inputGradient(0)
                            .set(r * n + i, 2 * f.input(0).get(from) * f.gradient().get(from));
                      }
                    })),
            FIVE,
            "input 0",
            "shifted by one",
            "off by one"));
    all.add(
        bug(
            "a row off by one",
            SQUARE.withBackward(f -> {
              int n = f.inputForm(0).shape().size();
              for (int i = 0; i < f.count(); i++) {
                double d = f.gradient().get((i + n) % f.count());
                f.inputGradient(0).set(i, 2 * f.input(0).get(i) * d);
              }
            }),
            FIVE,
            "input 0",
            "row off by one"));
    all.add(
        bug(
            "loop ends one too early",
            SQUARE.withBackward(f -> {
              f.inputGradient(0).fill(0);
              eachRow(
                  f,
                  (r, n) -> {
                    for (int i = r * n; i < r * n + n - 1; i++) {
                      f.inputGradient(0).set(i, 2 * f.input(0).get(i) * f.gradient().get(i));
                    }
                  });
            }),
            FIVE,
            "input 0",
            "number 4 of 5",
            "end one too early"));
    all.add(
        bug(
            "sum instead of mean",
            MEAN.withBackward(f -> eachRow(f, (r, n) -> spread(f, r, n, f.gradient().get(r)))),
            FIVE,
            "input 0",
            "5 times too large",
            "the sum where the mean belongs"));
    all.add(
        bug(
            "wrong axis",
            COLUMNS.withBackward(f -> {
              for (int k = 0; k < f.inputCount(0); k++) {
                f.inputGradient(0).set(k, f.gradient().get(k / 15 * 5 + k % 15 / 5));
              }
            }),
            List.of(Argument.of(3, 5)),
            "input 0",
            "wrong axis"));
    all.add(
        bug(
            "only the diagonal of softmax",
            SOFTMAX.withBackward(Own.backward((_, y) -> y * (1 - y))),
            FIVE,
            "input 0",
            "only the diagonal"));
    all.add(
        bug(
            "transposed matrix",
            Own.linear()
                .withBackward(f -> {
                  Own.linearBackward(f);
                  for (int r = 0; r < f.rows(); r++) {
                    for (int i = 0; i < 4; i++) {
                      double sum = 0;
                      for (int o = 0; o < 4; o++) {
                        sum += f.input(1).get(i * 4 + o) * f.gradient().get(r * 4 + o);
                      }
                      f.inputGradient(0).set(r * 4 + i, sum);
                    }
                  }
                }),
            LINEAR,
            "input 0",
            "not transposed"));
    all.add(
        bug(
            "transposed gradient",
            Own.linear()
                .withBackward(f -> {
                  Own.linearBackward(f);
                  double[] w = f.inputGradient(1).toDoubles();
                  for (int i = 0; i < 16; i++) {
                    f.inputGradient(1).set(i, w[i % 4 * 4 + i / 4]);
                  }
                }),
            LINEAR,
            "input 1",
            "transposed"));
    all.add(
        bug(
            "forgotten bias",
            Own.linear()
                .withBackward(f -> {
                  Own.linearBackward(f);
                  f.inputGradient(2).fill(0);
                }),
            LINEAR,
            "input 2",
            "zero everywhere",
            "forgotten"));
    all.add(
        bug(
            "only the first row",
            Own.linear()
                .withBackward(f -> {
                  Own.linearBackward(f);
                  for (int o = 0; o < 4; o++) {
                    f.inputGradient(2).set(o, f.gradient().get(o));
                  }
                }),
            LINEAR,
            "input 2",
            "first sample alone"));
    all.add(
        bug(
            "sum over the wrong axis",
            Own.linear()
                .withBackward(f -> {
                  Own.linearBackward(f);
                  for (int r = 0; r < 4; r++) {
                    double sum = 0;
                    for (int o = 0; o < 4; o++) {
                      sum += f.gradient().get(r * 4 + o);
                    }
                    f.inputGradient(2).set(r, sum);
                  }
                }),
            LINEAR,
            "input 2",
            "wrong axis"));
    all.add(
        bug(
            "mean over the samples in place of their sum",
            Own.linear()
                .withBackward(f -> {
                  Own.linearBackward(f);
                  for (int i = 0; i < 16; i++) {
                    f.inputGradient(1).set(i, f.inputGradient(1).get(i) / f.rows());
                  }
                }),
            LINEAR,
            "input 1",
            "7 samples",
            "the mean where the sum belongs"));
    all.add(
        bug(
            "weight decay that is not in the loss",
            Own.linear()
                .withBackward(f -> {
                  Own.linearBackward(f);
                  for (int i = 0; i < 16; i++) {
                    f.inputGradient(1).set(i, f.inputGradient(1).get(i) + 0.1 * f.input(1).get(i));
                  }
                }),
            LINEAR,
            "input 1",
            "0.1000·θ",
            "decay"));
    all.add(
        bug(
            "accumulates",
            Own.linear()
                .withBackward(f -> {
                  double[] before = f.inputGradient(2).toDoubles();
                  Own.linearBackward(f);
                  for (int o = 0; o < 4; o++) {
                    f.inputGradient(2).set(o, before[o] + f.inputGradient(2).get(o));
                  }
                }),
            LINEAR,
            "input 2",
            "overwrite"));
    all.add(
        bug(
            "gradients swapped",
            Own.times().withBackward(f -> Own.timesBackward(f, 0, 1)),
            TWO,
            "input 1",
            "gradient of input 0",
            "swapped"));
    all.add(
        bug(
            "the wrong input",
            Own.times()
                .withBackward(f -> {
                  Own.timesBackward(f, 1, 0);
                  for (int i = 0; i < f.count(); i++) {
                    f.inputGradient(0).set(i, f.gradient().get(i) * f.input(0).get(i));
                  }
                }),
            TWO,
            "input 0",
            "times input 0 itself",
            "another input"));
    all.add(
        bug(
            "wrong broadcast",
            scaled()
                .withBackward(f -> {
                  Own.timesBackward(f, 1, 0);
                  double sum = 0;
                  for (int r = 0; r < f.rows(); r++) {
                    sum += f.gradient().get(r * 5) * f.input(0).get(r * 5);
                  }
                  f.inputGradient(1).set(0, sum);
                }),
            List.of(Argument.of(5), Argument.shared(1)),
            "input 1",
            "broadcast wrong"));
    all.add(
        bug(
            "the other factor forgotten",
            Own.times()
                .withBackward(f -> {
                  Own.timesBackward(f, 1, 0);
                  for (int i = 0; i < 5; i++) {
                    double sum = 0;
                    for (int r = 0; r < f.rows(); r++) {
                      sum += f.gradient().get(r * 5 + i);
                    }
                    f.inputGradient(1).set(i, sum);
                  }
                }),
            List.of(Argument.of(5), Argument.shared(5)),
            "input 1",
            "other factor is missing"));
    all.add(bug("stale input of the step before", stale(), FIVE, "input 0", "stale"));
    all.add(bug("stale input of the first step", first(), FIVE, "input 0", "stale"));
    all.add(
        bug(
            "a wrong promise about memory",
            TANH.withoutOutput(),
            FIVE,
            "input 0",
            "backwardReadsOutput"));
    all.add(
        bug(
            "forward mode",
            SQUARE.withTangent(f -> {
              for (int i = 0; i < f.count(); i++) {
                f.tangent().set(i, f.inputTangent(0).get(i) * f.input(0).get(i));
              }
            }),
            FIVE,
            "input 0",
            "forward mode",
            "factor 2"));
    return all;
  }

  /// y = x·s with one number s.
  private static Own scaled() {
    Own times = Own.times();
    return new Own(
        "scaled",
        forms -> Form.batched(forms.getFirst().shape()),
        times.forward(),
        times.backward(),
        times.tangent(),
        true);
  }

  /// Goes back with the input of the step before.
  private static Own stale() {
    double[][] kept = {new double[100], new double[100]};
    return SQUARE
        .withForward(f -> {
          kept[0] = kept[1];
          kept[1] = f.input(0).toDoubles();
          SQUARE.forward(f);
        })
        .withBackward(f -> {
          for (int i = 0; i < f.count(); i++) {
            f.inputGradient(0).set(i, 2 * kept[0][i] * f.gradient().get(i));
          }
        });
  }

  /// Goes back with the input that it saw first.
  private static Own first() {
    double[][] kept = {new double[0]};
    return SQUARE
        .withForward(f -> {
          kept[0] = kept[0].length == 0 ? f.input(0).toDoubles() : kept[0];
          SQUARE.forward(f);
        })
        .withBackward(f -> {
          for (int i = 0; i < f.count(); i++) {
            f.inputGradient(0).set(i, 2 * kept[0][i] * f.gradient().get(i));
          }
        });
  }
}
