package ijen.bench.report;

import static ijen.bench.report.Figures.decimals;
import static ijen.bench.report.Figures.three;

import ijen.bench.peer.Spread;
import ijen.bench.workload.LoadedFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long it takes from files to the first shuffled batch of floats.
///
/// @param rows Ijen first in each format
/// @param absent peers that could not load a format, and why
/// @param failures of Ijen
public record LoadingTimes(List<Row> rows, List<String> absent, List<String> failures) {
  /// What one participant took for one format.
  ///
  /// @param bytes that the files have
  /// @param participant its title
  /// @param own whether it is Ijen
  /// @param first seconds of the first time in a process, one for each process
  /// @param warm median seconds of later times, likewise
  /// @param checksums of a certain batch, likewise
  public record Row(
      LoadedFormat format,
      long bytes,
      String participant,
      boolean own,
      List<Double> first,
      List<Double> warm,
      List<Double> checksums) {
    public Row {
      first = List.copyOf(first);
      warm = List.copyOf(warm);
      checksums = List.copyOf(checksums);
    }
  }

  public LoadingTimes {
    rows = List.copyOf(rows);
    absent = List.copyOf(absent);
    failures = List.copyOf(failures);
  }

  /// What makes the figures worthless: a participant that failed, or has loaded something else.
  public List<String> problems() {
    List<String> problems = new ArrayList<>(failures);
    for (Row row : rows) {
      double expected = own(row.format).orElse(row).checksums.getFirst();
      if (row.checksums.stream().anyMatch(checksum -> checksum != expected)) {
        problems.add(
            "loading %s: %s has another batch than Ijen: expected the checksum %.0f, got %s"
                .formatted(row.format.title(), row.participant, expected, row.checksums));
      }
    }
    return problems;
  }

  private Optional<Row> own(LoadedFormat format) {
    return rows.stream().filter(row -> row.own && row.format == format).findFirst();
  }

  Grid table() {
    Grid table =
        new Grid(
            "format", "of", ">MB", "participant", ">first time, ms", ">warm, ms", ">times Ijen's");
    for (Row row : rows) {
      Optional<Row> own = own(row.format);
      table.row(
          row.format.title(),
          row.format.samples(),
          decimals(1, row.bytes * 1e-6),
          row.participant,
          milliseconds(row.first),
          milliseconds(row.warm),
          own.map(other -> three(Spread.of(row.warm).median() / Spread.of(other.warm).median()))
              .orElse(""));
    }
    return table;
  }

  private static String milliseconds(List<Double> seconds) {
    return Figures.withRange(Spread.of(seconds.stream().map(each -> 1e3 * each).toList()));
  }

  /// The table with what it means, for a page.
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        From opening the files of MNIST to the first shuffled batch of 128 as `float` in memory; the first time
        in a process, whose start and imports are not counted, and when all is warm. Median and range over
        processes.

        """);
    text.append(table());
    List<String> remarks = new ArrayList<>(problems());
    remarks.addAll(absent);
    text.append(remarks.isEmpty() ? "" : "\n");
    remarks.forEach(remark -> text.append("- ").append(remark).append('\n'));
    return text.toString();
  }

  /// For programs.
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("problems", problems());
    map.put("absent", absent);
    map.put("rows", rows.stream().map(LoadingTimes::json).toList());
    return map;
  }

  private static Map<String, @Nullable Object> json(Row row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("format", row.format.word());
    map.put("samples", row.format.samples());
    map.put("bytes", row.bytes);
    map.put("participant", row.participant);
    map.put("firstSeconds", row.first);
    map.put("warmSeconds", row.warm);
    return map;
  }
}
