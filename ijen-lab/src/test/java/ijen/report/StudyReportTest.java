package ijen.report;

import static ijen.report.PageChecks.all;
import static ijen.report.PageChecks.byClass;
import static ijen.report.PageChecks.check;
import static ijen.report.PageChecks.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ijen.data.Options;
import ijen.recipe.Study;
import ijen.run.RunStore;
import ijen.study.StudyResult;
import ijen.study.StudyRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class StudyReportTest {
  private static final Options OPTIONS = Options.defaults().withOffline(true);
  private static final List<String> COMMAND = List.of("./ijen", "reproduce", "three ways");

  private static final String THREE =
      """
      title: Three ways & more
      question: Which <way> is best?
      source: a source
      seeds: 2
      data: digits
      train-size: 300
      test-size: 100
      hidden: none
      batch: 50
      lr: 0.1
      epochs: 2
      variants:
        mean: {title: by the mean}
        sum: {title: by the sum, reduction: sum, lr: 0.002, measure-every: 2}
        wild: {title: far too fast, hidden: [16, 16], lr: 1e30}
      expect:
        - {variant: mean, measure: test accuracy, published: 0.9, at-least: 0.15, why: better than chance}
        - {variant: mean, measure: samples, published: 600, within: 0}
        - {variant: sum, measure: test accuracy, at-most: 0.01}
        - {variant: wild, measure: train loss, diverges: true}
        - {variant: sum, measure: test loss, reference: {mean: 1, sd: 5, runs: 3, of: others}}
      departures:
        - {source: it took the sum, instead: the mean is taken, variant: sum}
        - {source: it was wrong, instead: it is right}
      """;

  private static final String AUTOENCODER =
      """
      title: Drawn again
      seeds: 2
      data: digits
      train-size: 200
      test-size: 100
      reconstruct: true
      hidden: [16, 3, 16]
      output: sigmoid
      loss: mean-squared-error
      optimizer: adam
      lr: 0.003
      batch: 50
      epochs: 2
      expect:
        - {measure: parameters, published: 26003, within: 0}
        - {measure: train loss at epoch 1, published: 0.1}
      """;

  @TempDir static Path temp;
  private static Path three;
  private static Path again;
  private static Path autoencoder;

  @BeforeAll
  static void run() throws IOException {
    three = written(THREE, "three.yaml", "one");
    again = written(THREE, "three.yaml", "two");
    autoencoder = written(AUTOENCODER, "autoencoder.yaml", "one");
  }

  private static Path written(String text, String name, String folder) throws IOException {
    Study study = Study.parse(text, name);
    StudyResult result =
        new StudyRun(study, OPTIONS, 2)
            .run(
                RunStore.at(temp.resolve(folder)),
                (variant, run, done, all) -> assertThat(done).isBetween(1, all),
                () -> false);
    return StudyReport.write(result, COMMAND, OPTIONS);
  }

  @Test
  void aStudyIsToldWhole() throws IOException {
    Document page = check(Files.readString(three));
    assertThat(all(page, "h1").getFirst().getTextContent()).isEqualTo("Three ways & more");
    assertThat(byClass(page, "question").getTextContent()).isEqualTo("Which <way> is best?");
    assertThat(byClass(page, "verdict alarm").getTextContent())
        .isEqualTo("1 of 5 expectations does not hold: by the sum, test accuracy.");
    assertThat(all(page, "h2"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "Published and measured",
            "What to know of some trainings",
            "How they learned",
            "What the weights look like",
            "What is confused",
            "Where this departs from the source",
            "What is computed",
            "Settings",
            "Run it again",
            "Environment",
            "Time and place of this run");
    List<List<String>> claims =
        table(page, "What was published or is expected, and what was measured");
    assertThat(claims.getFirst())
        .containsExactly(
            "what", "published", "measured", "95 % interval", "expected", "verdict", "remark");
    assertThat(claims).hasSize(6);
    assertThat(claims.get(1))
        .startsWith("by the mean: test accuracy", "0.9")
        .endsWith("≥ 0.15", "✓ held", "better than chance");
    assertThat(claims.get(1).get(2)).matches("0\\.\\d{4}( ± 0\\.\\d{4})?");
    assertThat(claims.get(2))
        .containsExactly("by the mean: samples", "600", "600", "–", "600", "✓ held", "");
    assertThat(claims.get(3).get(5)).isEqualTo("✗ not held");
    assertThat(claims.get(4).subList(2, 6)).containsExactly("diverged", "–", "diverges", "✓ held");
    assertThat(claims.get(5).get(4)).isEqualTo("as others: 1 ± 5 (n = 3)");
    assertThat(table(page, "In what the trainings differ").getFirst())
        .contains("hidden", "lr", "reduction")
        .doesNotContain("seed", "name", "data");
  }

  @Test
  void whatDivergedIsNamedWithItsStepAndItsCause() throws IOException {
    Document page = check(Files.readString(three));
    Element section = section(page, "warnings");
    assertThat(section.getTextContent())
        .containsPattern(
            "far too fast, seeds? 1.*: training diverged: the loss of step \\d+ \\(epoch 1\\) is"
                + " (NaN|Infinity); the learning rate was 1\\.0E30");
  }

  @Test
  void whatSeedsSayAlikeIsSaidOnce() throws IOException {
    Path page =
        written(
            """
            seeds: 3
            data: digits
            train-size: 100
            test-size: 40
            classes: 0-4|5-9
            hidden: none
            loss: half-logistic
            epochs: 20
            """,
            "alike.yaml",
            "alike");
    assertThat(section(check(Files.readString(page)), "warnings").getTextContent())
        .containsPattern(
            "seeds 1, 2, 3: the loss is -\\d[\\d.]* and falls on without end: .* has one \\(in"
                + " numbers, seed 1\\)\\.")
        .containsOnlyOnce("falls on without end");
  }

  @Test
  void departuresSayWhatTheyComeTo() throws IOException {
    String text = section(check(Files.readString(three)), "departures").getTextContent();
    assertThat(text)
        .contains("The source. it took the sum", "Here. the mean is taken")
        .containsPattern(
            "Measured\\. “by the sum” less “by the mean”, which differs in .*reduction.*: test"
                + " accuracy [+−]?0\\.\\d{4} \\(.*2 seeds\\); test loss ")
        .contains("The source. it was wrong");
    assertThat(text.split("Measured", -1)).hasSize(2);
  }

  @Test
  void formulaeAreThoseOfTheSettings() throws IOException {
    String text = section(check(Files.readString(three)), "formulae").getTextContent();
    assertThat(text)
        .contains("train: digits train, 300 samples", "ℓ = −ln softmax(z)_c")
        .contains("the sum over the batch", "the mean over the batch")
        .contains("by the mean; far too fast:")
        .contains("g = ∇L(θ)\nθ ← θ − η·g\nby the mean: η = 0.1\nfar too fast: η = 10³⁰")
        .contains("g = ∇L(θ)\nθ ← θ − η·g\nη = 0.002");
  }

  @Test
  void figuresLieBesideThePageToo() throws IOException {
    Path figures = three.resolveSibling("figures");
    for (String name :
        List.of(
            "loss-train",
            "loss-test",
            "accuracy-train",
            "accuracy-test",
            "final",
            "confusion",
            "weights")) {
      assertThat(figures.resolve(name + ".svg")).isNotEmptyFile();
      assertThat(figures.resolve(name + ".png")).isNotEmptyFile();
    }
    Document page = check(Files.readString(three));
    assertThat(all(page, "svg").stream().map(svg -> svg.getAttribute("id")))
        .contains("figure-loss-train", "figure-final", "figure-weights", "figure-confusion");
    String curve = Files.readString(figures.resolve("loss-test.svg"));
    // One is measured within epochs, hence all by samples.
    assertThat(curve).contains("training samples seen", "by the mean", "by the sum");
  }

  @Test
  void theTimeOfAStepIsTold() throws IOException {
    List<List<String>> times = table(check(Files.readString(three)), "What each training took");
    int column = times.getFirst().indexOf("µs a step");
    assertThat(times.getFirst().get(column - 1)).isEqualTo("samples a second");
    double rate = Double.parseDouble(times.get(1).get(column - 1).replaceAll("\\D", ""));
    double step = Double.parseDouble(times.get(1).get(column).replaceAll("[^\\d.]", ""));
    assertThat(step * rate / 1e6).as("samples a step, 50 of them").isBetween(10.0, 250.0);
    assertThat(times.get(3).get(column)).as("it diverged").isEqualTo("–");
  }

  @Test
  void manyLinesAreDrawnOnceMoreByWhatDividesThem() throws IOException {
    StringBuilder text =
        new StringBuilder("seeds: 1\ndata: moons\ntrain-size: 40\nepochs: 2\nvariants:\n");
    for (String units : List.of("2", "3", "4")) {
      for (String rate : List.of("0.1", "0.2", "0.3", "0.4")) {
        text.append(
            "  h%s-%s: {hidden: %s, lr: %s}\n"
                .formatted(units, rate.replace('.', '-'), units, rate));
      }
    }
    Path figures = written(text.toString(), "many.yaml", "many").resolveSibling("figures");
    String all = Files.readString(figures.resolve("accuracy-test.svg"));
    assertThat(all).contains("h2-0-1", "h4-0-4").contains("width=\"992\"");
    for (String rate : List.of("0-1", "0-2", "0-3", "0-4")) { // three lines each; by hidden four
      String some = Files.readString(figures.resolve("accuracy-test-lr-" + rate + ".svg"));
      assertThat(some)
          .contains("h2-" + rate, "h3-" + rate, "h4-" + rate)
          .contains("Test accuracy, lr " + rate.replace('-', '.'))
          .doesNotContain("h2-" + (rate.equals("0-1") ? "0-2" : "0-1"));
    }
    assertThat(figures.resolve("accuracy-test-hidden-2.svg")).doesNotExist();
    assertThat(figures.resolve("loss-test-lr-0-1.svg")).exists();
  }

  @Test
  void anAutoencoderShowsWhatItDraws() throws IOException {
    Document page = check(Files.readString(autoencoder));
    assertThat(byClass(page, "verdict").getTextContent()).isEqualTo("What was expected came out.");
    Element section = section(page, "reconstructions");
    assertThat(all(section, "svg").stream().map(svg -> svg.getAttribute("id")))
        .containsExactly("figure-reconstructions", "figure-errors", "figure-latent");
    assertThat(all(section, "image")).hasSize(20);
    assertThat(section.getTextContent())
        .containsPattern("The 3 numbers that the model of seed 1 keeps .* have \\d+\\.\\d % of");
    assertThat(table(page, "What was published or is expected, and what was measured").get(2))
        .startsWith("train loss at epoch 1", "0.1");
  }

  @Test
  void theSameStudyGivesTheSamePageButForItsTimes() throws IOException {
    String one = Files.readString(three);
    String two = Files.readString(again);
    assertThat(withoutTimes(two)).isEqualTo(withoutTimes(one));
    assertThat(withoutTimes(one)).isNotEqualTo(one);
    for (String name : List.of("loss-test.svg", "final.svg", "weights.png")) {
      assertThat(Files.readAllBytes(again.resolveSibling("figures").resolve(name)))
          .isEqualTo(Files.readAllBytes(three.resolveSibling("figures").resolve(name)));
    }
  }

  private static String withoutTimes(String page) {
    return page.replaceFirst("(?s)<section id=\"times\".*?</section>", "");
  }

  @Test
  void aBrowserDrawsItAndAsksNobodyForAnything() throws Exception {
    Optional<Path> program = Browser.program();
    assumeThat(program)
        .as("chromium is not installed, or not in the PATH: no page is opened in a browser")
        .isPresent();
    // What the browser has to tell, or the test could not fail.
    String elsewhere = "http://127.0.0.1:" + closedPort() + "/x.png";
    Path wrong = temp.resolve("wrong.html");
    Files.writeString(
        wrong, "<img src='" + elsewhere + "'><script>console.error('no'); nothing();</script>");
    try (Browser browser = Browser.start(program.orElseThrow(), temp.resolve("profile"))) {
      Browser.Visit bad = browser.open(wrong);
      assertThat(bad.requests()).containsExactly(elsewhere);
      assertThat(bad.errors()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(bad.images()).isEqualTo(1);
      assertThat(bad.drawn()).isZero();
      for (Path page : List.of(three, autoencoder)) {
        Browser.Visit visit = browser.open(page);
        assertThat(visit.requests()).isEmpty();
        assertThat(visit.errors()).isEmpty();
        assertThat(visit.images()).isGreaterThanOrEqualTo(20);
        assertThat(visit.drawn()).isEqualTo(visit.images());
      }
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Element section(Document page, String id) {
    return all(page, "section").stream()
        .filter(section -> section.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
