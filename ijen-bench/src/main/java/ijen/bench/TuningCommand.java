package ijen.bench;

import ijen.bench.tuning.Race;
import ijen.bench.tuning.RaceResult;
import ijen.bench.tuning.Strategy;
import ijen.cli.Terminal;
import ijen.cli.UsageException;
import ijen.data.Options;
import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.recipe.SearchPlan;
import ijen.run.RunStore;
import ijen.train.TrainSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen bench tuning`
@Command(
    name = "tuning",
    header = "Lets ways of searching race: the same space, time and seeds.",
    synopsisHeading = "%n",
    customSynopsis = "ijen bench tuning [OPTION…] [SEARCH|RECIPE]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen bench tuning                   four strategies on fashion-search",
      "  ijen bench tuning recipes/digits-search.yaml --minutes 0.2",
      "  ijen bench tuning --strategy random --strategy sobol/hyperband:factor=4",
      "",
      "The first strategy is the one that others are compared with. Interrupted, the",
      "same command goes on where it was; --runs FOLDER keeps the searches elsewhere."
    })
final class TuningCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "SEARCH",
      description = "a search that 'tune' lists, or a recipe file (default: fashion-search)")
  String name = "fashion-search";

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "a sampler, or one with a pruner behind a slash; may be given several times (default:"
              + " random, tpe, random/asha and tpe/asha)")
  List<String> strategies = List.of("random", "tpe", "random/asha", "tpe/asha");

  @Option(
      names = "--repetitions",
      paramLabel = "COUNT",
      description = "how many searches each strategy has (default: 5)")
  int repetitions = 5;

  @Option(
      names = "--minutes",
      paramLabel = "NUMBER",
      description = "how long each search goes on (default: 4)")
  double minutes = 4;

  @Option(
      names = "--workers",
      paramLabel = "COUNT",
      description = "so many trials at the same time (default: the processors)")
  int workers = TrainSettings.defaults().threads();

  @Option(
      names = "--figure",
      paramLabel = "FILE",
      description = "draw the best value over time into this SVG file")
  @Nullable Path figure;

  @Option(
      names = "--runs",
      paramLabel = "FOLDER",
      description = "where the searches are kept (default: that of 'train')")
  @Nullable Path runs;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the only folder to look for data in")
  @Nullable Path data;

  @Option(names = "--offline", description = "do not download anything")
  boolean offline;

  @Option(names = "--json", description = "the searches as one JSON object")
  boolean json;

  TuningCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (repetitions < 1 || workers < 1 || !(minutes > 0)) {
      throw new UsageException(
          "expected 1 repetition, 1 worker or more, and a time, got --repetitions %d, --workers %d and --minutes %s"
              .formatted(repetitions, workers, minutes));
    }
    Optional<SearchPlan> known = SearchPlan.ofShelf(name);
    SearchPlan plan = known.isPresent() ? known.get() : SearchPlan.read(Path.of(name));
    List<Strategy> racing = strategies.stream().map(Strategy::parse).toList();
    Race race = new Race(plan, racing, repetitions, 60 * minutes, workers);
    Options usual = Options.defaults().withOffline(offline);
    Options options = data == null ? usual : usual.withFolder(data);
    RunStore store = runs == null ? RunStore.usual() : RunStore.at(runs);
    Files.createDirectories(store.home());
    RaceResult result = race.run(store, choice -> choice.open(options), terminal::note);
    if (figure != null) {
      byte[] drawn = result.figure().standalone().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(figure, out -> out.write(drawn));
    }
    terminal.say(json ? Json.line(result.json()) : result.markdown().stripTrailing());
    return 0;
  }
}
