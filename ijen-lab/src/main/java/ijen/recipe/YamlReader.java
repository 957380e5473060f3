package ijen.recipe;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
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
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads a YAML document, with the place of each piece.
final class YamlReader {
  private static final int MOST_DEPTH = 50;

  private final String source;

  /// What a node became: aliases lead to the same node again. Nothing as long as it is not done.
  private final IdentityHashMap<Node, Optional<Yaml>> done = new IdentityHashMap<>();

  YamlReader(String source) {
    this.source = source;
  }

  Optional<Yaml> read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setUseMarks(true)
            .setSchema(new CoreSchema())
            .setCodePointLimit(Recipe.MOST_BYTES)
            .build();
    try {
      Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
      return new Shallow(settings, parser).getSingleNode().map(this::of);
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> ":" + place(mark)).orElse("");
      throw new RecipeException(source + place, "not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new RecipeException(source, "not YAML: " + e.getMessage(), e);
    }
  }

  private Yaml of(Node node) {
    Optional<Yaml> before = done.get(node);
    if (before != null) {
      return before.orElseThrow(() -> new RecipeException(place(node), "this contains itself"));
    }
    done.put(node, Optional.empty());
    Yaml value =
        switch (node) {
          case ScalarNode scalar ->
              new Yaml.Text(place(node), scalar.getValue(), scalar.getTag().equals(Tag.NULL));
          case SequenceNode sequence ->
              new Yaml.Items(place(node), sequence.getValue().stream().map(this::of).toList());
          case MappingNode mapping -> mapping(mapping);
          default ->
              throw new RecipeException(place(node), "expected a value, a list or a mapping");
        };
    done.put(node, Optional.of(value));
    return value;
  }

  private Yaml.Mapping mapping(MappingNode mapping) {
    Map<String, Yaml> values = new LinkedHashMap<>();
    Map<String, String> keyPlaces = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String keyPlace = place(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new RecipeException(keyPlace, "expected a name before the colon");
      }
      if (keyPlaces.put(key.getValue(), keyPlace) != null) {
        throw new RecipeException(keyPlace, "'" + key.getValue() + "' is there twice");
      }
      values.put(key.getValue(), of(entry.getValueNode()));
    }
    return new Yaml.Mapping(place(mapping), values, keyPlaces);
  }

  private String place(Node node) {
    return source + ":" + node.getStartMark().map(YamlReader::place).orElse("1:1");
  }

  private static String place(Mark mark) {
    return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  /// Refuses what is nested so deeply that reading it would take a thread's whole stack.
  private static final class Shallow extends Composer {
    private int depth;

    Shallow(LoadSettings settings, Parser parser) {
      super(settings, parser);
    }

    private void enter() {
      depth++;
      if (depth > MOST_DEPTH) {
        throw new YamlEngineException("values are nested more than " + MOST_DEPTH + " deep");
      }
    }

    @Override
    protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
      enter();
      SequenceNode node = super.composeSequenceNode(anchor);
      depth--;
      return node;
    }

    @Override
    protected Node composeMappingNode(Optional<Anchor> anchor) {
      enter();
      Node node = super.composeMappingNode(anchor);
      depth--;
      return node;
    }
  }
}
