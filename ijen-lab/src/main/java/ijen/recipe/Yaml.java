package ijen.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A piece of a YAML document. Numbers stay the texts that they are written as.
sealed interface Yaml {
  /// Where it stands: `recipe.yaml:12:3`, line and column from 1.
  String place();

  /// A single value.
  ///
  /// @param isNothing whether nothing is written there, or `null` or `~`
  record Text(String place, String value, boolean isNothing) implements Yaml {}

  /// Several values in order.
  record Items(String place, List<Yaml> values) implements Yaml {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// Values by name, in the order in which they are written; the places of the names beside them.
  record Mapping(String place, Map<String, Yaml> values, Map<String, String> keyPlaces)
      implements Yaml {}

  /// The document that a text is; empty if there is none.
  ///
  /// @param source what errors call it
  /// @throws RecipeException if it is not YAML, a name is there twice or is no text
  static Optional<Yaml> parse(String text, String source) {
    return new YamlReader(source).read(text);
  }
}
