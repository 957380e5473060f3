package ijen.check;

import java.util.List;

/// A derivative found by differences of the loss.
///
/// @param value the derivative
/// @param uncertainty how far it may be off: by the curvature between two steps, and by rounding
/// @param step the h of which it is
/// @param kink whether the slopes on both sides differ however small h is
/// @param curve the central differences for each h, from the largest on
record Measured(double value, double uncertainty, double step, boolean kink, List<At> curve) {
  Measured {
    curve = List.copyOf(curve);
  }

  /// A central difference.
  ///
  /// @param step its h
  /// @param value (L(θ + h) − L(θ − h)) / 2h
  record At(double step, double value) {}

  boolean isFinite() {
    return Double.isFinite(value) && Double.isFinite(uncertainty);
  }
}
