package ijen.report;

import ijen.metric.Confusion;
import ijen.metric.Score;
import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.Figure;
import ijen.plot.Heatmap;
import ijen.plot.ImageGrid;
import ijen.plot.LineChart;
import ijen.plot.Point;
import ijen.plot.Series;
import ijen.run.EpochRow;
import ijen.run.Mistake;
import ijen.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The figures of a run, by the names of their files.
final class RunFigures {
  static final String LOSS = "loss";
  static final String ACCURACY = "accuracy";
  static final String CONFUSION = "confusion";
  static final String MISTAKES = "mistakes";

  private static final double CHART_WIDTH = 464;
  private static final double CHART_HEIGHT = 320;
  private static final double PAGE_WIDTH = 960;
  private static final int MISTAKES_A_ROW = 6;

  /// Numbers that differ by more than this factor are drawn on a logarithmic axis.
  private static final double WIDE = 50;

  private RunFigures() {}

  static Map<String, Figure> of(RunReport report) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    List<EpochRow> epochs = report.epochs();
    List<Series> losses = series(epochs, Score::loss, true);
    if (!losses.isEmpty()) {
      boolean wide = isWide(losses.stream().flatMap(l -> l.points().stream()).map(Point::y));
      Axis axis = wide ? Axis.log("mean loss") : Axis.linear("mean loss");
      figures.put(LOSS, chart("Loss", axis, losses));
    }
    List<Series> accuracies = series(epochs, Score::accuracy, false);
    if (!accuracies.isEmpty()) {
      figures.put(ACCURACY, chart("Accuracy", Axis.linear("share recognised"), accuracies));
    }
    RunResult result = report.result();
    if (result != null && result.decisions().confusion() != null) {
      figures.put(
          CONFUSION, confusion(result.decisions().classes(), result.decisions().confusion()));
    }
    if (result != null && !result.decisions().mistakes().isEmpty()) {
      figures.put(MISTAKES, mistakes(result.decisions().classes(), result.decisions().mistakes()));
    }
    return figures;
  }

  /// The parts of the data that were measured at any epoch, the usual ones first.
  static List<String> splits(List<EpochRow> epochs) {
    Set<String> splits = new LinkedHashSet<>();
    for (String usual : List.of(RunResult.TRAIN, RunResult.VALIDATION, RunResult.TEST)) {
      if (epochs.stream().anyMatch(row -> row.scores().containsKey(usual))) {
        splits.add(usual);
      }
    }
    epochs.forEach(row -> splits.addAll(row.scores().keySet()));
    return List.copyOf(splits);
  }

  private static Figure chart(String title, Axis y, List<Series> series) {
    Axis epoch = Axis.linear("epoch").withWholeNumbers();
    return LineChart.of(title, epoch, y, series).withSize(CHART_WIDTH, CHART_HEIGHT);
  }

  private static List<Series> series(
      List<EpochRow> epochs, ToDoubleFunction<Score> value, boolean keepNaN) {
    List<Series> all = new ArrayList<>();
    for (String split : splits(epochs)) {
      List<Point> points = new ArrayList<>();
      for (EpochRow row : epochs) {
        Score score = row.scores().get(split);
        if (score != null && (keepNaN || !Double.isNaN(value.applyAsDouble(score)))) {
          points.add(Point.of(row.epoch(), value.applyAsDouble(score)));
        }
      }
      if (!points.isEmpty()) {
        all.add(new Series(split, points));
      }
    }
    return all;
  }

  /// Whether numbers differ so much that a logarithmic axis shows them better; never where one is
  /// not above 0.
  static boolean isWide(Stream<Double> numbers) {
    double[] values = numbers.mapToDouble(x -> x).filter(Double::isFinite).sorted().toArray();
    return values.length > 1 && values[0] > 0 && values[values.length - 1] > WIDE * values[0];
  }

  static Figure confusion(List<String> classes, Confusion confusion) {
    // Few classes need no more than what keeps their cells of the usual size.
    double width = Math.clamp(220 + 84.0 * classes.size(), 420, 760);
    return Heatmap.confusion("Confusion on the test data", confusion.counts(), classes)
        .withWidth(width);
  }

  static Figure mistakes(List<String> classes, List<Mistake> mistakes) {
    List<ImageGrid.Tile> tiles = new ArrayList<>();
    for (Mistake mistake : mistakes) {
      tiles.add(
          new ImageGrid.Tile(
              mistake.picture(),
              List.of(
                  classes.get(mistake.truth()),
                  "taken for " + classes.get(mistake.predicted()),
                  "%s · no. %s"
                      .formatted(Digits.fixed(mistake.probability(), 3), mistake.index()))));
    }
    return ImageGrid.of("Wrong answers of the highest loss", tiles, MISTAKES_A_ROW)
        .withWidth(PAGE_WIDTH);
  }
}
