package ijen.bench.tuning;

import ijen.metric.Replicates;
import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.Figure;
import ijen.plot.LineChart;
import ijen.plot.Point;
import ijen.plot.Series;
import ijen.recipe.SearchPlan;
import ijen.tune.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What strategies came to in the same time.
///
/// @param plan what was searched
/// @param entrants the searches of each strategy, by repetition; all have as many
/// @param seconds how long each search went on
/// @param workers trials at a time
public record RaceResult(
    SearchPlan plan, Map<Strategy, List<Entrant>> entrants, double seconds, int workers) {
  private static final int MOMENTS = 200; // at which curves are drawn, from the beginning

  /// One search.
  ///
  /// @param trials that ended in time
  /// @param pruned so many of them
  /// @param epochs of all of them
  /// @param marks when the best value became another one
  public record Entrant(int trials, int pruned, long epochs, List<Mark> marks) {
    public Entrant {
      marks = List.copyOf(marks);
    }

    /// The best value at a time; NaN while there is none.
    double best(double second) {
      double best = Double.NaN;
      for (Mark mark : marks) {
        best = mark.second() <= second ? mark.best() : best;
      }
      return best;
    }

    /// The best value of all; NaN for none.
    public double last() {
      return marks.isEmpty() ? Double.NaN : marks.getLast().best();
    }
  }

  /// The best value from a time on.
  public record Mark(double second, double best) {}

  public RaceResult {
    entrants = Collections.unmodifiableMap(new LinkedHashMap<>(entrants));
  }

  private boolean high() {
    return plan.goal() == Goal.MAXIMISE;
  }

  private List<Entrant> first() {
    return entrants.values().iterator().next();
  }

  /// When a search was as good as the first strategy's was in the end; infinite if it never was.
  private double caughtUp(Entrant entrant, double goal) {
    return entrant.marks().stream()
        .filter(mark -> high() ? mark.best() >= goal : mark.best() <= goal)
        .mapToDouble(Mark::second)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /// The table with what it means, for a page.
  public String markdown() {
    String rival = entrants.keySet().iterator().next().toString();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        Best %s of `%s`: %d searches of each strategy, %s s each on %d threads; median over searches, and mean ± standard
        deviation in the end. The difference is that of searches with the same seed, with its 95 %% interval.

        | strategy | trials | pruned | epochs | after %s s | after %s s | in the end | minus %s | as good as %s in the end after |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|
        """
            .formatted(
                plan.measure().toString().replaceFirst("^best ", ""),
                plan.name(),
                first().size(),
                Digits.brief(seconds, 4),
                workers,
                Digits.brief(seconds / 4, 4),
                Digits.brief(seconds / 2, 4),
                rival,
                rival));
    entrants.forEach((strategy, searches) ->
        text.append(
            "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                    strategy,
                    whole(searches, Entrant::trials),
                    whole(searches, Entrant::pruned),
                    whole(searches, Entrant::epochs),
                    fixed(median(searches, one -> one.best(seconds / 4))),
                    fixed(median(searches, one -> one.best(seconds / 2))),
                    spread(searches),
                    strategy.equals(entrants.keySet().iterator().next()) ? "" : apart(searches),
                    caughtUp(searches))));
    return text.toString();
  }

  private static String whole(List<Entrant> searches, ToDoubleFunction<Entrant> value) {
    return Digits.brief(median(searches, value), 6);
  }

  private static String fixed(double value) {
    return Double.isNaN(value) ? "-" : Digits.fixed(value, 4);
  }

  private static Replicates ends(List<Entrant> searches) {
    return new Replicates(searches.stream().map(Entrant::last).toList());
  }

  private static String spread(List<Entrant> searches) {
    Replicates ends = ends(searches);
    return ends.runs() == 1 ? fixed(ends.mean()) : fixed(ends.mean()) + " ± " + fixed(ends.sd());
  }

  private String apart(List<Entrant> searches) {
    Replicates apart = ends(searches).minus(ends(first()));
    return "%s (%s to %s)"
        .formatted(
            Digits.fixed(apart.mean(), 4),
            Digits.fixed(apart.mean() - apart.halfWidth(), 4),
            Digits.fixed(apart.mean() + apart.halfWidth(), 4));
  }

  private String caughtUp(List<Entrant> searches) {
    double[] times = new double[searches.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = caughtUp(searches.get(i), first().get(i).last());
    }
    double median = median(times);
    return Double.isInfinite(median) ? "never" : Digits.brief(median, 3) + " s";
  }

  private static double median(List<Entrant> searches, ToDoubleFunction<Entrant> value) {
    return median(searches.stream().mapToDouble(value).toArray());
  }

  /// The middle one; NaN if one is no number.
  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted); // NaN comes last
    int n = sorted.length;
    return Double.isNaN(sorted[n - 1]) ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /// The best value over time: the median of each strategy's searches, and between which they all
  /// lie. From a fifth of the time on, and as far as the worst median there: the first trials lie
  /// so far from the later ones that all that matters would be one line.
  public Figure figure() {
    double floor = Double.NaN;
    for (List<Entrant> searches : entrants.values()) {
      double median = median(searches, one -> one.best(seconds / 5));
      boolean further = high() ? median < floor : median > floor;
      floor = Double.isNaN(floor) || further ? median : floor;
    }
    List<Series> series = new ArrayList<>();
    for (Map.Entry<Strategy, List<Entrant>> entry : entrants.entrySet()) {
      List<Point> points = new ArrayList<>();
      for (int i = MOMENTS / 5; i <= MOMENTS; i++) {
        double second = seconds * i / MOMENTS;
        double[] best =
            entry.getValue().stream().mapToDouble(one -> one.best(second)).sorted().toArray();
        double median = median(best);
        if (!Double.isNaN(median)) { // all have a value
          double low = best[0];
          double high = best[best.length - 1];
          boolean known = !Double.isNaN(floor);
          points.add(
              new Point(
                  second,
                  median,
                  known && high() ? Math.max(low, floor) : low,
                  known && !high() ? Math.min(high, floor) : high));
        }
      }
      series.add(new Series(entry.getKey().toString(), points));
    }
    String measure = plan.measure().toString();
    return LineChart.of(
            "Best so far, over time",
            Axis.linear("seconds"),
            Axis.linear(measure.startsWith("best ") ? measure : "best " + measure),
            series)
        .withNote("median and range of %d searches".formatted(first().size()))
        .withSize(720, 440);
  }

  /// For programs.
  public Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("search", plan.name());
    all.put("measure", plan.measure().toString());
    all.put("seconds", seconds);
    all.put("workers", workers);
    List<Object> rows = new ArrayList<>();
    entrants.forEach((strategy, searches) -> {
      for (int i = 0; i < searches.size(); i++) {
        Entrant one = searches.get(i);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("strategy", strategy.toString());
        row.put("seed", i + 1);
        row.put("trials", one.trials());
        row.put("pruned", one.pruned());
        row.put("epochs", one.epochs());
        row.put("at", one.marks().stream().map(Mark::second).toList());
        row.put("best", one.marks().stream().map(Mark::best).toList());
        rows.add(row);
      }
    });
    all.put("searches", rows);
    return all;
  }
}
