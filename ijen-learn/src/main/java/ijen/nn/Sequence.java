package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several layers as one: y = fₙ(…f₁(x)).
///
/// What they add is named after both: `sequence1.dense1.weight`.
///
/// @param layers what is applied, first to last
public record Sequence(List<Layer> layers) implements Layer {
  public Sequence {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("sequence: expected 1 or more layers, got none");
    }
  }

  static Sequence read(LayerSettings settings) {
    return new Sequence(settings.layers("layers"));
  }

  @Override
  public Node apply(Graph g, Node x) {
    return Network.trace(layers, g, x, new ArrayList<>());
  }

  @Override
  public String kind() {
    return "sequence";
  }

  /// Those of the layers; null if one of them has none.
  @Override
  public @Nullable Map<String, Object> settings() {
    List<Map<String, Object>> described = describe(layers);
    return described == null ? null : Map.of("layers", described);
  }

  /// Kind and settings of each layer; null if one of them has none.
  static @Nullable List<Map<String, Object>> describe(List<Layer> layers) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Layer layer : layers) {
      Map<String, Object> settings = layer.settings();
      if (settings == null) {
        return null;
      }
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("kind", layer.kind());
      entry.putAll(settings);
      list.add(entry);
    }
    return list;
  }
}
