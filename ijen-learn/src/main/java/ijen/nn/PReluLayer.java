package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/// A ReLU with a learned slope below 0: see [ijen.op.PRelu].
///
/// Parameter: `slope`, `[1]` or `[channels]`; weight decay leaves it alone, which would pull it
/// towards the ReLU.
///
/// **Shapes:** any, or `[channels, …]` with a slope for each channel; the output has the input's.
///
/// @param perChannel whether each channel (each feature of `[n]`) has a slope of its own
/// @param initial how slopes begin
public record PReluLayer(boolean perChannel, double initial) implements Layer {
  public PReluLayer {
    if (!Double.isFinite(initial)) {
      throw new IllegalArgumentException("prelu: expected a finite first slope, got " + initial);
    }
  }

  /// One slope for all, which begins at ¼, as in the paper.
  public static PReluLayer of() {
    return new PReluLayer(false, 0.25);
  }

  /// The same with a slope for each channel.
  public PReluLayer withSlopePerChannel() {
    return new PReluLayer(true, initial);
  }

  static PReluLayer read(LayerSettings settings) {
    return new PReluLayer(settings.flag("per-channel"), settings.number("initial"));
  }

  @Override
  public Node apply(Graph g, Node x) {
    if (perChannel && x.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "prelu: input " + x.form() + " is a single number: expected [channels, …]");
    }
    Shape shape = Shape.of(perChannel ? x.shape().dimension(0) : 1);
    return g.pRelu(x, g.parameter("slope", shape, Role.NORM, Initializers.constant(initial)));
  }

  @Override
  public String kind() {
    return "prelu";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("per-channel", perChannel);
    settings.put("initial", initial);
    return settings;
  }
}
