package ijen.onnx;

import ijen.graph.Graph;
import ijen.graph.Shape;
import ijen.nn.Layer;
import ijen.nn.ReshapeLayer;
import java.util.ArrayList;
import java.util.List;

/// Layers in a row under construction, and the shape of a sample before each and after all.
final class LayerRow {
  private final List<Layer> layers = new ArrayList<>();
  private final List<Shape> before = new ArrayList<>();
  private Shape shape;

  LayerRow(Shape shape) {
    this.shape = shape;
  }

  /// Adds a layer. Of two reshapes in a row the last is enough, and of one that changes nothing,
  /// none.
  void add(Layer layer) {
    Shape to = after(layer, shape);
    if (layer instanceof ReshapeLayer) {
      if (!layers.isEmpty() && layers.getLast() instanceof ReshapeLayer) {
        layers.removeLast();
        shape = before.removeLast();
      }
      if (to.equals(shape)) {
        return;
      }
    }
    layers.add(layer instanceof ReshapeLayer ? reshape(to) : layer);
    before.add(shape);
    shape = to;
  }

  private static Layer reshape(Shape to) {
    List<Integer> dimensions = new ArrayList<>();
    for (int dimension : to.dimensions()) {
      dimensions.add(dimension);
    }
    return new ReshapeLayer(to.rank() == 1 ? List.of(-1) : dimensions);
  }

  private static Shape after(Layer layer, Shape shape) {
    Graph g = new Graph();
    return layer.apply(g.scope(layer.kind(), layer.kind()), g.input("x", shape)).shape();
  }

  /// The layers.
  List<Layer> layers() {
    return layers;
  }

  /// The shape of a sample after all layers.
  Shape shape() {
    return shape;
  }
}
