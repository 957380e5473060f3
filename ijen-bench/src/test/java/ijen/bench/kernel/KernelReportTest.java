package ijen.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.bench.machine.Limits;
import ijen.bench.machine.Machine;
import ijen.format.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelReportTest {
  private static Machine machine(double one, double two) {
    List<Limits.Bandwidth> memory = List.of(new Limits.Bandwidth(16384, 100, 120));
    return new Machine(
        "cpu",
        2,
        8,
        "25",
        List.of(),
        List.of(new Limits(1, one, memory), new Limits(2, two, memory)));
  }

  private static KernelRow row(
      String group, String kernel, String shape, Cost cost, Timing... timings) {
    KernelCase of =
        new KernelCase(group, kernel, shape, cost, true, 0, o -> KernelCase.Call.of(() -> {}));
    return new KernelRow(of, List.of(timings));
  }

  private static KernelReport report(Machine before, Machine after, List<KernelRow> rows) {
    return new KernelReport(before, after, List.of("-Xa", "-Xb"), rows);
  }

  private static final List<KernelRow> ROWS =
      List.of(
          row(
              "products",
              "square",
              "96x96x96",
              Cost.multiplyAdds(96 * 96 * 96),
              new Timing(1, 25e-6, 24e-6),
              new Timing(2, 14e-6, 12e-6)),
          row("elements", "putBytes", "1024", Cost.copying(5000, 5000), new Timing(1, 5e-7, 1e-7)),
          row("updates", "sgd", "1024", Cost.updating(12000, 8000), new Timing(1, 2e-7, 2e-7)),
          row(
              DividedWork.GROUP,
              "relu",
              "10 numbers",
              Cost.none(),
              new Timing(1, 1e-8, 1e-8),
              new Timing(2, 6e-9, 6e-9)),
          row(
              DividedWork.GROUP,
              "relu",
              "20 numbers",
              Cost.none(),
              new Timing(1, 1e-3, 1e-3),
              new Timing(2, 2e-3, 2e-3)),
          row(
              DividedWork.GROUP,
              "relu",
              "40 numbers",
              Cost.none(),
              new Timing(1, 2, 2),
              new Timing(2, 1, 1)));

  @Test
  void textHasOneTableForEachGroup() {
    KernelReport report = report(machine(90, 180), machine(92.16, 179), ROWS);
    assertThat(report.text())
        .startsWith(machine(92.16, 180).text())
        .contains(
            """
            products, % of the multiply-add peak
              kernel  shape     median, 1 thr.     best  GFLOP/s   %  median, 2 thr.     best  GFLOP/s   %  speed-up
              square  96x96x96         25.0 µs  24.0 µs     73.7  80         14.0 µs  12.0 µs    147.5  82      2.00

            elements, % of the copy bandwidth at the same working set
              kernel    shape  median, 1 thr.    best  GB/s   %  median, 2 thr.  best  GB/s  %  speed-up
              putBytes  1024           500 ns  100 ns  50.0  50

            updates, % of the bandwidth of updating in place at the same working set
              kernel  shape  median, 1 thr.    best  GB/s   %  median, 2 thr.  best  GB/s  %  speed-up
              sgd     1024           200 ns  200 ns  60.0  50

            divided work
              kernel  shape       median, 1 thr.     best  median, 2 thr.     best  speed-up
              relu    10 numbers         10.0 ns  10.0 ns          6.0 ns   6.0 ns      1.67
              relu    20 numbers         1.00 ms  1.00 ms         2.00 ms  2.00 ms      0.50
              relu    40 numbers         2000 ms  2000 ms         1000 ms  1000 ms      2.00

            relu: 2 threads beat one from 40 numbers on
            """,
            "a JVM of its own, with -Xa -Xb.")
        .doesNotContain("quiet", "busy");
  }

  @Test
  void markdownHasTheSameCells() {
    assertThat(report(machine(90, 180), machine(90, 180), ROWS.subList(0, 1)).markdown())
        .contains(
            """
            products, % of the multiply-add peak

            | kernel | shape | median, 1 thr. | best | GFLOP/s | % | median, 2 thr. | best | GFLOP/s | % | speed-up |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            | square | 96x96x96 | 25.0 µs | 24.0 µs | 73.7 | 82 | 14.0 µs | 12.0 µs | 147.5 | 82 | 2.00 |
            """);
  }

  @Test
  void rowsAreJson() {
    KernelReport report = report(machine(64, 128), machine(64, 128), ROWS);
    assertThat(report.json())
        .containsKeys("machine", "drift")
        .containsEntry("flags", List.of("-Xa", "-Xb"));
    assertThat(Json.line(report.json().get("kernels")))
        .startsWith(
            "[{\"group\":\"products\",\"kernel\":\"square\",\"shape\":\"96x96x96\",\"threads\":1,"
                + "\"medianSeconds\":2.5E-5,\"bestSeconds\":2.4E-5,\"rate\":73.728,"
                + "\"unit\":\"GFLOP/s\",\"shareOfLimit\":1.152},")
        .contains(
            "{\"group\":\"divided work\",\"kernel\":\"relu\",\"shape\":\"40"
                + " numbers\",\"threads\":2,"
                + "\"medianSeconds\":1.0,\"bestSeconds\":1.0,\"speedUp\":2.0}");
  }

  @Test
  void aBusyMachineIsSaidToBe() {
    assertThat(report(machine(90, 100), machine(60, 100), ROWS).text())
        .contains("2 threads ran at only 1.11 times the rate of 1")
        .contains("before and after differ by 50 %");
  }

  @Test
  void manyThreadsMayNeverPay() {
    List<KernelRow> rows = ROWS.subList(4, 5);
    assertThat(report(machine(90, 180), machine(90, 180), rows).text())
        .contains("relu: 2 threads beat one at no size measured");
  }
}
