package ijen.recipe;

import ijen.tune.Configuration;
import ijen.tune.Dimension;
import ijen.tune.Goal;
import ijen.tune.History;
import ijen.tune.RandomSampler;
import ijen.tune.Sampler;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Refuses a search some of whose trials could not begin, before any of them does.
final class SearchCheck {
  /// As many configurations are tried out, all if there are no more: that takes a moment.
  private static final int TRIED = 1000;

  /// What has to be the same for all trials, or their values could not be compared.
  private static final Set<Setting> SHARED =
      EnumSet.of(
          Setting.DATA,
          Setting.DATA_FOLDER,
          Setting.DATA_SEED,
          Setting.TRAIN_SIZE,
          Setting.TEST_SIZE,
          Setting.NOISE,
          Setting.VALIDATION,
          Setting.POOL,
          Setting.CLASSES,
          Setting.RECONSTRUCT,
          Setting.SEED,
          Setting.MEASURED_LOSS,
          Setting.THREADS,
          Setting.NAME);

  private SearchCheck() {}

  /// @param place what errors are about that no single dimension or setting is to blame for
  /// @throws RecipeException that says where the mistake is
  static void check(SearchPlan plan, String place) {
    Map<String, String> braced = plan.recipe().braced();
    for (Dimension dimension : plan.space().dimensions()) {
      check(plan, dimension, braced);
    }
    braced.forEach((name, where) -> {
      if (!plan.space().names().contains(name)) {
        throw new RecipeException(
            where,
            "'{%s}' is no dimension of the space: expected one of %s%s"
                .formatted(
                    name,
                    String.join(", ", plan.space().names()),
                    Nearest.hint(name, plan.space().names())));
      }
    });
    for (Configuration configuration : configurations(plan)) {
      check(plan, configuration, braced, place);
    }
  }

  private static void check(SearchPlan plan, Dimension dimension, Map<String, String> braced) {
    String name = dimension.name();
    Optional<Setting> setting = Setting.of(name);
    boolean isGiven = setting.filter(plan.recipe().settings()::contains).isPresent();
    String problem = "";
    if (setting.isEmpty() && !braced.containsKey(name)) {
      problem =
          "'%s' is no setting: expected '{%s}' in one, or a setting's name%s"
              .formatted(name, name, Nearest.hint(name, Setting.keys()));
    } else if (setting.isPresent() && braced.containsKey(name)) {
      problem = "'%s' is a setting, and cannot stand in braces, too".formatted(name);
    } else if (isGiven) {
      problem =
          "'%s' is searched, and given at %s, too: leave one of them out"
              .formatted(name, plan.recipe().place(setting.orElseThrow()));
    } else if (setting.filter(SHARED::contains).isPresent()
        || (name.equals(Setting.LOSS.key()) && plan.goal() == Goal.MINIMISE)) {
      problem =
          "'%s' cannot be searched: trials that differ in it cannot be compared".formatted(name);
    }
    if (!problem.isEmpty()) {
      throw new RecipeException(plan.places().getOrDefault(name, name), problem);
    }
  }

  /// All configurations of a small space; of a large one those in which each value appears, and
  /// some at random.
  private static List<Configuration> configurations(SearchPlan plan) {
    List<Configuration> all = new ArrayList<>(plan.examples());
    OptionalLong size = plan.space().size();
    boolean isSmall = size.isPresent() && size.getAsLong() <= TRIED;
    Sampler random = new RandomSampler(1);
    History nothing = new History(plan.goal(), List.of(), List.of());
    for (int i = 0; i < (isSmall ? size.getAsLong() : TRIED); i++) {
      all.add(isSmall ? plan.space().configuration(i) : random.suggest(plan.space(), i, nothing));
    }
    return all;
  }

  private static void check(
      SearchPlan plan, Configuration configuration, Map<String, String> braced, String place) {
    braced.forEach((name, where) -> {
      if (!configuration.has(name)) {
        throw new RecipeException(
            where, "'{%s}' has no value in the trial {%s}".formatted(name, configuration));
      }
    });
    try {
      TrainConfig config = plan.recipe(configuration).config();
      plan.measure().requireOf(config);
      plan.retraining(configuration, 1).config();
    } catch (RecipeException e) {
      throw new RecipeException(
          String.valueOf(e.getMessage()), "in the trial {" + configuration + "}", e);
    } catch (IllegalArgumentException e) {
      throw new RecipeException(place, String.valueOf(e.getMessage()), e);
    }
  }
}
