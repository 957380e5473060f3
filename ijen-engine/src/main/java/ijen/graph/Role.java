package ijen.graph;

/// What a parameter is for; optimisers decide by it where weight decay applies.
public enum Role {
  /// Multiplies activations: decayed.
  WEIGHT,
  /// Is added to activations: not decayed.
  BIAS,
  /// Scale or shift of a normalisation, slope of an activation: not decayed.
  NORM
}
