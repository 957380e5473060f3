package ijen.bench.kernel;

import ijen.bench.machine.Machine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/// Measures the kernels, each in a JVM of its own, and says how near they come to the machine's
/// limits.
///
/// The limits are measured before and after, and the better counts: of a limit as of a kernel, the
/// best of several trials is what it can do, and what is slower is somebody else's work. The times
/// with one thread and with more follow each other at once, so that they are taken from the same
/// machine.
public final class KernelBenchmarks {
  /// Flags about how a JVM starts and what it says.
  private static final List<String> STARTING = List.of("-XX:AOT", "-Xshare", "-Xlog");

  private KernelBenchmarks() {}

  /// How much is measured of a case in its JVM.
  ///
  /// @param warmUp iterations that do not count
  /// @param iterations iterations that count
  /// @param millis the length of each
  record Effort(int warmUp, int iterations, int millis) {
    static final Effort FULL = new Effort(1, 5, 150);
  }

  /// Measures the cases whose name contains `pattern`, a regular expression without regard to case;
  /// prints progress to the error stream and the tables to the output stream.
  ///
  /// All cases take about eight minutes, a case about two seconds for each number of threads.
  ///
  /// @param pattern empty for all cases
  /// @param threads the numbers of threads to measure with
  /// @throws IllegalArgumentException if the pattern is none, or fits no case, or no thread is
  ///   given
  /// @throws IllegalStateException if a kernel's answer is wrong
  public static KernelReport run(String pattern, int... threads) {
    KernelReport report = measure(pattern, System.err::println, threads);
    System.out.print(report.text());
    return report;
  }

  /// As [#run], with a line of progress for each case to `progress`, and nothing printed.
  ///
  /// @throws IllegalArgumentException as [#run]
  /// @throws IllegalStateException as [#run]
  public static KernelReport measure(String pattern, Consumer<String> progress, int... threads) {
    return measure(matching(pattern), Effort.FULL, progress, threads);
  }

  static KernelReport measure(
      List<KernelCase> cases, Effort effort, Consumer<String> progress, int... threads) {
    int[] counts = IntStream.of(threads).sorted().distinct().toArray();
    if (counts.length == 0 || counts[0] < 1) {
      throw new IllegalArgumentException("kernel benchmarks: expected numbers of threads above 0");
    }
    Machine before = Machine.measure(counts);
    progress.accept(before.text());
    List<KernelRow> rows = new ArrayList<>();
    for (KernelCase each : cases) {
      KernelRow row = row(each, effort, each.threaded() ? counts : new int[] {counts[0]});
      rows.add(row);
      progress.accept(
          "%d of %d: %s, %s".formatted(rows.size(), cases.size(), each.name(), times(row)));
    }
    return new KernelReport(before, Machine.measure(counts), flags(), rows);
  }

  private static String times(KernelRow row) {
    return String.join(
        ", ", row.timings().stream().map(each -> KernelReport.time(each.best())).toList());
  }

  /// The cases whose name contains the pattern.
  static List<KernelCase> matching(String pattern) {
    Pattern compiled;
    try {
      compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "kernel benchmarks: '%s' is no pattern: %s".formatted(pattern, e.getDescription()), e);
    }
    List<KernelCase> all = KernelCases.all();
    List<KernelCase> found =
        all.stream().filter(each -> compiled.matcher(each.name()).find()).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "kernel benchmarks: '%s' fits none of the %s cases, which have names like '%s', '%s', '%s'"
              .formatted(
                  pattern,
                  all.size(),
                  all.getFirst().name(),
                  all.get(all.size() / 2).name(),
                  all.getLast().name()));
    }
    return found;
  }

  static KernelRow row(KernelCase of, Effort effort, int[] threads) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Pattern.quote(KernelBenchmark.class.getName() + ".call"))
            .param("kernel", of.name())
            .param(
                "threads", IntStream.of(threads).mapToObj(String::valueOf).toArray(String[]::new))
            .jvmArgs(flags().toArray(String[]::new))
            .warmupIterations(effort.warmUp())
            .measurementIterations(effort.iterations())
            .warmupTime(TimeValue.milliseconds(effort.millis()))
            .measurementTime(TimeValue.milliseconds(effort.millis()))
            .forks(1)
            .shouldFailOnError(true);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    try {
      Collection<RunResult> results =
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .run();
      return new KernelRow(
          of,
          results.stream()
              .map(KernelBenchmarks::timing)
              .sorted(Comparator.comparingInt(Timing::threads))
              .toList());
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "kernel benchmarks: '%s' was not measured; its JVM said:\n%s"
              .formatted(of.name(), said.toString(StandardCharsets.UTF_8)),
          e);
    }
  }

  private static Timing timing(RunResult result) {
    Statistics nanos = result.getPrimaryResult().getStatistics();
    return new Timing(
        Integer.parseInt(result.getParams().getParam("threads")),
        nanos.getPercentile(50) * 1e-9,
        nanos.getMin() * 1e-9);
  }

  private static List<String> flags() {
    return flags(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /// The flags for a measuring JVM: ours, as far as they change how it computes, and what it needs.
  /// A cache of classes (`-XX:AOTCache`) would carry the profile of another program.
  static List<String> flags(List<String> ours) {
    List<String> flags = new ArrayList<>();
    for (String flag : ours) {
      boolean computes = flag.startsWith("-X") || flag.startsWith("-Dijen.");
      if (computes && STARTING.stream().noneMatch(flag::startsWith)) {
        flags.add(flag);
      }
    }
    // Calls wait until their code is compiled, so that how warm a kernel is when its time is taken
    // does not depend on how busy the machine is.
    flags.add("-XX:-BackgroundCompilation");
    flags.add("--add-modules=jdk.incubator.vector");
    flags.add("--sun-misc-unsafe-memory-access=allow"); // JMH uses it
    return flags;
  }
}
