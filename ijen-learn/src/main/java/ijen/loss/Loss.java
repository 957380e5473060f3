package ijen.loss;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Shape;

/// One number for each sample that says how wrong a network's output is.
///
/// A loss also knows how its network's output is meant: cross-entropy takes logits, so that the
/// probabilities are their softmax.
public interface Loss {
  /// The name in files and on the command line, for example `cross-entropy`.
  String name();

  /// The loss of each sample, form `[batch]`.
  ///
  /// @throws IllegalArgumentException if target and output do not fit
  Node apply(Graph g, Node output, Node target);

  /// What the output means to a reader: class probabilities, or the output itself.
  Node prediction(Graph g, Node output);

  /// How many classes an output of that shape decides between; 0 if it decides nothing.
  int classes(Shape output);
}
