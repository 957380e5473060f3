package ijen.cli;

import ijen.plot.Digits;
import ijen.recipe.SearchPlan;
import ijen.study.SearchRecord;
import ijen.tune.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The best trials of a search, and how far it is, redrawn at most ten times a second; nothing
/// where that cannot be.
final class TuneTable {
  private static final long PAUSE = 100_000_000; // nanoseconds from one drawing to the next
  private static final int ROWS = 5;
  private static final int BAR = 24;
  private static final int GREEN = 32;

  private final Terminal terminal;
  private final SearchPlan plan;
  private final int workers;
  private final List<Trial> done = new ArrayList<>();
  private final TreeMap<Integer, Trial> going = new TreeMap<>();
  private long next;
  private int drawn;

  TuneTable(Terminal terminal, SearchPlan plan, int workers) {
    this.terminal = terminal;
    this.plan = plan;
    this.workers = workers;
    this.next = System.nanoTime();
  }

  /// Trials have ended before.
  void begin(List<Trial> known) {
    done.addAll(known);
    draw();
  }

  /// A trial has begun, or reported.
  void changed(Trial trial) {
    going.put(trial.number(), trial);
    draw();
  }

  /// A trial has ended.
  void ended(Trial trial) {
    going.remove(trial.number());
    done.add(trial);
    draw();
  }

  private void draw() {
    long now = System.nanoTime();
    if (!terminal.interactive() || now - next < 0) {
      return;
    }
    next = now + PAUSE;
    clear();
    List<String> lines = lines();
    lines.forEach(terminal.out()::println);
    terminal.out().flush();
    drawn = lines.size();
  }

  /// Takes the table away, so that something else can stand there.
  void clear() {
    if (drawn > 0) {
      terminal.out().print("\u001b[" + drawn + "A\r\u001b[J");
      terminal.out().flush();
      drawn = 0;
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    int all = plan.rules().trials();
    int full = all == 0 ? 0 : BAR * done.size() / all;
    String front = done.size() + "/" + all + " trials ";
    String back = back(all);
    int room = terminal.width() - 1 - front.length() - back.length();
    lines.add(
        room < BAR
            ? cut(front + back.strip())
            : terminal.bold(front)
                + terminal.colored(GREEN, (terminal.unicode() ? "━" : "=").repeat(full))
                + terminal.dim((terminal.unicode() ? "─" : "-").repeat(BAR - full))
                + back);
    List<Trial> best =
        SearchRecord.ranked(done, plan.goal()).stream()
            .filter(trial -> trial.state() == Trial.State.COMPLETE)
            .limit(ROWS)
            .toList();
    for (Trial trial : best) {
      lines.add(
          cut(
              "%8s  trial %d  %s"
                  .formatted(
                      TuneText.text(plan.measure(), trial.value()),
                      trial.number(),
                      trial.configuration().brief())));
    }
    return lines;
  }

  /// What goes on, and for how long still.
  private String back(int all) {
    StringBuilder text = new StringBuilder();
    if (!going.isEmpty()) {
      text.append("  ").append(going.size()).append(going.size() == 1 ? " goes on" : " go on");
      int epochs = going.values().stream().mapToInt(one -> one.reports().list().size()).sum();
      text.append(", after ").append(Digits.count(epochs)).append(" epochs");
    }
    double left = left(all);
    if (!Double.isNaN(left)) {
      text.append("  ").append(ProgressBar.time(left)).append(" left");
    }
    return text.toString();
  }

  /// Seconds, if the others take as long as those that have ended; NaN before the first has.
  private double left(int all) {
    double mean = done.stream().mapToDouble(Trial::seconds).average().orElse(Double.NaN);
    int missing = all - done.size();
    return mean * missing / Math.clamp(missing, 1, workers);
  }

  private String cut(String line) {
    int most = terminal.width() - 1;
    return line.length() <= most
        ? line
        : line.substring(0, most - 1) + (terminal.unicode() ? "…" : "~");
  }
}
