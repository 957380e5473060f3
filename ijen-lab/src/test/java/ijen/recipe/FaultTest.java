package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.check.GradientCheck;
import ijen.check.GradientReport;
import ijen.check.TensorCheck;
import ijen.data.Options;
import ijen.format.json.Json;
import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.loss.Losses;
import ijen.nn.Layer;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.train.Checkpoint;
import ijen.train.CheckpointPolicy;
import ijen.train.TrainSettings;
import ijen.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
  private static final String DIGITS =
      """
      data: digits
      train-size: 120
      test-size: 30
      hidden: [6, 6]
      batch: 32
      epochs: 2
      threads: 1
      """;

  /// A small network, the objective that is right, the one with the fault in W₁, and a batch.
  private record Case(Objective right, Objective wrong, Theta theta, Batch batch) {
    /// Of 3 numbers and 2 classes, two hidden layers of 2; `between` stands behind each.
    static Case of(int rows, Reduction reduction, Layer... between) {
      List<Layer> layers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        layers.add(Layers.dense(2));
        layers.addAll(List.of(between));
      }
      layers.add(Layers.dense(2));
      Network network = new Network(Shape.of(3), layers);
      Kernels kernels = Kernels.reference();
      Graph g = new Graph();
      Node x = g.input("features", Shape.of(3));
      Node y = g.input("target", Shape.scalar());
      Node z = network.build(g, x);
      Node loss = Losses.crossEntropy().apply(g.scope("loss", "cross-entropy"), z, y);
      GraphObjective right =
          new GraphObjective(g, loss, List.of(), rows, kernels, Mode.TRAINING, reduction, 7);
      TrainSettings settings = TrainSettings.defaults().withReduction(reduction).withSeed(7);
      Objective wrong =
          new NextDelta(
              right, network, Losses.crossEntropy(), Shape.scalar(), rows, settings, kernels);
      Theta theta = new Theta(right.parameters(), Precision.DOUBLE);
      Random random = new Random(5);
      for (int i = 0; i < theta.size(); i++) {
        theta.values().set(i, random.nextGaussian());
      }
      Batch batch = right.newBatch();
      batch.begin(rows, 3);
      for (int i = 0; i < rows * 3; i++) {
        batch.input(0).set(i, random.nextGaussian());
      }
      for (int r = 0; r < rows; r++) {
        batch.input(1).set(r, r % 2);
      }
      return new Case(right, wrong, theta, batch);
    }

    Gradient gradient(Objective objective) {
      Gradient into = new Gradient(right.parameters(), Precision.DOUBLE);
      assertThat(objective.gradient(theta, batch, into)).isEqualTo(right.value(theta, batch));
      return into;
    }
  }

  private static double[] values(Case c, String name) {
    return c.theta.slice(c.right.parameters().get(name)).toDoubles();
  }

  private static double[] slice(Gradient gradient, String name) {
    return gradient.slice(gradient.parameters().get(name)).toDoubles();
  }

  /// tanh(W·x + b), or the sums alone.
  private static double[] layer(Case c, String name, double[] x, boolean last) {
    double[] w = values(c, name + ".weight");
    double[] out = values(c, name + ".bias");
    for (int o = 0; o < out.length; o++) {
      for (int i = 0; i < x.length; i++) {
        out[o] += w[o * x.length + i] * x[i];
      }
      out[o] = last ? out[o] : Math.tanh(out[o]);
    }
    return out;
  }

  /// Σ δ₂xᵀ over the batch, by loops.
  private static double[] nextDelta(Case c, int rows, double factor) {
    double[] sum = new double[6];
    double[] w3 = values(c, "dense3.weight");
    for (int r = 0; r < rows; r++) {
      double[] x = new double[3];
      for (int i = 0; i < 3; i++) {
        x[i] = c.batch.input(0).get(r * 3 + i);
      }
      double[] a2 = layer(c, "dense2", layer(c, "dense1", x, false), false);
      double[] z = layer(c, "dense3", a2, true);
      double all = Math.exp(z[0]) + Math.exp(z[1]);
      for (int j = 0; j < 2; j++) {
        double back = 0;
        for (int k = 0; k < 2; k++) {
          back += w3[k * 2 + j] * (Math.exp(z[k]) / all - (r % 2 == k ? 1 : 0));
        }
        double delta = factor * back * (1 - a2[j] * a2[j]);
        for (int i = 0; i < 3; i++) {
          sum[j * 3 + i] += delta * x[i];
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void nextDeltaIsThatOfTheLoops(Reduction reduction) {
    Case c = Case.of(5, reduction, Layers.tanh());
    Gradient right = c.gradient(c.right);
    Gradient wrong = c.gradient(c.wrong);
    double[] expected = nextDelta(c, 5, reduction == Reduction.MEAN ? 0.2 : 1);
    assertThat(slice(wrong, "dense1.weight")).containsExactly(expected, within(1e-14));
    assertThat(slice(right, "dense1.weight")[0]).isNotCloseTo(expected[0], within(1e-3));
    for (String other :
        List.of("dense1.bias", "dense2.weight", "dense2.bias", "dense3.weight", "dense3.bias")) {
      assertThat(slice(wrong, other)).as(other).containsExactly(slice(right, other));
    }
    Direction v = new Direction(c.right.parameters(), Precision.DOUBLE);
    v.unit(4);
    assertThat(c.wrong.derivative(c.theta, v, c.batch)).isEqualTo(wrong.values().get(4));
  }

  /// Of one sample, δ₂ is the gradient of b₂, whatever stands between the layers: with the same
  /// mask, and other masks in another step.
  @Test
  void dropoutDrawsTheSameMaskForIt() {
    Case c = Case.of(1, Reduction.MEAN, Layers.prelu(), Layers.dropout(0.5));
    int dropped = 0;
    for (int step = 0; step < 20; step++) {
      c.batch.begin(1, step);
      Gradient wrong = c.gradient(c.wrong);
      double[] delta = slice(wrong, "dense2.bias");
      double[] w1 = slice(wrong, "dense1.weight");
      for (int j = 0; j < 2; j++) {
        dropped += delta[j] == 0 ? 1 : 0;
        for (int i = 0; i < 3; i++) {
          assertThat(w1[j * 3 + i])
              .as("step %d", step)
              .isCloseTo(delta[j] * c.batch.input(0).get(i), within(1e-15));
        }
      }
    }
    assertThat(dropped).isBetween(5, 35);
  }

  @Test
  void aGradientCheckFindsIt() {
    Case c = Case.of(5, Reduction.MEAN, Layers.tanh());
    GradientReport right = GradientCheck.of("right", c.right, c.theta, c.batch).run();
    assertThat(right.healthy()).as(right.text()).isTrue();
    GradientReport wrong = GradientCheck.of("wrong", c.wrong, c.theta, c.batch).run();
    assertThat(wrong.tensors().stream().filter(TensorCheck::isWrong).map(TensorCheck::name))
        .as(wrong.text())
        .containsExactly("dense1.weight");
  }

  private static Experiment experiment(String settings) {
    return opened(DIGITS + settings);
  }

  private static Experiment opened(String recipe) {
    return Experiment.open(
        Recipe.parse(recipe, "recipe.yaml").config(), Options.defaults().withOffline(true));
  }

  private static Theta fit(Experiment experiment, Training training) {
    return training.fit(experiment.train(), experiment.test()).model().theta();
  }

  private static Theta fit(Experiment experiment) {
    return fit(experiment, experiment.training());
  }

  private static Theta fit(String settings) {
    return fit(experiment(settings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lr: 0.05
          momentum: 0.9; weight-decay: 0.01; decay-biases: true; dropout: 0.2
          optimizer: adam; clip-norm: 0.5
          """)
  void sharedBiasesStayEqualToTheBit(String written) {
    String rule = written.replace("; ", "\n") + "\n";
    Theta tied = fit(rule + "fault: shared-bias");
    Parameters p = tied.parameters();
    Buffer first = tied.slice(p.get("dense1.bias"));
    Buffer second = tied.slice(p.get("dense2.bias"));
    assertThat(first.toDoubles()).containsExactly(second.toDoubles());
    assertThat(first.toDoubles()).isNotEqualTo(new double[6]);
    Theta free = fit(rule);
    assertThat(free.slice(p.get("dense1.bias")).toDoubles())
        .isNotEqualTo(free.slice(p.get("dense2.bias")).toDoubles());
  }

  @Test
  void faultsAddUpAndDoNotDependOnThreads() {
    String right = fit("").sha256();
    String delta = fit("fault: next-delta").sha256();
    String shared = fit("fault: shared-bias").sha256();
    String both = fit("fault: shared-bias,next-delta").sha256();
    assertThat(List.of(right, delta, shared, both)).doesNotHaveDuplicates();
    Experiment experiment = experiment("fault: next-delta,shared-bias");
    assertThat(fit(experiment, experiment.training().threads(3)).sha256()).isEqualTo(both);
  }

  @Test
  void runningStatisticsMoveOnceAStep() {
    // What the first step sees does not depend on a gradient.
    String recipe =
        DIGITS.replace("batch: 32", "batch: all").replace("epochs: 2", "epochs: 1")
            + "batch-norm: true\n";
    Theta right = fit(opened(recipe));
    Theta wrong = fit(opened(recipe + "fault: next-delta"));
    assertThat(wrong.statistics().toDoubles()).containsExactly(right.statistics().toDoubles());
    assertThat(wrong.values().toDoubles()).isNotEqualTo(right.values().toDoubles());
  }

  @Test
  void aCheckpointGoesOnWithTheSameFaultOnly(@TempDir Path folder) throws Exception {
    Experiment whole = experiment("optimizer: adam\nfault: next-delta");
    String expected = fit(whole).sha256();
    CheckpointPolicy policy = CheckpointPolicy.in(folder);
    AtomicInteger left = new AtomicInteger(3);
    fit(whole, whole.training().checkpoints(policy).stopWhen(() -> left.decrementAndGet() == 0));
    Checkpoint there = Checkpoint.read(policy.last());
    assertThat(fit(whole, whole.training().resume(there)).sha256()).isEqualTo(expected);
    Experiment right = experiment("optimizer: adam");
    assertThatThrownBy(() -> fit(right, right.training().resume(there)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fault=next-delta");
  }

  @Test
  void whatIsWrittenReadsBackTheSame() {
    TrainConfig config =
        Recipe.parse(
                "hidden: [7, 7]\nfault: 'shared-bias, next-delta'\nweight-decay: 0.1\n"
                    + "decay-biases: true",
                "r")
            .config();
    assertThat(config.describe())
        .containsEntry("fault", "next-delta,shared-bias")
        .containsEntry("decay-biases", true)
        .containsEntry("optimizer", "sgd");
    assertThat(config.command()).endsWith("--decay-biases", "--fault", "next-delta,shared-bias");
    assertThat(Recipe.parse(Json.pretty(config.describe()), "config.json").config())
        .isEqualTo(config);
    assertThat(Recipe.parse("fault: none", "r").config().describe()).doesNotContainKey("fault");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fault: next-gamma | 1:8: expected none, or one or more of next-delta,shared-bias with commas between them, got 'next-gamma'
          fault: next-delta | 1:8: next-delta: expected two hidden layers or more, the first two of the same width, such as 256,256, got 128
          fault: shared-bias;hidden: none | 1:8: shared-bias: expected two hidden layers or more, the first two of the same width, such as 256,256, got none
          fault: next-delta;hidden: [7, 8, 8] | 1:8: next-delta: expected two hidden layers or more, the first two of the same width, such as 256,256, got 7,8,8
          fault: shared-bias;hidden: [7, 7];bias: false | 1:8: shared-bias: expected biases in the hidden layers, got 'bias: false'
          fault: shared-bias;hidden: [7, 7];batch-norm: true | 1:8: shared-bias: expected biases in the hidden layers, got 'batch-norm: true', which leaves them out
          fault: next-delta;hidden: [7, 7];optimizer: lbfgs | 1:8: next-delta: expected an optimizer that takes the gradient as it is, such as sgd or adam, got lbfgs
          fault: next-delta;hidden: [7, 7];optimizer: zo-sgd | 1:8: next-delta: expected an optimizer that takes the gradient as it is, such as sgd or adam, got zo-sgd
          decay-biases: true | 1:15: 'decay-biases' needs a weight decay above 0, such as 0.001
          decay-biases: true;optimizer: coordinate-sgd | 1:15: 'decay-biases' belongs to sgd, adam, adamw, amsgrad, rmsprop, adagrad, gradient-descent, zo-sgd, zo-adam, forward-grad; the optimizer is coordinate-sgd
          """)
  void whatCannotBeMadeIsRefused(String written, String message) {
    String yaml = written.replace(';', '\n');
    assertThatThrownBy(() -> Recipe.parse(yaml, "recipe.yaml").config())
        .isInstanceOf(RecipeException.class)
        .hasMessage("recipe.yaml:" + message);
  }
}
