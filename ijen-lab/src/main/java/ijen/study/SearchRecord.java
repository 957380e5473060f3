package ijen.study;

import ijen.recipe.Claim;
import ijen.recipe.Expectation;
import ijen.recipe.Measure;
import ijen.recipe.Recipe;
import ijen.recipe.SearchPlan;
import ijen.recipe.Study;
import ijen.recipe.Variant;
import ijen.tune.Goal;
import ijen.tune.Importance;
import ijen.tune.Report;
import ijen.tune.SearchResult;
import ijen.tune.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a search came to so far, with what was searched.
///
/// @param plan what was searched, and how
/// @param study what it is called in the database
/// @param folder where its files are
/// @param result all trials that have ended
/// @param clock when trials ended
public record SearchRecord(
    SearchPlan plan, String study, Path folder, SearchResult result, SearchClock clock) {
  private static final long FOREST = 1; // the key of the forest that importance is measured by

  /// The best of the complete trials; empty if there is none.
  public Optional<Trial> best() {
    return result.best();
  }

  /// The complete trials from the best to the worst, then pruned ones, those that came further
  /// first, then failed ones.
  public List<Trial> ranked() {
    return ranked(result.trials(), plan.goal());
  }

  /// The same of some trials.
  public static List<Trial> ranked(List<Trial> trials, Goal goal) {
    Comparator<Trial> byValue =
        Comparator.comparingDouble(one -> goal == Goal.MAXIMISE ? -one.value() : one.value());
    Comparator<Trial> order =
        Comparator.comparing(Trial::state)
            .thenComparing(byValue)
            .thenComparingInt(one -> -one.reports().lastStep())
            .thenComparingInt(Trial::number);
    return trials.stream().sorted(order).toList();
  }

  /// How much each dimension matters, in the space's order.
  public List<Importance> importance() {
    return Importance.of(plan.space(), result.trials(), FOREST);
  }

  /// How long it took, by the clock, in whatever number of sittings.
  public double seconds() {
    return clock.seconds();
  }

  /// Epochs of all trials together.
  public long epochs() {
    return result.trials().stream().mapToLong(one -> one.reports().list().size()).sum();
  }

  /// The words of the command that trains the best configuration on all training samples; none if
  /// there is no best.
  public List<String> command() {
    return best().map(this::recipe).map(recipe -> recipe.config().command()).orElse(List.of());
  }

  private Recipe recipe(Trial trial) {
    return plan.retraining(trial.configuration(), trial.reports().lastStep());
  }

  /// The best configuration as a study: trained on all training samples, and measured on the test
  /// set, which the search has not seen. Empty if there is no best.
  public Optional<Study> retraining(int seeds) {
    boolean decides = plan.measure().kind() == Measure.Kind.ACCURACY;
    Claim claim =
        new Claim(
            "",
            Measure.parse(decides ? "test accuracy" : "test loss"),
            plan.retraining().published(),
            new Expectation.Nothing(),
            "",
            study);
    return best()
        .map(trial ->
            new Study(
                study + "-best",
                "The best of: " + (plan.title().isEmpty() ? study : plan.title()),
                "What does the configuration that the search chose reach on the test set?",
                plan.source(),
                seeds,
                List.of(new Variant("", "", recipe(trial))),
                List.of(claim),
                List.of()));
  }

  /// For a program to read; what differs between two runs of the same search is in `seconds` and
  /// `folder` alone.
  public Map<String, Object> describe() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", study);
    content.put("title", plan.title());
    content.put("question", plan.question());
    content.put("source", plan.source());
    content.putAll(plan.describe());
    content.put("trials", plan.rules().trials());
    content.put("ended", result.trials().size());
    content.put("epochs", epochs());
    content.put("stopped", result.stopped());
    plan.published().ifPresent(value -> content.put("published", value));
    best().ifPresent(trial -> content.put("best", describe(trial)));
    Map<String, Object> shares = new LinkedHashMap<>();
    importance().forEach(one -> shares.put(one.dimension(), one.share()));
    content.put("importance", shares);
    List<Object> table = new ArrayList<>();
    result.trials().forEach(trial -> table.add(describe(trial)));
    content.put("table", table);
    content.put("folder", folder.toString());
    content.put("seconds", seconds());
    return content;
  }

  /// A trial for a program to read.
  public static Map<String, Object> describe(Trial trial) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("number", trial.number());
    line.put("state", word(trial.state()));
    if (trial.state() == Trial.State.COMPLETE) {
      line.put("value", trial.value());
    }
    if (!trial.message().isEmpty()) {
      line.put("message", trial.message());
    }
    line.put("configuration", trial.configuration().values());
    line.put("steps", trial.reports().list().stream().map(Report::step).toList());
    line.put("reports", trial.reports().list().stream().map(Report::value).toList());
    line.put("seconds", trial.seconds());
    return line;
  }

  /// A state in a word: `complete`.
  public static String word(Trial.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
