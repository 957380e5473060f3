package ijen.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Settings that were given, each with the place where it stands; immutable.
///
/// A recipe file is YAML with settings as keys, and so is JSON, which is YAML:
///
/// ```yaml
/// data: fashion-mnist
/// hidden: [256, 256]
/// lr: 0.1
/// schedule: cosine
/// ```
public final class Recipe {
  /// The largest file that is read, in bytes.
  public static final int MOST_BYTES = 1 << 20;

  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)\\}");
  private static final Recipe EMPTY = new Recipe(new EnumMap<>(Setting.class));

  private final Map<Setting, Given> given;

  private Recipe(Map<Setting, Given> given) {
    this.given = given;
  }

  /// A recipe that says nothing: everything is as by default.
  public static Recipe empty() {
    return EMPTY;
  }

  /// Reads a file.
  ///
  /// @throws RecipeException naming file, line and column, if it is not YAML, not a mapping, or has
  ///   a key that is no setting
  /// @throws IOException if it cannot be read
  public static Recipe read(Path file) throws IOException {
    return parse(text(file), file.toString());
  }

  /// What stands in a recipe file.
  static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": there is no such file");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(
          file
              + ": expected a recipe of at most "
              + MOST_BYTES
              + " bytes, got "
              + Files.size(file));
    }
    return Files.readString(file);
  }

  /// The recipe that a text is; `source` is what errors call it.
  ///
  /// @throws RecipeException as [#read]
  public static Recipe parse(String text, String source) {
    Study study = Study.parse(text, source);
    try {
      return study.onlyVariant().recipe();
    } catch (IllegalArgumentException several) {
      throw new RecipeException(source, String.valueOf(several.getMessage()), several);
    }
  }

  /// The settings among the keys of a mapping, besides which `others` may be there.
  static Recipe of(Yaml.Mapping mapping, Set<String> others) {
    return new Recipe(RecipeReader.settings(mapping, others));
  }

  /// The same with one more setting, in place of any that it had.
  ///
  /// @param place where the text stands, for errors, for example `--lr`
  public Recipe with(Setting setting, String text, String place) {
    Map<Setting, Given> more = new EnumMap<>(Setting.class);
    more.putAll(given);
    more.put(setting, new Given(text, place));
    return new Recipe(more);
  }

  /// All settings of this recipe, and of `other` those that this one lacks.
  public Recipe over(Recipe other) {
    Map<Setting, Given> both = new EnumMap<>(Setting.class);
    both.putAll(other.given);
    both.putAll(given);
    return new Recipe(both);
  }

  /// The same with `{name}` in settings replaced by the value of that name.
  Recipe filled(Map<String, String> values) {
    Map<Setting, Given> filled = new EnumMap<>(Setting.class);
    given.forEach((setting, value) -> {
      String text = value.text();
      for (Map.Entry<String, String> one : values.entrySet()) {
        text = text.replace("{" + one.getKey() + "}", one.getValue());
      }
      filled.put(setting, new Given(text, value.place()));
    });
    return new Recipe(filled);
  }

  /// The same without a setting.
  Recipe without(Setting setting) {
    Map<Setting, Given> less = new EnumMap<>(Setting.class);
    less.putAll(given);
    less.remove(setting);
    return new Recipe(less);
  }

  /// The names in braces in settings, each with the place of a setting that it stands in.
  Map<String, String> braced() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Given value : given.values()) {
      Matcher braces = BRACES.matcher(value.text());
      while (braces.find()) {
        names.putIfAbsent(braces.group(1), value.place());
      }
    }
    return names;
  }

  /// What was given, by name, not yet understood.
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    given.forEach((setting, value) -> texts.put(setting.key(), value.text()));
    return texts;
  }

  /// Which settings are given.
  public Set<Setting> settings() {
    return Collections.unmodifiableSet(given.keySet());
  }

  /// The complete configuration.
  ///
  /// @throws RecipeException if a value is not as it should be, or two do not go together
  public TrainConfig config() {
    return TrainConfig.of(this);
  }

  /// The place of a setting, or its name as an option where it is not given.
  String place(Setting setting) {
    Given value = given.get(setting);
    return value == null ? "--" + setting.key() : value.place();
  }

  /// The value of a setting, or its default.
  <T> T get(Setting setting, Function<String, T> parser) {
    Given value = given.get(setting);
    return value == null
        ? parser.apply(setting.fallback())
        : understood(value.text(), value.place(), parser);
  }

  /// The value of a setting that has no default.
  <T> Optional<T> optional(Setting setting, Function<String, T> parser) {
    Given value = given.get(setting);
    return value == null
        ? Optional.empty()
        : Optional.of(understood(value.text(), value.place(), parser));
  }

  private static <T> T understood(String text, String place, Function<String, T> parser) {
    try {
      return parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new RecipeException(place, String.valueOf(e.getMessage()), e);
    }
  }
}
