package ijen.theory;

import ijen.plot.Digits;
import java.util.LinkedHashMap;
import java.util.Map;

/// One number that speaks for or against a statement.
///
/// @param claim what is claimed, in a few words
/// @param measured what was measured
/// @param error how far that is from the claim
/// @param bound whether the error has to be small, or, of a mistake that is to be seen, large
/// @param tolerance how small or how large
public record Measurement(
    String claim, String measured, double error, Bound bound, double tolerance) {
  /// What an error has to be.
  public enum Bound {
    /// At most the tolerance: the claim is true.
    AT_MOST,
    /// At least the tolerance: the claim is that something is wrong.
    AT_LEAST
  }

  /// A claim that is true if the error is small.
  static Measurement within(String claim, String measured, double error, double tolerance) {
    return new Measurement(claim, measured, error, Bound.AT_MOST, tolerance);
  }

  /// A claim that something is wrong: true if the error is large.
  static Measurement apart(String claim, String measured, double error, double tolerance) {
    return new Measurement(claim, measured, error, Bound.AT_LEAST, tolerance);
  }

  /// Whether the claim holds; with NaN it does not.
  public boolean holds() {
    return switch (bound) {
      case AT_MOST -> error <= tolerance;
      case AT_LEAST -> error >= tolerance;
    };
  }

  /// The error for people.
  public String errorText() {
    return Digits.significant(error, 2);
  }

  /// What the error has to be, for people: `≤ 10⁻⁸`.
  public String toleranceText() {
    return (bound == Bound.AT_MOST ? "≤ " : "≥ ") + Digits.brief(tolerance, 2);
  }

  /// `holds` or `fails`.
  public String verdict() {
    return holds() ? "holds" : "fails";
  }

  /// For programs.
  Map<String, Object> describe() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("claim", claim);
    object.put("measured", measured);
    object.put("error", error);
    object.put("bound", bound == Bound.AT_MOST ? "at most" : "at least");
    object.put("tolerance", tolerance);
    object.put("holds", holds());
    return object;
  }
}
