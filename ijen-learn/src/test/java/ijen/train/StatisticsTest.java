package ijen.train;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.Split;
import ijen.data.TrainTest;
import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.loss.Losses;
import ijen.model.Model;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.optim.Optimizer;
import ijen.optim.OptimizerState;
import ijen.optim.Sgd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks with running statistics, from the first step to the file.
class StatisticsTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(300).withTestSize(100));
  private static final Network NET =
      Network.of(
          Shape.of(784),
          dense(24),
          batchNorm(),
          relu(),
          dropout(0.2),
          residual(dense(24), batchNorm(), relu()),
          dense(10));

  @TempDir Path folder;

  private static Training training(Optimizer optimizer) {
    return Training.of(NET, Losses.crossEntropy(), optimizer).batch(32).epochs(3).threads(1);
  }

  private static String sha(TrainResult result) {
    return result.model().theta().sha256();
  }

  @Test
  void aTrainingStoppedAtAnyStepGoesOnAsIfItHadNotBeen() throws Exception {
    for (Optimizer optimizer : List.of(Sgd.of(0.1), Adam.of(1e-3))) {
      Training whole = training(optimizer);
      TrainResult expected = whole.fit(DIGITS.train(), DIGITS.test());
      CheckpointPolicy policy = CheckpointPolicy.in(folder.resolve(optimizer.name()));
      for (int stop : new int[] {1, 7, 10, 23}) { // 10 steps an epoch
        AtomicLong left = new AtomicLong(stop);
        TrainResult part =
            whole
                .checkpoints(policy)
                .stopWhen(() -> left.decrementAndGet() == 0)
                .fit(DIGITS.train(), DIGITS.test());
        assertThat(part.progress().step()).isEqualTo(stop);
        TrainResult rest =
            whole.resume(Checkpoint.read(policy.last())).fit(DIGITS.train(), DIGITS.test());
        assertThat(sha(rest)).as("%s stopped at step %d", optimizer, stop).isEqualTo(sha(expected));
        assertThat(rest.score()).isEqualTo(expected.score());
      }
    }
  }

  /// Without the statistics of the best epoch its θ would be worth nothing.
  @Test
  void theBestEpochIsKeptWithThem() throws Exception {
    Split split = Split.stratified(DIGITS.train(), 0.7, 1);
    Training whole =
        training(Sgd.of(0.5))
            .with(
                training(Sgd.of(0.5))
                    .settings()
                    .withEpochs(30)
                    .withEarlyStopping(new EarlyStopping(3, 0)))
            .validate(split.heldOut());
    TrainResult expected = whole.fit(split.train(), DIGITS.test());
    assertThat(expected.progress().epoch()).isGreaterThan(expected.progress().bestEpoch());
    double best = expected.progress().bestLoss();
    assertThat(expected.model().evaluate(split.heldOut(), 1).score().loss()).isEqualTo(best);
    CheckpointPolicy policy = CheckpointPolicy.in(folder);
    AtomicLong left = new AtomicLong(7L * expected.progress().bestEpoch() + 3); // after the best
    whole
        .checkpoints(policy)
        .stopWhen(() -> left.decrementAndGet() == 0)
        .fit(split.train(), DIGITS.test());
    TrainResult rest =
        whole.resume(Checkpoint.read(policy.last())).fit(split.train(), DIGITS.test());
    assertThat(sha(rest)).isEqualTo(sha(expected));
  }

  @Test
  void aSavedModelHasThem() throws Exception {
    Model model = training(Sgd.of(0.1)).fit(DIGITS.train(), DIGITS.test()).model();
    Theta theta = model.theta();
    assertThat(theta.statistics().length()).isEqualTo(4 * 24);
    Theta untrained = new Theta(theta.parameters(), theta.values().precision());
    assertThat(theta.statistics().toDoubles()).isNotEqualTo(untrained.statistics().toDoubles());
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.network()).isEqualTo(NET);
    assertThat(loaded.theta().sha256()).isEqualTo(theta.sha256());
    assertThat(loaded.theta().statistics().toFloats()).isEqualTo(theta.statistics().toFloats());
    assertThat(loaded.evaluate(DIGITS.test(), 1).score())
        .isEqualTo(model.evaluate(DIGITS.test(), 1).score());
    // The last tensor in the file is a statistic or not: a flipped bit anywhere is noticed.
    byte[] bytes = Files.readAllBytes(file);
    for (int from : new int[] {1, 500}) {
      byte[] damaged = bytes.clone();
      damaged[bytes.length - from] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> Model.load(file)).hasMessageContaining("it was damaged");
    }
  }

  @Test
  void theResultDoesNotDependOnThreads() {
    String one = sha(training(Sgd.of(0.1)).fit(DIGITS.train(), DIGITS.test()));
    assertThat(sha(training(Sgd.of(0.1)).threads(3).fit(DIGITS.train(), DIGITS.test())))
        .isEqualTo(one);
  }

  /// A step that asks for values only, at other points, and never for a gradient.
  @Test
  void aStepWithoutGradientsMovesThemToo() {
    record Wanderer() implements Optimizer {
      @Override
      public String name() {
        return "wanderer";
      }

      @Override
      public double learningRate() {
        return 1e-4;
      }

      @Override
      public OptimizerState state(Parameters parameters, Kernels kernels) {
        return new OptimizerState(parameters, kernels);
      }

      @Override
      public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
        double loss = objective.value(theta, batch);
        state.gradient().values().fill((double) state.count());
        state.kernels().addScaled(state.gradient().values(), 1e-4, theta.values(), theta.size());
        objective.value(theta, batch);
        return loss;
      }

      @Override
      public Map<String, Object> settings() {
        return Map.of();
      }
    }
    Model model = training(new Wanderer()).epochs(1).fit(DIGITS.train(), DIGITS.test()).model();
    double[] variance =
        model
            .theta()
            .slice(model.theta().parameters().statistics().get("batchnorm1.variance"))
            .toDoubles();
    // 10 steps leave 0.9¹⁰ of the first value
    assertThat(variance).doesNotContain(1);
    assertThat(model.theta().statistics().toDoubles()).doesNotContain(Double.NaN);
  }

  @Test
  void learnsTheDigits() {
    TrainTest data =
        Datasets.open("digits", Options.defaults().withTrainSize(1000).withTestSize(300));
    TrainResult result =
        Training.of(
                Network.of(Shape.of(784), dense(48), batchNorm(), relu(), dense(10)),
                Losses.crossEntropy(),
                Sgd.of(0.1))
            .batch(33) // 30 full batches, and one of ten samples
            .epochs(6)
            .threads(1)
            .fit(data.train(), data.test());
    assertThat(result.score().accuracy()).isGreaterThan(0.85);
  }
}
