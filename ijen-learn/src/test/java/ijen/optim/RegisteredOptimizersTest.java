package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.FirstOrderFixturesTest.Problem;
import ijen.testing.Allocation;
import ijen.train.Checkpoint;
import ijen.train.CheckpointPolicy;
import ijen.train.TrainResult;
import ijen.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds of every optimiser that has a name: a new one is among them without being asked.
class RegisteredOptimizersTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(120).withTestSize(20));
  private static final Network NET =
      Network.of(Shape.of(784), Layers.dense(6), Layers.tanh(), Layers.dense(10));

  @TempDir Path folder;

  /// Every optimiser as usual, and those whose state depends on their settings.
  static List<String> texts() {
    List<String> texts = new ArrayList<>(Optimizers.names());
    texts.addAll(
        List.of(
            "sgd:momentum=0.9,nesterov=true,weight-decay=0.01",
            "sgd:momentum=0.9,clip-norm=0.5,clip-value=0.1",
            "adam:clip-norm=0.1",
            "adam:weight-decay=0.01,decay-biases=true,clip-norm=0.1",
            "rmsprop:momentum=0.9,centred=true",
            "adagrad:rate-decay=0.1,initial-sum=0.2",
            "lbfgs:history=2,iterations=2",
            "lbfgs:history=2,line-search=false,learning-rate=0.5"));
    return texts;
  }

  private static Training training(Optimizer optimizer) {
    Training training =
        Training.of(NET, Losses.crossEntropy(), optimizer).batch(30).epochs(3).threads(1);
    return optimizer.needsAllSamples() ? training.fullBatch().epochs(9) : training;
  }

  private static String sha(TrainResult result) {
    return result.model().theta().sha256();
  }

  private static TrainResult fit(Training training) {
    return training.fit(DIGITS.train(), DIGITS.test());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTrainingStoppedAtAnyStepGoesOnAsIfItHadNotBeen(String text) throws Exception {
    Training whole = training(Optimizers.parse(text)).schedule(Schedule.parse("warmup:3:linear"));
    String expected = sha(fit(whole));
    CheckpointPolicy policy = CheckpointPolicy.in(folder);
    for (int stop : new int[] {1, 4, 6}) {
      AtomicLong left = new AtomicLong(stop);
      TrainResult part = fit(whole.checkpoints(policy).stopWhen(() -> left.decrementAndGet() == 0));
      assertThat(part.progress().step()).isEqualTo(stop);
      TrainResult rest = fit(whole.checkpoints(policy).resume(Checkpoint.read(policy.last())));
      assertThat(sha(rest)).as("%s stopped at step %d", text, stop).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void threadsDoNotChangeBits(String text) {
    Training training = training(Optimizers.parse(text)).epochs(2);
    String one = sha(fit(training));
    for (int threads = 2; threads <= 3; threads++) {
      assertThat(sha(fit(training.threads(threads)))).as("%d threads", threads).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aRateFactorOfZeroStandsStill(String text) {
    Optimizer subject = Optimizers.parse(text);
    Kernels kernels = Kernels.reference();
    Problem problem = FirstOrderFixturesTest.problem("mlp", kernels);
    Theta theta = problem.theta();
    OptimizerState state = subject.state(problem.objective().parameters(), kernels);
    subject.step(problem.objective(), theta, problem.batch(), state);
    double[] before = theta.values().toDoubles();
    state.rateFactor(0);
    subject.step(problem.objective(), theta, problem.batch(), state);
    // What walks along random directions in place comes back but for roundings.
    boolean walks = subject.settings().containsKey("estimator");
    assertThat(theta.values().toDoubles()).containsExactly(before, within(walks ? 1e-14 : 0));
    assertThat(state.steps()).isEqualTo(2);
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @MethodSource("texts")
  void aStepAllocatesNothing(String text) {
    Optimizer subject = Optimizers.parse(text);
    try (Workers workers = Workers.of(1)) {
      Problem problem = FirstOrderFixturesTest.problem("mlp", Kernels.vector(workers));
      Theta theta = problem.theta();
      Theta start = theta.copy(Precision.FLOAT);
      OptimizerState state =
          subject.state(problem.objective().parameters(), Kernels.vector(workers));
      Allocation.assertNone(
          "100 steps of " + text,
          100,
          () -> {
            if (state.steps() % 20 == 0) {
              theta.copyFrom(start); // so that there is something left to do
            }
            subject.step(problem.objective(), theta, problem.batch(), state);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsLeadBack(String text) {
    Optimizer optimizer = Optimizers.parse(text);
    String written = Optimizers.text(optimizer, List.of());
    assertThat(Optimizers.parse(written).settings()).isEqualTo(optimizer.settings());
    assertThat(Optimizers.parse(written).name()).isEqualTo(optimizer.name());
  }

  @Test
  void everyOptimizerOfThisPackageHasAName() throws Exception {
    Path classes =
        Path.of(Optimizer.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("ijen/optim");
    List<String> missing = new ArrayList<>();
    List<Class<?>> known = new ArrayList<>();
    Optimizers.names().forEach(name -> known.add(Optimizers.of(name).getClass()));
    try (var files = Files.list(classes)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName("ijen.optim." + name);
        boolean rule = Optimizer.class.isAssignableFrom(type) && type.isRecord();
        if (rule && !Wrapper.class.isAssignableFrom(type) && !known.contains(type)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).as("optimisers that Optimizers does not know").isEmpty();
  }

  @Test
  void otherTextsAreExplained() {
    assertThatThrownBy(() -> Optimizers.parse("adma"))
        .hasMessageStartingWith("unknown optimizer 'adma': expected one of sgd, adam, adamw, ");
    assertThatThrownBy(() -> Optimizers.parse("adam:beta3=1"))
        .hasMessage(
            "adam: unknown setting 'beta3': expected one of learning-rate, beta1, beta2, epsilon,"
                + " weight-decay, decay-biases, clip-norm, clip-value");
    assertThatThrownBy(() -> Optimizers.parse("adam:beta1"))
        .hasMessageContaining("expected settings such as 'adam:beta2=0.99,epsilon=1e-6', got");
    assertThatThrownBy(() -> Optimizers.parse("adam:beta1=0.5,beta1=0.6"))
        .hasMessageContaining("'beta1' is there twice");
    assertThatThrownBy(() -> Optimizers.parse("adam:beta1=high"))
        .hasMessage("adam: beta1: expected a number, got 'high'");
    assertThatThrownBy(() -> Optimizers.parse("rmsprop:centred=yes"))
        .hasMessage("rmsprop: centred: expected true or false, got 'yes'");
    assertThatThrownBy(() -> Optimizers.parse("lbfgs:history=2.5"))
        .hasMessage("lbfgs: history: expected a whole number, got '2.5'");
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    for (String text :
        List.of(
            "adamw:weight-decay=-1 | adamw: weight decay: expected 0 or more, got -1.0",
            "amsgrad:beta2=1 | amsgrad: beta2: expected a number in [0, 1), got 1.0",
            "rmsprop:alpha=2 | rmsprop: alpha: expected a number in [0, 1), got 2.0",
            "adagrad:rate-decay=-1 | adagrad: rate decay: expected 0 or more, got -1.0",
            "adagrad:epsilon=0 | adagrad: epsilon: expected a number above 0, got 0.0",
            "gradient-descent:learning-rate=0 | gradient-descent: learning rate: expected a number"
                + " above 0, got 0.0",
            "look-ahead-adam:beta1=1 | look-ahead-adam: beta1: expected a number in [0, 1), got"
                + " 1.0",
            "lbfgs:history=0 | lbfgs: history: expected a whole number from 1 to 100, got 0",
            "lbfgs:iterations=0 | lbfgs: iterations: expected a whole number from 1 to 2147483647,"
                + " got 0",
            "sgd:decay-biases=true | decay of biases: sgd: expected a weight decay above 0 for them"
                + " to share, got 0.0",
            "sgd:clip-norm=0 | clipping by norm: limit: expected a number above 0, got 0.0",
            "lbfgs:clip-norm=1 | clipping by norm: lbfgs chooses its steps by a line search, which"
                + " needs the true gradient: use it without clipping")) {
      String[] parts = text.split(" \\| ", -1);
      assertThatThrownBy(() -> Optimizers.parse(parts[0])).hasMessage(parts[1]);
    }
  }

  @Test
  void aBatchOfSomeSamplesIsRefusedWhereAllAreNeeded() {
    for (Optimizer optimizer : List.of(GradientDescent.of(0.1), Lbfgs.of())) {
      assertThatThrownBy(() -> fit(Training.of(NET, Losses.crossEntropy(), optimizer).batch(64)))
          .hasMessage(
              optimizer.name()
                  + ": every step needs all samples: expected a batch of 120 or more, got 64: ask"
                  + " for the full batch");
    }
  }
}
