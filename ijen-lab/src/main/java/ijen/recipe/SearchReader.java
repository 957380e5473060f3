package ijen.recipe;

import ijen.tune.Dimension;
import ijen.tune.Pruners;
import ijen.tune.Real;
import ijen.tune.Samplers;
import ijen.tune.Space;
import ijen.tune.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads a search from YAML.
final class SearchReader {
  static final String SEARCH = "search";

  /// What is wrong with a search where a training is expected.
  static final String SEARCH_NOT_TRAINING = "this is a search: './ijen tune %s' carries it out";

  private static final String SPACE = "space";
  private static final String MAXIMISE = "maximise";
  private static final String MINIMISE = "minimise";
  private static final String SAMPLER = "sampler";
  private static final String PRUNER = "pruner";
  private static final String RETRAIN = "retrain";
  private static final String PUBLISHED = "published";
  private static final Set<String> KEYS = Set.of("title", "question", "source", SEARCH);
  private static final int TRIALS = 50;
  private static final int LAG = 8;

  private SearchReader() {}

  static SearchPlan read(String text, String source) {
    Yaml root =
        Yaml.parse(text, source).orElse(new Yaml.Mapping(source + ":1:1", Map.of(), Map.of()));
    Yaml.Mapping file = Entries.mapping(root, "settings and a 'search' among them");
    Yaml content = file.values().get(SEARCH);
    if (content == null) {
      throw new RecipeException(
          file.place(),
          "there is no search in it: expected 'search' with a 'space'; './ijen reproduce' and"
              + " './ijen train' carry out other recipes");
    }
    Yaml.Mapping search = Entries.mapping(content, "'space' and how it is searched");
    Entries.only(
        search, SPACE, "trials", SAMPLER, PRUNER, MAXIMISE, MINIMISE, "lag", PUBLISHED, RETRAIN);
    Yaml dimensions = search.values().get(SPACE);
    if (dimensions == null) {
      throw new RecipeException(search.place(), "expected 'space', too");
    }
    Yaml.Mapping written = Entries.mapping(dimensions, "a name and values for each dimension");
    Space space = space(written);
    SearchPlan plan =
        new SearchPlan(
            Study.name(source),
            Entries.optional(file, "title").orElse(""),
            Entries.optional(file, "question").orElse(""),
            Entries.optional(file, "source").orElse(""),
            Recipe.of(file, KEYS),
            space,
            written.keyPlaces(),
            rules(search, space),
            measure(search),
            Entries.number(search, PUBLISHED),
            retraining(search));
    SearchCheck.check(plan, search.place());
    at(Entries.place(search, SAMPLER), plan::search); // a grid may not be one of that space
    return plan;
  }

  private static SearchPlan.Rules rules(Yaml.Mapping search, Space space) {
    String sampler = Entries.optional(search, SAMPLER).orElse("random");
    String pruner = Entries.optional(search, PRUNER).orElse("none");
    OptionalLong all =
        at(Entries.place(search, SAMPLER), () -> Samplers.parse(sampler, 1).count(space));
    at(Entries.place(search, PRUNER), () -> Pruners.parse(pruner, 1, 1));
    return new SearchPlan.Rules(
        Entries.value(search, "trials", Values.whole(1))
            .orElse((int) Math.min(all.orElse(TRIALS), Integer.MAX_VALUE)),
        sampler,
        pruner,
        Entries.value(search, "lag", Values.whole(1)).orElse(LAG));
  }

  private static SearchPlan.Retraining retraining(Yaml.Mapping search) {
    Yaml written = search.values().get(RETRAIN);
    if (written == null) {
      return new SearchPlan.Retraining(Recipe.empty(), Optional.empty());
    }
    Yaml.Mapping retrain = Entries.mapping(written, "settings");
    return new SearchPlan.Retraining(
        Recipe.of(retrain, Set.of(PUBLISHED)), Entries.number(retrain, PUBLISHED));
  }

  private static Measure measure(Yaml.Mapping search) {
    boolean most = search.values().containsKey(MAXIMISE);
    if (most && search.values().containsKey(MINIMISE)) {
      throw new RecipeException(search.place(), "expected 'maximise' or 'minimise', got both");
    }
    String key = most ? MAXIMISE : MINIMISE;
    Function<String, Measure> parser =
        text -> {
          Measure measure = Measure.parse(text);
          boolean fits =
              measure.part().equals("validation")
                  && measure.epoch().isEmpty()
                  && measure.kind() == (most ? Measure.Kind.ACCURACY : Measure.Kind.LOSS);
          if (!fits) {
            throw new IllegalArgumentException(
                "expected '%s', or the best of all epochs, 'best %s', got '%s'"
                    .formatted(
                        most ? "validation accuracy" : "validation loss",
                        most ? "validation accuracy" : "validation loss",
                        text));
          }
          return measure;
        };
    return Entries.value(search, key, parser).orElseGet(() -> Measure.parse("validation accuracy"));
  }

  private static Space space(Yaml.Mapping mapping) {
    List<Dimension> dimensions = new ArrayList<>();
    mapping
        .values()
        .forEach((name, value) -> {
          Dimension dimension =
              at(
                  String.valueOf(mapping.keyPlaces().get(name)),
                  () ->
                      switch (value) {
                        case Yaml.Items items -> Dimension.choice(name, texts(items.values()));
                        case Yaml.Mapping numbers -> numbers(name, numbers);
                        case Yaml.Text text ->
                            throw new RecipeException(
                                text.place(),
                                "'" + name + "': expected a list of values, or 'from' and 'to'");
                      });
          dimensions.add(dimension);
        });
    return at(mapping.place(), () -> new Space(dimensions));
  }

  /// A range of numbers, or values of which one is chosen, with their condition.
  private static Dimension numbers(String name, Yaml.Mapping mapping) {
    Dimension dimension;
    if (mapping.values().containsKey("values")) {
      Entries.only(mapping, "values", "when");
      dimension = Dimension.choice(name, texts(Entries.items(mapping, "values")));
    } else {
      Entries.only(mapping, "from", "to", "step", "log", "when");
      String from = Entries.required(mapping, "from", SearchReader::number);
      String to = Entries.required(mapping, "to", SearchReader::number);
      Optional<String> step = Entries.value(mapping, "step", SearchReader::number);
      boolean log = Entries.value(mapping, "log", Values::truth).orElse(false);
      boolean whole = isWhole(from) && isWhole(to) && step.map(SearchReader::isWhole).orElse(true);
      dimension =
          whole
              ? whole(name, Values.seed(from), Values.seed(to), step.map(Values::seed), log)
              : real(name, real(from), real(to), step.map(SearchReader::real), log);
    }
    Yaml when = mapping.values().get("when");
    if (when == null) {
      return dimension;
    }
    Yaml.Mapping condition = Entries.mapping(when, "a dimension and its values");
    if (condition.values().size() != 1) {
      throw new RecipeException(when.place(), "'when': expected one dimension and its values");
    }
    Map.Entry<String, Yaml> one = condition.values().entrySet().iterator().next();
    Object[] values =
        one.getValue() instanceof Yaml.Items items
            ? texts(items.values())
            : new Object[] {Entries.required(condition, one.getKey(), Values::text)};
    return dimension.when(one.getKey(), values);
  }

  private static Whole whole(String name, long from, long to, Optional<Long> step, boolean log) {
    Whole whole = Dimension.whole(name, from, to);
    whole = step.isPresent() ? whole.inSteps(step.get()) : whole;
    return log ? whole.inLog() : whole;
  }

  private static Real real(
      String name, double from, double to, Optional<Double> step, boolean log) {
    Real real = Dimension.real(name, from, to);
    real = step.isPresent() ? real.inSteps(step.get()) : real;
    return log ? real.inLog() : real;
  }

  private static boolean isWhole(String text) {
    return text.matches("[-+]?\\d+");
  }

  /// The text of a number, or refuses it.
  private static String number(String text) {
    real(text);
    return text;
  }

  private static double real(String text) {
    return Values.number(x -> true, "a number").apply(text);
  }

  private static Object[] texts(List<Yaml> items) {
    return items.stream().map(SearchReader::text).toArray();
  }

  /// A value as a setting's text: a list is its values with commas between them.
  private static String text(Yaml value) {
    return switch (value) {
      case Yaml.Text text when !text.isNothing() -> text.value().strip();
      case Yaml.Items items ->
          String.join(",", items.values().stream().map(SearchReader::text).toList());
      default -> throw new RecipeException(value.place(), "expected a value");
    };
  }

  private static <T> T at(String place, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new RecipeException(place, String.valueOf(e.getMessage()), e);
    }
  }
}
