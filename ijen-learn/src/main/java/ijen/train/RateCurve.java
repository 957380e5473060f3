package ijen.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What a rising learning rate did to the loss, and which rate that suggests.
///
/// A rate's loss is that of the batch after the step at that rate. The smoothed loss is the mean of
/// all losses up to there, each counting β times as much as the next, divided by the sum of these
/// weights, so that it has no bias towards 0 at first. It looks 1/(1 − β) steps back; only from
/// there on is anything concluded from it.
///
/// What falls or rises by less than four standard deviations of a difference of two smoothed losses
/// is taken for chance: nothing is suggested where the loss never fell by more.
///
/// @param before the loss of the first batch, before any step
/// @param points the rates in the order of the steps, with their losses; none if `before` is no
///   number
/// @param ending why no more steps were taken, after the last point
/// @param beta β of the smoothed loss, from 0 to below 1
public record RateCurve(double before, List<Point> points, Ending ending, double beta) {

  /// How much of its whole fall the smoothed loss has behind it at the suggested rate.
  private static final double FALLEN = 0.75;

  /// How many times as high the rate at the lowest is, at least.
  private static final double MARGIN = 5;

  private static final double DEVIATIONS = 4;

  /// How much of itself a loss may be wrong by, computed in float.
  private static final double ROUNDING = 1e-6;

  public RateCurve {
    points = List.copyOf(points);
  }

  /// A step.
  ///
  /// @param rate its learning rate
  /// @param loss the loss of the batch after it
  /// @param smoothed the smoothed loss there; NaN where `loss` is not finite
  public record Point(double rate, double loss, double smoothed) {}

  /// Why no more steps were taken.
  public enum Ending {
    /// All steps were taken, up to the highest rate.
    COMPLETE,
    /// The smoothed loss was more than four times its least, and not by chance.
    ROSE,
    /// The loss was no longer a finite number.
    NOT_FINITE
  }

  /// The rate at which the training broke out; empty if it never did.
  public OptionalDouble divergence() {
    return ending == Ending.COMPLETE || points.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(points.getLast().rate());
  }

  /// A rate to train with: where the smoothed loss has three quarters of its fall behind it, from
  /// where it begins to its lowest, but no more than a fifth of the rate there. Empty if it never
  /// fell.
  ///
  /// The rate at the lowest itself is about to diverge, and where a fall begins depends on the
  /// lowest rate tried; a level that is crossed on the way does not, and noise does not move it
  /// far. The margin is for networks that begin on a plateau and fall off it, within few steps,
  /// when the rate is nearly too high.
  ///
  /// **Source:** after the range test of Smith 2017, section 3.3, where the largest rate is read
  /// off the curve before the loss gets ragged; and two rules of fastai: `valley`, which takes a
  /// rate within the longest fall, counted in steps where this counts in loss, and `minimum`, the
  /// tenth of the lowest's rate.
  public OptionalDouble suggestion() {
    int lowest = lowestIndex();
    if (lowest < 0) {
      return OptionalDouble.empty();
    }
    int at = lowest;
    double start = points.get(filled()).smoothed();
    double level = start + FALLEN * (points.get(lowest).smoothed() - start);
    while (points.get(at - 1).smoothed() <= level) {
      at--;
    }
    return OptionalDouble.of(Math.min(points.get(at).rate(), points.get(lowest).rate() / MARGIN));
  }

  /// The rate in the middle of those 1/(1 − β) steps over which the smoothed loss fell most; empty
  /// if it never fell.
  ///
  /// **Source:** fastai's `steep`, with a slope over more than a single step.
  public OptionalDouble steepest() {
    int lowest = lowestIndex();
    if (lowest < 0) {
      return OptionalDouble.empty();
    }
    int stretch = Math.min(memory(), lowest - filled());
    int best = filled();
    for (int from = filled(); from + stretch <= lowest; from++) {
      best = fall(from, stretch) > fall(best, stretch) ? from : best;
    }
    return OptionalDouble.of(
        Math.sqrt(points.get(best).rate() * points.get(best + stretch).rate()));
  }

  private double fall(int from, int steps) {
    return points.get(from).smoothed() - points.get(from + steps).smoothed();
  }

  /// The rate at the lowest smoothed loss, on the brink of diverging; empty if the loss never fell.
  public OptionalDouble lowest() {
    int lowest = lowestIndex();
    return lowest < 0 ? OptionalDouble.empty() : OptionalDouble.of(points.get(lowest).rate());
  }

  /// A tenth of [#lowest], a usual rule.
  ///
  /// **Source:** fastai's `minimum`.
  public OptionalDouble tenthOfLowest() {
    OptionalDouble lowest = lowest();
    return lowest.isEmpty() ? lowest : OptionalDouble.of(lowest.getAsDouble() / 10);
  }

  /// How much of itself the smoothed loss lost from where it began to its lowest; 0 if it never
  /// fell. Where this is little, the steps were hardly enough to see what the rates do.
  public double fall() {
    int lowest = lowestIndex();
    return lowest < 0 ? 0 : 1 - points.get(lowest).smoothed() / points.get(filled()).smoothed();
  }

  /// Whether the loss still fell at the highest rate, so that a higher one might be better.
  public boolean fellToTheEnd() {
    return ending == Ending.COMPLETE && lowestIndex() == points.size() - 1;
  }

  /// How it ended, in words.
  public String words() {
    if (points.isEmpty()) {
      return "the loss is " + before + " before any step";
    }
    String at = String.format(Locale.ROOT, "at a rate of %.3g", points.getLast().rate());
    return switch (ending) {
      case COMPLETE -> "all " + points.size() + " steps were taken";
      case ROSE -> at + " the smoothed loss was more than 4 times its least";
      case NOT_FINITE -> at + " the loss became " + points.getLast().loss();
    };
  }

  /// All of it by name, for files and programs.
  public Map<String, @Nullable Object> describe() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("suggestion", orNull(suggestion()));
    all.put("steepest", orNull(steepest()));
    all.put("lowest", orNull(lowest()));
    all.put("tenthOfLowest", orNull(tenthOfLowest()));
    all.put("fall", fall());
    all.put("divergence", orNull(divergence()));
    all.put("ending", words());
    all.put("before", before);
    all.put("beta", beta);
    List<List<Double>> curve = new ArrayList<>();
    points.forEach(point -> curve.add(List.of(point.rate(), point.loss(), point.smoothed())));
    all.put("curve", curve);
    return all;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isEmpty() ? null : value.getAsDouble();
  }

  /// The point with the lowest smoothed loss, if it fell there; −1 if it never did.
  private int lowestIndex() {
    int lowest = filled();
    for (int i = filled(); i < points.size(); i++) {
      lowest = points.get(i).smoothed() < points.get(lowest).smoothed() ? i : lowest;
    }
    boolean fell =
        lowest > filled() && fall(filled(), lowest - filled()) > chance(points, lowest, beta);
    return fell ? lowest : -1;
  }

  /// The first point whose smoothed loss looks as far back as it ever does.
  private int filled() {
    return memory() - 1;
  }

  private int memory() {
    return memory(beta);
  }

  /// How many steps a smoothed loss looks back: 1/(1 − β).
  static int memory(double beta) {
    return (int) Math.ceil(1 / (1 - beta) - 1e-9);
  }

  /// What two smoothed losses up to point `to` may differ by chance, or by rounding. The variance
  /// of a batch's loss is half the mean square of successive differences, in which the course has
  /// little part; that of a smoothed one is (1 − β)/(1 + β) times as much.
  ///
  /// **Source:** von Neumann, "Distribution of the ratio of the mean square successive difference
  /// to the variance", 1941.
  static double chance(List<Point> points, int to, double beta) {
    double squares = 0;
    for (int i = 1; i <= to; i++) {
      double difference = points.get(i).loss() - points.get(i - 1).loss();
      squares += difference * difference;
    }
    double variance = squares / (2 * Math.max(1, to)) * (1 - beta) / (1 + beta);
    double rounding = ROUNDING * Math.abs(points.getFirst().loss());
    return DEVIATIONS * Math.sqrt(2 * variance) + rounding;
  }
}
