package ijen.graph;

import ijen.kernel.Precision;

/// The point: the values of all parameters of a network.
public final class Theta extends ParameterVector {
  /// A vector of zeros with the given layout.
  public Theta(Parameters parameters, Precision precision) {
    super(parameters, precision);
  }

  /// A copy of this point, in the same or another precision.
  public Theta copy(Precision precision) {
    Theta copy = new Theta(parameters(), precision);
    copy.copyFrom(this);
    return copy;
  }
}
