package ijen.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Plan.Purpose;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.random.RandomStream;
import ijen.testing.Allocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Running statistics, by the example of batch normalisation: who changes them, and when.
class StatisticsTest {
  private static final int CLASSES = 5;
  private static final Initializer NORMAL =
      (values, shape, random) -> {
        for (int i = 0; i < values.length(); i++) {
          values.set(i, 0.5 * random.normal(i));
        }
      };

  /// Two dense layers, each normalised and rectified.
  private static Graph network() {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(7));
    x = g.relu(norm(g.scope("norm", "a"), dense(g.scope("dense", "a"), x, 40)));
    x = g.dropout(g.relu(norm(g.scope("norm", "b"), dense(g.scope("dense", "b"), x, 33))), 0.2);
    x = dense(g.scope("dense", "c"), x, CLASSES);
    g.softmaxCrossEntropy(x, g.input("y", Shape.scalar()));
    return g;
  }

  private static Node dense(Graph g, Node x, int out) {
    Node weight = g.parameter("w", Shape.of(out, x.shape().dimension(-1)), Role.WEIGHT, NORMAL);
    return g.affine(x, weight, g.parameter("b", Shape.of(out), Role.BIAS, NORMAL));
  }

  private static Node norm(Graph g, Node x) {
    Shape n = Shape.of(x.shape().dimension(0));
    Node scale = g.parameter("scale", n, Role.NORM, NORMAL);
    Node shift = g.parameter("shift", n, Role.NORM, NORMAL);
    return g.batchNorm(
        x, scale, shift, g.statistic("mean", n, 0), g.statistic("variance", n, 1), 1e-5, 0.1);
  }

  private static GraphObjective objective(Graph g, Kernels kernels, Mode mode, boolean watchAll) {
    Node loss = g.nodes().getLast();
    List<Node> results =
        g.nodes().stream().filter(n -> n.source() instanceof Node.Source.Result).toList();
    return new GraphObjective(
        g, loss, watchAll ? results : List.of(), 32, kernels, mode, Reduction.MEAN, 3);
  }

  private static Batch batch(GraphObjective objective, int rows, long seed) {
    Batch batch = objective.newBatch();
    batch.begin(rows, 5);
    RandomStream random = RandomStream.of(seed, "batch", 0);
    for (int i = 0; i < rows * 7; i++) {
      batch.features().set(i, 1 + random.normal(i));
    }
    for (int i = 0; i < rows; i++) {
      batch.targets().set(i, random.below(i, CLASSES));
    }
    return batch;
  }

  private static double[] statistics(Theta theta) {
    return theta.statistics().toDoubles();
  }

  @Test
  void onlySettlingMovesThem() {
    GraphObjective objective = objective(network(), Kernels.reference(), Mode.TRAINING, false);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    Batch batch = batch(objective, 20, 1);
    Gradient gradient = new Gradient(objective.parameters(), Precision.DOUBLE);
    Direction v = new Direction(objective.parameters(), Precision.DOUBLE);
    v.values().fill(0.1);
    double[] first = statistics(theta);
    assertThat(first).hasSize(2 * (40 + 33)).contains(0, 1).doesNotContain(0.5);
    objective.value(theta, batch);
    objective.gradient(theta, batch, gradient);
    objective.derivative(theta, v, batch);
    Theta descended = theta.copy(Precision.DOUBLE);
    objective.descend(descended, batch, 0.1, Decay.none(), gradient, Kernels.reference());
    assertThat(statistics(theta)).isEqualTo(first);
    assertThat(statistics(descended)).isEqualTo(first);
    assertThat(descended.values().toDoubles()).isNotEqualTo(theta.values().toDoubles());
    objective.settle(theta);
    assertThat(statistics(theta)).isNotEqualTo(first);
  }

  /// The mean of a dense layer's outputs is known: what is settled is a tenth of it.
  @Test
  void theyMoveTowardsTheBatch() {
    Graph g = network();
    GraphObjective objective = objective(g, Kernels.reference(), Mode.TRAINING, true);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    Batch batch = batch(objective, 20, 1);
    objective.value(theta, batch);
    objective.settle(theta);
    Node dense =
        g.nodes().stream().filter(n -> n.name().equals("a.affine")).findFirst().orElseThrow();
    double[] z = objective.watched(dense).toDoubles();
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < 20; r++) {
      sum += z[r * 40 + 11];
      squares += z[r * 40 + 11] * z[r * 40 + 11];
    }
    double unbiased = (squares - sum * sum / 20) / 19;
    Statistics layout = objective.parameters().statistics();
    assertThat(theta.slice(layout.get("a.mean")).get(11)).isCloseTo(0.1 * sum / 20, within(1e-14));
    assertThat(theta.slice(layout.get("a.variance")).get(11))
        .isCloseTo(0.9 + 0.1 * unbiased, within(1e-13));
    assertThatThrownBy(() -> layout.get("a.scale"))
        .hasMessageContaining("no statistic 'a.scale'; there are [a.mean, a.variance, b.mean");
  }

  /// Whichever call it was, and although memory is used again as soon as possible.
  @ParameterizedTest
  @EnumSource
  void everyPurposeRemembersWhatItSaw(Purpose purpose) {
    Graph g = network();
    try (Workers workers = Workers.of(2)) {
      for (Kernels kernels : List.of(Kernels.reference(), Kernels.vector(workers))) {
        GraphObjective objective = objective(g, kernels, Mode.TRAINING, false);
        Batch batch = batch(objective, 17, 2);
        Theta theta = objective.parameters().initialize(kernels.precision(), 1);
        Theta expected = theta.copy(kernels.precision());
        objective.value(expected, batch);
        objective.settle(expected);
        Workspace workspace = new Workspace(objective.plan(purpose), kernels, 3);
        workspace.poison();
        switch (purpose) {
          case FORWARD -> workspace.forward(theta, batch);
          case GRADIENT -> {
            workspace.forward(theta, batch);
            workspace.backward(new Gradient(objective.parameters(), kernels.precision()), 1);
          }
          case TANGENT ->
              workspace.tangent(
                  theta, new Direction(objective.parameters(), kernels.precision()), batch);
        }
        workspace.settle(theta);
        assertThat(statistics(theta)).isEqualTo(statistics(expected)).doesNotContain(Double.NaN);
      }
    }
  }

  /// An optimiser that asks at other points than its own moves the statistics of its own.
  @Test
  void thePointThatIsAskedToSettleDoes() {
    GraphObjective objective = objective(network(), Kernels.reference(), Mode.TRAINING, false);
    Batch batch = batch(objective, 20, 1);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    Theta ahead = theta.copy(Precision.DOUBLE);
    double[] first = statistics(theta);
    objective.value(theta, batch);
    objective.value(ahead, batch);
    objective.settle(theta);
    assertThat(statistics(theta)).isNotEqualTo(first);
    assertThat(statistics(ahead)).isEqualTo(first);
  }

  @Test
  void evaluationUsesThemAndLeavesThem() {
    Graph g = network();
    GraphObjective training = objective(g, Kernels.reference(), Mode.TRAINING, false);
    GraphObjective evaluation = objective(g, Kernels.reference(), Mode.EVALUATION, false);
    Batch batch = batch(training, 20, 1);
    Theta theta = training.parameters().initialize(Precision.DOUBLE, 1);
    double before = evaluation.value(theta, batch);
    assertThat(before).isNotEqualTo(training.value(theta, batch));
    double[] first = statistics(theta);
    evaluation.settle(theta);
    assertThat(statistics(theta)).isEqualTo(first);
    training.settle(theta);
    assertThat(evaluation.value(theta, batch)).isNotEqualTo(before);
    assertThat(evaluation.value(theta.copy(Precision.DOUBLE), batch))
        .isEqualTo(evaluation.value(theta, batch));
  }

  @Test
  void anEvaluatedSampleDoesNotDependOnTheOthers() {
    Graph g = network();
    Node logits = g.nodes().get(g.nodes().size() - 3);
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.vector(workers);
      GraphObjective training = objective(g, kernels, Mode.TRAINING, false);
      Theta theta = training.parameters().initialize(Precision.FLOAT, 1);
      Batch batch = batch(training, 32, 1);
      training.value(theta, batch);
      training.settle(theta);
      Workspace workspace =
          new Workspace(
              Plan.of(g, List.of(logits), 32, Purpose.FORWARD, Mode.EVALUATION), kernels, 3);
      workspace.forward(theta, batch);
      double[] all = workspace.value(logits).toDoubles();
      Batch one = training.newBatch();
      for (int r = 0; r < 32; r++) {
        one.begin(1, 0);
        one.features().put(0, batch.features(), r * 7, 7);
        workspace.forward(theta, one);
        double[] alone = Arrays.copyOf(workspace.value(logits).toDoubles(), CLASSES);
        assertThat(alone).isEqualTo(Arrays.copyOfRange(all, r * CLASSES, (r + 1) * CLASSES));
      }
    }
  }

  /// In evaluation the gradient goes through constants, not through the batch.
  @Test
  void gradientsOfEvaluationAgreeWithDifferencesAndForwardMode() {
    GraphObjective objective = objective(smooth(), Kernels.reference(), Mode.EVALUATION, false);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    for (int i = 0; i < theta.statistics().length(); i++) {
      theta.statistics().set(i, 0.5 + 0.01 * i);
    }
    Batch batch = batch(objective, 9, 1);
    Gradient gradient = new Gradient(objective.parameters(), Precision.DOUBLE);
    objective.gradient(theta, batch, gradient);
    Direction v = new Direction(objective.parameters(), Precision.DOUBLE);
    RandomStream random = RandomStream.of(4, "direction", 0);
    double inner = 0;
    for (int i = 0; i < v.size(); i++) {
      v.values().set(i, random.normal(i));
      inner += v.values().get(i) * gradient.values().get(i);
    }
    assertThat(objective.derivative(theta, v, batch)).isCloseTo(inner, within(1e-12));
    double h = 1e-4;
    double[] sides = new double[2];
    for (int s = 0; s < 2; s++) {
      Theta moved = theta.copy(Precision.DOUBLE);
      for (int i = 0; i < v.size(); i++) {
        moved.values().set(i, theta.values().get(i) + (2 * s - 1) * h * v.values().get(i));
      }
      sides[s] = objective.value(moved, batch);
    }
    assertThat((sides[1] - sides[0]) / (2 * h)).isCloseTo(inner, within(1e-6));
  }

  /// Without kinks.
  private static Graph smooth() {
    Graph g = new Graph();
    Node x = norm(g.scope("norm", "a"), g.input("x", Shape.of(7)));
    x = g.tanh(norm(g.scope("norm", "b"), dense(g, x, 6)));
    g.softmaxCrossEntropy(dense(g.scope("dense", "c"), x, CLASSES), g.input("y", Shape.scalar()));
    return g;
  }

  /// Fused or not, with one thread or three; with kinks in the midst of each channel's numbers.
  @Test
  void fusionAndThreadsDoNotChangeBits() {
    Set<String> results = new HashSet<>();
    Graph g = network();
    for (int threads : new int[] {1, 3}) {
      try (Workers workers = Workers.of(threads)) {
        for (boolean watchAll : new boolean[] {false, true}) {
          Kernels kernels = Kernels.vector(workers);
          GraphObjective objective = objective(g, kernels, Mode.TRAINING, watchAll);
          assertThat(objective.plan(Purpose.GRADIENT).toString().contains("batchnorm+relu"))
              .isEqualTo(!watchAll);
          Batch batch = batch(objective, 31, 6);
          Theta theta = objective.parameters().initialize(Precision.FLOAT, 2);
          Gradient gradient = new Gradient(objective.parameters(), Precision.FLOAT);
          Direction v = new Direction(objective.parameters(), Precision.FLOAT);
          v.values().fill(0.25);
          List<Double> losses = new ArrayList<>();
          for (int step = 0; step < 3; step++) {
            batch.begin(31 - step, step);
            losses.add(objective.derivative(theta, v, batch));
            losses.add(objective.gradient(theta, batch, gradient));
            losses.add(objective.descend(theta, batch, 0.1, Decay.of(0.01), gradient, kernels));
            objective.settle(theta);
          }
          results.add(theta.sha256() + losses);
        }
      }
    }
    assertThat(results).hasSize(1);
  }

  @Test
  void oneSampleHasNoVariance() {
    GraphObjective objective = objective(network(), Kernels.reference(), Mode.TRAINING, false);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    double[] first = statistics(theta);
    Batch batch = batch(objective, 1, 1);
    Gradient gradient = new Gradient(objective.parameters(), Precision.DOUBLE);
    assertThat(objective.gradient(theta, batch, gradient)).isFinite();
    objective.settle(theta);
    assertThat(statistics(theta)).isEqualTo(first);
    assertThat(gradient.slice(objective.parameters().get("a.w")).toDoubles()).containsOnly(0);
    assertThat(gradient.slice(objective.parameters().get("a.scale")).toDoubles()).containsOnly(0);
    Graph g = smooth();
    GraphObjective single =
        new GraphObjective(
            g,
            g.nodes().getLast(),
            List.of(),
            1,
            Kernels.reference(),
            Mode.TRAINING,
            Reduction.MEAN,
            3);
    Batch one = batch(single, 1, 1);
    Theta point = single.parameters().initialize(Precision.DOUBLE, 1);
    assertThatThrownBy(() -> single.value(point, one))
        .hasMessage(
            "batchnorm 'a.batchnorm': batches of one sample with one number for each channel have"
                + " no variance: expected training in batches of 2 or more samples");
  }

  @Test
  void copiesAndChecksumsHaveThem() {
    Graph g = new Graph();
    g.parameter("w", Shape.of(3), Role.WEIGHT, NORMAL);
    Theta without = g.parameters().initialize(Precision.FLOAT, 1);
    assertThat(without.statistics().length()).isZero();
    g.statistic("seen", Shape.of(2), 0.5);
    Theta with = g.parameters().initialize(Precision.FLOAT, 1);
    assertThat(with.size()).isEqualTo(3);
    assertThat(with.statistics().toFloats()).containsExactly(0.5f, 0.5f);
    assertThat(with.sha256()).isNotEqualTo(without.sha256());
    Gradient same = new Gradient(g.parameters(), Precision.FLOAT);
    same.copyFrom(without);
    assertThat(same.sha256()).isEqualTo(without.sha256()); // statistics of length 0 add nothing
    with.statistics().set(1, 7);
    Theta copy = with.copy(Precision.DOUBLE).copy(Precision.FLOAT);
    assertThat(copy.sha256()).isEqualTo(with.sha256());
    copy.statistics().set(0, 1);
    assertThat(copy.sha256()).isNotEqualTo(with.sha256());
    assertThatThrownBy(() -> g.statistic("w", Shape.of(2), 0))
        .hasMessage("statistic: the name 'w' is taken; give this layer another name");
  }

  @Tag(Allocation.TAG)
  @Test
  void stepsAllocateNothing() {
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.vector(workers);
      GraphObjective objective = objective(network(), kernels, Mode.TRAINING, false);
      Theta theta = objective.parameters().initialize(Precision.FLOAT, 2);
      Batch batch = batch(objective, 32, 6);
      Gradient gradient = new Gradient(objective.parameters(), Precision.FLOAT);
      Decay decay = Decay.none();
      Allocation.assertNone(
          "200 steps",
          200,
          () -> {
            objective.descend(theta, batch, 0.001, decay, gradient, kernels);
            objective.settle(theta);
          });
    }
  }
}
