package ijen.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A recipe file as a whole: one training or several to compare, over how many seeds, what was
/// published, and what must come out.
///
/// A file that holds settings alone is a study of one training. Besides them it may say:
///
/// ```yaml
/// title: Softmax regression on MNIST
/// question: How far does a linear model get?
/// source: where the experiment is from
/// seeds: 5
/// data: mnist                       # settings of all variants
/// hidden: none
/// variants:
///   file-order: {title: in file order, shuffle: false}
///   shuffled: {}
/// expect:
///   - {variant: file-order, measure: test accuracy, published: 0.8935, within: 0.01}
///   - {variant: shuffled, measure: test accuracy, at-least: 0.85, why: …}
/// departures:
///   - {source: …, instead: …, variant: …}
/// ```
///
/// @param name a short name, as the file's
/// @param title a heading
/// @param question what is asked, in a few sentences; may be empty
/// @param source where the experiment is from; may be empty
/// @param seeds over how many seeds, from each variant's own on
/// @param variants the trainings, 1 or more
/// @param claims what is measured, published and expected
/// @param departures where it does otherwise than its source
public record Study(
    String name,
    String title,
    String question,
    String source,
    int seeds,
    List<Variant> variants,
    List<Claim> claims,
    List<Departure> departures) {
  /// What a study without a word about it runs over.
  public static final int SEEDS = 5;

  private static final String INDEX = "studies.txt";

  public Study {
    variants = List.copyOf(variants);
    claims = List.copyOf(claims);
    departures = List.copyOf(departures);
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds: expected 1 or more, got " + seeds);
    }
  }

  /// Reads a file.
  ///
  /// @throws RecipeException naming file, line and column, if something in it is not as it should
  ///   be
  /// @throws IOException if it cannot be read
  public static Study read(Path file) throws IOException {
    return parse(Recipe.text(file), file.toString());
  }

  /// The study that a text is; `source` is what errors call it.
  ///
  /// @throws RecipeException as [#read]
  public static Study parse(String text, String source) {
    return StudyReader.read(text, source);
  }

  /// A file's name without folder and ending.
  static String name(String source) {
    String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    return file.replaceFirst("\\.[A-Za-z]+$", "");
  }

  /// The studies that come with Ijen, by name, in their order.
  public static List<String> shelf() {
    return Shelf.names(INDEX);
  }

  /// One of those, if there is one of that name.
  public static Optional<Study> ofShelf(String name) {
    return Shelf.text(INDEX, name).map(text -> parse(text, Shelf.file(name)));
  }

  /// With another number of seeds.
  public Study withSeeds(int seeds) {
    return new Study(name, title, question, source, seeds, variants, claims, departures);
  }

  /// With settings that count more than those of any variant.
  public Study with(Recipe more) {
    return map(variant -> variant.with(more));
  }

  /// With settings that count more than those of one variant.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public Study with(String variant, Recipe more) {
    variant(variant); // or refuses it
    return map(one -> one.name().equals(variant) ? one.with(more) : one);
  }

  /// With settings as the option `--set` takes them: `lr=0.05` for all variants, `shuffled.lr=0.05`
  /// for one; what a setting is about may stand before it, as in `optimizer.lr=0.05`. Later ones
  /// count more.
  ///
  /// @param place what errors call them
  /// @throws RecipeException if there is no such setting or variant
  public Study with(List<String> assignments, String place) {
    Study changed = this;
    for (String text : assignments) {
      Assignment one = Assignment.parse(text, variants, place);
      Recipe more = one.recipe(place);
      changed =
          one.variant().isPresent() ? changed.with(one.variant().get(), more) : changed.with(more);
    }
    return changed;
  }

  private Study map(UnaryOperator<Variant> change) {
    List<Variant> changed = new ArrayList<>();
    variants.forEach(variant -> changed.add(change.apply(variant)));
    return new Study(name, title, question, source, seeds, changed, claims, departures);
  }

  /// With some of its variants alone, and what is expected of them.
  ///
  /// @throws IllegalArgumentException if there is none of such a name
  public Study only(List<String> names) {
    names.forEach(this::variant); // or refuses it
    Set<String> kept = Set.copyOf(names);
    return new Study(
        name,
        title,
        question,
        source,
        seeds,
        variants.stream().filter(variant -> kept.contains(variant.name())).toList(),
        claims.stream().filter(claim -> kept.contains(claim.variant())).toList(),
        departures.stream()
            .map(departure ->
                new Departure(
                    departure.source(),
                    departure.instead(),
                    departure.variant().filter(kept::contains)))
            .toList());
  }

  /// The variant, if there is one alone.
  ///
  /// @throws IllegalArgumentException if there are several
  public Variant onlyVariant() {
    if (variants.size() > 1) {
      throw new IllegalArgumentException(
          "expected one training, got the variants "
              + String.join(", ", variants.stream().map(Variant::name).toList())
              + ": choose one by --variant");
    }
    return variants.getFirst();
  }

  /// The variant of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public Variant variant(String name) {
    return Variant.named(name, variants);
  }

  /// What `study.json` and a program's output hold of it.
  public Map<String, Object> describe() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("title", title);
    content.put("question", question);
    content.put("source", source);
    content.put("seeds", seeds);
    Map<String, Object> settings = new LinkedHashMap<>();
    variants.forEach(variant -> settings.put(variant.name(), variant.recipe().config().describe()));
    content.put("variants", settings);
    return content;
  }
}
