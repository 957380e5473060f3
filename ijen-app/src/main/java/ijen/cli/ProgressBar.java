package ijen.cli;

import ijen.train.Progress;
import java.io.PrintStream;
import java.util.Locale;

/// One line that shows how a training goes, redrawn at most ten times a second.
final class ProgressBar {
  private static final long PAUSE = 100_000_000; // nanoseconds from one drawing to the next
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final PrintStream out;
  private long begun;
  private long stepsBefore;
  private long next;
  private boolean drawn;

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
  }

  void started(Progress progress) {
    begun = System.nanoTime();
    stepsBefore = progress.step();
    next = begun;
  }

  /// Allocates nothing but when it draws.
  void stepped(Progress progress) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + PAUSE;
    out.print(ERASE + line(progress, (now - begun) * 1e-9));
    out.flush();
    drawn = true;
  }

  /// Takes the bar away, so that a line can stand there.
  void clear() {
    if (drawn) {
      out.print(ERASE);
      out.flush();
      drawn = false;
    }
  }

  /// The line, never wider than the terminal.
  private String line(Progress progress, double seconds) {
    double stepsPerSecond = (progress.step() - stepsBefore) / seconds;
    double samplesPerStep = (double) progress.samples() / Math.max(1, progress.stepInEpoch());
    double left = (progress.steps() - progress.step()) / stepsPerSecond;
    String front =
        String.format(Locale.ROOT, "epoch %d/%d ", progress.epoch() + 1, progress.epochs());
    String back =
        String.format(
            Locale.ROOT,
            " loss %.4f%s  %,.0f/s  %s left",
            progress.loss(),
            Double.isNaN(progress.accuracy())
                ? ""
                : String.format(Locale.ROOT, "  acc %.4f", progress.accuracy()),
            stepsPerSecond * samplesPerStep,
            time(left));
    int room = terminal.width() - 1 - front.length() - back.length();
    if (room < 5) {
      String whole = front + back.strip();
      return whole.substring(0, Math.min(whole.length(), terminal.width() - 1));
    }
    double part = (double) progress.stepInEpoch() / progress.stepsPerEpoch();
    return terminal.bold(front) + bar(Math.min(room, 30), part) + back;
  }

  private String bar(int room, double part) {
    int full = (int) Math.round(part * room);
    String done = (terminal.unicode() ? "━" : "=").repeat(full);
    String open = (terminal.unicode() ? "─" : "-").repeat(room - full);
    return terminal.colored(32, done) + terminal.dim(open);
  }

  /// Minutes and seconds, or hours too: `1:05`; `0:00` for what is not known.
  static String time(double seconds) {
    long whole = Double.isFinite(seconds) ? Math.round(seconds) : 0;
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
