package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import ijen.run.RunFolder;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir Path runs;

  private String train(String name, String rate, int seed) throws IOException {
    Ran.piped(
            "train",
            "--data",
            "moons",
            "--train-size",
            "64",
            "--epochs",
            "2",
            "--lr",
            rate,
            "--seed",
            Integer.toString(seed),
            "--name",
            name,
            "--runs",
            runs.toString())
        .well();
    List<RunFolder> all = RunStore.at(runs).list();
    return all.stream()
        .filter(run -> run.label().equals(name))
        .findFirst()
        .map(RunFolder::id)
        .orElseThrow();
  }

  private Ran report(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "report";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--runs";
    all[words.length + 2] = runs.toString();
    return Ran.piped(all);
  }

  @Test
  void oneRunIsReportedAnew() throws IOException {
    String id = train("one", "0.1", 1);
    Path page = runs.resolve(id).resolve("report.html");
    assertThat(report().well().out().strip()).isEqualTo(page.toString());
    assertThat(report(id).well().out().strip()).isEqualTo(page.toString());
    JsonObject line = report(id, "--json").well().json().getFirst();
    assertThat(line.string("run")).isEqualTo(id);
    assertThat(line.string("report")).isEqualTo(page.toString());
    Ran wrong = report(id, "--to", runs.toString());
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--to: expected two runs or more to compare, got 1");
  }

  @Test
  void severalAreComparedSeedBySeed() throws IOException {
    String[] ids = {
      train("slow-1", "0.01", 1),
      train("slow-2", "0.01", 2),
      train("fast-1", "1", 1),
      train("fast-2", "1", 2)
    };
    Ran ran = report(ids).well();
    assertThat(ran.out().lines().limit(3).map(line -> line.replaceAll(" {2,}.*", "")))
        .containsExactly("training", "lr 0.01", "lr 1.0");
    assertThat(ran.out())
        .containsPattern("lr 1\\.0 less lr 0\\.01: test accuracy [+−]?0\\.\\d{4} \\(95 % interval");
    String last = ran.out().lines().toList().getLast();
    assertThat(Path.of(last)).isRegularFile().hasFileName("report.html").startsWith(runs);

    Path to = runs.resolve("elsewhere");
    String[] words = {ids[0], ids[2], "--to", to.toString(), "--json"};
    JsonObject json = report(words).well().json().getFirst();
    assertThat(json.string("report")).isEqualTo(to.resolve("report.html").toString());
    assertThat(json.objects("groups")).hasSize(2);
    assertThat(json.objects("groups").getFirst().wholes("seeds")).containsExactly(1);
    assertThat(json.objects("differences").getFirst().string("of")).isEqualTo("lr 1.0");
    assertThat(to.resolve("figures").resolve("final.svg")).isRegularFile();
  }

  @Test
  void theSameTrainingTwiceCannotBeCompared() throws IOException {
    String id = train("one", "0.1", 1);
    Ran twice = report(id, id);
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.err()).contains("expected two or more that differ in seed or settings");
  }
}
