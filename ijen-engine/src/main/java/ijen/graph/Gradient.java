package ijen.graph;

import ijen.kernel.Precision;

/// The gradient of a loss by all parameters.
public final class Gradient extends ParameterVector {
  /// A vector of zeros with the given layout.
  public Gradient(Parameters parameters, Precision precision) {
    super(parameters, precision);
  }
}
