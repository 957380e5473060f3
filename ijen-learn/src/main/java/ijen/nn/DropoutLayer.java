package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import java.util.Map;

/// Inverted dropout: see [ijen.op.Dropout].
///
/// @param rate the probability of zero, in [0, 1)
public record DropoutLayer(double rate) implements Layer {
  public DropoutLayer {
    new ijen.op.Dropout(rate); // refuses a bad rate here, not when the network is traced
  }

  static DropoutLayer read(LayerSettings settings) {
    return new DropoutLayer(settings.number("rate"));
  }

  @Override
  public Node apply(Graph g, Node x) {
    return g.dropout(x, rate);
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("rate", rate);
  }
}
