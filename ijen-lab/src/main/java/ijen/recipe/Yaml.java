package ijen.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

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
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setUseMarks(true)
            .setSchema(new CoreSchema())
            .setCodePointLimit(Recipe.MOST_BYTES)
            .build();
    try {
      return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
          .getSingleNode()
          .map(node -> of(node, source));
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> ":" + place(mark)).orElse("");
      throw new RecipeException(source + place, "not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new RecipeException(source, "not YAML: " + e.getMessage(), e);
    }
  }

  private static Yaml of(Node node, String source) {
    String place = place(node, source);
    return switch (node) {
      case ScalarNode scalar ->
          new Text(place, scalar.getValue(), scalar.getTag().equals(Tag.NULL));
      case SequenceNode sequence -> {
        List<Yaml> values = new ArrayList<>();
        for (Node value : sequence.getValue()) {
          values.add(of(value, source));
        }
        yield new Items(place, values);
      }
      case MappingNode mapping -> mapping(mapping, place, source);
      default -> throw new RecipeException(place, "expected a value, a list or a mapping");
    };
  }

  private static Mapping mapping(MappingNode mapping, String place, String source) {
    Map<String, Yaml> values = new LinkedHashMap<>();
    Map<String, String> keyPlaces = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String keyPlace = place(entry.getKeyNode(), source);
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new RecipeException(keyPlace, "expected a name before the colon");
      }
      if (keyPlaces.put(key.getValue(), keyPlace) != null) {
        throw new RecipeException(keyPlace, "'" + key.getValue() + "' is there twice");
      }
      values.put(key.getValue(), of(entry.getValueNode(), source));
    }
    return new Mapping(place, values, keyPlaces);
  }

  private static String place(Node node, String source) {
    return source + ":" + node.getStartMark().map(Yaml::place).orElse("1:1");
  }

  private static String place(Mark mark) {
    return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }
}
