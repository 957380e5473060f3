package ijen.recipe;

import ijen.tune.Choice;
import ijen.tune.Condition;
import ijen.tune.Configuration;
import ijen.tune.Dimension;
import ijen.tune.Goal;
import ijen.tune.Pruners;
import ijen.tune.Real;
import ijen.tune.Samplers;
import ijen.tune.Search;
import ijen.tune.Space;
import ijen.tune.Whole;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A search over settings, as a recipe file says it: what all trials share, what differs, and by
/// which rules.
///
/// ```yaml
/// data: fashion-mnist
/// validation: 0.2                   # what trials are judged by; the test set is not looked at
/// hidden: "{layers}x{units}"        # made of two dimensions
/// search:
///   trials: 50
///   sampler: random                 # grid, sobol or tpe, see ijen.tune.Samplers
///   pruner: none                    # median, percentile, asha or hyperband, see ijen.tune.Pruners
///   maximise: validation accuracy
///   published: 0.8772
///   space:
///     layers: [2, 3, 4]
///     units: {from: 5, to: 40}
///     lr: {from: 1e-5, to: 0.01, log: true}
///     momentum: {from: 0.0, to: 0.99, when: {optimizer: [sgd]}}
///   retrain: {epochs: 50, published: 0.8771}
/// ```
///
/// A dimension that is called like a setting is that setting; the others stand in braces within
/// settings. All trials have the same seed, and with it the same samples held out.
///
/// @param name a short name, as the file's
/// @param title a heading; may be empty
/// @param question what is asked; may be empty
/// @param source where it is from; may be empty
/// @param recipe what all trials share, with dimensions in braces
/// @param space what is tried
/// @param places where each dimension stands, for errors
/// @param rules how it is searched
/// @param measure what trials are judged by: the loss or accuracy of the samples held out
/// @param published what the source's best trial came to
/// @param retraining how the best configuration is trained in the end
public record SearchPlan(
    String name,
    String title,
    String question,
    String source,
    Recipe recipe,
    Space space,
    Map<String, String> places,
    Rules rules,
    Measure measure,
    Optional<Double> published,
    Retraining retraining) {
  private static final String INDEX = "searches.txt";

  public SearchPlan {
    places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }

  /// How a space is searched.
  ///
  /// @param trials how many
  /// @param sampler what proposes configurations, as [Samplers#parse] takes it
  /// @param pruner what ends trials early, as [Pruners#parse] takes it
  /// @param lag so many trials ago a trial must have begun for its end to be known, see [Search]
  public record Rules(int trials, String sampler, String pruner, int lag) {}

  /// How the best configuration is trained on all training samples.
  ///
  /// @param settings those that are others than in the search
  /// @param published the test accuracy that the source came to, or test loss where nothing is
  ///   decided
  public record Retraining(Recipe settings, Optional<Double> published) {}

  /// Reads a file.
  ///
  /// @throws RecipeException naming file, line and column, if something in it is not as it should
  ///   be, or there is no search in it
  /// @throws IOException if it cannot be read
  public static SearchPlan read(Path file) throws IOException {
    return parse(Recipe.text(file), file.toString());
  }

  /// The search that a text is; `source` is what errors call it.
  ///
  /// @throws RecipeException as [#read]
  public static SearchPlan parse(String text, String source) {
    return SearchReader.read(text, source);
  }

  /// The searches that come with Ijen, by name, in their order.
  public static List<String> shelf() {
    return Shelf.names(INDEX);
  }

  /// One of those, if there is one of that name.
  public static Optional<SearchPlan> ofShelf(String name) {
    return Shelf.text(INDEX, name).map(text -> parse(text, Shelf.file(name)));
  }

  /// Refuses the name of a search that comes with Ijen where a training is expected.
  ///
  /// @throws RecipeException that says what to do with it
  public static void refuse(String name) {
    if (shelf().contains(name)) {
      throw new RecipeException(name, SearchReader.SEARCH_NOT_TRAINING.formatted(name));
    }
  }

  /// Searched by other rules.
  ///
  /// @throws IllegalArgumentException if one of them is not known, or they do not fit the space
  public SearchPlan with(Rules rules) {
    SearchPlan changed =
        new SearchPlan(
            name,
            title,
            question,
            source,
            recipe,
            space,
            places,
            rules,
            measure,
            published,
            retraining);
    changed.search(); // or refuses them
    return changed;
  }

  /// With settings as the option `--set` takes them, `epochs=5`, which count more than those of the
  /// file; what a setting is about may stand before it, as in `optimizer.momentum=0.9`.
  ///
  /// @param place what errors call them
  /// @throws RecipeException if there is no such setting, it is searched, or trials with it could
  ///   not begin
  public SearchPlan with(List<String> assignments, String place) {
    Recipe more = Recipe.empty();
    for (String text : assignments) {
      Assignment one = Assignment.parse(text, List.of(), place);
      if (space.names().contains(one.setting().key())) {
        throw new RecipeException(
            place, "'%s' is searched, and has no one value".formatted(one.setting().key()));
      }
      more = one.recipe(place).over(more);
    }
    SearchPlan changed =
        new SearchPlan(
            name,
            title,
            question,
            source,
            more.over(recipe),
            space,
            places,
            rules,
            measure,
            published,
            retraining);
    SearchCheck.check(changed, place);
    return changed;
  }

  /// Which values are better.
  public Goal goal() {
    return measure.kind() == Measure.Kind.LOSS ? Goal.MINIMISE : Goal.MAXIMISE;
  }

  /// The search as [ijen.tune] carries it out.
  public Search search() {
    long seed = shared().seed();
    return Search.of(space, Samplers.parse(rules.sampler, seed))
        .withPruner(Pruners.parse(rules.pruner, seed, mostEpochs()))
        .withGoal(goal())
        .withTrials(rules.trials)
        .withLag(rules.lag);
  }

  /// The settings of one trial.
  public Recipe recipe(Configuration configuration) {
    Recipe made = recipe.filled(configuration.values());
    for (Map.Entry<String, String> value : configuration.values().entrySet()) {
      Optional<Setting> setting = Setting.of(value.getKey());
      if (setting.isPresent()) {
        String place = places.getOrDefault(value.getKey(), value.getKey());
        made = made.with(setting.get(), value.getValue(), place);
      }
    }
    return made;
  }

  /// The settings by which a configuration is trained in the end, on all training samples. Where
  /// trials stop by the samples held out, which are none then, it takes as long as its trial did.
  ///
  /// @param epochs how many epochs its trial had
  public Recipe retraining(Configuration configuration, int epochs) {
    Recipe trial = recipe(configuration);
    Recipe made = trial.without(Setting.VALIDATION).without(Setting.EARLY_STOP);
    if (trial.settings().contains(Setting.EARLY_STOP)) {
      made = made.with(Setting.EPOCHS, Integer.toString(epochs), Setting.EPOCHS.option());
    }
    return retraining.settings.over(made);
  }

  /// The settings that no dimension changes; those that one changes are as in some trial.
  public TrainConfig shared() {
    return recipe(examples().getFirst()).config();
  }

  private int mostEpochs() {
    return examples().stream().mapToInt(one -> recipe(one).config().epochs()).max().orElse(1);
  }

  /// Configurations among which each dimension has each of its choices, or its least, its middle
  /// and its largest number.
  List<Configuration> examples() {
    List<Configuration> examples = new ArrayList<>();
    for (Dimension dimension : space.dimensions()) {
      Map<String, Double> wanted = wanted(dimension);
      for (double u : parts(dimension)) {
        wanted.put(dimension.name(), u);
        examples.add(space.at(other -> wanted.getOrDefault(other.name(), 0.0)));
      }
    }
    return examples;
  }

  private static double[] parts(Dimension dimension) {
    if (!(dimension instanceof Choice choice)) {
      return new double[] {0, 0.5, Math.nextDown(1.0)};
    }
    return choice.values().stream().mapToDouble(choice::position).toArray();
  }

  /// Where other dimensions have to lie for one to have a value.
  private Map<String, Double> wanted(Dimension dimension) {
    Map<String, Double> wanted = new HashMap<>();
    Optional<Condition> condition = dimension.condition();
    while (condition.isPresent()) {
      Condition holds = condition.get();
      Dimension other =
          space.dimensions().stream()
              .filter(one -> one.name().equals(holds.dimension()))
              .findFirst()
              .orElseThrow();
      wanted.put(other.name(), other.position(holds.values().getFirst()));
      condition = other.condition();
    }
    return wanted;
  }

  /// The values of a dimension in words: `2, 3, 4`, or `0.001 to 0.1, in the logarithm, when
  /// optimizer is sgd`.
  public static String values(Dimension dimension) {
    String values =
        switch (dimension) {
          case Choice choice -> String.join(", ", choice.values());
          case Whole it -> numbers(it.low(), it.high(), it.step() == 1 ? "" : it.step(), it.log());
          case Real it ->
              numbers(
                  plain(it.low()),
                  plain(it.high()),
                  it.step() == 0 ? "" : plain(it.step()),
                  it.log());
        };
    return values
        + dimension
            .condition()
            .map(when -> ", when " + when.dimension() + " is " + String.join(" or ", when.values()))
            .orElse("");
  }

  /// A number with a point, which whole ones lack: `0.0001`, `1.0`.
  private static String plain(double number) {
    String text = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    return text.contains(".") ? text : text + ".0";
  }

  private static String numbers(Object low, Object high, Object step, boolean log) {
    return low
        + " to "
        + high
        + (step.equals("") ? "" : " in steps of " + step)
        + (log ? ", in the logarithm" : "");
  }

  /// What says that two searches are the same one: all but the number of trials, and what they are
  /// called.
  public Map<String, Object> describe() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("settings", recipe.texts());
    Map<String, Object> dimensions = new LinkedHashMap<>();
    space.dimensions().forEach(one -> dimensions.put(one.name(), values(one)));
    content.put("space", dimensions);
    content.put("sampler", rules.sampler);
    content.put("pruner", rules.pruner);
    content.put("measure", measure.toString());
    content.put("lag", rules.lag);
    return content;
  }
}
