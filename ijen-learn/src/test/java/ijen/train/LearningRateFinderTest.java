package ijen.train;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.RealSamples;
import ijen.data.TrainTest;
import ijen.graph.Batch;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.loss.Losses;
import ijen.model.Model;
import ijen.nn.Dense;
import ijen.nn.Initializers;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.optim.GradientDescent;
import ijen.optim.Lbfgs;
import ijen.optim.Optimizer;
import ijen.optim.OptimizerState;
import ijen.optim.Sgd;
import ijen.train.RateCurve.Ending;
import ijen.train.RateCurve.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningRateFinderTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(300).withTestSize(100));
  private static final Network NET =
      Network.of(Shape.of(784), dense(24), batchNorm(), relu(), dropout(0.2), dense(10));
  private static final int STEPS = 10; // an epoch: 300 samples by 32

  @TempDir Path folder;

  private static Training training(Optimizer optimizer) {
    return Training.of(NET, Losses.crossEntropy(), optimizer).batch(32).epochs(3).threads(1);
  }

  /// The largest rate at which gradient descent on linear regression is stable is 2/λ, where λ is
  /// the largest eigenvalue of the Hessian, (2/n) Σ (x, 1)ᵀ(x, 1).
  @Test
  void gradientDescentBreaksOutAboveItsStabilityLimit() {
    Dataset samples = regression();
    double limit = 2 / largestEigenvalue(samples);
    RateCurve curve =
        LearningRateFinder.of(
                Training.of(
                        Network.of(samples.features(), dense(1)),
                        Losses.meanSquaredError(),
                        GradientDescent.of(0.1))
                    .fullBatch()
                    .threads(1))
            .between(limit / 100, limit * 100)
            .steps(1000)
            .run(samples);
    assertThat(curve.ending()).isEqualTo(Ending.ROSE);
    assertThat(curve.divergence().orElseThrow()).isBetween(limit, 2 * limit);
    assertThat(curve.lowest().orElseThrow()).isLessThan(2 * limit);
    assertThat(curve.suggestion().orElseThrow()).isBetween(limit / 20, limit);
    assertThat(curve.steepest().orElseThrow()).isBetween(limit / 20, limit);
    double before = curve.before();
    for (Point point : curve.points()) {
      if (point.rate() < limit) {
        assertThat(point.loss()).as("at %s", point.rate()).isLessThanOrEqualTo(before * 1.000_001);
        before = point.loss();
      }
    }
  }

  private static Dataset regression() {
    Random random = new Random(5);
    int size = 64;
    float[] features = new float[5 * size];
    float[] targets = new float[size];
    for (int i = 0; i < size; i++) {
      double sum = 0.3 * random.nextGaussian(); // what no line explains
      for (int j = 0; j < 5; j++) {
        double x = (j + 1) * random.nextGaussian();
        features[5 * i + j] = (float) x;
        sum += (j - 2) * x;
      }
      targets[i] = (float) sum;
    }
    return RealSamples.regression("line", Shape.of(5), features, Shape.of(1), targets);
  }

  /// That of (2/n) Σ (x, 1)ᵀ(x, 1), by the power method.
  private static double largestEigenvalue(Dataset samples) {
    double[] v = {1, 1, 1, 1, 1, 1};
    double length = 0;
    for (int round = 0; round < 500; round++) {
      double[] next = new double[6];
      for (int i = 0; i < samples.size(); i++) {
        float[] x = Arrays.copyOf(samples.sample(i), 6);
        x[5] = 1;
        double dot = 0;
        for (int j = 0; j < 6; j++) {
          dot += x[j] * v[j];
        }
        for (int j = 0; j < 6; j++) {
          next[j] += 2.0 / samples.size() * dot * x[j];
        }
      }
      length = Math.sqrt(Arrays.stream(next).map(a -> a * a).sum());
      for (int j = 0; j < 6; j++) {
        v[j] = next[j] / length;
      }
    }
    return length;
  }

  /// Trained with the rate that is suggested, the loss is less than 1.4 times the least that a grid
  /// of rates reaches, and no more than 4 of 100 digits fewer are recognised.
  @Test
  void theSuggestedRateIsNearTheBestOfAGrid() {
    TrainTest data =
        Datasets.open("digits", Options.defaults().withTrainSize(1000).withTestSize(500));
    Network net = Network.of(Shape.of(784), dense(32), relu(), dense(10));
    Map<String, DoubleFunction<Optimizer>> rules = new LinkedHashMap<>();
    rules.put("sgd", Sgd::of);
    rules.put("momentum", rate -> Sgd.of(rate).withMomentum(0.9));
    rules.put("adam", Adam::of);
    rules.forEach((name, rule) -> {
      DoubleFunction<Training> with =
          rate ->
              Training.of(net, Losses.crossEntropy(), rule.apply(rate))
                  .batch(32)
                  .epochs(5)
                  .threads(1);
      double suggested =
          LearningRateFinder.of(with.apply(0.01)).run(data.train()).suggestion().orElseThrow();
      List<Double> losses = new ArrayList<>();
      List<Double> shares = new ArrayList<>();
      for (double rate : new double[] {1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1}) {
        TrainResult result = with.apply(rate).fit(data.train(), data.test());
        losses.add(result.score().loss());
        shares.add(result.score().accuracy());
      }
      TrainResult result = with.apply(suggested).fit(data.train(), data.test());
      String what = name + " at " + suggested + ": " + losses + " " + shares + " " + result.score();
      double best = losses.stream().filter(Double::isFinite).min(Double::compare).orElseThrow();
      assertThat(result.score().loss()).as(what).isLessThan(1.4 * best);
      assertThat(result.score().accuracy()).as(what).isGreaterThan(Collections.max(shares) - 0.04);
    });
  }

  /// Losses that are given, at rates of 1, 2, 4, …, without smoothing.
  private static RateCurve curve(Ending ending, double... losses) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      points.add(new Point(1L << i, losses[i], losses[i]));
    }
    return new RateCurve(losses[0], points, ending, 0);
  }

  @Test
  void theRulesOfSuggestions() {
    // Flat at 5, down to 1 in steps of a half, flat, and up: three quarters are behind it below 2.
    double[] losses = new double[30];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = i < 10 ? 5 : i < 18 ? 5 - (i - 9) / 2.0 : i < 28 ? 1 - (i - 17) * 1e-4 : 9;
    }
    RateCurve slow = curve(Ending.ROSE, losses);
    assertThat(slow.lowest()).hasValue(1L << 27);
    assertThat(slow.tenthOfLowest()).hasValue((1L << 27) / 10.0);
    assertThat(slow.suggestion()).hasValue(1L << 16); // 1.5, the first below 5 − ¾·4.001
    assertThat(slow.fall()).isCloseTo(4.001 / 5, within(1e-12));
    assertThat(slow.divergence()).hasValue(1L << 29);
    assertThat(slow.words())
        .isEqualTo("at a rate of 5.37e+08 the smoothed loss was more than 4 times its least");

    // A plateau, and one steep fall before it breaks out: well below the rate of the lowest.
    double[] plateau = losses.clone();
    Arrays.fill(plateau, 0, 28, 5);
    plateau[27] = 4;
    RateCurve late = curve(Ending.ROSE, plateau);
    assertThat(late.lowest()).hasValue(1L << 27);
    assertThat(late.suggestion()).hasValue((1L << 27) / 5.0);
    assertThat(late.steepest().orElseThrow()).isBetween((double) (1L << 26), (double) (1L << 27));
    assertThat(late.fall()).isCloseTo(0.2, within(1e-12));
    assertThat(curve(Ending.COMPLETE, 5, 5, 5, 5).fall()).isZero();
  }

  @Test
  void theModelIsLeftAsItWas() throws Exception {
    Model model = training(Sgd.of(0.1)).fit(DIGITS.train(), DIGITS.test()).model();
    assertThat(model.theta().statistics().length()).isPositive();
    Path before = folder.resolve("before.safetensors");
    model.save(before);
    RateCurve curve =
        LearningRateFinder.of(training(Adam.of(1e-3))).at(model.theta()).run(DIGITS.train());
    Path after = folder.resolve("after.safetensors");
    model.save(after);
    assertThat(Files.readAllBytes(after)).isEqualTo(Files.readAllBytes(before));
    // It did begin there, and not at first values.
    assertThat(curve.before()).isLessThan(0.5 * untrained(Adam.of(1e-3)).before());
    assertThat(curve.divergence()).isPresent();
  }

  private static RateCurve untrained(Optimizer optimizer) {
    return LearningRateFinder.of(training(optimizer)).run(DIGITS.train());
  }

  @Test
  void aTrainingAfterItIsTheOneWithout() throws Exception {
    for (Optimizer optimizer : List.of(Sgd.of(0.1).withMomentum(0.9), Adam.of(1e-3))) {
      Training training = training(optimizer);
      TrainResult without = training.fit(DIGITS.train(), DIGITS.test());
      List<Long> heard = new ArrayList<>();
      CheckpointPolicy policy = CheckpointPolicy.in(folder.resolve(optimizer.name()));
      Training watched =
          training
              .checkpoints(policy)
              .on(
                  new TrainListener() {
                    @Override
                    public void stepped(Progress progress) {
                      heard.add(progress.step());
                    }
                  });
      LearningRateFinder.of(watched).run(DIGITS.train());
      assertThat(heard).isEmpty();
      assertThat(Files.exists(policy.last())).isFalse();
      TrainResult with = watched.fit(DIGITS.train(), DIGITS.test());
      assertThat(heard).hasSize(3 * STEPS);
      assertThat(with.model().theta().sha256()).isEqualTo(without.model().theta().sha256());
      assertThat(with.model().theta().statistics().toFloats())
          .isEqualTo(without.model().theta().statistics().toFloats());
      assertThat(with.score()).isEqualTo(without.score());
    }
  }

  /// At a rate that hardly rises, the losses are those of a training: the same batches in the same
  /// order over several epochs, the same dropout; each one step after the rate that led to it.
  @Test
  void itsStepsAreThoseOfATraining() {
    for (Reduction reduction : Reduction.values()) {
      Training plain = training(Sgd.of(0.003).withMomentum(0.5));
      plain = plain.with(plain.settings().withReduction(reduction));
      List<Double> losses = new ArrayList<>();
      Training heard =
          plain.on(
              new TrainListener() {
                @Override
                public void stepped(Progress progress) {
                  losses.add(progress.lastLoss());
                }
              });
      heard.fit(DIGITS.train(), DIGITS.test());
      RateCurve curve =
          LearningRateFinder.of(plain)
              .between(0.003, Math.nextUp(0.003))
              .steps(3 * STEPS - 1)
              .run(DIGITS.train());
      assertThat(curve.before()).isEqualTo(losses.getFirst());
      assertThat(curve.points().stream().map(Point::loss))
          .isEqualTo(losses.subList(1, losses.size()));
    }
  }

  @Test
  void ratesRiseByEqualFactorsAndLossesAreSmoothed() {
    RateCurve curve =
        LearningRateFinder.of(training(Sgd.of(7)))
            .between(1e-5, 1e-1)
            .steps(41)
            .run(DIGITS.train());
    assertThat(curve.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(curve.divergence()).isEmpty();
    assertThat(curve.points()).hasSize(41);
    assertThat(curve.points().getFirst().rate()).isEqualTo(1e-5);
    assertThat(curve.points().getLast().rate()).isEqualTo(1e-1);
    assertThat(curve.beta()).isCloseTo(0.8, within(1e-12)); // half a decade is five steps
    for (int i = 0; i < 41; i++) {
      double sum = 0;
      double weights = 0;
      for (int back = 0; back <= i; back++) {
        double weight = Math.pow(0.8, back);
        sum += weight * curve.points().get(i - back).loss();
        weights += weight;
      }
      Point point = curve.points().get(i);
      assertThat(point.rate()).isCloseTo(1e-5 * Math.pow(10, i / 10.0), within(1e-9));
      assertThat(point.smoothed()).isCloseTo(sum / weights, within(1e-9));
    }
    assertThat(curve.fellToTheEnd()).isTrue();
    assertThat(curve.lowest()).hasValue(0.1);
    assertThat(curve.tenthOfLowest()).hasValue(0.1 / 10);
    double begun = curve.points().get(4).smoothed(); // the first that looks five steps back
    assertThat(curve.fall())
        .isCloseTo(1 - curve.points().getLast().smoothed() / begun, within(1e-12));
  }

  @Test
  void theCurveDoesNotDependOnThreads() {
    for (Optimizer optimizer : List.of(Sgd.of(0.1).withMomentum(0.9), Adam.of(1e-3))) {
      RateCurve one = untrained(optimizer);
      for (int threads = 2; threads <= 3; threads++) {
        assertThat(LearningRateFinder.of(training(optimizer).threads(threads)).run(DIGITS.train()))
            .isEqualTo(one);
      }
    }
  }

  /// Leaves θ where it is.
  private record Idle(double learningRate) implements Optimizer {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public OptimizerState state(Parameters parameters, Kernels kernels) {
      return new OptimizerState(parameters, kernels);
    }

    @Override
    public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
      return objective.value(theta, batch);
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }
  }

  /// Losses of small batches differ much: what looks like a fall must not be taken for one.
  @Test
  void whereNothingIsLearnedNothingIsSuggested() {
    Network plain = Network.of(Shape.of(784), dense(16), relu(), dense(10));
    for (int batch : new int[] {1, 4, 32}) {
      for (int seed = 1; seed <= 20; seed++) {
        RateCurve curve =
            LearningRateFinder.of(
                    Training.of(plain, Losses.crossEntropy(), new Idle(0.1))
                        .batch(batch)
                        .seed(seed)
                        .threads(1))
                .run(DIGITS.train());
        String what = "batch " + batch + ", seed " + seed;
        assertThat(curve.ending()).as(what).isEqualTo(Ending.COMPLETE);
        assertThat(curve.suggestion()).as(what).isEmpty();
        assertThat(curve.steepest()).as(what).isEmpty();
        assertThat(curve.lowest()).as(what).isEmpty();
        assertThat(curve.tenthOfLowest()).as(what).isEmpty();
        assertThat(curve.fellToTheEnd()).as(what).isFalse();
        assertThat(curve.describe()).containsEntry("suggestion", null);
      }
    }
  }

  /// With zeros for weights no gradient passes a ReLU: the loss stays at ln 10 to the last bit.
  @Test
  void aNetworkWhoseLossCannotFallHasNoSuggestion() {
    Dense zero = dense(10).withoutBias().withWeight(Initializers.zeros());
    Network dead = Network.of(Shape.of(784), zero, relu(), zero);
    RateCurve curve =
        LearningRateFinder.of(Training.of(dead, Losses.crossEntropy(), Sgd.of(0.1)).threads(1))
            .run(DIGITS.train());
    assertThat(curve.points().getLast().loss()).isEqualTo(curve.before());
    assertThat(curve.before()).isCloseTo(Math.log(10), within(1e-6));
    assertThat(curve.suggestion()).isEmpty();
    assertThat(curve.words()).isEqualTo("all 200 steps were taken");
  }

  @Test
  void whatIsNoNumberIsSurvived() {
    Training training = training(Sgd.of(0.1));
    // From one step to the next the rate is 10⁵ times as high: nothing rises slowly.
    RateCurve curve =
        LearningRateFinder.of(training).between(1e-20, 1e30).steps(11).run(DIGITS.train());
    assertThat(curve.ending()).isEqualTo(Ending.NOT_FINITE);
    Point last = curve.points().getLast();
    assertThat(last.loss()).isNotFinite();
    assertThat(last.smoothed()).isNaN();
    assertThat(curve.divergence()).hasValue(last.rate());
    assertThat(curve.words()).startsWith("at a rate of ").contains(" the loss became ");
    assertThat(curve.fellToTheEnd()).isFalse();

    Model model = training.fit(DIGITS.train(), DIGITS.test()).model();
    Theta broken = model.theta().copy(Precision.chosen());
    broken.values().set(0, Double.NaN);
    RateCurve none = LearningRateFinder.of(training).at(broken).run(DIGITS.train());
    assertThat(none.ending()).isEqualTo(Ending.NOT_FINITE);
    assertThat(none.points()).isEmpty();
    assertThat(none.suggestion()).isEmpty();
    assertThat(none.divergence()).isEmpty();
    assertThat(none.words()).isEqualTo("the loss is NaN before any step");
  }

  @Test
  void aSuggestionIsMadeBeforeNumbersEnd() {
    RateCurve curve =
        LearningRateFinder.of(training(Sgd.of(0.1))).between(1e-4, 1e30).run(DIGITS.train());
    assertThat(curve.ending()).isNotEqualTo(Ending.COMPLETE);
    assertThat(curve.suggestion().orElseThrow())
        .isLessThanOrEqualTo(curve.lowest().orElseThrow() / 5)
        .isBetween(1e-3, 10.0);
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    Training training = training(Sgd.of(0.1));
    LearningRateFinder finder = LearningRateFinder.of(training);
    for (double[] rates :
        new double[][] {{0, 1}, {1, 1}, {1, 0.1}, {-1, 1}, {1, Double.POSITIVE_INFINITY}}) {
      assertThatThrownBy(() -> finder.between(rates[0], rates[1]))
          .hasMessage(
              "learning-rate finder: expected rates above 0, the lower first, got %s and %s"
                  .formatted(rates[0], rates[1]));
    }
    assertThatThrownBy(() -> finder.between(0.1, Double.NaN)).hasMessageContaining("and NaN");
    assertThatThrownBy(() -> finder.steps(1))
        .hasMessage("learning-rate finder: expected 2 or more steps, got 1");
    assertThatThrownBy(() -> LearningRateFinder.of(training(Lbfgs.of())))
        .hasMessage(
            "learning-rate finder: expected an optimizer whose steps are as long as the rate says,"
                + " got lbfgs, which searches for their length along a line");
    assertThatThrownBy(
            () -> LearningRateFinder.of(training(GradientDescent.of(0.1))).run(DIGITS.train()))
        .hasMessage(
            "gradient-descent: every step needs all samples: expected a batch of 300 or more, got"
                + " 32: ask for the full batch");
    assertThatThrownBy(
            () -> LearningRateFinder.of(Training.of(NET, Losses.halfLogistic(), Sgd.of(0.1))))
        .hasMessageStartingWith("learning-rate finder: expected a loss that rises")
        .hasMessageContaining("got half-logistic, which has no least value");
    Theta other =
        Training.of(Network.of(Shape.of(784), dense(10)), Losses.crossEntropy(), Sgd.of(0.1))
            .epochs(1)
            .threads(1)
            .fit(DIGITS.train(), DIGITS.test())
            .model()
            .theta();
    assertThatThrownBy(() -> finder.at(other).run(DIGITS.train()))
        .hasMessageStartingWith(
            "learning-rate finder: expected θ with the network's parameters, [dense1.weight [24,"
                + " 784],")
        .hasMessageEndingWith("got [dense1.weight [10, 784], dense1.bias [10]]");
    // L-BFGS without a search takes steps of a given length, and all samples.
    assertThat(
            LearningRateFinder.of(training(Lbfgs.of().withoutLineSearch()).fullBatch())
                .between(1e-3, 1)
                .steps(20)
                .run(DIGITS.train())
                .points())
        .isNotEmpty();
  }
}
