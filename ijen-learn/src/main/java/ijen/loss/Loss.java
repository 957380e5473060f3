package ijen.loss;

import ijen.graph.Graph;
import ijen.graph.Node;

/// One number for each sample that says how wrong a network's output is.
///
/// A loss also knows how its network's output is meant: cross-entropy takes logits, so that the
/// probabilities are their softmax, and the largest decides.
public interface Loss {
  /// The name in files and on the command line, with its settings, for example `cross-entropy` or
  /// `huber:delta=2.0`; [Losses#parse] leads back.
  String name();

  /// The loss of each sample, form `[batch]`.
  ///
  /// @throws IllegalArgumentException if target and output do not fit
  Node apply(Graph g, Node output, Node target);

  /// What the output means to a reader: class probabilities, or the output itself.
  Node prediction(Graph g, Node output);

  /// How the output decides for a class.
  Decision decision();

  /// What no sample's loss is below; −∞ for a loss that can fall without end.
  default double leastValue() {
    return 0;
  }
}
