package ijen.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.check.PlantedBugs.Bug;
import ijen.check.TensorCheck.SweepPoint;
import ijen.check.TensorCheck.Verdict;
import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.format.json.Json;
import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.loss.Losses;
import ijen.nn.Initializers;
import ijen.nn.Layer;
import ijen.nn.Layers;
import ijen.nn.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A check that finds what is wrong, names it, and is silent where nothing is.
class GradientCheckTest {
  private static final Dataset MOONS = Datasets.open("moons").train();

  static List<Own> rightOps() {
    return PlantedBugs.right();
  }

  @ParameterizedTest
  @MethodSource("rightOps")
  void aRightOpIsRight(Own op) {
    GradientReport report = GradientCheck.of(op, Argument.of(5)).run();
    assertThat(report.healthy()).as(report.text()).isTrue();
    TensorCheck input = report.tensors().getFirst();
    assertThat(input.compared()).isEqualTo(35);
    assertThat(input.relativeError()).isLessThan(1e-7);
    assertThat(input.forwardError()).isLessThan(1e-12);
    assertThat(input.floatError()).isBetween(0.0, 1e-5);
    assertThat(report.verdict()).startsWith("right");
  }

  @Test
  void opsOfSeveralInputsAreRight() {
    List<GradientReport> reports =
        List.of(
            GradientCheck.of(
                    Own.linear(), Argument.of(4), Argument.shared(3, 4), Argument.shared(3))
                .run(),
            GradientCheck.of(Own.times(), Argument.of(5), Argument.shared(5)).run(),
            GradientCheck.of(Own.times(), Argument.of(2, 3), Argument.of(2, 3)).run());
    assertThat(reports).allMatch(GradientReport::healthy);
    assertThat(reports.getFirst().tensors())
        .extracting(TensorCheck::name)
        .containsExactly("input 0", "input 1", "input 2");
  }

  static List<Bug> bugs() {
    return PlantedBugs.all();
  }

  /// Each planted bug is found in the right tensor, and its name is among the words.
  @ParameterizedTest
  @MethodSource("bugs")
  void aPlantedBugIsFoundAndNamed(Bug bug) {
    GradientReport report =
        GradientCheck.of(bug.op(), bug.arguments().toArray(Argument[]::new)).run();
    assertThat(report.healthy()).as(report.text()).isFalse();
    assertThat(report.verdict()).startsWith("wrong");
    assertThat(report.tensors().stream().filter(TensorCheck::isWrong).map(TensorCheck::name))
        .as(report.text())
        .contains(bug.tensor());
    String words =
        String.join(
            "\n",
            report.complaints().stream()
                .filter(c -> c.startsWith(bug.tensor() + ", ") || !c.startsWith("input"))
                .toList());
    assertThat(words).contains(bug.words().toArray(String[]::new));
  }

  @Test
  void thereAreEnoughPlantedBugs() {
    assertThat(bugs()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(bugs().stream().map(Bug::what).distinct()).hasSameSizeAs(bugs());
  }

  /// Only what a bug is said to be wrong in is wrong.
  @Test
  void otherTensorsStayRight() {
    Bug bug =
        bugs().stream()
            .filter(b -> b.what().equals("only the first row"))
            .findFirst()
            .orElseThrow();
    GradientReport report =
        GradientCheck.of(bug.op(), bug.arguments().toArray(Argument[]::new)).run();
    assertThat(report.tensors())
        .extracting(TensorCheck::verdict)
        .containsExactly(Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG);
  }

  // ------------------------------------------------------------------ in a network

  private static GradientReport checked(Layer... layers) {
    return GradientCheck.of(Network.of(Shape.of(2), layers), Losses.crossEntropy(), MOONS).run();
  }

  @Test
  void inANetworkTheTensorsBeforeTheBugAreWrongAndTheOpIsNamed() {
    Own wrong = PlantedBugs.all().getFirst().op();
    GradientReport report = checked(Layers.dense(6), (g, x) -> g.apply(wrong, x), Layers.dense(2));
    assertThat(report.tensors().stream().filter(TensorCheck::isWrong).map(TensorCheck::name))
        .containsExactly("input", "dense1.weight", "dense1.bias");
    assertThat(report.culprits()).hasSize(1);
    assertThat(report.culprits().getFirst().subject()).isEqualTo("op 'square' of 'layer1.square'");
    assertThat(report.text())
        .contains("wrong: dense1.weight, error 0.5 everywhere", "a missing factor 2?");
  }

  @Test
  void aWrongPromiseAboutMemoryShowsInANetwork() {
    Own wrong =
        bugs().stream().filter(b -> b.what().contains("promise")).findFirst().orElseThrow().op();
    GradientReport report =
        checked(Layers.dense(6), (g, x) -> g.scale(g.apply(wrong, x), 3), Layers.dense(2));
    assertThat(report.healthy()).isFalse();
    assertThat(String.join(" ", report.complaints())).contains("wrong promise");
  }

  @Test
  void aForgottenBiasIsCalledABias() {
    Own linear =
        Own.linear()
            .withBackward(f -> {
              Own.linearBackward(f);
              f.inputGradient(2).fill(0);
            });
    Layer dense =
        (g, x) -> {
          Node w = g.parameter("weight", Shape.of(3, 2), Role.WEIGHT, Initializers.he());
          Node b = g.parameter("bias", Shape.of(3), Role.BIAS, Initializers.zeros());
          return g.apply(linear, x, w, b);
        };
    GradientReport alone = GradientCheck.of(dense, Shape.of(2)).run();
    assertThat(alone.complaints().getFirst()).startsWith("layer.bias, ").contains("bias forgotten");
    GradientReport inside = checked(dense, Layers.tanh(), Layers.dense(2));
    assertThat(inside.tensors().stream().filter(TensorCheck::isWrong).map(TensorCheck::name))
        .containsExactly("layer1.bias");
  }

  @Test
  void aRightLayerIsRight() {
    Layer swish = (g, x) -> g.multiply(x, g.sigmoid(x));
    assertThat(GradientCheck.of(swish, Shape.of(5)).run().healthy()).isTrue();
    assertThat(GradientCheck.of(Layers.dense(3), Shape.of(4)).run().healthy()).isTrue();
  }

  // ------------------------------------------------------------------ any objective

  /// Half the mean squared error of y ≈ w·x, written by hand.
  private static final class ByHand implements Objective {
    private final Parameters parameters;
    private final double factor;
    private int calls;
    private final double drift;

    ByHand(double factor, double drift) {
      Graph g = new Graph();
      g.parameter("w", Shape.of(3), Role.WEIGHT, Initializers.normal(1));
      this.parameters = g.parameters();
      this.factor = factor;
      this.drift = drift;
    }

    @Override
    public Parameters parameters() {
      return parameters;
    }

    private static double error(Theta theta, Batch batch, int r) {
      double y = -batch.input(1).get(r);
      for (int i = 0; i < 3; i++) {
        y += theta.values().get(i) * batch.input(0).get(r * 3 + i);
      }
      return y;
    }

    @Override
    public double value(Theta theta, Batch batch) {
      double sum = 0;
      for (int r = 0; r < batch.rows(); r++) {
        double e = error(theta, batch, r);
        sum += e * e / 2 / batch.rows();
      }
      return sum + drift * calls++;
    }

    @Override
    public double gradient(Theta theta, Batch batch, Gradient into) {
      into.values().fill(0);
      for (int r = 0; r < batch.rows(); r++) {
        for (int i = 0; i < 3; i++) {
          double d = factor * error(theta, batch, r) * batch.input(0).get(r * 3 + i);
          into.values().set(i, into.values().get(i) + d);
        }
      }
      return value(theta, batch);
    }

    @Override
    public double derivative(Theta theta, Direction v, Batch batch) {
      throw new UnsupportedOperationException("no forward mode by hand");
    }

    GradientReport check() {
      Graph g = new Graph();
      g.input("x", Shape.of(3));
      g.input("y", Shape.scalar());
      Batch batch = new Batch(Precision.DOUBLE, 7, g.inputs().stream().map(Node::form).toList());
      for (int i = 0; i < 21; i++) {
        batch.input(0).set(i, Math.sin(3 * i));
        batch.input(1).set(i / 3, Math.cos(i));
      }
      Theta theta = parameters.initialize(Precision.DOUBLE, 5);
      String before = theta.sha256();
      GradientReport report = GradientCheck.of("by hand", this, theta, batch).run();
      assertThat(theta.sha256()).isEqualTo(before);
      return report;
    }
  }

  @Test
  void anObjectiveByHandIsCheckedToo() {
    GradientReport right = new ByHand(1.0 / 7, 0).check();
    assertThat(right.healthy()).as(right.text()).isTrue();
    assertThat(right.remarks()).anyMatch(r -> r.contains("no forward mode by hand"));
    GradientReport wrong = new ByHand(1, 0).check();
    assertThat(wrong.complaints().getFirst())
        .startsWith("w, ")
        .contains("7 times too large: the sum where the mean belongs, over the 7 samples");
  }

  @Test
  void whatIsNotDeterministicIsToldSo() {
    GradientReport report = new ByHand(1.0 / 7, 1e-9).check();
    assertThat(report.healthy()).isFalse();
    assertThat(report.alarms().getFirst()).contains("not deterministic");
  }

  @Test
  void thetaInFloatIsRefused() {
    ByHand objective = new ByHand(1, 0);
    Theta theta = objective.parameters().initialize(Precision.FLOAT, 1);
    Batch batch = new Batch(Precision.FLOAT, 1, List.of());
    assertThatThrownBy(() -> GradientCheck.of("float", objective, theta, batch).run())
        .hasMessageContaining("expected θ and objective in DOUBLE, got FLOAT");
  }

  // ------------------------------------------------------------------ differences

  private record Small(GraphObjective objective, Theta theta, Batch batch) {
    /// The sum of op(a)·c for a parameter a of `size` numbers.
    static Small of(int size, double first, java.util.function.BiFunction<Graph, Node, Node> op) {
      Graph g = new Graph();
      Node a = g.parameter("a", Shape.of(size), Role.WEIGHT, Initializers.constant(first));
      Node loss = g.sum(g.multiply(op.apply(g, a), g.input("c", Shape.of(size))));
      GraphObjective objective =
          new GraphObjective(
              g,
              loss,
              List.of(),
              2,
              Kernels.reference(),
              Mode.TRAINING,
              GraphObjective.Reduction.SUM,
              1);
      Batch batch = objective.newBatch();
      Buffer c = batch.features();
      for (int i = 0; i < c.length(); i++) {
        c.set(i, 1 + Math.sin(i));
      }
      return new Small(objective, objective.parameters().initialize(Precision.DOUBLE, 1), batch);
    }

    GradientReport check(int entries) {
      return GradientCheck.of("small", objective, theta, batch)
          .with(CheckSettings.defaults().withEntries(entries))
          .run();
    }
  }

  @Test
  void numbersOnAKinkAreSetAsideAndCounted() {
    GradientReport report = Small.of(5, 0, Graph::relu).check(5);
    TensorCheck a = report.tensors().getFirst();
    assertThat(report.healthy()).as(report.text()).isTrue();
    assertThat(a.kinks()).isEqualTo(5);
    assertThat(a.compared()).isZero();
    assertThat(a.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(report.remarks()).anyMatch(r -> r.contains("5 numbers lie on a kink"));
    TensorCheck beside = Small.of(5, 1e-6, Graph::relu).check(5).tensors().getFirst();
    assertThat(beside.kinks()).as("a kink nearby is avoided by a smaller h").isZero();
    assertThat(beside.verdict()).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aSingleWrongNumberThatWasNotDrawnIsFound() {
    Own wrong =
        Own.pointwise("square", x -> x * x, (x, _) -> 2 * x)
            .withBackward(f -> {
              for (int i = 0; i < f.count(); i++) {
                double slope = i == 1234 ? 3 : 2;
                f.inputGradient(0).set(i, slope * f.input(0).get(i) * f.gradient().get(i));
              }
            });
    GradientReport report = Small.of(2000, 0.7, (g, a) -> g.apply(wrong, a)).check(8);
    assertThat(report.healthy()).as(report.text()).isFalse();
    assertThat(report.complaints().getFirst()).startsWith("a, error up to 0.33 in 1 of ");
  }

  @Test
  void theErrorAgainstHIsAVWhereRightAndFlatWhereWrong() {
    TensorCheck right = Small.of(5, 0.7, Graph::tanh).check(5).tensors().getFirst();
    List<Double> errors = right.sweep().stream().map(SweepPoint::error).toList();
    int best = errors.indexOf(errors.stream().min(Double::compare).orElseThrow());
    assertThat(errors.get(best)).isLessThan(1e-9);
    assertThat(errors.getFirst()).isGreaterThan(1e4 * errors.get(best));
    assertThat(errors.getLast()).isGreaterThan(1e2 * errors.get(best));
    assertThat(right.step()).isBetween(1e-7, 1e-3);
    Own half = Own.pointwise("square", x -> x * x, (x, _) -> x);
    TensorCheck wrong = Small.of(5, 0.7, (g, a) -> g.apply(half, a)).check(5).tensors().getFirst();
    assertThat(wrong.sweep()).allMatch(p -> Math.abs(p.error() - 0.5) < 1e-3);
  }

  @Test
  void aLossThatIsNoNumberIsTracedToItsOrigin() {
    GradientReport report = checked(Layers.dense(4), (g, x) -> g.log(x), Layers.dense(2));
    assertThat(report.healthy()).isFalse();
    assertThat(report.alarms().getFirst())
        .contains("the first NaN in 'layer1.log'", "'dense1.affine' = −");
  }

  // ------------------------------------------------------------------ settings, output

  @Test
  void theReportIsWrittenForPrograms() {
    GradientReport report = checked(Layers.dense(3), Layers.tanh(), Layers.dense(2));
    var object = Json.object(Json.line(report.describe()), "report");
    assertThat(report.healthy()).isTrue();
    assertThat(object.string("verdict")).startsWith("right");
    assertThat(report.text()).contains("dense1.weight", "dense2.bias", "right");
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    assertThat(checked(Layers.dense(3), Layers.tanh(), Layers.dense(2)))
        .isEqualTo(checked(Layers.dense(3), Layers.tanh(), Layers.dense(2)));
  }

  @Test
  void wrongSettingsAreRefused() {
    CheckSettings settings = CheckSettings.defaults();
    assertThatThrownBy(() -> settings.withRows(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> settings.withEntries(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> settings.withTolerance(1)).hasMessageContaining("got 1.0");
    assertThatThrownBy(() -> settings.withJitter(-1)).hasMessageContaining("got -1.0");
    assertThatThrownBy(() -> Argument.of(2).within(1, 1)).hasMessageContaining("1.0 to 1.0");
  }
}
