package peer;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a peer answers: JSON objects, one a line.
final class Report {
  private Report() {}

  /// Who answers, and with which native libraries. `product` is the speed of a product of two
  /// matrices of 512² floats in GFLOP/s; 0 if it was not measured.
  static void begin(String version, double product) throws IOException {
    String libraries = libraries().stream().map(path -> '"' + path + '"').toList().toString();
    say(
        "{\"version\":\"%s\",\"libraries\":%s,\"product\":%.2f,\"cpu\":%.3f}",
        version, libraries, product, cpu());
  }

  /// An epoch, counted from 0; `loss` is NaN where it was not read.
  static void epoch(int epoch, double seconds, double loss) {
    say(
        "{\"epoch\":%d,\"seconds\":%.6f,\"loss\":%s,\"cpu\":%.3f}",
        epoch, seconds, Double.isNaN(loss) ? "null" : Double.toString(loss), cpu());
  }

  /// The result on the test set, after all epochs.
  static void test(double value) {
    say("{\"test\":%.6f}", value);
  }

  /// Seconds of processor time that this process has used.
  private static double cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
    System.out.flush();
  }

  /// The libraries in this process that multiply matrices or share out work.
  private static List<String> libraries() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.isReadable(maps)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(maps)) {
      return lines
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .filter(path -> path.startsWith("/"))
          .filter(path -> path.matches(".*/lib[^/]*(blas|blis|mkl|dnnl|omp|atlas|torch_cpu)[^/]*"))
          .distinct()
          .toList();
    }
  }
}
