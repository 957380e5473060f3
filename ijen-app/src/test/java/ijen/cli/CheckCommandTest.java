package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir Path folder;

  @Test
  void aHealthyNetworkIsFoundHealthy() {
    Ran ran = Ran.piped("check", "--data", "moons", "--hidden", "8", "--steps", "10").well();
    assertThat(ran.out())
        .startsWith("moons, 8 relu")
        .contains("dense1.weight  [8, 2]", "gradient  right", "sanity    fit to learn")
        .contains("initial loss", "ln 2 = 0.6931", "learns by heart");
  }

  @Test
  void whatIsWrongIsNamedAndTheExitCodeTellsIt() {
    Ran ran = Ran.piped("check", "--data", "moons", "--hidden", "8", "--init", "zeros");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("sanity    wrong: all 8 units of relu1");
  }

  @Test
  void aProgramMayReadIt() throws IOException {
    Path page = folder.resolve("check.html");
    Ran ran =
        Ran.piped(
                "check",
                "--data",
                "moons",
                "--hidden",
                "4",
                "--entries",
                "5",
                "--steps",
                "0",
                "--json",
                "--html",
                page.toString())
            .well();
    assertThat(ran.out().lines()).hasSize(1);
    JsonObject object = ran.json().getFirst();
    assertThat(object.string("what")).isEqualTo("moons, 4 relu");
    assertThat(ran.out()).contains("\"healthy\":true", "\"complaints\":[]", "\"sweep\":[[");
    assertThat(Files.readString(page)).contains("<h1>moons, 4 relu</h1>", "<svg");
  }

  @Test
  void runsModelsAndRecipesAreChecked() throws IOException {
    Path runs = folder.resolve("runs");
    Ran.piped(
            "train",
            "--data",
            "moons",
            "--train-size",
            "64",
            "--hidden",
            "4",
            "--epochs",
            "2",
            "--runs",
            runs.toString())
        .well();
    Path model;
    try (var all = Files.walk(runs)) {
      model = all.filter(f -> f.endsWith("model.safetensors")).findFirst().orElseThrow();
    }
    String id = runs.relativize(model).getName(0).toString();
    Ran trained = Ran.piped("check", id, "--steps", "5", "--runs", runs.toString()).well();
    assertThat(trained.out()).startsWith(model.toString()).contains("of a trained network");
    assertThat(Ran.piped("check", model.toString(), "--steps", "5").well().out())
        .isEqualTo(trained.out());
    Path recipe = Files.writeString(folder.resolve("own.yaml"), "data: moons\nhidden: [4]\n");
    assertThat(Ran.piped("check", recipe.toString(), "--steps", "5").well().out())
        .startsWith("moons, 4 relu");
  }

  @Test
  void oneOfARecipesVariantsIsChecked() throws IOException {
    Path recipe =
        Files.writeString(
            folder.resolve("two.yaml"),
            "data: moons\nvariants: {small: {hidden: [4]}, large: {hidden: [16]}}\n");
    Ran ran = Ran.piped("check", recipe.toString(), "--variant", "large", "--steps", "5").well();
    assertThat(ran.out()).startsWith("moons, 16 relu");
    Ran missing = Ran.piped("check", folder.resolve("none.yaml").toString());
    assertThat(missing.err()).contains("none.yaml: there is no such file");
  }

  @Test
  void wrongUsageIsExplained() {
    Ran ran = Ran.piped("check", "--data", "moons", "--hidden", "4", "--entries", "0");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("ijen check: check: expected 1 or more entries, got 0\n");
    Ran unknown = Ran.piped("check", "--entrie", "3");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("unknown option '--entrie', did you mean '--entries'?");
  }
}
