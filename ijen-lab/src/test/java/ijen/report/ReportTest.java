package ijen.report;

import static ijen.report.PageChecks.all;
import static ijen.report.PageChecks.byClass;
import static ijen.report.PageChecks.check;
import static ijen.report.PageChecks.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.metric.Confusion;
import ijen.metric.Score;
import ijen.plot.Picture;
import ijen.run.EpochRow;
import ijen.run.LayerRow;
import ijen.run.MetricsLog;
import ijen.run.Mistake;
import ijen.run.RunClaim;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportTest {
  private static final Instant MORNING = Instant.parse("2026-11-21T09:30:00Z");

  @TempDir Path temp;

  private RunFolder folder(String label) throws IOException {
    return RunStore.at(temp).withClock(() -> MORNING).create(label);
  }

  private static EpochRow row(int epoch, double loss, double accuracy) {
    return new EpochRow(
        epoch,
        100L * epoch,
        1.5,
        0.1,
        Map.of(
            RunResult.TEST, new Score(loss * 1.1, accuracy * 0.9, 1000),
            RunResult.TRAIN, new Score(loss, accuracy, 6000)));
  }

  private static RunResult result(List<String> names) {
    Confusion confusion = new Confusion(names.size());
    List<Mistake> mistakes = new ArrayList<>();
    for (int truth = 0; truth < names.size(); truth++) {
      for (int i = 0; i < 50; i++) {
        confusion.add(truth, i < 45 ? truth : (truth + 1) % names.size());
      }
      byte[] pixels = new byte[28 * 28];
      pixels[truth] = -1;
      mistakes.add(
          new Mistake(
              100 + truth, truth, (truth + 1) % names.size(), 0.987, Picture.grey(pixels, 28, 28)));
    }
    return RunResult.of(RunStatus.FINISHED)
        .withWork(10, 1000, 15.25, 4321)
        .withBestEpoch(9)
        .withScore(RunResult.TEST, new Score(0.3321, 0.8841, 1000))
        .withNetwork(
            List.of(
                new LayerRow("fc1", "dense", List.of(256L), 200960, 0),
                new LayerRow("fc2", "dense", List.of(10L), 2570, 0)),
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        .withConfusion(names, confusion, mistakes);
  }

  private static List<String> names(int count, String prefix) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private RunFolder fullRun(List<String> names) throws IOException {
    RunFolder run = folder("fashion");
    run.writeConfig(
        Map.of(
            "title", "784–256–10 on Fashion",
            "command", List.of("./ijen", "train", "--name", "it's $HOME"),
            "optimizer", Map.of("learningRate", 0.1)));
    run.writeEnvironment(Map.of("cpu", "Some CPU", "memoryBytes", 16L << 30));
    try (MetricsLog log = run.openMetrics()) {
      for (int epoch = 1; epoch <= 10; epoch++) {
        log.append(row(epoch, 1.0 / epoch, 1 - 0.5 / epoch));
      }
    }
    run.writeResult(result(names));
    return run;
  }

  @Test
  void statisticsStandBesideTheParameters() {
    List<LayerRow> layers =
        List.of(
            new LayerRow("dense1", "dense", List.of(64L), 4160, 0),
            new LayerRow("batchnorm1", "batchnorm", List.of(64L), 128, 1128));
    assertThat(LayerTable.of(layers).toString())
        .contains(
            "statistics, not learned", "4,288</td><td class=\"number\">1,128</td></tr>\n</tbody>");
    assertThat(LayerTable.of(layers.subList(0, 1)).toString())
        .doesNotContain("statistics")
        .contains("<td class=\"number\">4,160</td></tr>\n</tbody>");
  }

  @Test
  void aFinishedRunIsToldWhole() throws IOException {
    RunFolder run = fullRun(names(10, "class "));
    assertThat(Report.write(run)).isEqualTo(run.reportFile());
    Document page = check(Files.readString(run.reportFile()));
    String text = page.getDocumentElement().getTextContent();
    assertThat(text)
        .contains("784–256–10 on Fashion")
        .contains("Test accuracy 0.8841, test loss 0.3321.")
        .contains("Finished after 10 epochs.")
        .contains("450 of 500 test examples were recognised.")
        .contains("The best checkpoint is that of epoch 9.")
        .contains("203,530") // parameters
        .contains("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        .contains("./ijen train --name 'it'\\''s $HOME'")
        .contains("optimizer › learningRate")
        .contains("Some CPU", "16.0 GiB")
        .contains("21 November 2026, 09:30:00 UTC")
        .contains("class 1 (5)"); // what class 0 is most often taken for
    assertThat(all(page, "h2"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "How it learned",
            "What it confuses",
            "Its worst mistakes",
            "The network",
            "Settings",
            "Environment",
            "Run it again");
    assertThat(all(page, "svg")).hasSize(4);
    assertThat(all(page, "image")).hasSize(10);
    assertThat(run.figures())
        .isDirectoryContaining("glob:**/loss.svg")
        .isDirectoryContaining("glob:**/accuracy.svg")
        .isDirectoryContaining("glob:**/confusion.svg")
        .isDirectoryContaining("glob:**/mistakes.svg");
  }

  @Test
  void theReportIsMadeOfTheFilesAlone() throws IOException {
    RunFolder run = fullRun(names(3, "class "));
    String first = Files.readString(Report.write(run));
    Files.delete(run.reportFile());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      String again = Files.readString(Report.write(RunStore.at(temp).find(run.id())));
      assertThat(again).isEqualTo(first);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void classesAreCountedRight() {
    Confusion confusion = new Confusion(3);
    for (int i = 0; i < 6; i++) {
      confusion.add(0, i < 4 ? 0 : 1);
      confusion.add(1, 1);
    }
    RunResult result =
        RunResult.of(RunStatus.FINISHED)
            .withConfusion(List.of("a", "b", "c"), confusion, List.of());
    Document page = check(Report.html(report(RunStatus.FINISHED, List.of(), result)));
    List<List<String>> table = table(page, "Precision, recall and F1 of each class");
    assertThat(table)
        .containsExactly(
            List.of("class", "examples", "precision", "recall", "F1", "most often taken for"),
            List.of("a", "6", "1.0000", "0.6667", "0.8000", "b (2)"),
            List.of("b", "6", "0.7500", "1.0000", "0.8571", "–"),
            List.of("c", "0", "–", "–", "–", "–"),
            // Class c has no measures and so does not count in the means.
            List.of("mean of the classes", "12", "0.8750", "0.8333", "0.8286", ""));
  }

  @Test
  void aDivergedRunSaysSoBeforeAnythingElse() {
    List<EpochRow> epochs =
        List.of(
            row(1, 2.3, 0.1),
            row(2, 1e7, 0.1),
            row(3, Double.POSITIVE_INFINITY, 0.1),
            row(4, Double.NaN, 0.1));
    RunResult result = RunResult.of(RunStatus.FAILED).withMessage("the loss is NaN at step 390");
    Document page = check(Report.html(report(RunStatus.FAILED, epochs, result)));
    Element verdict = byClass(page, "verdict alarm");
    assertThat(verdict.getTextContent()).isEqualTo("Test accuracy 0.0900, test loss NaN.");
    assertThat(byClass(page, "remarks").getTextContent())
        .startsWith("Failed after 4 epochs. The loss is NaN at step 390. From epoch 3 on the loss");
    assertThat(page.getDocumentElement().getTextContent()).contains("∞").contains("1.1×10⁷");
  }

  @Test
  void runsOfAnyKindHaveAPage() throws IOException {
    // Nothing at all yet.
    assertThat(text(report(RunStatus.RUNNING, List.of(), null)))
        .contains("Nothing has been measured yet.")
        .contains("Still running: 0 epochs so far.");
    // One epoch, two classes with long names, no images.
    List<String> names = names(2, "a class with a name that goes on and on and on ");
    RunResult two =
        result(names).withWork(1, 10, 0.1, 1).withConfusion(names, new Confusion(2), List.of());
    assertThat(text(report(RunStatus.FINISHED, List.of(row(1, 0.5, 0.8)), two)))
        .contains("1 epoch.");
    // A hundred classes; no accuracy; many epochs are folded away.
    List<EpochRow> losses =
        IntStream.rangeClosed(1, 300)
            .mapToObj(i ->
                new EpochRow(i, i, 1, null, Map.of("train", new Score(1.0 / i, Double.NaN, 10))))
            .toList();
    Document page =
        check(Report.html(report(RunStatus.INTERRUPTED, losses, result(names(100, "c")))));
    assertThat(all(page, "details").getFirst().hasAttribute("open")).isFalse();
    // Files that are missing, and a claim that is held.
    RunFolder empty = folder("empty");
    try (RunClaim claim = empty.claim()) {
      assertThat(claim).isNotNull();
      assertThat(check(Files.readString(Report.write(empty))).getDocumentElement().getTextContent())
          .contains("Still running");
    }
  }

  @Test
  void nothingBreaksOutOfThePage() {
    String evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&]]>\u0001";
    RunReport report =
        new RunReport(
            evil,
            evil,
            MORNING,
            RunStatus.FINISHED,
            List.of("./ijen", evil),
            Map.of(evil, Map.of(evil, List.of(evil))),
            Map.of(evil, evil),
            List.of(new EpochRow(1, 1, 1, null, Map.of(evil, new Score(1, 0.5, 1)))),
            result(List.of(evil, evil + "2")).withMessage(evil));
    Document page = check(Report.html(report));
    assertThat(all(page, "script")).isEmpty();
    assertThat(all(page, "img")).isEmpty();
    assertThat(all(page, "h1").getFirst().getTextContent())
        .isEqualTo(evil.replace('\u0001', '\uFFFD'));
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    RunFolder run = fullRun(names(3, "c"));
    Files.writeString(run.resultFile(), "{\"status\":\"finished\"}");
    assertThatThrownBy(() -> Report.write(run))
        .hasMessageContaining("result.json")
        .hasMessageContaining("'epochs'");
    assertThat(run.reportFile()).doesNotExist();
  }

  @Test
  void timesReadWell() {
    assertThat(
            Stream.of(0.0231, 0.8, 9.94, 9.96, 41.6, 59.6, 192.0, 3600.0, 7512.0)
                .map(Verdict::duration))
        .containsExactly(
            "23 ms",
            "0.8 s",
            "9.9 s",
            "10 s",
            "42 s",
            "1 min 00 s",
            "3 min 12 s",
            "1 h 00 min",
            "2 h 05 min");
  }

  private static RunReport report(
      RunStatus status, List<EpochRow> epochs, @Nullable RunResult result) {
    return new RunReport(
        "id", "title", null, status, List.of(), Map.of(), Map.of(), epochs, result);
  }

  private static String text(RunReport report) {
    return check(Report.html(report)).getDocumentElement().getTextContent();
  }
}
