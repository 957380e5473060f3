package ijen.recipe;

import ijen.metric.Replicates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads a study from YAML.
final class StudyReader {
  private static final String TITLE = "title";
  private static final String VARIANT = "variant";
  private static final String MEASURE = "measure";
  private static final String PUBLISHED = "published";
  private static final String WITHIN = "within";
  private static final String AT_LEAST = "at-least";
  private static final String AT_MOST = "at-most";
  private static final String REFERENCE = "reference";
  private static final String DIVERGES = "diverges";
  private static final String WHY = "why";

  /// What a study says besides settings; `command` is what a run's `config.json` says.
  private static final Set<String> KEYS =
      Set.of(TITLE, "question", "source", "seeds", "variants", "expect", "departures", "command");

  private static final Function<String, Double> NUMBER = Values.number(x -> true, "a number");
  private static final Function<String, Double> FROM_ZERO =
      Values.number(x -> x >= 0, "a number from 0 on");

  private final String source;

  private StudyReader(String source) {
    this.source = source;
  }

  static Study read(String text, String source) {
    return new StudyReader(source).read(text);
  }

  private Study read(String text) {
    Yaml root =
        Yaml.parse(text, source).orElse(new Yaml.Mapping(source + ":1:1", Map.of(), Map.of()));
    if (!(root instanceof Yaml.Mapping file)) {
      throw new RecipeException(root.place(), "expected settings, such as 'lr: 0.1', one a line");
    }
    String search = file.keyPlaces().get(SearchReader.SEARCH);
    if (search != null) {
      throw new RecipeException(search, SearchReader.SEARCH_NOT_TRAINING.formatted(source));
    }
    Recipe common = Recipe.of(file, KEYS);
    List<Variant> variants = variants(file, common);
    List<Claim> claims = new ArrayList<>();
    for (Yaml item : Entries.items(file, "expect")) {
      claims.add(claim(Entries.mapping(item, "a measure and what is expected of it"), variants));
    }
    List<Departure> departures = new ArrayList<>();
    for (Yaml item : Entries.items(file, "departures")) {
      departures.add(departure(Entries.mapping(item, "'source' and 'instead'"), variants));
    }
    return new Study(
        Study.name(source),
        Entries.optional(file, TITLE).orElse(""),
        Entries.optional(file, "question").orElse(""),
        Entries.optional(file, "source").orElse(""),
        Entries.value(file, "seeds", Values.whole(1)).orElse(Study.SEEDS),
        variants,
        claims,
        departures);
  }

  private static List<Variant> variants(Yaml.Mapping file, Recipe common) {
    Yaml written = file.values().get("variants");
    if (written == null) {
      return List.of(new Variant("", "", common));
    }
    Yaml.Mapping mapping = Entries.mapping(written, "a name and settings for each variant");
    List<Variant> variants = new ArrayList<>();
    mapping
        .values()
        .forEach((name, value) -> {
          String place = String.valueOf(mapping.keyPlaces().get(name));
          if (!name.matches("[A-Za-z0-9][-A-Za-z0-9]*")) {
            throw new RecipeException(
                place, "expected a name of letters, digits and hyphens, got '" + name + "'");
          }
          Yaml.Mapping own =
              value instanceof Yaml.Text text && text.isNothing()
                  ? new Yaml.Mapping(value.place(), Map.of(), Map.of())
                  : Entries.mapping(value, "settings");
          Recipe recipe = Recipe.of(own, Set.of(TITLE)).over(common);
          variants.add(new Variant(name, Entries.optional(own, TITLE).orElse(""), recipe));
        });
    if (variants.isEmpty()) {
      throw new RecipeException(written.place(), "expected one variant or more, got none");
    }
    return variants;
  }

  private static Claim claim(Yaml.Mapping claim, List<Variant> variants) {
    Entries.only(
        claim, VARIANT, MEASURE, PUBLISHED, WITHIN, AT_LEAST, AT_MOST, REFERENCE, DIVERGES, WHY);
    String variant = variant(claim, variants);
    Optional<Double> published = Entries.number(claim, PUBLISHED);
    return new Claim(
        variant,
        measure(claim, Variant.named(variant, variants).recipe()),
        published,
        expectation(claim, published),
        Entries.optional(claim, WHY).orElse(""),
        claim.place());
  }

  private static Measure measure(Yaml.Mapping claim, Recipe recipe) {
    if (!claim.values().containsKey(MEASURE)) {
      throw new RecipeException(claim.place(), "expected a measure, such as 'test accuracy'");
    }
    TrainConfig config = recipe.config();
    return Entries.required(claim, MEASURE, text -> Measure.parse(text).requireOf(config));
  }

  private static Expectation expectation(Yaml.Mapping claim, Optional<Double> published) {
    List<Expectation> found = new ArrayList<>();
    Entries.value(claim, WITHIN, FROM_ZERO)
        .ifPresent(distance -> {
          double value =
              published.orElseThrow(() ->
                  new RecipeException(
                      Entries.place(claim, WITHIN),
                      "'within' needs a 'published' number to be near to"));
          found.add(new Expectation.Within(value, distance));
        });
    Entries.number(claim, AT_LEAST).ifPresent(least -> found.add(new Expectation.AtLeast(least)));
    Entries.number(claim, AT_MOST).ifPresent(most -> found.add(new Expectation.AtMost(most)));
    Yaml reference = claim.values().get(REFERENCE);
    if (reference != null) {
      found.add(reference(Entries.mapping(reference, "'mean', 'sd', 'runs' and 'of'")));
    }
    if (Entries.value(claim, DIVERGES, Values::truth).orElse(false)) {
      found.add(new Expectation.Diverges());
    }
    if (found.size() > 1) {
      throw new RecipeException(
          claim.place(), "expected one expectation, got " + found + ": make it two entries");
    }
    return found.isEmpty() ? new Expectation.Nothing() : found.getFirst();
  }

  private static Expectation reference(Yaml.Mapping reference) {
    Entries.only(reference, "mean", "sd", "runs", "of");
    return new Expectation.Agrees(
        new Replicates.Summary(
            Entries.required(reference, "mean", NUMBER),
            Entries.required(reference, "sd", FROM_ZERO),
            Entries.required(reference, "runs", Values.whole(2))), // one alone has no spread
        Entries.optional(reference, "of").orElse("the reference"));
  }

  private static Departure departure(Yaml.Mapping departure, List<Variant> variants) {
    Entries.only(departure, "source", "instead", VARIANT);
    Optional<String> variant =
        departure.values().containsKey(VARIANT)
            ? Optional.of(variant(departure, variants))
            : Optional.empty();
    return new Departure(
        Entries.required(departure, "source", Values::text),
        Entries.required(departure, "instead", Values::text),
        variant);
  }

  /// The variant that an entry names; the only one if it names none.
  private static String variant(Yaml.Mapping entry, List<Variant> variants) {
    List<String> names = variants.stream().map(Variant::name).toList();
    Optional<String> named = Entries.optional(entry, VARIANT);
    if (named.isEmpty() && names.size() == 1) {
      return names.getFirst();
    }
    String name =
        named.orElseThrow(() ->
            new RecipeException(
                entry.place(), "expected a variant: one of " + String.join(", ", names)));
    if (!names.contains(name)) {
      throw new RecipeException(Entries.place(entry, VARIANT), Variant.unknown(name, names));
    }
    return name;
  }
}
