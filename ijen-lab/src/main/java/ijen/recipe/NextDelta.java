package ijen.recipe;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Objective;
import ijen.graph.Parameter;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.loss.Loss;
import ijen.nn.Initializers;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.train.TrainSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [Fault#NEXT_DELTA]: the gradient of W₁ is Σ δ₂xᵀ.
///
/// That is the true gradient of something else: of a weight U in the same network with a detour
/// around its first layers, z₂ = W₂a + b₂ + Ux, at U = 0, where the detour changes no value. Layers
/// have the same names there, so that dropout draws the same masks.
final class NextDelta extends WrongGradient {
  private static final String WEIGHT = "dense1.weight";
  private static final String SECOND = "dense2";
  private static final String DETOUR = "detour";

  private final GraphObjective detoured;
  private final Theta theta; // U stays 0
  private final Gradient gradient;
  private final Buffer[] copies; // of θ, in the order of its parameters
  private final Buffer wrong;
  private final Parameter weight;

  /// @param target the shape of a sample's target
  /// @param batch the largest batch
  NextDelta(
      Objective right,
      Network network,
      Loss loss,
      Shape target,
      int batch,
      TrainSettings settings,
      Kernels kernels) {
    super(right, kernels);
    this.weight = right.parameters().get(WEIGHT);
    Graph g = new Graph();
    Node x = g.input("features", network.input());
    Node y = g.input("target", target);
    Node output = x;
    Map<String, Integer> count = new HashMap<>();
    for (Layer layer : network.layers()) {
      String name = layer.kind() + count.merge(layer.kind(), 1, Integer::sum);
      output = layer.apply(g.scope(layer.kind(), name), output);
      if (name.equals(SECOND)) {
        Node u = g.parameter(DETOUR, weight.shape(), Role.WEIGHT, Initializers.zeros());
        output = g.add(output, g.affine(x, u));
      }
    }
    Node each = loss.apply(g.scope("loss", loss.name()), output, y);
    this.detoured =
        new GraphObjective(
            g,
            each,
            List.of(),
            batch,
            kernels,
            Mode.TRAINING,
            settings.reduction(),
            settings.seed());
    this.theta = new Theta(detoured.parameters(), kernels.precision());
    this.gradient = new Gradient(detoured.parameters(), kernels.precision());
    this.copies =
        right.parameters().list().stream()
            .map(parameter -> theta.slice(detoured.parameters().get(parameter.name())))
            .toArray(Buffer[]::new);
    this.wrong = gradient.slice(detoured.parameters().get(DETOUR));
  }

  @Override
  void spoil(Theta theta, Batch batch, Gradient gradient) {
    for (int i = 0; i < copies.length; i++) {
      copies[i].copyFrom(theta.slice(theta.parameters().get(i)));
    }
    detoured.gradient(this.theta, batch, this.gradient);
    gradient.slice(weight).copyFrom(wrong);
  }
}
