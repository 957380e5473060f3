package ijen.graph;

import ijen.kernel.Buffer;
import ijen.random.RandomStream;

/// A rule for a parameter's first values.
@FunctionalInterface
public interface Initializer {
  /// Fills `values`, a tensor of `shape`, from `random`, the parameter's own stream.
  void fill(Buffer values, Shape shape, RandomStream random);
}
