package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.example.Documents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What docs/recipes.md shows of a recipe is what comes of it.
class RecipesPageTest {
  private static final String PAGE = "docs/recipes.md";
  private static final Path RECIPE = Documents.root().resolve("recipes/digits-depth.yaml");

  @TempDir Path folder;

  private record Ran(int code, String output) {}

  private Ran reproduce(Path recipe) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.of(out, out, false, "UTF-8", Map.of());
    int code =
        CommandLines.run(
            terminal,
            "reproduce",
            recipe.toString(),
            "--runs",
            folder.toString(),
            "--threads",
            "2");
    return new Ran(code, printed.toString(StandardCharsets.UTF_8));
  }

  private static String shown(String start) {
    return Documents.outputs(PAGE).stream()
        .filter(output -> output.startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itsRecipeIsTheFile() throws IOException {
    String page = Files.readString(Documents.root().resolve(PAGE));
    String recipe = Files.readString(RECIPE);
    assertThat(page)
        .contains("```yaml\n" + recipe.substring(recipe.indexOf("\ntitle:") + 1) + "```");
  }

  @Test
  void itsRecipeHolds() {
    Ran ran = reproduce(RECIPE);
    assertThat(ran.code()).as("%s", ran.output()).isZero();
    assertThat(ran.output())
        .contains("How deep for digits?", "3 variants, 3 seeds each: 9 trainings, 2 at a time")
        .containsPattern("linear +parameters +7,850 +7,850 \\(3\\) +7,850 +held")
        .contains("All came out as expected.");
  }

  @Test
  void mistakesAreToldAsShown() throws IOException {
    List<String> told = new ArrayList<>();
    for (String[] change :
        new String[][] {
          {"lr: 0.05", "lr: fast"},
          {"deep, measure: test", "dep, measure: test"},
          {"at epoch 1", "at epoch 9"}
        }) {
      String text = Files.readString(RECIPE);
      assertThat(text).contains(change[0]);
      Path wrong = folder.resolve("digits-depth.yaml");
      Files.writeString(wrong, text.replace(change[0], change[1]));
      Ran ran = reproduce(wrong);
      assertThat(ran.code()).isEqualTo(2);
      told.add(ran.output().strip().replace("ijen reproduce: " + folder + "/", ""));
    }
    assertThat(String.join("\n", told)).isEqualTo(shown("digits-depth.yaml:"));
  }
}
