package ijen.bench.report;

import static ijen.bench.report.Fixed.ONE;
import static ijen.bench.report.Fixed.TWO;
import static ijen.bench.report.Fixed.results;
import static ijen.bench.report.Fixed.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.bench.peer.Library;
import ijen.bench.workload.Workload;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
  private static final Results RESULTS =
      results(
          run(Workload.D, Library.IJEN, ONE, 1.0, 0.83),
          run(Workload.D, Library.IJEN, ONE, 1.2, 0.83),
          run(Workload.D, Library.IJEN, TWO, 0.5, 0.83),
          run(Workload.D, Library.IJEN, TWO, 0.6, 0.83),
          run(Workload.D, Library.TORCH, ONE, 2.1, 0.82),
          run(Workload.D, Library.TORCH, ONE, 2.3, 0.82),
          run(Workload.D, Library.TORCH, TWO, 4.0, 0.82, 0.5, 0.2),
          run(Workload.F, Library.IJEN, ONE, 0.1, 0.80),
          run(Workload.F, Library.NUMPY, ONE, 0.2, 0.80));

  @Test
  void theComparison() {
    assertThat(table("Training: seconds for an epoch"))
        .containsExactly(
            "|network|Ijen|threads|images/s|best peer|its threads|its time|ratio|floor|held"
                + "|arithmetic alone|of Ijen's time",
            "D|784-256-256-10, batch 256, sgd 0.1|0.550 (0.500–0.600)|2|109,000|PyTorch 1.13"
                + "|1 thread|2.20 (2.10–2.30)|4.00×|1.50×|yes|0.363|66 %",
            "F|784-10, batch 100, sgd 0.5|0.100|1|600,000|NumPy 1.24|1 thread|0.200|2.00×|3.00×"
                + "|no|0.0188|19 %");
  }

  @Test
  void everyParticipantAndSetting() {
    assertThat(table("Every participant and setting"))
        .contains(
            "D|PyTorch 1.13|1 thread|2.20 (2.10–2.30)|4.40|4.00|0.5000|0.8200|1 %|2|",
            "D|PyTorch 1.13|2 threads, passive|4.00*|8.00|7.27|0.5000|0.8200|20 %|1|not repeated:"
                + " far from the best in the first repetition")
        .hasSize(1 + 6);
  }

  /// The lines of a table without frame and padding.
  private static List<String> table(String title) {
    String text = new BenchReport(RESULTS).markdown();
    return text.substring(text.indexOf("### " + title))
        .lines()
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("|--"))
        .map(line -> line.substring(1, line.length() - 1).strip().replaceAll(" *\\| *", "|"))
        .toList();
  }

  @Test
  void theRest() {
    String text = new BenchReport(RESULTS).markdown();
    assertThat(text)
        .startsWith("```text\n2026-01-02T03:04:05Z\nA processor")
        .contains(
            "- Smile is not installed: no Maven",
            "- Figures with a star were measured while other processes took more than 5 %",
            "### Evaluating 10,000 test images of network D",
            "| Ijen 0.1     | 2 threads, passive | batches of 1000 | 0.0055 (0.0050–0.0060) |",
            "### Cold start",
            "0.200 (0.100–0.300)",
            "### Memory of Ijen",
            "5.00 |",
            "OpenBLAS");
    assertThat(new BenchReport(RESULTS).problems()).isEmpty();
  }

  @Test
  void aDoubtfulRowIsMarked() {
    Results results =
        results(
            run(Workload.F, Library.IJEN, ONE, 0.1, 0.80),
            run(Workload.F, Library.NUMPY, ONE, 0.2, 0.10));
    BenchReport report = new BenchReport(results);
    assertThat(report.problems()).hasSize(1);
    assertThat(report.markdown()).contains("| F (!) |", "- F: NumPy, 1 thread: expected a test");
  }

  @Test
  void loading() {
    assertThat(table("Loading"))
        .containsExactly(
            "format|of|MB|participant|first time, ms|warm, ms|times Ijen's",
            "IDX, .gz|60,000 and 10,000 images|11.6|Ijen 0.1|300 (200–400)|110 (100–120)|1.00",
            "IDX, .gz|60,000 and 10,000 images|11.6|NumPy 1.24|250|220|2.00");
    assertThat(new BenchReport(RESULTS).markdown()).contains("- loading HDF5: NumPy: no h5py\n");
    assertThat(Fixed.loading(7).problems()).isEmpty();
    assertThat(Fixed.loading(8).problems())
        .containsExactly(
            "loading IDX, .gz: NumPy 1.24 has another batch than Ijen: expected the checksum 7, got"
                + " [8.0]");
  }

  @Test
  void programsGetTheSame() {
    JsonObject object = Json.object(Json.line(ResultsJson.of(RESULTS)), "results");
    JsonObject d = object.objects("workloads").getFirst();
    assertThat(d.string("workload")).isEqualTo("D");
    assertThat(d.number("ratio")).isEqualTo(4.0);
    assertThat(d.object("ijen").integer("threads")).isEqualTo(2);
    assertThat(d.object("bestPeer").string("participant")).isEqualTo("torch");
    assertThat(object.objects("runs")).hasSize(9);
    assertThat(object.objects("runs").getFirst().numbers("epochSeconds")).containsExactly(2, 1);
    JsonObject loaded = object.object("loading").objects("rows").getLast();
    assertThat(loaded.numbers("warmSeconds")).containsExactly(0.22);
    assertThat(object.object("machine").string("cpu")).isEqualTo("A processor");
  }

  @Test
  void aPageIsChangedBetweenItsMarks(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("performance.md");
    Files.writeString(file, "before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n");
    MarkedPage.of(file).update("new | table\n");
    String expected = "before\n<!-- bench:begin -->\n\nnew | table\n<!-- bench:end -->\nafter\n";
    assertThat(file).hasContent(expected);
    MarkedPage.of(file).update("new | table\n");
    assertThat(Files.readString(file)).isEqualTo(expected);
    for (String wrong :
        new String[] {"no marks", "<!-- bench:end --><!-- bench:begin -->", expected + expected}) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> MarkedPage.of(file))
          .hasMessageContaining("expected the lines <!-- bench:begin --> and <!-- bench:end -->");
      assertThat(Files.readString(file)).isEqualTo(wrong);
    }
  }

  @Test
  void aGridIsMarkdown() {
    Grid grid = new Grid("a", ">long head");
    grid.row("x|y", "1");
    assertThat(grid)
        .hasToString(
            """
            | a    | long head |
            |------|----------:|
            | x\\|y |         1 |
            """);
    assertThatThrownBy(() -> grid.row("1")).hasMessageContaining("expected 2 cells");
  }
}
