package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Initializer;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/// A fully connected layer: y = W·x + b. See [ijen.op.Affine].
///
/// Parameters: `weight` `[units, in]` and, if wanted, `bias` `[units]`, which begins at zero.
///
/// **Shapes:** `[…, in]` to `[…, units]`.
///
/// @param units how many outputs
/// @param bias whether there is a b
/// @param weight how W begins; He by default
public record Dense(int units, boolean bias, Initializer weight) implements Layer {
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("dense: expected 1 or more units, got " + units);
    }
  }

  /// With a bias and He initialisation.
  public static Dense of(int units) {
    return new Dense(units, true, Initializers.he());
  }

  static Dense read(LayerSettings settings) {
    return new Dense(
        settings.whole("units"), settings.flag("bias"), settings.initializer("initializer"));
  }

  /// The same layer without b.
  public Dense withoutBias() {
    return new Dense(units, false, weight);
  }

  /// The same layer with another beginning.
  public Dense withWeight(Initializer weight) {
    return new Dense(units, bias, weight);
  }

  @Override
  public Node apply(Graph g, Node x) {
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "dense: input " + x.form() + " is a single number: expected […, features]");
    }
    int in = x.shape().dimension(-1);
    Node w = g.parameter("weight", Shape.of(units, in), Role.WEIGHT, weight);
    return bias
        ? g.affine(x, w, g.parameter("bias", Shape.of(units), Role.BIAS, Initializers.zeros()))
        : g.affine(x, w);
  }

  @Override
  public String kind() {
    return "dense";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("units", units);
    settings.put("bias", bias);
    settings.put("initializer", Initializers.text(weight));
    return settings;
  }
}
