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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphObjectiveTest {
  private static final Initializer NORMAL =
      (values, shape, random) -> {
        for (int i = 0; i < values.length(); i++) {
          values.set(i, 0.5 * random.normal(i));
        }
      };

  /// A random network in which nodes have several readers, parameters are shared and dropout draws,
  /// with chains of ops that are fused and work in place.
  private static GraphObjective random(long seed, Kernels kernels, int capacity) {
    return random(seed, kernels, capacity, false, false);
  }

  /// @param kinks whether the network has ReLUs, where differences may miss the derivative
  /// @param watchAll whether all values are outputs: nothing is then fused or done in place, and
  ///   every value has memory of its own
  private static GraphObjective random(
      long seed, Kernels kernels, int capacity, boolean kinks, boolean watchAll) {
    RandomStream random = RandomStream.of(seed, "network", 0);
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(6));
    Node y = g.input("y", Shape.scalar());
    Node w = g.parameter("w", Shape.of(6, 6), Role.WEIGHT, NORMAL);
    Node row = g.parameter("row", Shape.of(6), Role.BIAS, NORMAL);
    g.parameter("unused", Shape.of(3), Role.BIAS, NORMAL);
    List<Node> nodes = new ArrayList<>(List.of(g.affine(x, w, row)));
    for (int i = 0; i < 18; i++) {
      Node a = nodes.get(random.below(3L * i, nodes.size()));
      Node b = nodes.get(random.below(3L * i + 1, nodes.size()));
      nodes.add(
          switch (random.below(3L * i + 2, 19)) {
            case 0 -> g.add(a, b);
            case 1 -> g.subtract(a, g.multiply(b, row));
            case 2 -> g.multiply(g.tanh(a), g.sigmoid(b));
            case 3 -> g.affine(a, w);
            case 4 -> g.matmul(g.tanh(a), w);
            case 5 -> g.softmax(a);
            case 6 -> g.dropout(a, 0.3);
            case 7 -> g.scale(g.exp(g.tanh(a)), 0.5);
            case 8 -> g.log(g.add(g.sigmoid(a), g.sigmoid(b)));
            case 9 -> g.reshape(g.scale(g.reshape(a, Shape.of(2, 3)), 1.5), Shape.of(6));
            case 10 -> g.tanh(g.affine(a, w, row));
            case 11 -> g.dropout(g.scale(g.sigmoid(g.affine(a, w)), 2), 0.2);
            case 12 -> {
              Node inner = g.affine(a, w, row);
              yield kinks ? g.relu(g.relu(inner)) : g.exp(g.sigmoid(g.tanh(inner)));
            }
            case 13 -> {
              Node shared = g.affine(b, w, row); // two readers: not to be fused
              yield g.add(g.tanh(shared), g.reshape(shared, Shape.of(6)));
            }
            case 14 -> g.log(g.add(g.exp(g.scale(g.tanh(a), 0.3)), g.sigmoid(b)));
            case 15 -> g.add(g.tanh(row), a); // a shared value has no room for a batch
            case 16 -> g.add(g.reshape(b, Shape.of(6)), b); // one memory, twice
            case 17 -> {
              Node s = g.sigmoid(a); // read backward, so that nothing may be written over its view
              yield g.subtract(g.tanh(g.scale(g.reshape(s, Shape.of(6)), 2)), s);
            }
            default -> g.multiply(g.tanh(a), g.tanh(a));
          });
    }
    Node head =
        g.tanh(g.affine(nodes.getLast(), parameter(g, "head", 6), parameter(g, "headBias", 0)));
    Node logits = g.tanh(g.add(head, nodes.get(nodes.size() / 2)));
    Node loss = g.add(g.softmaxCrossEntropy(logits, y), g.scale(g.l2Norm(nodes.getLast()), 0.1));
    List<Node> watched = watchAll ? results(g) : List.of(logits);
    return new GraphObjective(
        g, loss, watched, capacity, kernels, Mode.TRAINING, Reduction.MEAN, seed);
  }

  private static Node parameter(Graph g, String name, int columns) {
    return columns == 0
        ? g.parameter(name, Shape.of(6), Role.BIAS, NORMAL)
        : g.parameter(name, Shape.of(6, columns), Role.WEIGHT, NORMAL);
  }

  /// All that is computed in a graph.
  private static List<Node> results(Graph g) {
    return g.nodes().stream().filter(n -> n.source() instanceof Node.Source.Result).toList();
  }

  private static Batch batch(GraphObjective objective, int rows, long seed) {
    Batch batch = objective.newBatch();
    batch.begin(rows, 5);
    RandomStream random = RandomStream.of(seed, "batch", 0);
    for (int i = 0; i < rows * 6; i++) {
      batch.features().set(i, random.normal(i));
    }
    for (int i = 0; i < rows; i++) {
      batch.targets().set(i, random.below(i, 6));
    }
    return batch;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void gradientsOfRandomNetworksAgreeWithDifferencesAndForwardMode(long seed) {
    GraphObjective objective = random(seed, Kernels.reference(), 7);
    Batch batch = batch(objective, 5, seed);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, seed);
    Gradient gradient = new Gradient(objective.parameters(), Precision.DOUBLE);
    gradient.values().fill(Double.NaN);
    double value = objective.gradient(theta, batch, gradient);
    assertThat(value).isEqualTo(objective.value(theta, batch));
    Direction v = new Direction(objective.parameters(), Precision.DOUBLE);
    RandomStream random = RandomStream.of(seed, "direction", 0);
    double inner = 0;
    for (int i = 0; i < v.size(); i++) {
      v.values().set(i, random.normal(i));
      inner += v.values().get(i) * gradient.values().get(i);
    }
    assertThat(objective.derivative(theta, v, batch))
        .isCloseTo(inner, within(1e-11 * (1 + Math.abs(inner))));
    double h = 1e-4;
    double[] weights = {1, -8, 8, -1};
    int[] steps = {-2, -1, 1, 2};
    double difference = 0;
    for (int s = 0; s < 4; s++) {
      Theta moved = theta.copy(Precision.DOUBLE);
      for (int i = 0; i < v.size(); i++) {
        moved.values().set(i, theta.values().get(i) + steps[s] * h * v.values().get(i));
      }
      difference += weights[s] * objective.value(moved, batch) / (12 * h);
    }
    assertThat(difference).isCloseTo(inner, within(1e-7 * (1 + Math.abs(inner))));
    for (int i = 0; i < 3; i++) {
      assertThat(gradient.slice(objective.parameters().get("unused")).get(i)).isZero();
    }
  }

  /// Parameters with one reader and with several, with and without decay, and decay that changes
  /// within a parameter.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void descentIsTheGradientAndThenSgd(long seed) {
    try (Workers workers = Workers.of(2)) {
      for (Kernels kernels : List.of(Kernels.vector(workers), Kernels.reference())) {
        GraphObjective objective = random(seed, kernels, 7, true, false);
        Batch batch = batch(objective, 6, seed);
        Theta theta = objective.parameters().initialize(kernels.precision(), seed);
        Gradient room = new Gradient(objective.parameters(), kernels.precision());
        int head = objective.parameters().get("head").offset();
        List<Decay> decays =
            List.of(
                Decay.none(),
                Decay.of(0.03),
                Decay.of(new int[] {head, head + 36}, new double[] {0.5, 0.01}),
                Decay.of(new int[] {head + 5}, new double[] {0.1}));
        for (Decay decay : decays) {
          Theta want = theta.copy(kernels.precision());
          double loss = objective.gradient(want, batch, room);
          kernels.updates().sgd(want.values(), room.values(), want.size(), 0.2, decay);
          room.values().fill(Double.NaN);
          assertThat(objective.descend(theta, batch, 0.2, decay, room, kernels)).isEqualTo(loss);
          assertThat(theta.values().toDoubles()).isEqualTo(want.values().toDoubles());
        }
      }
    }
  }

  /// Against the same network with everything watched, hence nothing fused or in place, and with
  /// memory overwritten by NaN as soon as nobody is to read it.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void fusionAndSharedMemoryDoNotChangeBits(long seed) {
    try (Workers workers = Workers.of(1)) {
      for (Kernels kernels : List.of(Kernels.reference(), Kernels.vector(workers))) {
        GraphObjective objective = random(seed, kernels, 5, true, false);
        GraphObjective apart = random(seed, kernels, 5, true, true);
        Batch batch = batch(objective, 5, seed);
        Theta theta = objective.parameters().initialize(kernels.precision(), seed);
        Direction v = new Direction(objective.parameters(), kernels.precision());
        v.values().copyFrom(objective.parameters().initialize(kernels.precision(), ~seed).values());
        Gradient expected = new Gradient(objective.parameters(), kernels.precision());
        apart.gradient(theta, batch, expected);
        Node separate = apart.plan(Purpose.FORWARD).outputs().getFirst();

        Workspace forward = poisoned(objective, Purpose.FORWARD, kernels, seed);
        Workspace gradient = poisoned(objective, Purpose.GRADIENT, kernels, seed);
        Workspace tangent = poisoned(objective, Purpose.TANGENT, kernels, seed);
        Node loss = forward.plan().outputs().getFirst();
        Gradient actual = new Gradient(objective.parameters(), kernels.precision());
        for (int round = 0; round < 2; round++) {
          forward.forward(theta, batch);
          assertThat(forward.value(loss).toDoubles())
              .isEqualTo(apart.watched(separate).toDoubles());
          gradient.forward(theta, batch);
          assertThat(gradient.value(loss).toDoubles())
              .isEqualTo(apart.watched(separate).toDoubles());
          gradient.backward(actual, 1.0 / 5);
          assertThat(actual.sha256()).isEqualTo(expected.sha256());
        }
        Workspace all = new Workspace(apart.plan(Purpose.TANGENT), kernels, seed);
        all.tangent(theta, v, batch);
        tangent.tangent(theta, v, batch);
        assertThat(Objects.requireNonNull(tangent.tangent(loss)).toDoubles())
            .isEqualTo(Objects.requireNonNull(all.tangent(separate)).toDoubles());
      }
    }
  }

  private static Workspace poisoned(
      GraphObjective objective, Purpose purpose, Kernels kernels, long seed) {
    Workspace workspace = new Workspace(objective.plan(purpose), kernels, seed);
    workspace.poison();
    return workspace;
  }

  @Test
  void rowsDoNotDependOnTheRestOfTheBatch() {
    try (Workers workers = Workers.of(1)) {
      GraphObjective objective = random(3, Kernels.vector(workers), 9);
      Theta theta = objective.parameters().initialize(Precision.FLOAT, 1);
      Batch batch = batch(objective, 9, 1);
      objective.value(theta, batch);
      Node logits = objective.plan(Purpose.FORWARD).outputs().get(1);
      float[] all = objective.watched(logits).toFloats();
      for (int rows = 1; rows < 9; rows++) {
        batch.begin(rows, 5);
        objective.value(theta, batch);
        float[] some = objective.watched(logits).slice(0, rows * 6).toFloats();
        assertThat(some).isEqualTo(java.util.Arrays.copyOf(all, rows * 6));
      }
    }
  }

  @Test
  void oneStepAlwaysDrawsTheSameAndAnotherStepDoesNot() {
    GraphObjective objective = dropout();
    Batch batch = batch(objective, 4, 1);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    double first = objective.value(theta, batch);
    assertThat(objective.value(theta, batch)).isEqualTo(first);
    batch.begin(4, 6);
    assertThat(objective.value(theta, batch)).isNotEqualTo(first);
  }

  private static GraphObjective dropout() {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(6));
    Node y = g.input("y", Shape.scalar());
    Node w = g.parameter("w", Shape.of(6, 6), Role.WEIGHT, NORMAL);
    Node loss = g.softmaxCrossEntropy(g.affine(g.dropout(x, 0.5), w), y);
    return new GraphObjective(
        g, loss, List.of(), 8, Kernels.reference(), Mode.TRAINING, Reduction.SUM, 1);
  }

  @Test
  void misuseIsExplained() {
    GraphObjective objective = dropout();
    Batch batch = objective.newBatch();
    assertThatThrownBy(() -> batch.begin(9, 0)).hasMessageContaining("expected 1 to 8 samples");
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(6));
    assertThatThrownBy(() ->
            new GraphObjective(
                g, x, List.of(), 8, Kernels.reference(), Mode.TRAINING, Reduction.SUM, 1))
        .hasMessageContaining("a loss is one number for each sample; 'x' has the form [batch, 6]");
  }

  @Tag(Allocation.TAG)
  @Test
  void aStepAllocatesNothing() {
    try (Workers workers = Workers.of(2)) {
      GraphObjective objective = random(4, Kernels.vector(workers), 8);
      Batch batch = batch(objective, 8, 1);
      Theta theta = objective.parameters().initialize(Precision.FLOAT, 1);
      Gradient gradient = new Gradient(objective.parameters(), Precision.FLOAT);
      Direction v = new Direction(objective.parameters(), Precision.FLOAT);
      v.values().fill(0.1);
      Allocation.assertNone(
          "1,000 steps",
          1000,
          () -> {
            objective.gradient(theta, batch, gradient);
            objective.value(theta, batch);
            objective.derivative(theta, v, batch);
          });
    }
  }
}
