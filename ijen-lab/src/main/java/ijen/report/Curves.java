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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How trainings went: the mean over seeds and a band of a standard deviation on either side.
///
/// A single training has its parts (train, validation, test) in one chart, several have a chart for
/// each part. Losses of different formulae are not drawn in one chart. Where a chart has more lines
/// than there are colours, charts of the same scale follow it, one for each value of the setting
/// that divides the trainings best. The level axis counts epochs; samples seen, where trainings
/// differ in how many steps an epoch has or were measured in the middle of epochs.
final class Curves {
  private static final double WIDTH = 464;
  private static final double HEIGHT = 320;

  /// More lines than this take the whole width of a page.
  private static final int MOST_BESIDE = 4;

  /// With more lines than this, colours are used twice.
  private static final int MOST_TOGETHER = 8;

  private static final double PAGE_WIDTH = 960;
  private static final double PAGE_HEIGHT = 440;

  private final List<Trainings> all;
  private final boolean bySamples;
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, String> captions = new LinkedHashMap<>();
  private final Set<String> large = new HashSet<>();

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
    Map<String, String> small = new LinkedHashMap<>();
    captions.forEach((name, caption) -> {
      if (large.contains(name)) {
        plates.beside(small, html);
        small.clear();
        plates.write(name, caption, html);
      } else {
        small.put(name, caption);
      }
    });
    plates.beside(small, html);
  }

  private static String stepsPerEpoch(Trainings one) {
    return one.setting(Setting.BATCH) + " of " + one.runs().getFirst().trainingSamples();
  }

  private void drawAll() {
    Map<String, List<Trainings>> byLoss = new LinkedHashMap<>();
    all.forEach(
        one -> byLoss.computeIfAbsent(one.reportedLoss(), loss -> new ArrayList<>()).add(one));
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
      String which = byLoss.size() == 1 ? "" : "-" + fileName(loss);
      for (String part : parts) {
        String title = heading(part) + " loss" + (byLoss.size() == 1 ? "" : ", " + loss);
        drawSeveral("loss-" + part + which, title, some, part, true);
      }
    });
    for (String part : parts) {
      drawSeveral("accuracy-" + part, heading(part) + " accuracy", all, part, false);
    }
  }

  private static String fileName(String text) {
    return text.replaceAll("[^a-z0-9]+", "-");
  }

  /// A line for each training, and where those are many, charts of the same scale with some each.
  private void drawSeveral(
      String name, String title, List<Trainings> some, String part, boolean loss) {
    ToDoubleFunction<Score> value = loss ? Score::loss : Score::accuracy;
    Map<Trainings, Series> lines = new LinkedHashMap<>();
    some.forEach(one -> lines.put(one, line(one.name(), one, part, value)));
    List<Series> together = seen(lines.values().stream());
    draw(name, title, together.stream(), loss);
    if (together.size() <= MOST_TOGETHER) {
      return;
    }
    List<Double> heights =
        together.stream()
            .flatMap(line -> line.points().stream())
            .flatMap(point -> Stream.of(point.low(), point.y(), point.high()))
            .toList();
    Axis y = upright(together, loss).showing(heights);
    dividing(some)
        .ifPresent(setting ->
            groups(some, setting)
                .forEach((choice, group) ->
                    draw(
                        name + "-" + fileName(setting + "-" + choice),
                        title + ", " + setting + " " + (choice.isEmpty() ? Settings.NONE : choice),
                        seen(group.stream().map(one -> Objects.requireNonNull(lines.get(one)))),
                        level(together),
                        y,
                        loss)));
  }

  /// The setting by whose values trainings fall into groups of which the largest is smallest; empty
  /// if each setting either is the same in all or differs in all.
  private static Optional<String> dividing(List<Trainings> some) {
    return Trainings.differing(some).stream()
        .filter(setting -> groups(some, setting).size() < some.size())
        .min(
            Comparator.comparingInt(setting ->
                groups(some, setting).values().stream().mapToInt(List::size).max().orElse(0)));
  }

  private static Map<String, List<Trainings>> groups(List<Trainings> some, String setting) {
    Map<String, List<Trainings>> groups = new LinkedHashMap<>();
    for (Trainings one : some) {
      String choice = Settings.flat(one.settings()).getOrDefault(setting, "");
      groups.computeIfAbsent(choice, value -> new ArrayList<>()).add(one);
    }
    return groups;
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

  private static List<Series> seen(Stream<Series> lines) {
    return lines
        .filter(line -> line.points().stream().anyMatch(p -> Double.isFinite(p.y())))
        .toList();
  }

  private void draw(String name, String title, Stream<Series> lines, boolean loss) {
    List<Series> drawn = seen(lines);
    draw(name, title, drawn, level(drawn), upright(drawn, loss), loss);
  }

  private void draw(String name, String title, List<Series> drawn, Axis x, Axis y, boolean loss) {
    if (drawn.isEmpty()) {
      return;
    }
    boolean wide = drawn.size() > MOST_BESIDE;
    if (wide) {
      large.add(name);
    }
    figures.put(
        name,
        LineChart.of(title, x, y, drawn)
            .withSize(wide ? PAGE_WIDTH : WIDTH, wide ? PAGE_HEIGHT : HEIGHT)
            .withNote(note()));
    captions.put(
        name,
        (loss ? "The mean loss" : "The share of examples recognised")
            + (bySamples ? " by training samples seen" : " after each epoch")
            + (most() > 1
                ? ": mean over the seeds and a standard deviation on either side."
                : "."));
  }

  private static Axis upright(List<Series> lines, boolean loss) {
    String unit = loss ? "mean loss" : "share recognised";
    boolean wide =
        loss && RunFigures.isWide(lines.stream().flatMap(l -> l.points().stream()).map(Point::y));
    return wide ? Axis.log(unit) : Axis.linear(unit);
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
