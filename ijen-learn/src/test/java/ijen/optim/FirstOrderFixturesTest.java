package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Twenty steps of every first-order optimiser, beside those of PyTorch 1.13, or of a transcription
/// in NumPy where it has no such rule: see `make_optimizers.py` beside the fixture.
class FirstOrderFixturesTest {
  private static final int[] STEPS = {1, 2, 5, 10, 20};

  /// @param problem which loss
  /// @param optimizer the optimiser as the registry reads it
  /// @param source who computed it
  /// @param thetas θ after each of [#STEPS]
  record Line(String problem, String optimizer, String source, List<Double> thetas) {
    static Line of(String text) {
      String[] words = text.split(" ", -1);
      List<Double> thetas = Arrays.stream(words, 3, words.length).map(Double::parseDouble).toList();
      return new Line(words[0], words[1], words[2], thetas);
    }

    @Override
    public String toString() {
      return problem + " " + optimizer + " by " + source;
    }
  }

  static List<Line> lines() {
    InputStream stream = FirstOrderFixturesTest.class.getResourceAsStream("optimizers.txt");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8))) {
      return reader.lines().map(Line::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A loss, where it begins, and the samples.
  record Problem(Objective objective, Theta theta, Batch batch) {}

  static Problem problem(String name, Kernels kernels) {
    return name.equals("mlp") ? perceptron(kernels) : quadratic(name.equals("small") ? 16 : 1);
  }

  private static Problem quadratic(double divisor) {
    OptimizerContract.Quadratic objective = new OptimizerContract.Quadratic(1 / divisor);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    return new Problem(objective, theta, objective.batch());
  }

  private static Problem perceptron(Kernels kernels) {
    Graph g = new Graph();
    Node x = g.input("features", Shape.of(3));
    Node y = g.input("target", Shape.scalar());
    Node z = Network.of(Shape.of(3), Layers.dense(4), Layers.tanh(), Layers.dense(2)).build(g, x);
    Node loss = Losses.crossEntropy().apply(g.scope("loss", "cross-entropy"), z, y);
    GraphObjective objective =
        new GraphObjective(
            g, loss, List.of(), 6, kernels, Mode.TRAINING, GraphObjective.Reduction.MEAN, 1);
    Batch batch = objective.newBatch();
    batch.begin(6, 0);
    Buffer features = batch.input(0);
    for (int i = 0; i < 18; i++) {
      features.set(i, Math.cos(0.9 * i));
    }
    for (int r = 0; r < 6; r++) {
      batch.input(1).set(r, r % 2);
    }
    Parameters parameters = objective.parameters();
    Theta theta = new Theta(parameters, kernels.precision());
    for (int i = 0; i < theta.size(); i++) {
      theta.values().set(i, 0.5 * Math.sin(1.7 * i + 0.3));
    }
    return new Problem(objective, theta, batch);
  }

  private static void follow(Line line, Kernels kernels, double tolerance) {
    Problem problem = problem(line.problem, kernels);
    Theta theta = problem.theta.copy(kernels.precision());
    Optimizer optimizer = Optimizers.parse(line.optimizer);
    OptimizerState state = optimizer.state(problem.objective.parameters(), kernels);
    int next = 0;
    for (int step = 1; step <= 20; step++) {
      optimizer.step(problem.objective, theta, problem.batch, state);
      if (step == STEPS[next]) {
        for (int i = 0; i < theta.size(); i++) {
          double expected = line.thetas.get(next * theta.size() + i);
          assertThat(theta.values().get(i))
              .as("%s, step %d, θ[%d]", line, step, i)
              .isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
        }
        next++;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void inDoubleTwentyStepsAreThoseOfTheOriginal(Line line) {
    follow(line, Kernels.reference(), 1e-10);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void inFloatTheyAreCloseToIt(Line line) {
    try (Workers workers = Workers.of(1)) {
      follow(line, Kernels.vector(workers), 1e-5);
    }
  }

  @Test
  void noFirstOrderOptimizerIsLeftOut() {
    TreeSet<String> seen =
        lines().stream()
            .map(line -> Optimizers.parse(line.optimizer).name())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(seen)
        .containsAll(
            Optimizers.names().stream()
                .filter(name -> !name.startsWith("zo-") && !name.startsWith("forward"))
                .toList());
  }
}
