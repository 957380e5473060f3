package ijen.onnx;

import ijen.format.onnx.OnnxNode;
import ijen.nn.Layer;
import java.util.List;

/// A piece of a chain from one value of a graph to another, which becomes a layer.
sealed interface Part {
  /// The node that makes the piece's output.
  OnnxNode node();

  /// An operator.
  ///
  /// @param bias the constant that an Add after it adds; empty for none
  /// @param padding the constant by which a Pad before it pads with zeros; empty for none
  record Use(OnnxNode node, String bias, String padding) implements Part {}

  /// Several operators that are one layer without weights.
  record Known(OnnxNode node, Layer layer) implements Part {}

  /// The sum of two chains from the same value.
  ///
  /// @param direct the shorter one; empty if it is the value itself
  /// @param detour the other; not empty
  record Sum(OnnxNode node, List<Part> direct, List<Part> detour) implements Part {}
}
