package ijen.report;

import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.Figure;
import ijen.plot.LineChart;
import ijen.plot.ParallelCoordinates;
import ijen.plot.Point;
import ijen.plot.RankedLines;
import ijen.plot.RowChart;
import ijen.plot.ScatterChart;
import ijen.plot.Series;
import ijen.recipe.Measure;
import ijen.study.SearchRecord;
import ijen.tune.Choice;
import ijen.tune.Dimension;
import ijen.tune.Goal;
import ijen.tune.Importance;
import ijen.tune.Real;
import ijen.tune.Report;
import ijen.tune.Trial;
import ijen.tune.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The figures of a search.
final class SearchFigures {
  private static final String PRUNED = "pruned";
  private static final double GOLDEN = 0.618033988749895;

  /// How far the points of a choice are spread to both sides, so that they do not hide each other.
  private static final double SPREAD = 0.25;

  private final SearchRecord search;
  private final String measure;
  private final boolean high;

  SearchFigures(SearchRecord search) {
    this.search = search;
    this.measure = search.plan().measure().toString();
    this.high = search.plan().goal() == Goal.MAXIMISE;
  }

  /// The best value so far, over how many trials there were.
  Figure overTrials() {
    return sofar("Best so far, over trials", Axis.linear("trials").withWholeNumbers(), one -> 1);
  }

  /// The same over the epochs that all trials up to there took.
  Figure overEpochs() {
    Axis epochs = Axis.linear("epochs of all trials").withWholeNumbers();
    return sofar("Best so far, over epochs", epochs, one -> one.reports().list().size());
  }

  /// Drawn from a tenth of the effort on: where the first trials came to nothing, what comes later
  /// would be one line at the top.
  private Figure sofar(String title, Axis x, ToDoubleFunction<Trial> effort) {
    List<Trial> trials = search.result().trials();
    double all = trials.stream().mapToDouble(effort).sum();
    List<Point> best = new ArrayList<>();
    double value = Double.NaN;
    double spent = 0;
    for (Trial trial : trials) {
      double before = value;
      spent += effort.applyAsDouble(trial);
      if (trial.state() == Trial.State.COMPLETE && isBetter(trial.value(), value)) {
        value = trial.value();
      }
      if (Double.isNaN(value) || spent < all / 10) {
        continue;
      }
      if (best.isEmpty() || value != before || spent == all) {
        if (!best.isEmpty() && value != before) {
          best.add(Point.of(spent, before)); // up to here it was the old one
        }
        best.add(Point.of(spent, value));
      }
    }
    List<Series> series = new ArrayList<>(List.of(new Series("best", best)));
    if (search.plan().published().isPresent() && !best.isEmpty()) {
      double published = search.plan().published().get();
      double from = best.getFirst().x();
      series.add(
          new Series("published", List.of(Point.of(from, published), Point.of(all, published))));
    }
    return LineChart.of(title, x, Axis.linear(measure), series);
  }

  private boolean isBetter(double value, double than) {
    return Double.isNaN(than) || (high ? value > than : value < than);
  }

  /// How much of the variance each dimension explains, the most first.
  Figure importance(List<Importance> shares) {
    List<RowChart.Row> rows =
        shares.stream()
            .sorted(Comparator.comparingDouble(one -> -one.share()))
            .map(one ->
                new RowChart.Row(one.dimension(), List.of(RowChart.Estimate.of(one.share()))))
            .toList();
    return RowChart.bars("Importance", Axis.linear("share of the variance"), rows);
  }

  /// The value over one dimension, whatever the others were.
  Figure slice(Dimension dimension) {
    List<Series> groups = new ArrayList<>();
    groups.add(new Series("complete", points(dimension, Trial.State.COMPLETE)));
    List<Point> pruned = points(dimension, Trial.State.PRUNED);
    if (!pruned.isEmpty()) {
      groups.add(new Series("pruned, its last value", pruned));
    }
    String title = sentence(measure) + " by " + dimension.name();
    return ScatterChart.of(title, axis(dimension), Axis.linear(measure), groups).withSize(480, 340);
  }

  private List<Point> points(Dimension dimension, Trial.State state) {
    List<Point> points = new ArrayList<>();
    for (Trial trial : search.result().trials()) {
      if (trial.state() != state || !trial.configuration().has(dimension.name())) {
        continue;
      }
      double at = place(dimension, trial);
      if (dimension instanceof Choice) {
        double part = (trial.number() + 1) * GOLDEN;
        at += SPREAD * (2 * (part - Math.floor(part)) - 1);
      }
      double value = trial.value();
      if (state == Trial.State.PRUNED) {
        value = trial.reports().last().map(Report::value).orElse(Double.NaN);
      }
      points.add(Point.of(at, value));
    }
    return points;
  }

  private static double place(Dimension dimension, Trial trial) {
    if (!trial.configuration().has(dimension.name())) {
      return Double.NaN;
    }
    return dimension instanceof Choice choice
        ? choice.values().indexOf(trial.configuration().text(dimension.name()))
        : trial.configuration().real(dimension.name());
  }

  private static Axis axis(Dimension dimension) {
    return switch (dimension) {
      case Choice choice -> Axis.named(choice.name(), choice.values());
      case Whole whole ->
          whole.log() ? Axis.log(whole.name()) : Axis.linear(whole.name()).withWholeNumbers();
      case Real real -> real.log() ? Axis.log(real.name()) : Axis.linear(real.name());
    };
  }

  /// All dimensions beside each other, with a line for each trial that began well.
  Figure together() {
    List<Dimension> dimensions = search.plan().space().dimensions();
    List<ParallelCoordinates.Line> lines = new ArrayList<>();
    for (Trial trial : began()) {
      lines.add(
          new ParallelCoordinates.Line(
              name(trial),
              dimensions.stream().map(one -> place(one, trial)).toList(),
              trial.value()));
    }
    List<Axis> axes = dimensions.stream().map(SearchFigures::axis).toList();
    return ParallelCoordinates.of("All trials", axes, Axis.linear(measure), high, lines)
        .withGrey(PRUNED);
  }

  /// What trials reported on their way.
  Figure curves() {
    List<RankedLines.Line> lines = new ArrayList<>();
    for (Trial trial : began()) {
      List<Point> points =
          trial.reports().list().stream().map(one -> Point.of(one.step(), one.value())).toList();
      lines.add(new RankedLines.Line(new Series(name(trial), points), trial.value()));
    }
    Axis epochs = Axis.linear("epoch").withWholeNumbers();
    String each = measure.replaceFirst("^best ", "");
    return RankedLines.of(
            sentence(each) + " after each epoch", epochs, Axis.linear(each), measure, high, lines)
        .withGrey(PRUNED);
  }

  /// How long each trial took.
  Figure times() {
    List<Series> groups = new ArrayList<>();
    for (Trial.State state :
        List.of(Trial.State.COMPLETE, Trial.State.PRUNED, Trial.State.FAILED)) {
      List<Point> points =
          search.result().trials().stream()
              .filter(one -> one.state() == state)
              .map(one -> Point.of(one.number(), one.seconds()))
              .toList();
      if (!points.isEmpty()) {
        groups.add(new Series(SearchRecord.word(state), points));
      }
    }
    Axis number = Axis.linear("trial").withWholeNumbers();
    return ScatterChart.of("Time of each trial", number, Axis.linear("seconds"), groups)
        .withSize(640, 320);
  }

  private List<Trial> began() {
    return search.result().trials().stream()
        .filter(one -> one.state() != Trial.State.FAILED)
        .toList();
  }

  static String name(Trial trial) {
    return "trial " + trial.number();
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /// A value as tables have it.
  static String text(Measure measure, double value) {
    return measure.kind() == Measure.Kind.ACCURACY
        ? Digits.fixed(value, 4)
        : Digits.significant(value, 4);
  }
}
