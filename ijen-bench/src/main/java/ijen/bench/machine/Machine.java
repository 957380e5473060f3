package ijen.bench.machine;

import ijen.kernel.Kernels;
import ijen.run.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The machine a benchmark runs on, and what it can do at best: the roof that kernels are held
/// against.
///
/// Every figure is the **best** of several trials, interleaved so that a disturbance spoils one
/// trial of each and not all trials of one. A limit is what the machine can do when nobody disturbs
/// it, hence the best and not the median.
///
/// @param cpu the processor as it names itself
/// @param processors how many the JVM may use
/// @param lanes floats in one SIMD instruction of Ijen's kernels
/// @param java the JDK's version and vendor
/// @param flags the JVM's flags that change how it computes
/// @param limits what can be done, by ascending number of threads
public record Machine(
    String cpu, int processors, int lanes, String java, List<String> flags, List<Limits> limits) {
  private static final int TRIALS = 5;

  /// Bytes for each thread: within a first-level cache, a second-level cache, a shared one, none.
  /// All threads together have no more than the last.
  private static final long[] WORKING_SETS = {16 << 10, 256 << 10, 8 << 20, 256 << 20};

  public Machine {
    flags = List.copyOf(flags);
    limits = List.copyOf(limits);
  }

  /// Measures with one thread and with as many as there are processors; takes a few seconds.
  public static Machine measure() {
    return measure(1, Runtime.getRuntime().availableProcessors());
  }

  /// Measures with each of the given numbers of threads.
  ///
  /// @throws IllegalArgumentException if a number of threads is not in 1 … 1024, or there is none
  public static Machine measure(int... threads) {
    return measure(TRIALS, WORKING_SETS, threads);
  }

  static Machine measure(int trials, long[] workingSets, int... threads) {
    int[] counts = IntStream.of(threads).sorted().distinct().toArray();
    if (counts.length == 0) {
      throw new IllegalArgumentException("machine: expected numbers of threads, got none");
    }
    long bytes = Math.min(LongStream.of(workingSets).max().orElseThrow(), mostBytes());
    float[] source = new float[(int) (bytes / 2 / Float.BYTES)];
    float[] target = new float[source.length];
    Arrays.fill(source, 1);
    List<Meter> meters = new ArrayList<>();
    try {
      for (int count : counts) {
        meters.add(new Meter(count, source, target, workingSets));
      }
      meters.getFirst().warmUp(); // for all: they share their code
      for (int trial = 0; trial < trials; trial++) {
        meters.forEach(Meter::trial);
      }
      return described(meters.stream().map(Meter::best).toList());
    } finally {
      meters.forEach(Meter::close);
    }
  }

  /// What a JVM with little memory can spare.
  private static long mostBytes() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  private static Machine described(List<Limits> limits) {
    Map<String, @Nullable Object> found = Environment.capture(Path.of(""), Map.of());
    Map<?, ?> java = found.get("java") instanceof Map<?, ?> map ? map : Map.of();
    List<?> flags = java.get("flags") instanceof List<?> list ? list : List.of();
    return new Machine(
        String.valueOf(found.get("cpu")),
        Runtime.getRuntime().availableProcessors(),
        Kernels.lanes(),
        java.get("version") + " " + java.get("vendor"),
        flags.stream().map(String::valueOf).toList(),
        limits);
  }

  /// The limits with `threads` threads.
  ///
  /// @throws IllegalArgumentException if that was not measured
  public Limits limits(int threads) {
    for (Limits each : limits) {
      if (each.threads() == threads) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "machine: limits were measured with %s threads, not with %s"
            .formatted(limits.stream().map(Limits::threads).toList(), threads));
  }

  /// The multiply-add peak with `threads` threads, in GFLOP/s.
  ///
  /// @throws IllegalArgumentException if that was not measured
  public double gigaflops(int threads) {
    return limits(threads).gigaflops();
  }

  /// This machine with the better of this and another measurement of it, figure by figure.
  public Machine better(Machine other) {
    List<Limits> better =
        limits.stream().map(each -> each.better(other.limits(each.threads()))).toList();
    return new Machine(cpu, processors, lanes, java, flags, better);
  }

  /// A few lines for people.
  public String text() {
    List<Limits.Bandwidth> sizes = limits.getFirst().bandwidths();
    double one = limits.getFirst().gigaflops() / limits.getFirst().threads();
    StringBuilder text = new StringBuilder();
    text.append(cpu).append(", processors: ").append(processors);
    text.append(", lanes: ").append(lanes).append('\n');
    String jvm = "Java " + java + " " + String.join(" ", flags);
    text.append(jvm.strip()).append('\n');
    line(text, "best of several trials, threads:", each -> "" + each.threads());
    line(text, "multiply-add peak, GFLOP/s", each -> decimals(1, each.gigaflops()));
    line(text, "that is, times one thread", each -> decimals(2, each.gigaflops() / one));
    for (int i = 0; i < sizes.size(); i++) {
      int at = i;
      long bytes = sizes.get(i).workingSet();
      boolean each = limits.getLast().bandwidths().get(i).workingSet() == bytes;
      String size = bytes / 1024 + (each ? " KiB a thread" : " KiB in all");
      line(text, "copy, GB/s, in " + size, limit -> decimals(1, limit.bandwidths().get(at).copy()));
      line(
          text,
          "update, GB/s, in " + size,
          limit -> decimals(1, limit.bandwidths().get(at).update()));
    }
    return text.toString();
  }

  private void line(StringBuilder text, String name, Function<Limits, String> figure) {
    text.append(String.format(Locale.ROOT, "  %-36s", name));
    for (Limits each : limits) {
      text.append(String.format(Locale.ROOT, "%10s", figure.apply(each)));
    }
    text.append('\n');
  }

  private static String decimals(int count, double value) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }

  /// The same for programs: maps, lists, texts and numbers, as JSON has them.
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("cpu", cpu);
    map.put("processors", processors);
    map.put("lanes", lanes);
    map.put("java", java);
    map.put("flags", flags);
    map.put("limits", limits.stream().map(Limits::json).toList());
    return map;
  }
}
