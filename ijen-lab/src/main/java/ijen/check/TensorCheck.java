package ijen.check;

import ijen.graph.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was found of one tensor.
///
/// @param name the parameter or input
/// @param shape its shape; of an input, the samples first
/// @param verdict right, wrong, or nothing can be said
/// @param compared how many of its numbers were compared with differences
/// @param kinks how many were set aside because the loss has a kink there
/// @param unresolved how many are smaller than what differences can tell
/// @param absoluteError the largest |analytic − numeric| of those compared
/// @param relativeError the largest |analytic − numeric| / max(|analytic|, |numeric|) of those that
///   differences resolve
/// @param forwardError the same between forward and reverse mode, of all its numbers together
/// @param floatError ‖∇₃₂ − ∇₆₄‖ / ‖∇₆₄‖: what `float` makes of it, of a gradient that is all but 0
///   relative to the others; NaN where it was not computed
/// @param words the verdict in words
/// @param sweep the relative error against h: a V where the gradient is right, flat where it is
///   wrong
/// @param step the h at which differences are best
public record TensorCheck(
    String name,
    Shape shape,
    Verdict verdict,
    int compared,
    int kinks,
    int unresolved,
    double absoluteError,
    double relativeError,
    double forwardError,
    double floatError,
    String words,
    List<SweepPoint> sweep,
    double step) {
  public TensorCheck {
    sweep = List.copyOf(sweep);
  }

  /// What can be said of a gradient.
  public enum Verdict {
    /// Analytic and numeric agree.
    RIGHT,
    /// They do not.
    WRONG,
    /// All differences are lost in rounding or lie on kinks.
    UNDECIDED
  }

  /// The error of central differences at one h, the median over some numbers of the tensor.
  ///
  /// @param step h
  /// @param error the relative distance between D(h) and the analytic derivative
  public record SweepPoint(double step, double error) {}

  /// Whether it is wrong.
  public boolean isWrong() {
    return verdict == Verdict.WRONG;
  }

  /// For programs.
  Map<String, Object> describe() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name);
    object.put("shape", shape.dimensions());
    object.put("verdict", verdict.name().toLowerCase(java.util.Locale.ROOT));
    object.put("compared", compared);
    object.put("kinks", kinks);
    object.put("unresolved", unresolved);
    object.put("absoluteError", absoluteError);
    object.put("relativeError", relativeError);
    object.put("forwardError", forwardError);
    object.put("floatError", floatError);
    object.put("words", words);
    object.put("step", step);
    object.put("sweep", sweep.stream().map(p -> new double[] {p.step(), p.error()}).toList());
    return object;
  }
}
