package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A detour around some layers: y = x + f(x), or y = p(x) + f(x) with a projection p where f
/// changes the shape.
///
/// What they add is named after both: `residual1.dense1.weight`, `residual1.projection.weight`.
///
/// **Shapes:** f(x) has the shape of x, or of p(x).
///
/// **Source:** He, Zhang, Ren, Sun, "Deep residual learning for image recognition", CVPR 2016, §3.
///
/// @param layers f, first to last
/// @param projection p; null for x itself
public record Residual(List<Layer> layers, @Nullable Layer projection) implements Layer {
  public Residual {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("residual: expected 1 or more layers, got none");
    }
  }

  /// A detour around `layers`.
  public static Residual of(Layer... layers) {
    return new Residual(List.of(layers), null);
  }

  static Residual read(LayerSettings settings) {
    List<Layer> projection = settings.layers("projection");
    if (projection.size() > 1) {
      throw new IllegalArgumentException(
          "residual: 'projection': expected one layer or none, got " + projection.size());
    }
    return new Residual(
        settings.layers("layers"), projection.isEmpty() ? null : projection.getFirst());
  }

  /// The same detour, with x projected before it is added.
  public Residual withProjection(Layer projection) {
    return new Residual(layers, projection);
  }

  @Override
  public Node apply(Graph g, Node x) {
    Node f = Network.trace(layers, g, x, new ArrayList<>());
    Node direct =
        projection == null ? x : projection.apply(g.scope(projection.kind(), "projection"), x);
    if (!direct.form().equals(f.form())) {
      throw g.mistake(
          (projection == null ? "input " : "projected input ")
              + direct.form()
              + " cannot be added to what the layers make of it, "
              + f.form()
              + ": expected the same shape"
              + (projection == null ? ", or a projection (withProjection) to it" : ""));
    }
    return g.add(direct, f);
  }

  @Override
  public String kind() {
    return "residual";
  }

  /// Those of the layers and the projection; null if one of them has none.
  @Override
  public @Nullable Map<String, Object> settings() {
    List<Map<String, Object>> described = Sequence.describe(layers);
    List<Map<String, Object>> projected =
        Sequence.describe(projection == null ? List.of() : List.of(projection));
    if (described == null || projected == null) {
      return null;
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("layers", described);
    settings.put("projection", projected);
    return settings;
  }
}
