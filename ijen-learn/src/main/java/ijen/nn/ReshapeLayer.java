package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The same numbers in another shape: see [ijen.op.Reshape].
///
/// @param dimensions the new dimensions of one sample; a single −1 stands for "what is left"
public record ReshapeLayer(List<Integer> dimensions) implements Layer {
  public ReshapeLayer {
    dimensions = List.copyOf(dimensions);
    if (dimensions.stream().filter(d -> d == -1).count() > 1
        || dimensions.stream().anyMatch(d -> d < 1 && d != -1)) {
      throw new IllegalArgumentException(
          "reshape: expected dimensions of 1 or more and at most one -1, got " + dimensions);
    }
  }

  static ReshapeLayer read(LayerSettings settings) {
    return new ReshapeLayer(settings.wholes("dimensions"));
  }

  @Override
  public Node apply(Graph g, Node x) {
    int[] shape = dimensions.stream().mapToInt(Integer::intValue).toArray();
    int known = Arrays.stream(shape).filter(d -> d != -1).reduce(1, Math::multiplyExact);
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == -1) {
        shape[i] = Math.max(1, x.shape().size() / known);
      }
    }
    return g.reshape(x, Shape.of(shape));
  }

  @Override
  public String kind() {
    return "reshape";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("dimensions", dimensions);
  }
}
