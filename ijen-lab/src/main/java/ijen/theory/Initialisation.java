package ijen.theory;

import static ijen.theory.Measurement.apart;
import static ijen.theory.Measurement.within;

import ijen.graph.Initializer;
import ijen.nn.Initializers;
import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.Figure;
import ijen.plot.LineChart;
import ijen.plot.Point;
import ijen.plot.Series;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// Statement (e): what an initialiser does to the variance of z through fifty layers of ReLU.
final class Initialisation {
  private static final int DEPTH = SecondMoments.DEPTH;
  static final int WIDTH = SecondMoments.WIDTH;
  private static final int SEEDS = SecondMoments.SEEDS;
  private static final int PRODUCTS = 200_000;

  /// Student's t with 7 degrees of freedom: 95 % lie within.
  private static final double T = 2.365;

  /// So many standard errors are allowed: chance alone goes beyond once in two million times.
  private static final double ERRORS = 5;

  private Initialisation() {}

  /// An initialiser under study.
  ///
  /// @param name what it is called
  /// @param initializer what fills the weights
  /// @param variance of w, for layers of `WIDTH` inputs and outputs
  record Start(String name, Initializer initializer, double variance) {
    /// What a layer multiplies the variance by, as predicted.
    double gain() {
      return WIDTH * variance / 2;
    }
  }

  static List<Start> starts() {
    return List.of(
        new Start("He", Initializers.he(), 2.0 / WIDTH),
        new Start("Xavier", Initializers.xavier(), 1.0 / WIDTH),
        new Start("0.01·N(0, 1)", Initializers.normal(0.01), 1e-4));
  }

  static Statement measure(Samples samples, long seed) {
    return measure(samples, seed, starts());
  }

  static Statement measure(Samples samples, long seed, List<Start> starts) {
    List<Measurement> measurements = new ArrayList<>();
    products(samples, seed, measurements);
    List<SecondMoments> all = new ArrayList<>();
    for (Start start : starts) {
      all.add(SecondMoments.measure(samples, seed, start));
    }
    halves(all, measurements);
    for (int i = 0; i < starts.size(); i++) {
      gain(starts.get(i), all.get(i), measurements);
    }
    List<Series> lines = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      depth(starts.get(i), all.get(i), measurements);
      lines.add(line(starts.get(i).name(), all.get(i)));
    }
    return new Statement(
        Topic.INITIALISATION,
        List.of(
            "zₖ = Wₖ·xₖ,  xₖ₊₁ = relu(zₖ),  weights symmetric about 0 and independent, no bias",
            "Var[wₖ xₖ] = Var[wₖ]·E[xₖ²]",
            "Var[zₖ₋₁] = 2·E[xₖ²]",
            "Var[zₖ] = (n·Var[w]/2)·Var[zₖ₋₁],  so Var[w] = 2/n keeps it at every depth"),
        List.of(
            "w and x are independent and E[w] = 0, so E[wx] = 0 and Var[wx] = E[w²x²] ="
                + " Var[w]·E[x²]. It is E[x²] and not Var[x]: what comes out of a ReLU, or out of a"
                + " camera, is not centred. z is a sum of n such products, uncorrelated with each"
                + " other: Var[z] = n·Var[w]·E[x²].",
            "With weights symmetric about 0 and no bias, z is as often above 0 as below, and"
                + " equally far. x = relu(z) keeps the upper half of it: E[x²] = ½E[z²] = ½Var[z].",
            "Put together, each layer multiplies the variance by n·Var[w]/2. He's 2/n makes that 1."
                + " Xavier's 2/(n + n) is right for layers without ReLU and halves the variance"
                + " here; a fixed 0.01·N(0, 1) multiplies it by n·10⁻⁴/2, which with n = "
                + WIDTH
                + " is "
                + Digits.brief(WIDTH * 1e-4 / 2, 3)
                + ". A product of fifty such factors leaves nothing of the image, nor, by the same"
                + " argument backwards, of its gradient.",
            "The gain is exact on average for any width. One network of width n wanders about it by"
                + " about √(5/n) in each layer, as the mean of n numbers x² does, whose variance is"
                + " 5 times their squared mean; the logarithm also drifts down, by half of 5/n a"
                + " layer."),
        ("%d layers of width %d, %d seeds, on %d images of %s. As E[z] = 0, Var[z] is the mean of"
             + " z² over units and images. What is drawn at random is allowed %s standard errors,"
             + " which are measured as well.")
            .formatted(
                DEPTH, WIDTH, SEEDS, SecondMoments.IMAGES, samples.name(), Digits.brief(ERRORS, 2)),
        measurements,
        List.of(
            new Statement.Drawing(
                "e-depth",
                "The variance of z through %d layers, in powers of ten: the geometric mean of %d seeds, with its 95 %% confidence band."
                    .formatted(DEPTH, SEEDS),
                figure(
                    "Variance of z through the layers",
                    Axis.linear("log₁₀ Var[z]"),
                    logarithms(lines))),
            new Statement.Drawing(
                "e-depth-closer",
                "The same without the last line. The band of He's line shows how far networks of"
                    + " this width wander.",
                figure(
                    "He and Xavier, closer",
                    Axis.log("Var[z]"),
                    lines.subList(0, Math.min(2, lines.size()))))));
  }

  private static Figure figure(String title, Axis y, List<Series> lines) {
    return LineChart.of(title, Axis.linear("layer").withWholeNumbers(), y, lines)
        .withSize(760, 360);
  }

  /// A logarithmic axis has a rule for each power of ten; of a hundred of them none can be seen.
  private static List<Series> logarithms(List<Series> lines) {
    List<Series> all = new ArrayList<>();
    for (Series line : lines) {
      List<Point> points =
          line.points().stream()
              .map(p ->
                  new Point(
                      p.x(),
                      StrictMath.log10(p.y()),
                      StrictMath.log10(p.low()),
                      StrictMath.log10(p.high())))
              .toList();
      all.add(new Series(line.name(), points));
    }
    return all;
  }

  // ------------------------------------------------------------------ the steps

  /// The variance of a product is that of w times the mean square of x, not times its variance.
  private static void products(Samples samples, long seed, List<Measurement> into) {
    int n = samples.features();
    double variance = 2.0 / n;
    RandomStream pick = RandomStream.of(seed, "theory e pick", 0);
    RandomStream weight = RandomStream.of(seed, "theory e weight", 0);
    double[] excess = new double[PRODUCTS];
    double square = 0;
    double mean = 0;
    double products = 0;
    double sum = 0;
    for (int i = 0; i < PRODUCTS; i++) {
      double x = samples.x()[pick.below(2L * i, samples.size())][pick.below(2L * i + 1, n)];
      double w = Math.sqrt(variance) * weight.normal(i);
      square += x * x / PRODUCTS;
      mean += x / PRODUCTS;
      products += w * x * w * x / PRODUCTS;
      sum += w * x / PRODUCTS;
      excess[i] = w * x * w * x - variance * x * x;
    }
    double measured = products - sum * sum;
    double predicted = variance * square;
    double allowed = ERRORS * standardError(excess) / predicted;
    into.add(
        within(
            "Var[wx] = Var[w]·E[x²]",
            "%s against %s, pixels"
                .formatted(Digits.significant(measured, 4), Digits.significant(predicted, 4)),
            Math.abs(measured / predicted - 1),
            allowed));
    into.add(
        apart(
            "Var[w]·Var[x] would be wrong",
            "E[x²] = %s, Var[x] = %s"
                .formatted(
                    Digits.significant(square, 3), Digits.significant(square - mean * mean, 3)),
            Math.abs(measured / (variance * (square - mean * mean)) - 1),
            allowed));
  }

  /// The mean square behind every ReLU of every network is half the variance before it.
  private static void halves(List<SecondMoments> all, List<Measurement> into) {
    double[] ratios = new double[all.size() * SEEDS * DEPTH];
    int i = 0;
    for (SecondMoments moments : all) {
      for (int s = 0; s < SEEDS; s++) {
        for (int l = 0; l < DEPTH; l++) {
          ratios[i++] = 2 * moments.x()[s][l] / moments.z()[s][l];
        }
      }
    }
    into.add(
        within(
            "Var[z] = 2·E[relu(z)²]",
            "2·E[x²]/Var[z] = %s over %s layers"
                .formatted(Digits.significant(mean(ratios), 4), Digits.count(ratios.length)),
            Math.abs(mean(ratios) - 1),
            ERRORS * standardError(ratios)));
  }

  private static void gain(Start start, SecondMoments moments, List<Measurement> into) {
    double[] gains = new double[SEEDS * (DEPTH - 1)];
    for (int s = 0; s < SEEDS; s++) {
      for (int l = 1; l < DEPTH; l++) {
        gains[s * (DEPTH - 1) + l - 1] = moments.z()[s][l] / moments.z()[s][l - 1] / start.gain();
      }
    }
    into.add(
        within(
            start.name() + ": a layer multiplies Var[z] by " + Digits.brief(start.gain(), 3),
            "by %s on average".formatted(Digits.significant(start.gain() * mean(gains), 3)),
            Math.abs(mean(gains) - 1),
            ERRORS * standardError(gains)));
  }

  /// The variance of the last layer over that of the first, in powers of ten, against the
  /// prediction.
  private static void depth(Start start, SecondMoments moments, List<Measurement> into) {
    double[] powers = new double[SEEDS];
    for (int s = 0; s < SEEDS; s++) {
      powers[s] = StrictMath.log10(moments.z()[s][DEPTH - 1] / moments.z()[s][0]);
    }
    double predicted = (DEPTH - 1) * StrictMath.log10(start.gain());
    double wander = (DEPTH - 1) * 5.0 / WIDTH; // the variance of the natural logarithm
    double allowed =
        (wander / 2 + ERRORS * Math.sqrt(wander / SEEDS)) / StrictMath.log(10); // drift and chance
    into.add(
        within(
            "%s: Var[z] of layer %d over that of layer 1".formatted(start.name(), DEPTH),
            "10^%s against 10^%s"
                .formatted(Digits.fixed(mean(powers), 2), Digits.fixed(predicted, 2)),
            Math.abs(mean(powers) - predicted),
            allowed));
  }

  /// The geometric mean over the seeds, with its confidence band.
  private static Series line(String name, SecondMoments moments) {
    List<Point> points = new ArrayList<>();
    for (int l = 0; l < DEPTH; l++) {
      double[] logs = new double[SEEDS];
      for (int s = 0; s < SEEDS; s++) {
        logs[s] = StrictMath.log(moments.z()[s][l]);
      }
      double mean = mean(logs);
      double band = T * standardError(logs);
      points.add(
          new Point(
              l + 1,
              StrictMath.exp(mean),
              StrictMath.exp(mean - band),
              StrictMath.exp(mean + band)));
    }
    return new Series(name, points);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// Of the mean of independent values.
  private static double standardError(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1) / values.length);
  }
}
