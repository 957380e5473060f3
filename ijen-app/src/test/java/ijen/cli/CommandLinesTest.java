package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLinesTest {
  @Test
  void withoutACommandItSaysWhereToBegin() {
    Ran ran = Ran.piped().well();
    assertThat(ran.out().lines().count()).isLessThan(8);
    assertThat(ran.out()).contains("ijen train", "ijen data list", "ijen help");
  }

  @Test
  void everyCommandHasHelpWithExamples() {
    List<String> without = new ArrayList<>();
    int[] count = new int[1];
    forAll(
        List.of(),
        CommandLines.of(terminal()),
        words -> {
          List<String> arguments = new ArrayList<>(words);
          arguments.add("--help");
          Ran help = Ran.piped(arguments.toArray(String[]::new)).well();
          count[0]++;
          if (!help.out().contains("Examples:\n  ijen") || help.out().contains("Missing")) {
            without.add(String.join(" ", words));
          }
          assertThat(help.out().lines()).allMatch(line -> line.length() <= 82, "fits a terminal");
        });
    assertThat(count[0]).isGreaterThanOrEqualTo(14);
    assertThat(without).isEmpty();
  }

  private static Terminal terminal() {
    return Terminal.of(System.out, System.err, false, "UTF-8", Map.of());
  }

  private static void forAll(
      List<String> words, CommandLine command, java.util.function.Consumer<List<String>> each) {
    each.accept(words);
    command
        .getSubcommands()
        .forEach((name, inner) -> {
          List<String> more = new ArrayList<>(words);
          more.add(name);
          forAll(more, inner, each);
        });
  }

  @Test
  void helpExplainsACommand() {
    assertThat(Ran.piped("help", "train").well().out())
        .isEqualTo(Ran.piped("train", "--help").well().out());
    assertThat(Ran.piped("help", "data", "show").well().out()).contains("ijen data show");
    Ran wrong = Ran.piped("help", "tarin");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("unknown command 'tarin', did you mean 'train'?");
  }

  @Test
  void versionNamesJavaAndKernels() {
    Ran ran = Ran.piped("--version").well();
    assertThat(ran.out()).contains("ijen ", System.getProperty("java.runtime.version"), "kernels ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          trian                       → ijen: unknown command 'trian', did you mean 'train'?
          train --lrr 3               → ijen train: unknown option '--lrr', did you mean '--lr'?
          train --learning-rate 3     → ijen train: unknown option '--learning-rate', did you mean '--lr'?
          train --epochs              → ijen train: Missing required parameter for option '--epochs' (COUNT)
          train --epochs none         → ijen train: --epochs: expected a whole number, got 'none'
          train --batch 0             → ijen train: --batch: expected a whole number from 1 to 2147483647, got '0'
          train --activation rely     → ijen train: --activation: expected relu, sigmoid, tanh, softmax, leaky-relu, prelu, elu, selu, gelu, silu, softplus or step, got 'rely', did you mean 'relu'?
          train --schedule fast       → ijen train: --schedule: unknown schedule 'fast': expected constant, cosine, step:EPOCHS:FACTOR (step:10:0.5), exponential:FACTOR, linear:END, polynomial:POWER:END, one-cycle:RISE:FROM (one-cycle:0.3:25), or warmup:STEPS:SCHEDULE (warmup:500:cosine)
          train --nesterov            → ijen train: --nesterov: 'nesterov' needs a momentum above 0, such as 0.9
          train --early-stop 3        → ijen train: --early-stop: early stopping needs samples to stop by: give 'validation' too, such as 0.1
          train --data mnits          → ijen train: --data: no data set is called 'mnits', did you mean 'mnist'? There are: digits, mnist, fashion-mnist, moons, circles, spirals, xor
          train a.yaml b.yaml         → ijen train: one argument too many: 'b.yaml'
          train --resume r --lr 3     → ijen train: --resume goes on with the run's own configuration: --lr cannot be given anew, only --epochs and --threads
          data show digits -1         → ijen data show: expected numbers of samples from 0 on, got -1
          data fetch digit            → ijen data fetch: no data set is called 'digit', did you mean 'digits'? There are: digits, mnist, fashion-mnist, moons, circles, spirals, xor
          runs list --limit -1        → ijen runs list: --limit: expected 0 or more, got -1
          predict                     → ijen predict: Missing required parameters: 'MODEL|RUN', 'WHAT'
          predict m 1 --invert --no-invert → ijen predict: --invert and --no-invert: expected one of them
          """)
  void wrongUsageIsExplained(String arguments, String expected) {
    Ran ran = Ran.piped(arguments.split(" "));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines().findFirst()).contains(expected);
    assertThat(ran.err()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void whatFailsIsExplainedWithoutAStackTrace(@TempDir Path folder) {
    String missing = folder.resolve("none.yaml").toString();
    Ran ran = Ran.piped("train", missing);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("ijen train: " + missing + ": there is no such file\n");
    Ran traced = Ran.piped("train", missing, "--stacktrace");
    assertThat(traced.code()).isEqualTo(1);
    assertThat(traced.err()).contains("\tat ijen.recipe.Recipe.read");

    Ran offline =
        Ran.piped("train", "--data", "mnist", "--offline", "--data-folder", folder.toString());
    assertThat(offline.code()).isEqualTo(1);
    assertThat(offline.err()).contains("mnist: the files were not found", folder.toString());
  }
}
