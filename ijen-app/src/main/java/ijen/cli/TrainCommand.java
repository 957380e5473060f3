package ijen.cli;

import ijen.mlflow.MlflowLog;
import ijen.mlflow.MlflowServer;
import ijen.recipe.Experiment;
import ijen.recipe.Recipe;
import ijen.recipe.RecordedRun;
import ijen.recipe.Setting;
import ijen.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen train`
@Command(
    name = "train",
    header = "Trains a network and leaves a folder with all about it, and a report.",
    synopsisHeading = "%n",
    customSynopsis = {"ijen train [OPTION…] [RECIPE]", "ijen train --resume [RUN]"},
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen train",
      "  ijen train --data fashion-mnist --hidden 256,256 --schedule cosine",
      "  ijen train --hidden none --validation 0.1 --early-stop 3 --epochs 100",
      "  ijen train recipes/digits-mlp.yaml --seed 2",
      "  ijen train recipes/digits-depth.yaml --variant deep",
      "  ijen train --resume                 go on with the newest run",
      "  ijen train --resume RUN --epochs 20 train on",
      "  ijen train --json | tail -n 1       the result, for a program",
      "  ijen train --mlflow http://localhost:5000"
    })
final class TrainCommand implements Callable<Integer> {
  private static final List<Setting> MAY_CHANGE = List.of(Setting.EPOCHS, Setting.THREADS);

  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "RECIPE",
      description =
          "a file with settings, as YAML or JSON, or an experiment that 'reproduce' lists; options"
              + " count more")
  @Nullable Path recipe;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = "which of the recipe's trainings, where it has several")
  @Nullable String variant;

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "RUN",
      description =
          "go on with a run, the newest if none is named; only --epochs and --threads may be new")
  @Nullable String resume;

  @Option(
      names = "--json",
      description = "one JSON object for each epoch, and one for the result, one a line")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();
  @Mixin MlflowOptions mlflow = new MlflowOptions();

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    TrainCommand command = new TrainCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addTo(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() throws IOException {
    Optional<MlflowServer> server = mlflow.server(System.getenv());
    RecordedRun run = resume == null ? begin() : resume(resume);
    try (StopSignal stop = new StopSignal(terminal)) { // from here on there is something to save
      TrainOutput output;
      RecordedRun.Outcome outcome;
      Optional<MlflowLog> logged = server.map(to -> mlflow.begin(to, run));
      try (run;
          TrainLog log = new TrainLog(terminal, logged)) {
        output = json ? new TrainJson(terminal, run) : new TrainText(terminal, run);
        output.beginning();
        outcome = run.run(log.beside(output), stop);
        log.ended(outcome.record());
      }
      run.notIndexed()
          .ifPresent(why ->
              terminal.note("the run is in its folder, but not in the database of runs: " + why));
      Report.write(run.folder());
      output.ending(outcome);
      logged
          .flatMap(MlflowLog::page)
          .filter(page -> !json)
          .ifPresent(page -> terminal.say(terminal.bold("mlflow    ") + page));
      terminal.out().flush();
      return outcome.result().stopped() ? StopSignal.STOPPED : 0;
    }
  }

  private RecordedRun begin() throws IOException {
    Recipe named = RecipeSource.read(recipe == null ? null : recipe.toString(), variant);
    Recipe given = settings.recipe().over(named);
    return RecordedRun.begin(Experiment.open(given.config(), data.options(terminal)), runs.store());
  }

  private RecordedRun resume(String name) throws IOException {
    List<String> others = settings.others(MAY_CHANGE);
    if (recipe != null || variant != null || !others.isEmpty()) {
      throw new UsageException(
          "--resume goes on with the run's own configuration: "
              + (recipe != null
                  ? recipe
                  : variant != null ? "--variant" : String.join(", ", others))
              + " cannot be given anew, only --epochs and --threads");
    }
    return RecordedRun.resume(runs.find(name), settings.recipe(), data.options(terminal));
  }
}
