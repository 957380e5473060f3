package ijen.bench.kernel;

import ijen.bench.machine.Limits;
import ijen.bench.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the kernels did, beside what the machine can do.
///
/// Rates, percentages and speed-ups are those of the fastest iteration, as the limits are those of
/// the fastest trial; the median beside them says how quiet the machine was.
public final class KernelReport {
  /// A quiet machine's peaks agree this well.
  private static final double QUIET = 0.9;

  private final Machine machine;
  private final double drift;
  private final List<String> flags;
  private final List<KernelRow> rows;

  /// @param flags what the measuring JVMs were started with
  KernelReport(Machine before, Machine after, List<String> flags, List<KernelRow> rows) {
    this.flags = List.copyOf(flags);
    this.machine = before.better(after);
    this.rows = List.copyOf(rows);
    double largest = 0;
    for (Limits each : before.limits()) {
      double ratio = after.gigaflops(each.threads()) / each.gigaflops();
      largest = Math.max(largest, Math.max(ratio, 1 / ratio) - 1);
    }
    this.drift = largest;
  }

  /// The machine, and what it can do at best.
  public Machine machine() {
    return machine;
  }

  /// By how much the multiply-add peaks before and after differ, as a part of the smaller one.
  public double drift() {
    return drift;
  }

  /// The tables, in columns.
  public String text() {
    StringBuilder text = new StringBuilder(machine.text());
    for (Table table : tables()) {
      text.append('\n').append(table.title).append('\n');
      int[] widths = table.widths();
      for (List<String> line : table.lines()) {
        StringBuilder cells = new StringBuilder();
        for (int c = 0; c < line.size(); c++) {
          int width = widths[c];
          String cell = line.get(c);
          String space = " ".repeat(width - cell.length());
          cells.append("  ").append(c < 2 ? cell + space : space + cell);
        }
        text.append(cells.toString().stripTrailing()).append('\n');
      }
    }
    notes().forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  /// The tables, in Markdown.
  public String markdown() {
    StringBuilder text = new StringBuilder("```\n").append(machine.text()).append("```\n");
    for (Table table : tables()) {
      text.append('\n').append(table.title).append("\n\n");
      int line = 0;
      for (List<String> cells : table.lines()) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        if (line++ == 0) {
          text.append("|---|---|").append("--:|".repeat(cells.size() - 2)).append('\n');
        }
      }
    }
    notes().forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  /// All of it for programs: maps, lists, texts and numbers, as JSON has them.
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("machine", machine.json());
    map.put("drift", drift);
    map.put("flags", flags);
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (KernelRow row : rows) {
      for (Timing timing : row.timings()) {
        list.add(entry(row, timing));
      }
    }
    map.put("kernels", list);
    return map;
  }

  private Map<String, @Nullable Object> entry(KernelRow row, Timing timing) {
    Cost cost = row.of().cost();
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("group", row.of().group());
    entry.put("kernel", row.of().kernel());
    entry.put("shape", row.of().shape());
    entry.put("threads", timing.threads());
    entry.put("medianSeconds", timing.median());
    entry.put("bestSeconds", timing.best());
    if (cost.bound() != Cost.Bound.NONE) {
      entry.put("rate", cost.rate(timing.best()));
      entry.put("unit", cost.bound().unit());
      entry.put("shareOfLimit", cost.share(timing.best(), machine.limits(timing.threads())));
    }
    row.speedUp(timing.threads()).ifPresent(times -> entry.put("speedUp", times));
    return entry;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(breakEven());
    notes.add(
        "Rates, percentages and speed-ups are those of the best of several iterations, as the"
            + " limits are the best of several trials. Every answer was compared with the reference"
            + " kernels' first. Each kernel had a JVM of its own, with "
            + String.join(" ", flags)
            + ".");
    Limits fewest = machine.limits().getFirst();
    for (Limits each : machine.limits()) {
      double times = each.gigaflops() / fewest.gigaflops();
      if (times < QUIET * each.threads() / fewest.threads()) {
        notes.add(
            String.format(
                Locale.ROOT,
                "Pure arithmetic on %d threads ran at only %.2f times the rate of %d: processors"
                    + " were busy with other work, or are fewer than they seem.",
                each.threads(),
                times,
                fewest.threads()));
      }
    }
    if (drift > 1 - QUIET) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The multiply-add peaks before and after differ by %.0f %%: the machine was not"
                  + " quiet.",
              100 * drift));
    }
    return notes;
  }

  /// For each divided kernel, from which size on more threads are faster.
  private List<String> breakEven() {
    Map<String, Map<Integer, String>> from = new LinkedHashMap<>();
    for (KernelRow row : rows) {
      if (row.of().group().equals(DividedWork.GROUP)) {
        Map<Integer, String> sizes =
            from.computeIfAbsent(row.of().kernel(), kernel -> new LinkedHashMap<>());
        for (Timing timing : row.timings()) {
          row.speedUp(timing.threads())
              .ifPresent(times -> {
                if (times <= 1) {
                  sizes.put(timing.threads(), "");
                } else if (sizes.getOrDefault(timing.threads(), "").isEmpty()) {
                  sizes.put(timing.threads(), row.of().shape());
                }
              });
        }
      }
    }
    List<String> notes = new ArrayList<>();
    from.forEach((kernel, sizes) ->
        sizes.forEach((threads, shape) ->
            notes.add(
                shape.isEmpty()
                    ? "%s: %s threads beat one at no size measured".formatted(kernel, threads)
                    : "%s: %s threads beat one from %s on".formatted(kernel, threads, shape))));
    return notes;
  }

  /// A group of rows that have columns in common.
  private record Table(String title, List<List<String>> lines) {
    int[] widths() {
      int[] widths = new int[lines.getFirst().size()];
      for (List<String> line : lines) {
        for (int c = 0; c < widths.length; c++) {
          widths[c] = Math.max(widths[c], line.get(c).length());
        }
      }
      return widths;
    }
  }

  private List<Table> tables() {
    Map<String, List<KernelRow>> groups = new LinkedHashMap<>();
    for (KernelRow row : rows) {
      groups.computeIfAbsent(row.of().group(), group -> new ArrayList<>()).add(row);
    }
    List<Table> tables = new ArrayList<>();
    groups.forEach((group, members) -> tables.add(table(group, members)));
    return tables;
  }

  private Table table(String group, List<KernelRow> members) {
    Cost.Bound bound = members.getFirst().of().cost().bound();
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("kernel", "shape"));
    for (Limits each : machine.limits()) {
      header.add("median, " + each.threads() + " thr.");
      header.add("best");
      if (bound != Cost.Bound.NONE) {
        header.add(bound.unit());
        header.add("%");
      }
      if (each.threads() > 1) {
        header.add("speed-up");
      }
    }
    lines.add(header);
    for (KernelRow row : members) {
      List<String> line = new ArrayList<>(List.of(row.of().kernel(), row.of().shape()));
      for (Limits each : machine.limits()) {
        cells(row, each, bound, line);
      }
      lines.add(line);
    }
    String against =
        switch (bound) {
          case ARITHMETIC -> ", % of the multiply-add peak";
          case COPY -> ", % of the copy bandwidth at the same working set";
          case UPDATE -> ", % of the bandwidth of updating in place at the same working set";
          case NONE -> "";
        };
    return new Table(group + against, lines);
  }

  private static void cells(KernelRow row, Limits limits, Cost.Bound bound, List<String> line) {
    Timing timing =
        row.timings().stream()
            .filter(each -> each.threads() == limits.threads())
            .findFirst()
            .orElse(null);
    line.add(timing == null ? "" : time(timing.median()));
    line.add(timing == null ? "" : time(timing.best()));
    if (bound != Cost.Bound.NONE) {
      Cost cost = row.of().cost();
      line.add(timing == null ? "" : decimals(1, cost.rate(timing.best())));
      line.add(timing == null ? "" : decimals(0, 100 * cost.share(timing.best(), limits)));
    }
    if (limits.threads() > 1) {
      var speedUp = row.speedUp(limits.threads());
      line.add(speedUp.isPresent() ? decimals(2, speedUp.getAsDouble()) : "");
    }
  }

  /// A duration with three digits, in ns, µs or ms.
  static String time(double seconds) {
    double nanos = seconds * 1e9;
    if (nanos < 999.5) {
      return decimals(nanos < 99.95 ? 1 : 0, nanos) + " ns";
    }
    double value = nanos < 999.5e3 ? nanos / 1e3 : nanos / 1e6;
    int count = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return decimals(count, value) + (nanos < 999.5e3 ? " µs" : " ms");
  }

  private static String decimals(int count, double value) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }
}
