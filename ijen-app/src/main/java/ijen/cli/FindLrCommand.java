package ijen.cli;

import ijen.format.json.Json;
import ijen.recipe.Setting;
import ijen.report.RateFigure;
import ijen.train.LearningRateFinder;
import ijen.train.RateCurve;
import ijen.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen find-lr`
@Command(
    name = "find-lr",
    header = "Finds a learning rate to begin with, in a few hundred steps.",
    synopsisHeading = "%n",
    customSynopsis = "ijen find-lr [OPTION…] [RECIPE|MODEL|RUN]",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen find-lr                        for the network that 'train' would train",
      "  ijen find-lr --hidden 256,256 --optimizer adam",
      "  ijen find-lr recipes/digits-mlp.yaml --figure rates.svg",
      "  ijen find-lr mnist-softmax --variant shuffled",
      "  ijen find-lr 20261121-093000        from a trained run's weights on",
      "  ijen find-lr --json",
      "",
      "Exit codes: 0 found, 1 the loss never fell, or something failed."
    })
final class FindLrCommand implements Callable<Integer> {
  private static final int NOT_FOUND = 1;

  /// A fall, as part of the loss, that says little.
  private static final double LITTLE = 0.2;

  /// The rate within the text of an optimiser.
  private static final Pattern OWN_RATE = Pattern.compile("(learning-?[rR]ate\\s*=\\s*)[^,]*");

  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "RECIPE|MODEL|RUN",
      description =
          "a file with settings, an experiment that 'reproduce' lists, or a trained model or run,"
              + " which is left as it is; without one, the options say what to train")
  @Nullable String what;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = "which of the recipe's trainings, where it has several")
  @Nullable String variant;

  @Option(
      names = "--from",
      paramLabel = "RATE",
      description = "the lowest rate (default: 0.000001)")
  double from = 1e-6;

  @Option(names = "--to", paramLabel = "RATE", description = "the highest rate (default: 10)")
  double to = 10;

  @Option(names = "--steps", paramLabel = "COUNT", description = "in so many steps (default: 200)")
  int steps = 200;

  @Option(
      names = "--figure",
      paramLabel = "FILE",
      description = "draw loss over rate, as .svg or .png")
  @Nullable Path figure;

  @Option(names = "--json", description = "the result as one JSON object")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();

  FindLrCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    FindLrCommand command = new FindLrCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addTo(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() throws IOException {
    if (figure != null && !figure.toString().matches(".*\\.(svg|png)")) {
      throw new UsageException(
          "--figure: expected a file that ends with .svg or .png, got " + figure);
    }
    Subject subject = Subject.find(what, variant, settings.recipe(), runs, data.options(terminal));
    LearningRateFinder finder =
        LearningRateFinder.of(subject.training()).between(from, to).steps(steps);
    if (subject.model().isPresent()) {
      finder = finder.at(subject.model().get().theta());
    }
    long start = System.nanoTime();
    RateCurve curve = finder.run(subject.samples());
    double seconds = (System.nanoTime() - start) * 1e-9;
    if (figure != null) {
      RateFigure.of(subject.title(), curve).save(figure);
    }
    List<String> command =
        subject.model().isPresent() || curve.suggestion().isEmpty()
            ? List.of()
            : command(curve.suggestion().getAsDouble());
    if (json) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      object.put("what", subject.title());
      object.put("optimizer", subject.config().optimizer().name());
      object.put("seconds", seconds);
      object.put("command", command);
      object.putAll(curve.describe());
      terminal.say(Json.line(object));
    } else {
      print(subject, curve, seconds, command);
    }
    return curve.suggestion().isPresent() ? 0 : NOT_FOUND;
  }

  /// The words that train with that rate what was asked for.
  private List<String> command(double rate) throws IOException {
    List<String> words = new ArrayList<>(List.of("./ijen", "train"));
    if (what != null) {
      words.add(what);
    }
    if (variant != null) {
      words.addAll(List.of("--variant", variant));
    }
    String rule =
        settings
            .recipe()
            .over(RecipeSource.read(what, variant))
            .texts()
            .getOrDefault(Setting.OPTIMIZER.key(), "");
    Matcher own = OWN_RATE.matcher(rule);
    boolean within = own.find(); // a rate that stands there must not be given twice
    words.addAll(
        settings.words(within ? List.of(Setting.LR, Setting.OPTIMIZER) : List.of(Setting.LR)));
    words.addAll(
        within
            ? List.of(Setting.OPTIMIZER.option(), own.replaceFirst("$1" + RateTable.typed(rate)))
            : List.of(Setting.LR.option(), RateTable.typed(rate)));
    return List.copyOf(words);
  }

  private void print(Subject subject, RateCurve curve, double seconds, List<String> command) {
    int batch = subject.training().settings().batch();
    terminal.say(terminal.bold(subject.title()));
    terminal.say(
        String.format(
            Locale.ROOT,
            "%s, %s, %.2f s: %s",
            subject.config().optimizer().name(),
            batch == TrainSettings.ALL ? "all samples a step" : "batch " + batch,
            seconds,
            curve.words()));
    terminal.say("");
    if (!curve.points().isEmpty()) {
      new RateTable(terminal, curve).print();
      terminal.say("");
    }
    if (figure != null) {
      terminal.say("figure      " + figure);
    }
    OptionalDouble suggestion = curve.suggestion();
    if (suggestion.isEmpty()) {
      terminal.say(
          terminal.colored(31, "no suggestion")
              + ": the loss never fell by more than chance; other rates (--from, --to), more"
              + " --steps, or './ijen check' may tell why");
      return;
    }
    String rate = RateTable.typed(suggestion.getAsDouble());
    terminal.say("suggestion  " + terminal.colored(32, rate));
    terminal.say(
        terminal.dim(
            "the fall is steepest at %s; a tenth of the lowest's rate is %s"
                .formatted(
                    RateTable.typed(curve.steepest().orElseThrow()),
                    RateTable.typed(curve.tenthOfLowest().orElseThrow()))));
    if (curve.fall() < LITTLE) {
      terminal.say(
          terminal.colored(
              33,
              "the loss fell by %.0f %% only: more --steps say more"
                  .formatted(100 * curve.fall())));
    }
    if (curve.fellToTheEnd()) {
      terminal.say(
          terminal.colored(33, "the loss still fell at the highest rate: try a larger --to"));
    }
    terminal.say("");
    terminal.say(
        command.isEmpty()
            ? "a rate to go on with from the weights of this model, which is as it was"
            : "  " + Shell.quoted(command));
  }
}
