package ijen.graph;

import static ijen.graph.SmallNets.CLASSES;
import static ijen.graph.SmallNets.SEED;
import static ijen.graph.SmallNets.dense;
import static ijen.graph.SmallNets.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Plan.Purpose;
import ijen.graph.SmallNets.Net;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.op.SymmetricOp;
import ijen.random.RandomStream;
import ijen.testing.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Derivatives by one scalar, for which a direction is a unit vector and knows it: the same numbers
/// as along any direction, for less work.
class UnitDirectionTest {
  private static final int ROWS = 5;

  private static List<Net> nets() {
    return SmallNets.all();
  }

  private static Batch batch(GraphObjective objective, int rows) {
    Batch batch = objective.newBatch();
    batch.begin(rows, 5);
    RandomStream random = RandomStream.of(SEED, "batch", 0);
    for (int i = 0; i < batch.features().length() / batch.capacity() * rows; i++) {
      batch.features().set(i, random.normal(i));
    }
    for (int i = 0; i < rows; i++) {
      batch.targets().set(i, random.below(i, CLASSES));
    }
    return batch;
  }

  /// The derivative along a vector that has one scalar other than zero, but does not know it.
  private static double general(GraphObjective objective, Theta theta, int scalar, Batch batch) {
    Direction v = new Direction(objective.parameters(), theta.values().precision());
    v.values().set(scalar, 1);
    return objective.derivative(theta, v, batch);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void eachScalarsSlopeIsThatOfTheGeneralPassAndOfTheGradient(Net net) {
    try (Workers workers = Workers.of(1)) {
      for (Kernels kernels : List.of(Kernels.reference(), Kernels.vector(workers))) {
        for (boolean watchAll : new boolean[] {false, true}) {
          boolean exact = kernels.precision() == Precision.DOUBLE;
          GraphObjective objective = net.objective(kernels, ROWS + 2, watchAll);
          Theta theta = objective.parameters().initialize(kernels.precision(), SEED);
          Batch batch = batch(objective, ROWS);
          Gradient gradient = new Gradient(objective.parameters(), kernels.precision());
          double loss = objective.gradient(theta, batch, gradient);
          Direction v = new Direction(objective.parameters(), kernels.precision());
          Slope slope = new Slope();
          for (int j = 0; j < theta.size(); j++) {
            v.unit(j);
            objective.slope(theta, v, batch, slope);
            double inGeneral = general(objective, theta, j, batch);
            String what = "seed %d, %s, scalar %d".formatted(SEED, kernels.precision(), j);
            assertThat(slope.value()).as(what).isEqualTo(loss);
            assertThat(slope.derivative())
                .as(what)
                .isCloseTo(inGeneral, within(exact ? 1e-15 : 3e-7))
                .isCloseTo(gradient.values().get(j), within(exact ? 1e-14 : 3e-6));
          }
        }
      }
    }
  }

  /// With NaN in all memory that nobody is to read.
  @ParameterizedTest
  @MethodSource("nets")
  void whatIsLeftOutIsNotRead(Net net) {
    GraphObjective objective = net.objective(Kernels.reference(), ROWS, false);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, SEED);
    Batch batch = batch(objective, ROWS);
    Workspace workspace = new Workspace(objective.plan(Purpose.TANGENT), Kernels.reference(), SEED);
    workspace.poison();
    Node loss = workspace.plan().outputs().getFirst();
    Direction v = new Direction(objective.parameters(), Precision.DOUBLE);
    for (int j = theta.size() - 1; j >= 0; j--) {
      v.unit(j);
      workspace.tangent(theta, v, batch);
      Buffer tangent = Objects.requireNonNull(workspace.tangent(loss), "tangent");
      assertThat(Kernels.reference().sum(tangent, ROWS) / ROWS)
          .isCloseTo(general(objective, theta, j, batch), within(1e-15));
    }
    v.clear();
    workspace.tangent(theta, v, batch);
    assertThat(workspace.tangent(loss)).isNull();
    assertThat(objective.derivative(theta, v, batch)).isZero();
  }

  /// Passes its input on, and notes for which passes it had a tangent to pass on, and of how many
  /// columns.
  private record Gauge(List<String> notes) implements SymmetricOp {
    @Override
    public String name() {
      return "gauge";
    }

    @Override
    public void forward(Frame frame) {
      derive(frame, frame.input(0), frame.output());
    }

    @Override
    public void derive(Frame frame, Buffer d, Buffer out) {
      frame.kernels().copy(d, out, frame.count());
    }

    @Override
    public void tangent(Frame frame) {
      notes.add(frame.tangentColumn(0) < 0 ? "all" : "column " + frame.tangentColumn(0));
      SymmetricOp.super.tangent(frame);
      frame.limitTangent(frame.tangentColumn(0));
    }
  }

  @Test
  void onlyWhatTheScalarReachesCarriesATangent() {
    List<List<String>> notes = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Net net =
        new Net(
            "with gauges",
            Shape.of(6),
            (g, x, _) -> {
              Node a = g.apply(new Gauge(notes.get(0)), g.relu(dense(g, "a", x, 5)));
              Node b = g.apply(new Gauge(notes.get(1)), g.tanh(dense(g, "b", a, 3)));
              return g.apply(new Gauge(notes.get(2)), dense(g, "c", b, CLASSES));
            });
    GraphObjective objective = net.objective(Kernels.reference(), ROWS, false);
    Parameters all = objective.parameters();
    Theta theta = all.initialize(Precision.DOUBLE, SEED);
    Batch batch = batch(objective, ROWS);
    Direction v = new Direction(all, Precision.DOUBLE);

    v.unit(all.get("a.w").offset() + 4 * 6 + 2); // what comes to output 4 from input 2
    objective.derivative(theta, v, batch);
    assertThat(notes).containsExactly(List.of("column 4"), List.of("all"), List.of("all"));
    notes.forEach(List::clear);

    v.unit(all.get("b.b").offset() + 1);
    objective.derivative(theta, v, batch);
    assertThat(notes).containsExactly(List.of(), List.of("column 1"), List.of("all"));
    notes.forEach(List::clear);

    v.clear();
    v.slice(all.get("c.w")).fill(0.5);
    objective.derivative(theta, v, batch);
    assertThat(notes).containsExactly(List.of(), List.of(), List.of("all"));
    notes.forEach(List::clear);

    v.values();
    objective.derivative(theta, v, batch);
    assertThat(notes).containsExactly(List.of("all"), List.of("all"), List.of("all"));
  }

  private static Net large() {
    return new Net(
        "large",
        Shape.of(300),
        (g, x, _) -> head(g, g.tanh(dense(g, "b", g.relu(dense(g, "a", x, 200)), 100))));
  }

  @Test
  void theBitsDoNotDependOnThreads() {
    List<Double> one = slopes(1);
    assertThat(slopes(2)).isEqualTo(one);
    assertThat(slopes(3)).isEqualTo(one);
  }

  private static List<Double> slopes(int threads) {
    try (Workers workers = Workers.of(threads)) {
      GraphObjective objective = large().objective(Kernels.vector(workers), 64, false);
      Theta theta = objective.parameters().initialize(Precision.FLOAT, SEED);
      Batch batch = batch(objective, 61);
      Direction v = new Direction(objective.parameters(), Precision.FLOAT);
      List<Double> slopes = new ArrayList<>();
      for (int j = 0; j < theta.size(); j += 2711) {
        v.unit(j);
        slopes.add(objective.derivative(theta, v, batch));
      }
      assertThat(slopes).hasSizeGreaterThan(25);
      return slopes;
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void aWarmPassAllocatesNothing() {
    try (Workers workers = Workers.of(1)) {
      GraphObjective objective = nets().getFirst().objective(Kernels.vector(workers), ROWS, false);
      Theta theta = objective.parameters().initialize(Precision.FLOAT, SEED);
      Batch batch = batch(objective, ROWS);
      Direction v = new Direction(objective.parameters(), Precision.FLOAT);
      Slope slope = new Slope();
      Allocation.assertNone(
          "10 passes for each parameter",
          10,
          () -> {
            for (int j = 0; j < theta.size(); j++) {
              v.unit(j);
              objective.slope(theta, v, batch, slope);
            }
          });
    }
  }
}
