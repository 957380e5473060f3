package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.recipe.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  @TempDir Path folder;

  @Test
  void withoutAnExperimentItListsThem() {
    assertThat(Ran.piped("reproduce").well().out())
        .startsWith("experiment")
        .containsPattern("\nmnist-softmax {2,}Softmax regression on MNIST\n")
        .containsPattern("\ntheory {2,}Measures what training rests on");
    Ran listed = Ran.piped("reproduce", "--json").well();
    assertThat(listed.json().stream().map(line -> line.string("name")))
        .containsAll(Study.shelf())
        .endsWith("theory");
    assertThat(listed.json().getLast().string("description")).startsWith("Measures");
  }

  @Test
  void theoryIsMeasuredAndShown() throws IOException {
    Path page = folder.resolve("theory.html");
    Path pages = folder.resolve("theory");
    Ran ran =
        Ran.piped(
                "reproduce",
                "theory",
                "--data",
                "digits",
                "--only",
                "C,b",
                "--html",
                page.toString(),
                "--markdown",
                pages.toString())
            .well();
    assertThat(ran.out())
        .startsWith("Theory, measured on digits train, seed 1\n\n(b) Softmax and cross-entropy\n")
        .contains("∂C/∂s = a − y", "(c) The multinomial log-likelihood")
        .containsPattern("statement +measured +error +tolerance +verdict")
        .containsPattern("a − y is the slope of C by s +10 numbers +\\S+ +≤ 10⁻⁹ +holds")
        .contains("All 2 statements hold, in 15 measurements.", page.toString(), pages.toString())
        .doesNotContain("fails", "(a)");
    assertThat(Files.readString(page)).contains("<h1>Theory</h1>");
    assertThat(pages.resolve("b-softmax.md")).exists();
    assertThat(pages.resolve("README.md")).exists();
  }

  @Test
  void aProgramMayReadIt() {
    Ran ran =
        Ran.piped("reproduce", "theory", "--data", "digits", "--only", "b", "--seed", "5", "--json")
            .well();
    assertThat(ran.out().lines()).hasSize(1);
    assertThat(ran.json().getFirst().string("experiment")).isEqualTo("theory");
    assertThat(ran.out())
        .contains("\"holds\":true", "\"seed\":5", "\"statement\":\"b\"", "\"bound\":\"at most\"");
  }

  /// Where nothing says which, images that are there are taken, and never any downloaded.
  @Test
  void theBuiltInDigitsAreTakenWhereNothingElseIs() {
    Ran ran =
        Ran.piped("reproduce", "theory", "--only", "b", "--data-folder", folder.toString()).well();
    assertThat(ran.out()).startsWith("Theory, measured on digits train");
  }

  @Test
  void wrongUsageIsExplained() {
    Ran letter = Ran.piped("reproduce", "theory", "--only", "a,x");
    assertThat(letter.code()).isEqualTo(2);
    assertThat(letter.err())
        .contains("ijen reproduce theory: --only: no statement is called 'x': expected a, b, c");
    Ran data = Ran.piped("reproduce", "theory", "--data", "moons");
    assertThat(data.code()).isEqualTo(1);
    assertThat(data.err()).contains("expected images with classes, such as digits or mnist");
    Ran name = Ran.piped("reproduce", "theory", "--data", "mnits");
    assertThat(name.code()).isEqualTo(2);
    assertThat(name.err()).contains("did you mean 'mnist'?");
  }
}
