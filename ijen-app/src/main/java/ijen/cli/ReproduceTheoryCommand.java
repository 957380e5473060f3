package ijen.cli;

import ijen.data.DataException;
import ijen.data.Dataset;
import ijen.data.Options;
import ijen.format.json.Json;
import ijen.report.TheoryPages;
import ijen.report.TheoryReport;
import ijen.theory.Measurement;
import ijen.theory.Statement;
import ijen.theory.Theory;
import ijen.theory.TheoryResult;
import ijen.theory.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ijen reproduce theory`
@Command(
    name = "theory",
    header = "Measures what training rests on: gradients, a Hessian, He's initialisation.",
    synopsisHeading = "%n",
    customSynopsis = "ijen reproduce theory [OPTION…]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen reproduce theory",
      "  ijen reproduce theory --only d,e --data fashion-mnist",
      "  ijen reproduce theory --html theory.html",
      "  ijen reproduce theory --data digits --markdown docs/theory",
      "  ijen reproduce theory --json",
      "",
      "Exit codes: 0 every statement holds, 1 one does not."
    })
final class ReproduceTheoryCommand implements Callable<Integer> {
  private static final int FAILS = 1;

  private final Terminal terminal;

  @Option(
      names = "--only",
      paramLabel = "LETTERS",
      split = ",",
      description =
          "only these statements: a ReLU norm, b softmax, c log-likelihood, d half-logistic"
              + " Hessian, e initialisation, f every op")
  List<String> only = List.of();

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "the images (default: mnist if its files are found, else the built-in digits)")
  @Nullable String name;

  @Option(
      names = "--data-folder",
      paramLabel = "FOLDER",
      description = "the only folder to look for the images' files in")
  @Nullable Path folder;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "what samples, weights and directions are drawn from (default: 1)")
  long seed = 1;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write a page with derivations and figures, too")
  @Nullable Path html;

  @Option(
      names = "--markdown",
      paramLabel = "FOLDER",
      description = "write a Markdown page for each statement into a folder, too")
  @Nullable Path markdown;

  @Option(names = "--json", description = "the result as one JSON object")
  boolean json;

  @Mixin DataOptions data = new DataOptions();

  ReproduceTheoryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<Topic> topics = topics();
    Theory theory = Theory.of(images()).withTopics(topics).withSeed(seed);
    TheoryResult result = theory.measure();
    if (html != null) {
      TheoryReport.write(html, result);
    }
    if (markdown != null) {
      TheoryPages.write(markdown, result);
    }
    if (json) {
      terminal.say(Json.line(result.describe()));
    } else {
      print(result);
    }
    return result.holds() ? 0 : FAILS;
  }

  private List<Topic> topics() {
    try {
      return only.isEmpty()
          ? List.of(Topic.values())
          : only.stream().map(Topic::of).distinct().sorted().toList();
    } catch (IllegalArgumentException unknown) {
      throw new UsageException("--only: " + Failures.message(unknown));
    }
  }

  private Dataset images() {
    Options options = data.options(terminal);
    options = folder == null ? options : options.withFolder(folder);
    if (name != null) {
      return CatalogueEntry.of(name).open(options).train();
    }
    try {
      return CatalogueEntry.of("mnist").open(options.withOffline(true)).train();
    } catch (DataException notThere) {
      return CatalogueEntry.of("digits").open(options).train();
    }
  }

  private void print(TheoryResult result) {
    terminal.say(
        terminal.bold("Theory") + ", measured on " + result.data() + ", seed " + result.seed());
    for (Statement statement : result.statements()) {
      terminal.say("");
      String title = "(" + statement.topic().letter() + ") " + statement.topic().title();
      terminal.say(terminal.bold(title));
      statement.formulas().forEach(formula -> terminal.say("  " + formula));
      Table table = new Table("statement", "measured", ">error", ">tolerance", "verdict");
      for (Measurement m : statement.measurements()) {
        table.row(m.claim(), m.measured(), m.errorText(), m.toleranceText(), m.verdict());
      }
      table.print(terminal);
    }
    terminal.say("");
    terminal.say(terminal.colored(result.holds() ? 32 : 31, result.verdict()));
    result.statements().stream()
        .filter(statement -> !statement.holds())
        .forEach(statement ->
            terminal.say("  (" + statement.topic().letter() + ") " + statement.verdict()));
    if (html != null) {
      terminal.say("page      " + html);
    }
    if (markdown != null) {
      terminal.say("pages     " + markdown.resolve(TheoryPages.INDEX));
    }
  }
}
