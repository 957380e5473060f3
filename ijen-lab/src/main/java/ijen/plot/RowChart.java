package ijen.plot;

import java.util.ArrayList;
import java.util.List;

/// Numbers with their intervals in named rows over one level axis: bars, or points and intervals (a
/// forest plot) that set published and measured values side by side.
///
/// Each row holds one estimate for each of the `sources`; it is drawn, and written to the right, in
/// a line of its own. A legend above names the sources if there are several.
///
/// **Units:** width in pixels of 1/96 inch; the height follows from the rows.
public record RowChart(
    String title,
    String description,
    Axis axis,
    List<String> sources,
    List<Row> rows,
    boolean bars,
    String note,
    double width)
    implements Figure {
  private static final int MOST_DECIMALS = 6;

  public RowChart {
    sources = List.copyOf(sources);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.estimates().size() != sources.size()) {
        throw new IllegalArgumentException(
            "row chart '%s': row '%s' has %s estimates, expected one for each of %s"
                .formatted(title, row.name(), row.estimates().size(), sources));
      }
    }
    if (bars && axis.logarithmic()) {
      throw new IllegalArgumentException(
          "row chart '%s': bars begin at 0, which a logarithmic axis has not; draw intervals"
              .formatted(title));
    }
    if (!(width >= 300)) {
      throw new IllegalArgumentException(
          "row chart '%s': expected a width of at least 300 pixels, got %s"
              .formatted(title, width));
    }
  }

  /// A named row, with one estimate for each source.
  public record Row(String name, List<Estimate> estimates) {
    public Row {
      estimates = List.copyOf(estimates);
    }
  }

  /// A number and the interval `low`–`high` around it.
  public record Estimate(double value, double low, double high) {
    /// What was not measured or not published.
    public static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    /// A number without an interval.
    public static Estimate of(double value) {
      return new Estimate(value, value, value);
    }

    /// `value` ± `half`.
    public static Estimate of(double value, double half) {
      return new Estimate(value, value - half, value + half);
    }

    boolean hasInterval() {
      return low < high;
    }
  }

  /// Bars from 0, one in a row: such as an error for each class.
  public static RowChart bars(String title, Axis axis, List<Row> rows) {
    return of(title, axis, List.of(axis.title()), rows, true);
  }

  /// Points with intervals, one for each source in a row: such as `published` and `measured`.
  public static RowChart intervals(String title, Axis axis, List<String> sources, List<Row> rows) {
    return of(title, axis, sources, rows, false);
  }

  private static RowChart of(
      String title, Axis axis, List<String> sources, List<Row> rows, boolean bars) {
    StringBuilder text = new StringBuilder(bars ? "Bar chart of " : "Intervals of ");
    text.append(axis.title()).append('.');
    for (Row row : rows) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < sources.size() && i < row.estimates().size(); i++) {
        String value = text(row.estimates().get(i), decimals(rows));
        parts.add(sources.size() == 1 ? value : sources.get(i) + " " + value);
      }
      text.append(' ').append(row.name()).append(": ");
      text.append(String.join(", ", parts)).append('.');
    }
    return new RowChart(title, text.toString(), axis, sources, rows, bars, "", 640);
  }

  public RowChart withWidth(double width) {
    return new RowChart(title, description, axis, sources, rows, bars, note, width);
  }

  public RowChart withDescription(String description) {
    return new RowChart(title, description, axis, sources, rows, bars, note, width);
  }

  /// This chart with a line about what is drawn, such as `mean and 95 % interval of 5 seeds`.
  public RowChart withNote(String note) {
    return new RowChart(title, description, axis, sources, rows, bars, note, width);
  }

  @Override
  public Drawing draw() {
    return new RowChartLayout(this).draw();
  }

  /// What is written beside an estimate.
  String text(Estimate estimate) {
    return text(estimate, decimals(rows));
  }

  /// `0.8725 ± 0.0026`, or `0.8725 (0.8701–0.8764)` if the value is not in the middle.
  private static String text(Estimate estimate, int decimals) {
    double value = estimate.value();
    if (Double.isNaN(value)) {
      return "–";
    }
    if (!estimate.hasInterval() || !Double.isFinite(estimate.high() - estimate.low())) {
      return Digits.brief(value, 4);
    }
    double half = (estimate.high() - estimate.low()) / 2;
    if (decimals > MOST_DECIMALS || Math.abs(value) >= 1e6) {
      return Digits.significant(value, 4) + " ± " + Digits.significant(half, 2);
    }
    boolean middle = Math.abs((estimate.high() + estimate.low()) / 2 - value) <= 0.01 * half;
    return middle
        ? Digits.fixed(value, decimals) + " ± " + Digits.fixed(half, decimals)
        : "%s (%s–%s)"
            .formatted(
                Digits.fixed(value, decimals),
                Digits.fixed(estimate.low(), decimals),
                Digits.fixed(estimate.high(), decimals));
  }

  /// As many decimals in all rows as show two digits of the middle one of the intervals.
  private static int decimals(List<Row> rows) {
    double[] halves =
        rows.stream()
            .flatMap(row -> row.estimates().stream())
            .filter(Estimate::hasInterval)
            .mapToDouble(e -> (e.high() - e.low()) / 2)
            .sorted()
            .toArray();
    if (halves.length == 0 || !Double.isFinite(halves[halves.length / 2])) {
      return 0;
    }
    return Math.max(0, 1 - (int) Math.floor(StrictMath.log10(halves[halves.length / 2])));
  }
}
