package ijen.graph;

import ijen.kernel.Precision;

/// A direction in parameter space, along which to differentiate or to move.
public final class Direction extends ParameterVector {
  /// A vector of zeros with the given layout.
  public Direction(Parameters parameters, Precision precision) {
    super(parameters, precision);
  }
}
