package ijen.op;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.graph.OpBench;
import ijen.graph.Plan.Purpose;
import ijen.kernel.Kernels;
import ijen.kernel.Pointwise;
import ijen.kernel.Workers;
import ijen.op.OpCases.Case;
import ijen.random.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The three proofs of every op: its gradient against central differences, backward against forward
/// mode, float against double.
class OpProofTest {
  private static final long SEED = Long.getLong("ijen.seed", 20260131);
  private static final int SAMPLES = 6;

  static List<Case> cases() {
    return OpCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardAgreesWithCentralDifferences(Case c) {
    assertThat(differenceError(c, c.op())).as("seed %d", SEED).isLessThanOrEqualTo(1e-7);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardIsTheTransposeOfTangent(Case c) {
    assertThat(transposeError(c, c.op())).as("seed %d", SEED).isLessThanOrEqualTo(1e-12);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void floatAgreesWithDouble(Case c) {
    // The sums here have at most 40 terms of order 1, each of a few roundings of 6e-8.
    try (Workers workers = Workers.of(1)) {
      double[][] x = c.draw(SAMPLES, SEED);
      OpBench exact = new OpBench(c.op(), c.forms(), SAMPLES, Kernels.reference());
      OpBench fast = new OpBench(c.op(), c.forms(), SAMPLES, Kernels.vector(workers));
      double[] d = draw(exact.outputSize(), "d");
      double[][] u = tangents(c, exact);
      assertThat(distance(fast.forward(x), exact.forward(x))).isLessThan(1e-6);
      assertThat(distance(fast.tangent(x, u), exact.tangent(x, u))).isLessThan(2e-6);
      double[][] expected = exact.backward(x, d);
      double[][] actual = fast.backward(x, d);
      for (int i = 0; i < x.length; i++) {
        if (c.differentiable(i)) {
          assertThat(distance(actual[i], expected[i])).as("input %d", i).isLessThan(2e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("inPlaceCases")
  void inPlaceIsTheSame(Case c) {
    double[][] x = c.draw(SAMPLES, SEED);
    try (Workers workers = Workers.of(1)) {
      for (Kernels kernels : List.of(Kernels.reference(), Kernels.vector(workers))) {
        OpBench apart = new OpBench(c.op(), c.forms(), SAMPLES, kernels);
        OpBench inPlace = new OpBench(c.op(), c.forms(), SAMPLES, kernels, true);
        double[] d = draw(apart.outputSize(), "d");
        double[][] u = tangents(c, apart);
        assertThat(inPlace.forward(x)).as("seed %d", SEED).isEqualTo(apart.forward(x));
        assertThat(inPlace.backward(x, d)).as("seed %d", SEED).isEqualTo(apart.backward(x, d));
        assertThat(inPlace.tangent(x, u)).as("seed %d", SEED).isEqualTo(apart.tangent(x, u));
      }
    }
  }

  /// Ops that say they work in place, where a plan would let them.
  static List<Case> inPlaceCases() {
    List<Case> some =
        cases().stream()
            .filter(c -> c.op().inPlace())
            .filter(c -> c.forms().getFirst().batched())
            .toList();
    assertThat(some).hasSizeGreaterThan(9);
    return some;
  }

  @Test
  void everyOpIsListed() throws Exception {
    Path folder =
        Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("ijen/op");
    List<String> ops;
    try (Stream<Path> files = Files.list(folder)) {
      ops =
          files
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(OpProofTest::isOp)
              .sorted()
              .toList();
    }
    assertThat(ops).hasSizeGreaterThan(15);
    assertThat(cases().stream().map(c -> c.op().getClass().getSimpleName()).distinct().sorted())
        .containsExactlyElementsOf(ops);
  }

  private static boolean isOp(String name) {
    try {
      Class<?> type = Class.forName("ijen.op." + name);
      return Op.class.isAssignableFrom(type) && !type.isInterface();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /// A wrong backward rule is caught by both proofs that it can fail.
  @ParameterizedTest
  @MethodSource("mutants")
  void aWrongRuleIsCaught(Mutant mutant) {
    Case c = cases().stream().filter(x -> x.label().equals(mutant.of)).findFirst().orElseThrow();
    assertThat(differenceError(c, mutant)).isGreaterThan(1e-3);
    assertThat(transposeError(c, mutant)).isGreaterThan(1e-3);
  }

  static List<Mutant> mutants() {
    return List.of(
        new Mutant(
            "sigmoid",
            "y(1 − y) becomes 1 − y",
            new Sigmoid(),
            f -> {
              f.kernels().scale(f.gradient(), 1, f.inputGradient(0), f.count());
              for (int i = 0; i < f.count(); i++) {
                f.inputGradient(0).set(i, f.gradient().get(i) * (1 - f.output().get(i)));
              }
            }),
        new Mutant(
            "affine",
            "the bias forgets all rows but the first",
            new Affine(),
            f -> {
              new Affine().backward(f);
              f.kernels().copy(f.gradient(), f.inputGradient(2), f.inputCount(2));
            }),
        new Mutant(
            "relu",
            "the mask is not applied",
            new Relu(),
            f -> f.kernels().copy(f.gradient(), f.inputGradient(0), f.count())),
        new Mutant(
            "mean squared error",
            "a missing factor 2",
            new MeanSquaredError(),
            f -> {
              new MeanSquaredError().backward(f);
              f.kernels().scale(f.inputGradient(0), 0.5, f.inputGradient(0), f.inputCount(0));
            }),
        new Mutant(
            "softmax",
            "only the diagonal of the Jacobian",
            new Softmax(),
            f ->
                f.kernels()
                    .gradient(
                        Pointwise.SIGMOID,
                        f.output(),
                        f.output(),
                        f.gradient(),
                        f.inputGradient(0),
                        f.count())));
  }

  interface Rule {
    void backward(Frame frame);
  }

  /// An op with another backward rule.
  record Mutant(String of, String what, Op op, Rule rule) implements Op {
    @Override
    public String name() {
      return op.name();
    }

    @Override
    public Form infer(List<Form> inputs) {
      return op.infer(inputs);
    }

    @Override
    public void forward(Frame frame) {
      op.forward(frame);
    }

    @Override
    public void backward(Frame frame) {
      rule.backward(frame);
    }

    @Override
    public void tangent(Frame frame) {
      op.tangent(frame);
    }

    @Override
    public int[] savedPerRow(List<Form> inputs, Mode mode) {
      return op.savedPerRow(inputs, mode);
    }

    @Override
    public int[] savedPerBatch(List<Form> inputs, Mode mode) {
      return op.savedPerBatch(inputs, mode);
    }

    @Override
    public int scratchPerRow(List<Form> inputs, Purpose purpose) {
      return op.scratchPerRow(inputs, purpose);
    }

    @Override
    public String toString() {
      return of + ": " + what;
    }
  }

  /// The relative distance between Jᵀd and the differences of ⟨d, f⟩, the worst of all inputs.
  private static double differenceError(Case c, Op op) {
    OpBench bench = new OpBench(op, c.forms(), SAMPLES, Kernels.reference());
    double[][] x = c.draw(SAMPLES, SEED);
    double[] d = draw(bench.outputSize(), "d");
    double[][] analytic = bench.backward(x, d);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      if (c.differentiable(i)) {
        double[] numeric = new double[x[i].length];
        for (int j = 0; j < numeric.length; j++) {
          numeric[j] = difference(bench, x, x[i], j, d);
        }
        worst = Math.max(worst, distance(analytic[i], numeric));
      }
    }
    return worst;
  }

  /// The derivative of ⟨d, f⟩ by one number, by the five-point formula of fourth order.
  private static double difference(
      OpBench bench, double[][] x, double[] values, int j, double[] d) {
    double h = 3e-4;
    double centre = values[j];
    double sum = 0;
    int[] steps = {-2, -1, 1, 2};
    double[] weights = {1, -8, 8, -1};
    for (int s = 0; s < steps.length; s++) {
      values[j] = centre + steps[s] * h;
      sum += weights[s] * dot(d, bench.forward(x));
    }
    values[j] = centre;
    return sum / (12 * h);
  }

  /// |⟨d, Ju⟩ − ⟨Jᵀd, u⟩| relative to the size of the terms.
  private static double transposeError(Case c, Op op) {
    OpBench bench = new OpBench(op, c.forms(), SAMPLES, Kernels.reference());
    double[][] x = c.draw(SAMPLES, SEED);
    double[] d = draw(bench.outputSize(), "d");
    double worst = 0;
    for (int only = -1; only < x.length; only++) { // all inputs at once, then each by itself
      double[][] u = tangents(c, bench);
      for (int i = 0; i < u.length; i++) {
        if (only >= 0 && i != only) {
          u[i] = new double[0];
        }
      }
      double[] ju = new double[bench.outputSize()];
      boolean any = Stream.of(u).anyMatch(t -> t.length > 0);
      if (any) {
        ju = bench.tangent(x, u);
      }
      double[][] jtd = bench.backward(x, d);
      double back = 0;
      double size = 1e-300;
      for (int i = 0; i < u.length; i++) {
        if (u[i].length > 0) {
          back += dot(jtd[i], u[i]);
          size += norm(jtd[i]) * norm(u[i]);
        }
      }
      worst = Math.max(worst, Math.abs(dot(d, ju) - back) / (any ? size : 1));
    }
    return worst;
  }

  private static double[][] tangents(Case c, OpBench bench) {
    double[][] u = new double[c.inputs().size()][];
    for (int i = 0; i < u.length; i++) {
      u[i] = c.differentiable(i) ? draw(bench.size(i), "u" + i) : new double[0];
    }
    return u;
  }

  private static double[] draw(int n, String purpose) {
    RandomStream random = RandomStream.of(SEED, purpose, 0);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.normal(i);
    }
    return values;
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return norm(difference) / Math.max(Math.max(norm(a), norm(b)), 1e-300);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
