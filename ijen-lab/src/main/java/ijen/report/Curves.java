package ijen.report;

import ijen.metric.Score;
import ijen.plot.Axis;
import ijen.plot.Figure;
import ijen.plot.LineChart;
import ijen.plot.Point;
import ijen.plot.Series;
import ijen.recipe.Setting;
import ijen.run.EpochRow;
import ijen.run.RunResult;
import ijen.run.StepRow;
import ijen.study.SeedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How trainings went: the mean over seeds and a band of a standard deviation on either side.
///
/// A single training has its parts (train, validation, test) in one chart, several have a chart for
/// each part. Losses of different formulae are not drawn in one chart. The level axis counts
/// epochs; samples seen, where trainings differ in how many steps an epoch has or were measured in
/// the middle of epochs.
final class Curves {
  private static final double WIDTH = 464;
  private static final double HEIGHT = 320;

  /// More lines than this take the whole width of a page.
  private static final int MOST_BESIDE = 4;

  private static final double PAGE_WIDTH = 960;
  private static final double PAGE_HEIGHT = 440;

  private final List<Trainings> all;
  private final boolean bySamples;
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, String> captions = new LinkedHashMap<>();

  private Curves(List<Trainings> all) {
    this.all = all;
    this.bySamples =
        all.stream().flatMap(one -> one.runs().stream()).anyMatch(run -> !run.steps().isEmpty())
            || all.stream().map(Curves::stepsPerEpoch).distinct().count() > 1;
    drawAll();
  }

  static Curves of(List<Trainings> all) {
    return new Curves(all);
  }

  /// The charts by the names of their files.
  Map<String, Figure> figures() {
    return figures;
  }

  /// Draws them into a page, two beside each other where they have few lines.
  void write(Plates plates, Html html) {
    if (isLarge()) {
      captions.forEach((name, caption) -> plates.write(name, caption, html));
    } else {
      plates.beside(captions, html);
    }
  }

  private boolean isLarge() {
    return all.size() > MOST_BESIDE;
  }

  private static String stepsPerEpoch(Trainings one) {
    return one.setting(Setting.BATCH) + " of " + one.runs().getFirst().trainingSamples();
  }

  private void drawAll() {
    Map<String, List<Trainings>> byLoss = new LinkedHashMap<>();
    all.forEach(one ->
        byLoss.computeIfAbsent(one.setting(Setting.LOSS), loss -> new ArrayList<>()).add(one));
    List<String> parts = RunFigures.splits(epochs());
    if (all.size() == 1) {
      Trainings only = all.getFirst();
      draw("loss", "Loss", parts.stream().map(part -> line(part, only, part, Score::loss)), true);
      draw(
          "accuracy",
          "Accuracy",
          parts.stream().map(part -> line(part, only, part, Score::accuracy)),
          false);
      return;
    }
    byLoss.forEach((loss, some) -> {
      String which = byLoss.size() == 1 ? "" : "-" + loss.replaceAll("[^a-z0-9]+", "-");
      for (String part : parts) {
        String title = heading(part) + " loss" + (byLoss.size() == 1 ? "" : ", " + loss);
        draw(
            "loss-" + part + which,
            title,
            some.stream().map(one -> line(one.name(), one, part, Score::loss)),
            true);
      }
    });
    for (String part : parts) {
      draw(
          "accuracy-" + part,
          heading(part) + " accuracy",
          all.stream().map(one -> line(one.name(), one, part, Score::accuracy)),
          false);
    }
  }

  private List<EpochRow> epochs() {
    return all.stream()
        .flatMap(one -> one.runs().stream())
        .flatMap(run -> run.epochs().stream())
        .toList();
  }

  private static String heading(String part) {
    return switch (part) {
      case RunResult.TRAIN -> "Training";
      case RunResult.TEST -> "Test";
      default -> Character.toUpperCase(part.charAt(0)) + part.substring(1);
    };
  }

  private void draw(String name, String title, Stream<Series> lines, boolean loss) {
    List<Series> drawn =
        lines.filter(line -> line.points().stream().anyMatch(p -> Double.isFinite(p.y()))).toList();
    if (drawn.isEmpty()) {
      return;
    }
    String unit = loss ? "mean loss" : "share recognised";
    boolean wide =
        loss && RunFigures.isWide(drawn.stream().flatMap(l -> l.points().stream()).map(Point::y));
    Axis y = wide ? Axis.log(unit) : Axis.linear(unit);
    figures.put(
        name,
        LineChart.of(title, level(drawn), y, drawn)
            .withSize(isLarge() ? PAGE_WIDTH : WIDTH, isLarge() ? PAGE_HEIGHT : HEIGHT)
            .withNote(note()));
    captions.put(
        name,
        (loss ? "The mean loss" : "The share of examples recognised")
            + (bySamples ? " by training samples seen" : " after each epoch")
            + (most() > 1
                ? ": mean over the seeds and a standard deviation on either side."
                : "."));
  }

  private String note() {
    return most() > 1 ? "mean ± sd of " + most() + " seeds" : "";
  }

  private int most() {
    return all.stream().mapToInt(one -> one.runs().size()).max().orElse(0);
  }

  private Axis level(List<Series> lines) {
    if (!bySamples) {
      return Axis.linear("epoch").withWholeNumbers();
    }
    String title = "training samples seen";
    boolean wide =
        RunFigures.isWide(lines.stream().flatMap(l -> l.points().stream()).map(Point::x));
    return wide ? Axis.log(title) : Axis.linear(title);
  }

  private Series line(String name, Trainings one, String part, ToDoubleFunction<Score> value) {
    TreeMap<Double, double[]> places = new TreeMap<>();
    int count = one.runs().size();
    for (int i = 0; i < count; i++) {
      SeedRun run = one.runs().get(i);
      for (EpochRow row : run.epochs()) {
        put(places, place(run, row.epoch()), row.scores().get(part), value, i, count);
      }
      for (StepRow row : run.steps()) {
        put(places, (double) row.samples(), row.scores().get(part), value, i, count);
      }
    }
    for (SeedRun run : one.runs()) {
      if (run.diverged()) { // the chart marks where a line ends in what is no number
        int last = run.epochs().isEmpty() ? 0 : run.epochs().getLast().epoch();
        places.computeIfAbsent(place(run, last + 1), x -> missing(count));
      }
    }
    // An early stop leaves some trainings shorter than others: the mean ends with the shortest.
    one.runs().stream()
        .filter(run -> !run.diverged() && !run.epochs().isEmpty())
        .mapToDouble(run -> place(run, run.epochs().getLast().epoch()))
        .min()
        .ifPresent(end -> places.tailMap(end, false).clear());
    List<Point> points = new ArrayList<>();
    places.forEach((x, values) -> points.add(point(x, values)));
    return new Series(name, points);
  }

  private double place(SeedRun run, int epoch) {
    return bySamples ? (double) epoch * run.trainingSamples() : epoch;
  }

  private static double[] missing(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static void put(
      Map<Double, double[]> places,
      double x,
      @Nullable Score score,
      ToDoubleFunction<Score> value,
      int run,
      int count) {
    if (score != null) {
      places.computeIfAbsent(x, at -> missing(count))[run] = value.applyAsDouble(score);
    }
  }

  /// Where one training has no number the mean has none either: without those that diverged the
  /// others would look better than they are together.
  private static Point point(double x, double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    return new Point(x, mean, mean - deviation, mean + deviation);
  }
}
