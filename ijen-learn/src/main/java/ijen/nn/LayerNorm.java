package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import java.util.Map;

/// Layer normalisation over the last dimension: see [ijen.op.LayerNormalization].
///
/// Parameters: `scale` γ `[n]`, which begins at one, and `shift` β `[n]`, which begins at zero.
///
/// **Shapes:** `[…, n]`; the output has the input's.
///
/// @param epsilon what is added to the variance
public record LayerNorm(double epsilon) implements Layer {
  public LayerNorm {
    new ijen.op.LayerNormalization(epsilon); // refuses a bad setting here
  }

  /// With an epsilon of 10⁻⁵.
  public static LayerNorm defaults() {
    return new LayerNorm(1e-5);
  }

  static LayerNorm read(LayerSettings settings) {
    return new LayerNorm(settings.number("epsilon"));
  }

  /// The same layer with another epsilon.
  public LayerNorm withEpsilon(double epsilon) {
    return new LayerNorm(epsilon);
  }

  @Override
  public Node apply(Graph g, Node x) {
    if (x.shape().rank() == 0) {
      throw g.mistake("input " + x.form() + " is a single number: expected […, n]");
    }
    Shape last = Shape.of(x.shape().dimension(-1));
    Node scale = g.parameter("scale", last, Role.NORM, Initializers.constant(1));
    Node shift = g.parameter("shift", last, Role.NORM, Initializers.zeros());
    return g.layerNorm(x, scale, shift, epsilon);
  }

  @Override
  public String kind() {
    return "layernorm";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("epsilon", epsilon);
  }
}
