package ijen.cli;

import ijen.data.Dataset;
import ijen.format.json.Json;
import ijen.kernel.Workers;
import ijen.metric.Confusion;
import ijen.metric.Evaluation;
import ijen.model.Model;
import ijen.recipe.DataChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen evaluate`
@Command(
    name = "evaluate",
    header = "Measures a trained model on data.",
    synopsisHeading = "%n",
    customSynopsis = "ijen evaluate [OPTION…] [MODEL|RUN]",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen evaluate",
      "  ijen evaluate 20261121-093000 --part train",
      "  ijen evaluate model.safetensors --data mnist --json"
    })
final class EvaluateCommand implements Callable<Integer> {
  /// Larger tables do not fit a terminal.
  private static final int MOST_CLASSES = 16;

  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL|RUN",
      description =
          "a model file, or a run's name, its beginning, or its folder; the newest run if none is"
              + " named")
  @Nullable String what;

  @Mixin PartOptions part = new PartOptions();

  @Option(names = "--threads", paramLabel = "COUNT", description = "how many threads compute")
  @Nullable Integer threads;

  @Option(names = "--json", description = "the result as one JSON object")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    EvaluateCommand command = new EvaluateCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addTo(line.getCommandSpec(), DataChoice.settings());
    return line;
  }

  @Override
  public Integer call() throws IOException {
    ModelSource source = ModelSource.find(what, runs);
    Model model = source.model();
    Dataset samples =
        source.targeted(part.of(source.data(settings.recipe()).open(data.options(terminal))));
    Evaluation evaluation =
        model.evaluate(samples, threads == null ? Workers.defaultThreads() : threads);
    if (json) {
      terminal.say(Json.line(describe(source, samples, evaluation)));
    } else {
      print(source, samples, evaluation);
    }
    return 0;
  }

  private static Map<String, Object> describe(
      ModelSource source, Dataset samples, Evaluation evaluation) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("model", source.file().toString());
    object.put("thetaSha256", source.model().theta().sha256());
    object.put("data", samples.name());
    object.put("samples", samples.size());
    Confusion confusion = evaluation.confusion();
    if (confusion != null) {
      object.put("accuracy", evaluation.score().accuracy());
    }
    object.put("loss", evaluation.score().loss());
    if (confusion != null) {
      List<Map<String, Object>> classes = new ArrayList<>();
      for (int c = 0; c < confusion.classes(); c++) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("class", samples.classes().get(c));
        one.put("samples", LongStream.of(confusion.counts()[c]).sum());
        one.put("precision", confusion.precision(c));
        one.put("recall", confusion.recall(c));
        one.put("f1", confusion.f1(c));
        classes.add(one);
      }
      object.put("classes", classes);
      object.put("confusion", List.of((Object[]) confusion.counts()));
    }
    return object;
  }

  private void print(ModelSource source, Dataset samples, Evaluation evaluation) {
    terminal.say(
        terminal.bold(evaluation.score().toString())
            + String.format(Locale.ROOT, " on %,d samples of %s", samples.size(), samples.name()));
    terminal.say(terminal.dim("model " + source.file()));
    Confusion confusion = evaluation.confusion();
    if (confusion == null) {
      return;
    }
    terminal.say("");
    Table classes = new Table("class", ">samples", ">precision", ">recall", ">f1");
    for (int c = 0; c < confusion.classes(); c++) {
      classes.row(
          samples.classes().get(c),
          Long.toString(LongStream.of(confusion.counts()[c]).sum()),
          fraction(confusion.precision(c)),
          fraction(confusion.recall(c)),
          fraction(confusion.f1(c)));
    }
    classes.print(terminal);
    if (confusion.classes() > MOST_CLASSES) {
      return;
    }
    terminal.say("");
    List<String> heads = new ArrayList<>(List.of("is, taken for"));
    for (int c = 0; c < confusion.classes(); c++) {
      heads.add(">" + shortened(samples.classes().get(c)));
    }
    Table counts = new Table(heads.toArray(String[]::new));
    for (int truth = 0; truth < confusion.classes(); truth++) {
      List<String> cells = new ArrayList<>(List.of(samples.classes().get(truth)));
      for (int decision = 0; decision < confusion.classes(); decision++) {
        long count = confusion.count(truth, decision);
        cells.add(count == 0 ? "." : Long.toString(count));
      }
      counts.row(cells.toArray(String[]::new));
    }
    counts.print(terminal);
  }

  private static String fraction(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String shortened(String name) {
    return name.length() <= 5 ? name : name.substring(0, 4) + "…";
  }
}
