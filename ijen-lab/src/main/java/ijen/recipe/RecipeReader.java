package ijen.recipe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/// Reads a recipe from YAML, remembering where everything stands.
final class RecipeReader {
  /// What a run's `config.json` says besides its settings.
  private static final Set<String> NO_SETTINGS = Set.of("title", "command");

  private final String source;

  private RecipeReader(String source) {
    this.source = source;
  }

  static Map<Setting, Given> read(String text, String source) {
    return new RecipeReader(source).read(text);
  }

  private Map<Setting, Given> read(String text) {
    Map<Setting, Given> given = new EnumMap<>(Setting.class);
    Optional<Node> root = compose(text);
    if (root.isEmpty()) {
      return given;
    }
    if (!(root.get() instanceof MappingNode mapping)) {
      throw wrong(root.get(), "expected settings, such as 'lr: 0.1', one a line");
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && NO_SETTINGS.contains(key.getValue())) {
        continue;
      }
      Setting setting = setting(entry.getKeyNode());
      Node value = entry.getValueNode();
      Given before =
          given.put(setting, new Given(text(setting, value), source + ":" + place(value)));
      if (before != null) {
        throw wrong(entry.getKeyNode(), "'" + setting.key() + "' is there twice");
      }
    }
    return given;
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setUseMarks(true)
            .setSchema(new CoreSchema())
            .setCodePointLimit(Recipe.MOST_BYTES)
            .build();
    try {
      return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
          .getSingleNode();
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> ":" + place(mark)).orElse("");
      throw new RecipeException(source + place, "not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new RecipeException(source, "not YAML: " + e.getMessage(), e);
    }
  }

  private Setting setting(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong(node, "expected the name of a setting");
    }
    String key = scalar.getValue();
    return Setting.of(key)
        .orElseThrow(() -> {
          String hint = Nearest.hint(key, Setting.keys());
          return wrong(
              node,
              "unknown key '"
                  + key
                  + "'"
                  + (hint.isEmpty()
                      ? ": expected one of " + String.join(", ", Setting.keys())
                      : hint));
        });
  }

  private String text(Setting setting, Node node) {
    return switch (node) {
      case ScalarNode scalar
          when scalar.getTag().equals(Tag.NULL) && !scalar.getValue().equals("none") ->
          throw wrong(node, "'" + setting.key() + "': expected a value, got nothing");
      case ScalarNode scalar -> scalar.getValue();
      case SequenceNode sequence when setting == Setting.HIDDEN -> list(sequence);
      default -> throw wrong(node, "'" + setting.key() + "': expected a single value");
    };
  }

  private String list(SequenceNode sequence) {
    List<String> texts = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      if (!(node instanceof ScalarNode scalar)) {
        throw wrong(node, "expected a number");
      }
      texts.add(scalar.getValue());
    }
    return texts.isEmpty() ? "none" : String.join(",", texts);
  }

  private RecipeException wrong(Node node, String problem) {
    return new RecipeException(source + ":" + place(node), problem);
  }

  private static String place(Node node) {
    return node.getStartMark().map(RecipeReader::place).orElse("1:1");
  }

  private static String place(Mark mark) {
    return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }
}
