package ijen.graph;

/// A loss and its derivative along a direction, found in one pass: what [Objective#slope] fills in.
public final class Slope {
  private double value;
  private double derivative;

  /// A slope of 0 at a loss of 0, to be filled in.
  public Slope() {}

  /// Makes this slope the given one.
  public void set(double value, double derivative) {
    this.value = value;
    this.derivative = derivative;
  }

  /// The loss L(θ).
  public double value() {
    return value;
  }

  /// Its derivative ⟨∇L(θ), v⟩.
  public double derivative() {
    return derivative;
  }
}
