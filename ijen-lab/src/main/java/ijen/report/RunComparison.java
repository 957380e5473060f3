package ijen.report;

import ijen.format.json.JsonObject;
import ijen.metric.Replicates;
import ijen.metric.Score;
import ijen.recipe.Measure;
import ijen.recipe.Setting;
import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import ijen.study.SeedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs beside each other: those that differ in their seed alone belong together, and groups are
/// compared seed by seed.
///
/// @param groups the runs, put together, in the order in which they were named
/// @param differences of each group but the first against the first
/// @param repeated runs that are left out, as they are another's training from the same seed again
public record RunComparison(
    List<Trainings> groups, List<Difference> differences, List<String> repeated) {
  /// The share of test examples recognised at the end.
  public static final Measure TEST_ACCURACY = StudyFigures.TEST_ACCURACY;

  /// The mean test loss at the end.
  public static final Measure TEST_LOSS = StudyFigures.TEST_LOSS;

  /// What may be compared.
  static final List<Measure> MEASURES =
      List.of(
          TEST_ACCURACY, TEST_LOSS, Measure.parse("train accuracy"), Measure.parse("train loss"));

  private static final int LONGEST_NAME = 40;

  public RunComparison {
    groups = List.copyOf(groups);
    differences = List.copyOf(differences);
    repeated = List.copyOf(repeated);
  }

  /// What one group came to minus what another did, seed by seed.
  ///
  /// @param name the one
  /// @param against the other
  /// @param measure what of
  /// @param values the differences, one for each seed that both have
  public record Difference(String name, String against, Measure measure, Replicates values) {
    /// Whether it is more than seeds make: the 95 % interval leaves out 0.
    public boolean isClear() {
      return Math.abs(values.mean()) > values.halfWidth(); // not for a single seed: that is NaN
    }

    /// `test accuracy +0.0021 (95 % interval 0.0009 to 0.0033, 5 seeds)`.
    @Override
    public String toString() {
      return StudyDepartures.difference(measure, values);
    }
  }

  /// Of runs' folders.
  ///
  /// @throws IllegalArgumentException if they are fewer than two, or one has no configuration
  /// @throws IOException if a file cannot be read
  public static RunComparison of(List<RunFolder> runs) throws IOException {
    Map<Map<String, String>, List<SeedRun>> grouped = new LinkedHashMap<>();
    List<String> repeated = new ArrayList<>();
    for (RunFolder run : runs) {
      if (!Files.exists(run.configFile())) {
        throw new IllegalArgumentException(
            "run %s: expected a run with a configuration, but there is no %s"
                .formatted(run.id(), run.configFile()));
      }
      SeedRun one = read(run);
      List<SeedRun> group =
          grouped.computeIfAbsent(
              Settings.flat(Trainings.settings(run)), settings -> new ArrayList<>());
      if (group.stream().anyMatch(other -> other.seed() == one.seed())) {
        repeated.add(run.id());
      } else {
        group.add(one);
      }
    }
    if (runs.size() - repeated.size() < 2) {
      throw new IllegalArgumentException(
          "runs: expected two or more that differ in seed or settings, got "
              + String.join(", ", runs.stream().map(RunFolder::id).toList()));
    }
    List<Trainings> groups = named(List.copyOf(grouped.values()));
    return new RunComparison(groups, differences(groups), repeated);
  }

  private static SeedRun read(RunFolder run) throws IOException {
    JsonObject config = run.readConfig();
    String seed = Setting.SEED.key();
    List<EpochRow> epochs = run.readEpochs();
    RunResult result = run.readResult().orElseGet(() -> soFar(epochs));
    return new SeedRun(
        config.has(seed) ? config.whole(seed) : 0,
        run,
        result,
        epochs,
        run.readSteps(),
        trainingSamples(run));
  }

  /// What a run that has not ended came to so far.
  private static RunResult soFar(List<EpochRow> epochs) {
    RunResult result = RunResult.of(RunStatus.INTERRUPTED).withMessage("has not ended");
    if (epochs.isEmpty()) {
      return result;
    }
    EpochRow last = epochs.getLast();
    double seconds = epochs.stream().mapToDouble(EpochRow::seconds).sum();
    result = result.withWork(last.epoch(), last.step(), seconds, 0);
    for (Map.Entry<String, Score> score : last.scores().entrySet()) {
      result = result.withScore(score.getKey(), score.getValue());
    }
    return result;
  }

  /// How many samples an epoch has; 1 where the run does not say.
  private static int trainingSamples(RunFolder run) throws IOException {
    JsonObject environment = run.readEnvironment().orElse(null);
    return environment != null
            && environment.has("data")
            && environment.object("data").has(RunResult.TRAIN)
        ? environment.object("data").object(RunResult.TRAIN).integer("samples")
        : 1;
  }

  private static List<Trainings> named(List<List<SeedRun>> groups) throws IOException {
    List<Trainings> unnamed = new ArrayList<>();
    for (List<SeedRun> runs : groups) {
      RunFolder first = runs.getFirst().folder();
      unnamed.add(new Trainings(first.label(), Trainings.settings(first), runs));
    }
    List<String> differing = Trainings.differing(unnamed);
    List<Trainings> named = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Trainings one : unnamed) {
      Map<String, String> settings = Settings.flat(one.settings());
      List<String> words = new ArrayList<>();
      differing.forEach(key -> words.add(key + " " + settings.getOrDefault(key, Settings.NONE)));
      String text = String.join(", ", words);
      String name = words.isEmpty() || text.length() > LONGEST_NAME ? one.name() : text;
      String distinct = name;
      for (int copy = 2; !taken.add(distinct); copy++) {
        distinct = name + " (" + copy + ")";
      }
      named.add(new Trainings(distinct, one.settings(), one.runs()));
    }
    return named;
  }

  private static List<Difference> differences(List<Trainings> groups) {
    List<Difference> differences = new ArrayList<>();
    Trainings first = groups.getFirst();
    for (Trainings other : groups.subList(1, groups.size())) {
      boolean sameLoss = other.reportedLoss().equals(first.reportedLoss());
      for (Measure measure : MEASURES) {
        if (sameLoss || measure.kind() != Measure.Kind.LOSS) {
          other
              .minus(first, measure)
              .ifPresent(values ->
                  differences.add(new Difference(other.name(), first.name(), measure, values)));
        }
      }
    }
    return differences;
  }

  /// For a program to read.
  public Map<String, Object> describe() {
    Map<String, Object> content = new LinkedHashMap<>();
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Trainings group : groups) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", group.name());
      line.put("runs", group.runs().stream().map(run -> run.folder().id()).toList());
      line.put("seeds", group.runs().stream().map(SeedRun::seed).toList());
      Map<String, Object> measured = new LinkedHashMap<>();
      for (Measure measure : MEASURES) {
        if (group.has(measure)) {
          measured.put(measure.toString(), numbers(group.measure(measure)));
        }
      }
      line.put("measured", measured);
      lines.add(line);
    }
    content.put("groups", lines);
    content.put("differences", differences.stream().map(RunComparison::line).toList());
    content.put("repeated", repeated);
    return content;
  }

  private static Map<String, Object> line(Difference difference) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("of", difference.name());
    line.put("against", difference.against());
    line.put("measure", difference.measure().toString());
    line.putAll(numbers(difference.values()));
    line.put("clear", difference.isClear());
    return line;
  }

  private static Map<String, Object> numbers(Replicates values) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("values", values.values());
    numbers.put("mean", values.mean());
    numbers.put("sd", values.sd());
    numbers.put("halfWidth", values.halfWidth());
    return numbers;
  }
}
