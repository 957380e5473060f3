package ijen.train;

import ijen.data.Batches;
import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.GraphObjective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.optim.Optimizer;
import ijen.optim.OptimizerState;
import ijen.train.RateCurve.Ending;
import ijen.train.RateCurve.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a learning rate to begin with: takes some steps of a [Training] while the rate rises
/// exponentially, and looks where the loss falls and where it breaks out.
///
/// ```java
/// RateCurve curve = LearningRateFinder.of(training).run(data.train());
/// double rate = curve.suggestion().orElse(0.1);
/// ```
///
/// Nothing of the training changes: steps are taken on a copy of θ and its running statistics, by
/// an optimiser's state of their own; listeners hear nothing, and no file is written. Batches,
/// their order and dropout are those of the training's own first steps. Its schedule has no part:
/// what is found is the rate that a schedule's factors multiply, the highest one of `one-cycle`.
///
/// The smoothed loss looks half a decade of rates back, however many steps that are: far enough for
/// noise to even out, and not so far that it lags behind the rate. With the usual settings that is
/// β = 0.93. The end comes early where it is more than four times its least, and not by chance.
///
/// Immutable: each method gives a changed copy. The result does not depend on the number of
/// threads.
///
/// **Source:** Smith, "Cyclical learning rates for training neural networks", WACV 2017, section
/// 3.3, with an exponential rise and a smoothed loss as in fastai and PyTorch Lightning, whose β is
/// 0.98 for 100 steps.
public final class LearningRateFinder {
  private static final double STEPS_BACK = 0.5; // decades
  private static final double TOO_MUCH = 4; // times the least smoothed loss

  private final Training training;
  private final double low;
  private final double high;
  private final int steps;
  private final @Nullable Theta at;

  private LearningRateFinder(
      Training training, double low, double high, int steps, @Nullable Theta at) {
    this.training = training;
    this.low = low;
    this.high = high;
    this.steps = steps;
    this.at = at;
  }

  /// From 10⁻⁶ to 10 in 200 steps, from the training's first values.
  ///
  /// @throws IllegalArgumentException if its optimiser searches for the length of its steps, or its
  ///   loss can fall without end
  public static LearningRateFinder of(Training training) {
    Optimizer optimizer = training.optimizer();
    if (optimizer.searchesALine()) {
      throw new IllegalArgumentException(
          "learning-rate finder: expected an optimizer whose steps are as long as the rate says,"
              + " got "
              + optimizer.name()
              + ", which searches for their length along a line");
    }
    if (training.loss().leastValue() == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "learning-rate finder: expected a loss that rises where a rate is too high, got "
              + training.loss().name()
              + ", which has no least value and falls the faster the higher the rate");
    }
    return new LearningRateFinder(training, 1e-6, 10, 200, null);
  }

  /// The same from the rate `low` to the rate `high`.
  ///
  /// @throws IllegalArgumentException unless 0 < low < high
  public LearningRateFinder between(double low, double high) {
    if (!(low > 0 && low < high && Double.isFinite(high / low))) {
      throw new IllegalArgumentException(
          "learning-rate finder: expected rates above 0, the lower first, got "
              + low
              + " and "
              + high);
    }
    return new LearningRateFinder(training, low, high, steps, at);
  }

  /// The same in so many steps; after those of an epoch come those of the next.
  ///
  /// @throws IllegalArgumentException if there are fewer than 2
  public LearningRateFinder steps(int steps) {
    if (steps < 2) {
      throw new IllegalArgumentException(
          "learning-rate finder: expected 2 or more steps, got " + steps);
    }
    return new LearningRateFinder(training, low, high, steps, at);
  }

  /// The same from `theta` on in place of the first values: for a network that has learned already.
  public LearningRateFinder at(Theta theta) {
    return new LearningRateFinder(training, low, high, steps, theta);
  }

  /// Does it, on batches of `train`.
  ///
  /// @throws IllegalArgumentException if data, network, optimiser and θ do not go together
  public RateCurve run(Dataset train) {
    training.requireAllSamples(train);
    try (Workers workers = Workers.of(training.settings().threads())) {
      return run(train, workers);
    }
  }

  private RateCurve run(Dataset train, Workers workers) {
    TrainSettings settings = training.settings();
    Optimizer optimizer = training.optimizer();
    Kernels kernels = Kernels.of(Precision.chosen(), workers);
    Pace pace = new Pace(workers, System::nanoTime);
    Prepared prepared = Prepared.of(training, train, kernels);
    GraphObjective objective = prepared.objective();
    Theta theta = begin(objective.parameters(), settings.seed());
    OptimizerState state = optimizer.state(objective.parameters(), kernels);
    Batches batches = prepared.batches();
    Batch batch = objective.newBatch();
    Rising rising = new Rising();
    int epoch = batches.stepsPerEpoch();
    for (int step = 0; step <= steps; step++) {
      pace.begin();
      batches.load(step / epoch, step % epoch, step, batch);
      double loss;
      if (step < steps) {
        state.rateFactor(rate(step) / optimizer.learningRate());
        loss = optimizer.step(objective, theta, batch, state);
        objective.settle(theta);
      } else {
        loss = objective.value(theta, batch); // what the last step came to
      }
      pace.end();
      if (step == 0) {
        rising.begin(settings.meanLoss(loss, batch.rows()));
      } else { // a step's loss is that before it: what the step before came to
        rising.add(rate(step - 1), settings.meanLoss(loss, batch.rows()));
      }
      if (rising.ended()) {
        break;
      }
    }
    return rising.curve();
  }

  private Theta begin(Parameters parameters, long seed) {
    Theta theta = parameters.initialize(Precision.chosen(), seed);
    if (at != null) {
      List<String> expected = words(parameters);
      List<String> got = words(at.parameters());
      if (!got.equals(expected)) {
        throw new IllegalArgumentException(
            "learning-rate finder: expected θ with the network's parameters, "
                + expected
                + ", got "
                + got);
      }
      theta.copyFrom(at);
    }
    return theta;
  }

  private static List<String> words(Parameters parameters) {
    return parameters.list().stream().map(p -> p.name() + " " + p.shape()).toList();
  }

  /// The rate of a step, from 0.
  private double rate(int step) {
    return step == steps - 1 ? high : low * StrictMath.pow(high / low, step / (steps - 1.0));
  }

  /// The curve in the making.
  private final class Rising {
    private final double beta =
        Math.max(0, 1 - StrictMath.log10(high / low) / (STEPS_BACK * (steps - 1)));
    private final List<Point> points = new ArrayList<>();
    private double before;
    private double sum;
    private double weight;
    private double least = Double.POSITIVE_INFINITY;
    private Ending ending = Ending.COMPLETE;

    void begin(double loss) {
      before = loss;
      ending = Double.isFinite(loss) ? Ending.COMPLETE : Ending.NOT_FINITE;
    }

    void add(double rate, double loss) {
      sum = beta * sum + loss;
      weight = beta * weight + 1;
      boolean finite = Double.isFinite(loss);
      double smoothed = finite ? sum / weight : Double.NaN;
      points.add(new Point(rate, loss, smoothed));
      if (!finite) {
        ending = Ending.NOT_FINITE;
      } else if (points.size() >= RateCurve.memory(beta)) {
        least = Math.min(least, smoothed);
        ending = rose(smoothed) ? Ending.ROSE : Ending.COMPLETE;
      }
    }

    boolean ended() {
      return ending != Ending.COMPLETE;
    }

    private boolean rose(double smoothed) {
      double floor = training.loss().leastValue();
      return smoothed - floor > TOO_MUCH * (least - floor)
          && smoothed - least > RateCurve.chance(points, points.size() - 1, beta);
    }

    RateCurve curve() {
      return new RateCurve(before, points, ending, beta);
    }
  }
}
