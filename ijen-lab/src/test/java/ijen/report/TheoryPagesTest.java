package ijen.report;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.data.Datasets;
import ijen.theory.Measurement;
import ijen.theory.Statement;
import ijen.theory.Theory;
import ijen.theory.TheoryResult;
import ijen.theory.Topic;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/// Measures everything as the documents say, and holds them to it.
class TheoryPagesTest {
  private static final String ANEW =
      "the pages are out of date: ./ijen reproduce theory --data digits --markdown docs/theory";

  /// A row of measurements: claim, measured, error, tolerance, verdict.
  private static final Pattern ROW =
      Pattern.compile("\\| (.*) \\| (.*) \\| (.*) \\| (.*) \\| (holds|fails) \\|");

  private static TheoryResult result;

  @BeforeAll
  static void measure() {
    result = Theory.of(Datasets.open("digits").train()).measure();
  }

  @Test
  void everyStatementHolds() {
    List<String> failing = new ArrayList<>();
    for (Statement statement : result.statements()) {
      for (Measurement m : statement.measurements()) {
        if (!m.holds()) {
          failing.add(statement.topic() + ": " + m);
        }
      }
    }
    assertThat(failing).isEmpty();
    assertThat(result.statements()).hasSize(6).allMatch(Statement::holds);
    assertThat(result.verdict()).matches("All 6 statements hold, in 1?\\d\\d measurements\\.");
  }

  /// All is the same to the letter but for errors, which are rounding and chance: another order of
  /// the engine's sums is allowed to change them.
  @Test
  void thePagesAreWhatIsMeasured() throws IOException {
    Path folder = documents();
    Map<String, String> files = TheoryPages.of(result);
    TreeSet<String> there = new TreeSet<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.forEach(file -> there.add(String.valueOf(file.getFileName())));
    }
    assertThat(there).as(ANEW).isEqualTo(new TreeSet<>(files.keySet()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      String committed = Files.readString(folder.resolve(file.getKey()));
      assertThat(withoutErrors(committed)).as(ANEW).isEqualTo(withoutErrors(file.getValue()));
    }
  }

  private static String withoutErrors(String page) {
    return ROW.matcher(page).replaceAll("| $1 | $2 | | $4 | $5 |");
  }

  private static Path documents() {
    return Stream.iterate(
            Optional.of(Path.of("").toAbsolutePath()),
            Optional::isPresent,
            folder -> folder.map(Path::getParent))
        .map(folder -> folder.orElseThrow().resolve("docs/theory"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFigureShowsAllThreeInitialisers() {
    Statement statement =
        result.statements().stream()
            .filter(one -> one.topic() == Topic.INITIALISATION)
            .findFirst()
            .orElseThrow();
    String svg = statement.drawings().getFirst().figure().standalone();
    assertThat(svg).contains("He ", "Xavier ", "0.01·N(0, 1) ", "Var[z]", "layer");
    assertThat(statement.measurements().stream().map(Measurement::claim))
        .contains("He: Var[z] of layer 50 over that of layer 1");
  }

  @Test
  void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
    String html = TheoryReport.html(result);
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html.replaceFirst("<!DOCTYPE html>\n", ""))));
    assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(7);
    assertThat(page.getElementsByTagName("figure").getLength()).isEqualTo(3);
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(html)
        .contains(
            "<h1>Theory</h1>", "∂C/∂s = a − y", "He&#39;s initialisation", "default-src 'none'")
        .doesNotContain("<link", "src=", "fails");
  }

  @Test
  void aFailureIsLoud(@TempDir Path folder) throws IOException {
    Measurement fails = new Measurement("1 = 2", "1 | 2", 1, Measurement.Bound.AT_MOST, 1e-9);
    Statement statement =
        new Statement(
            Topic.SOFTMAX,
            List.of("1 = 2"),
            List.of("Why a_b < c*?"),
            "",
            List.of(fails),
            List.of());
    TheoryResult wrong = new TheoryResult("nothing", 3, List.of(statement));
    assertThat(wrong.holds()).isFalse();
    assertThat(wrong.verdict()).isEqualTo("1 of 1 statements do not hold.");
    assertThat(TheoryReport.html(wrong)).contains("verdict alarm", "fails in 1 of 1 measurements");
    TheoryPages.write(folder, wrong);
    assertThat(Files.readString(folder.resolve("b-softmax.md")))
        .contains("Why a\\_b &lt; c\\*?", "| 1 = 2 | 1 \\| 2 | 1.0 | ≤ 10⁻⁹ | fails |", "seed 3");
    assertThat(Files.readString(folder.resolve("README.md"))).contains("| 1 | fails |");
    assertThat(wrong.describe()).containsEntry("holds", false).containsEntry("seed", 3L);
  }
}
