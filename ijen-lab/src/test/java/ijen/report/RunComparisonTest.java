package ijen.report;

import static ijen.report.PageChecks.all;
import static ijen.report.PageChecks.byClass;
import static ijen.report.PageChecks.check;
import static ijen.report.PageChecks.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.metric.Replicates;
import ijen.metric.Score;
import ijen.run.EpochRow;
import ijen.run.MetricsLog;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RunComparisonTest {
  @TempDir Path temp;

  private RunFolder run(String label, double rate, int seed, double accuracy) throws IOException {
    RunFolder run = RunStore.at(temp).create(label);
    run.writeConfig(
        Map.of(
            "title",
            label + seed,
            "command",
            List.of("./ijen", "train"),
            "loss",
            "cross-entropy",
            "lr",
            rate,
            "seed",
            seed,
            "threads",
            1 + seed,
            "name",
            label + seed));
    try (MetricsLog log = run.openMetrics()) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        Score score = new Score(1 - accuracy * epoch / 2, accuracy * epoch / 2, 100);
        log.append(new EpochRow(epoch, 10L * epoch, 1, rate, Map.of(RunResult.TEST, score)));
      }
    }
    run.writeResult(
        RunResult.of(RunStatus.FINISHED)
            .withWork(2, 20, 2, 100)
            .withScore(RunResult.TEST, new Score(1 - accuracy, accuracy, 100)));
    return run;
  }

  private List<RunFolder> five() throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    double[] slow = {0.80, 0.84, 0.81};
    double[] fast = {0.90, 0.93, 0.92};
    for (int i = 0; i < 3; i++) {
      runs.add(run("slow", 0.1, i + 1, slow[i]));
      if (i < 2) {
        runs.add(run("fast", 0.5, i + 1, fast[i]));
      }
    }
    return runs;
  }

  @Test
  void runsThatDifferInTheirSeedAloneAreOneGroup() throws IOException {
    RunComparison comparison = RunComparison.of(five());
    assertThat(comparison.groups()).extracting(Trainings::name).containsExactly("lr 0.1", "lr 0.5");
    assertThat(comparison.groups()).extracting(Trainings::seeds).containsExactly("1–3", "1, 2");
    assertThat(comparison.repeated()).isEmpty();
  }

  @Test
  void differencesAreTakenSeedBySeed() throws IOException {
    RunComparison comparison = RunComparison.of(five());
    assertThat(comparison.differences()).hasSize(2); // of accuracy and of loss
    RunComparison.Difference difference = comparison.differences().getFirst();
    Replicates byHand = new Replicates(List.of(0.90 - 0.80, 0.93 - 0.84));
    assertThat(difference.values().runs()).isEqualTo(2);
    assertThat(difference.values().mean()).isCloseTo(0.095, within(1e-12));
    assertThat(difference.values().halfWidth()).isCloseTo(byHand.halfWidth(), within(1e-12));
    // Two seeds: 0.095 ± 12.7·0.005
    assertThat(difference.toString())
        .isEqualTo("test accuracy +0.0950 (95 % interval 0.0315 to 0.1585, 2 seeds)");
    assertThat(difference.isClear()).isTrue();
  }

  @Test
  void aRepeatedTrainingCountsOnce() throws IOException {
    List<RunFolder> runs = new ArrayList<>(five());
    RunFolder copy = run("slow-again", 0.1, 2, 0.84);
    runs.add(copy);
    RunComparison comparison = RunComparison.of(runs);
    assertThat(comparison.groups().getFirst().runs()).hasSize(3);
    assertThat(comparison.repeated()).containsExactly(copy.id());
    assertThatThrownBy(() -> RunComparison.of(List.of(copy, copy)))
        .hasMessageContaining("two or more that differ in seed or settings")
        .hasMessageContaining(copy.id());
  }

  @Test
  void thePageTellsIt() throws IOException {
    Path folder = temp.resolve("comparison");
    Path file = ComparisonReport.write(RunComparison.of(five()), folder);
    Document page = check(Files.readString(file));
    assertThat(all(page, "h1").getFirst().getTextContent()).isEqualTo("5 runs compared");
    assertThat(byClass(page, "verdict").getTextContent())
        .isEqualTo("Best is “lr 0.5”: test accuracy 0.9150 ± 0.0212.");
    assertThat(table(page, "Against lr 0.1").get(1))
        .containsExactly(
            "lr 0.5", "test accuracy", "+0.0950", "0.0315 to 0.1585", "2", "a difference");
    assertThat(table(page, "In what the trainings differ"))
        .containsExactly(
            List.of("training", "lr"), List.of("lr 0.1", "0.1"), List.of("lr 0.5", "0.5"));
    assertThat(all(page, "svg"))
        .extracting(svg -> svg.getAttribute("id"))
        .containsExactly("figure-final", "figure-loss-test", "figure-accuracy-test");
    assertThat(folder.resolve("figures").resolve("accuracy-test.png")).isNotEmptyFile();
    assertThat(folder.resolve("figures").resolve("final.svg")).isNotEmptyFile();
  }

  @Test
  void runsOfAnyStateCanBeCompared() throws IOException {
    RunFolder ended = run("slow", 0.1, 1, 0.8);
    RunFolder diverged = run("wild", 9, 1, 0.1);
    diverged.writeResult(RunResult.of(RunStatus.FAILED).withMessage("diverged at step 3"));
    RunFolder running = run("new", 0.2, 1, 0.7);
    Files.delete(running.resultFile());
    RunComparison comparison = RunComparison.of(List.of(ended, diverged, running));
    assertThat(comparison.groups())
        .extracting(group -> group.text(RunComparison.TEST_ACCURACY))
        .containsExactly("0.8000", "diverged", "0.7000");
    String text = check(ComparisonReport.html(comparison)).getDocumentElement().getTextContent();
    assertThat(text).contains("failed: diverged at step 3", "interrupted: has not ended");
    assertThat(text).contains("one seed: no interval");
    RunFolder empty = RunStore.at(temp).create("empty");
    assertThatThrownBy(() -> RunComparison.of(List.of(ended, empty)))
        .hasMessageContaining(empty.id())
        .hasMessageContaining("config.json");
  }

  @Test
  void settingsAreNamedWhereTheyDiffer() throws IOException {
    RunComparison comparison = RunComparison.of(five());
    Document page = check(ComparisonReport.html(comparison));
    assertThat(
            all(page, "table").stream()
                .flatMap(table -> all(table, "th").stream())
                .map(Element::getTextContent))
        .doesNotContain("threads", "name", "command", "title");
  }
}
