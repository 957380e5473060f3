package ijen.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The processor time that the whole machine has spent, at a moment: by it we know what others did
/// while we measured.
///
/// **Units:** seconds. The kernel counts in hundredths, so that short stretches are known roughly.
///
/// @param moment by a clock that does not jump
/// @param busy of all processors together, since the machine's start; NaN where there is no
///   `/proc/stat`
/// @param ours what this JVM has used of it
/// @param processors that the machine has
public record CpuTime(double moment, double busy, double ours, int processors) {
  private static final Path STAT = Path.of("/proc/stat");

  /// Now.
  public static CpuTime now() {
    double ours =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
            * 1e-9;
    try {
      return of(Files.readAllLines(STAT), System.nanoTime() * 1e-9, ours);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException unknown) {
      return new CpuTime(System.nanoTime() * 1e-9, Double.NaN, ours, 1);
    }
  }

  /// From the lines of `/proc/stat`. All kinds of work count, and time that the host took away;
  /// idle and waiting time do not.
  static CpuTime of(List<String> stat, double moment, double ours) {
    String[] words = stat.getFirst().strip().split("\\s+", -1);
    double busy = 0;
    for (int field : new int[] {1, 2, 3, 6, 7, 8}) { // user nice system irq softirq steal
      busy += Long.parseLong(words[field]) / 100.0;
    }
    long processors = stat.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
    return new CpuTime(moment, busy, ours, (int) Math.max(1, processors));
  }

  /// The part of all processors' time since `before` that neither this JVM nor a child of it used,
  /// in [0, 1]; NaN if unknown.
  ///
  /// @param child what the child used since then
  public double foreignSince(CpuTime before, double child) {
    double foreign = busy - before.busy - (ours - before.ours) - child;
    double all = (moment - before.moment) * processors;
    return Double.isNaN(foreign) || all <= 0 ? Double.NaN : Math.clamp(foreign / all, 0, 1);
  }
}
