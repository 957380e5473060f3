package ijen.kernel;

import static ijen.kernel.Check.ROUNDING;
import static ijen.kernel.KernelCases.slack;

import ijen.kernel.KernelCases.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of [KernelCases] that is about [Pointwise] functions, and a list of all of them.
final class PointwiseCases {
  /// A function, and how exact it is.
  ///
  /// @param ulps of the value, in units in the last place
  /// @param least and further in numbers of the smallest `float`
  /// @param absolute and further in roundings of 1
  /// @param low the y from which gradients are drawn, where they are made of y
  /// @param high and up to which
  /// @param factor how wrong the derivative may be, in roundings of 1
  record Exact(
      Pointwise f,
      double ulps,
      double least,
      double absolute,
      double low,
      double high,
      double factor) {}

  private PointwiseCases() {}

  static List<Exact> list() {
    double selu = Pointwise.SELU_SCALE * Pointwise.SELU_ALPHA;
    return List.of(
        new Exact(Pointwise.NONE, 0, 0, 0, -1, 1, 0),
        new Exact(Pointwise.STEP, 0, 0, 0, 0, 1, 0),
        new Exact(Pointwise.RELU, 0, 0, 0, 0, 2, 0),
        new Exact(Pointwise.leakyRelu(0.01), 1, 1, 0, -1, 2, 1),
        new Exact(Pointwise.leakyRelu(-0.25), 1, 1, 0, -1, 2, 1),
        new Exact(Pointwise.elu(1), 0.95, 0, 0, -1, 2, 1),
        new Exact(Pointwise.elu(0.3), 1.94, 1, 0, -0.3, 2, 1),
        new Exact(Pointwise.SELU, 1.9, 1, 0, -selu, 2, 2),
        new Exact(Pointwise.GELU, 4.84, 20, 0, 0, 0, 2.5),
        new Exact(Pointwise.GELU_TANH, 1.92, 60, 0.9, 0, 0, 3.9),
        new Exact(Pointwise.SILU, 3, 60, 0, 0, 0, 3.7),
        new Exact(Pointwise.SOFTPLUS, 2.12, 0, 0, 0, 6, 1),
        new Exact(Pointwise.SIGMOID, 3, 0, 0, 0, 1, 2),
        new Exact(Pointwise.TANH, 2, 0, 0, -1, 1, 2),
        new Exact(Pointwise.ERF, 1, 0, 0, 0, 0, 4),
        new Exact(Pointwise.EXP, 2, 0, 0, 0, 5, 10),
        new Exact(Pointwise.LOG, 2, 0, 0, 0, 0, 0));
  }

  /// Those that an affine map can end with: their derivatives are not made of x.
  static List<Pointwise> ofOutput() {
    return list().stream().map(Exact::f).filter(f -> !f.readsInput()).toList();
  }

  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    for (Exact exact : list()) {
      cases.put("apply " + exact.f, value(exact));
      cases.put("gradient " + exact.f, gradient(exact));
    }
    return cases;
  }

  private static Case value(Exact exact) {
    return (k, d, c) -> {
      int n = d.length();
      Buffer x = d.extreme(n);
      Buffer out = d.out(n, x);
      double slack = exact.least * Float.MIN_VALUE + exact.absolute * ROUNDING;
      double[] inputs = slack(n, x::get);
      d.call(() -> k.apply(exact.f, x, out, n));
      // The absolute part is that of x·(a probability).
      c.out("out", out, exact.ulps, slack(n, i -> slack * (inputs[i] < 0 ? 1 : 0)));
    };
  }

  private static Case gradient(Exact exact) {
    return (k, d, c) -> {
      int n = d.length();
      Buffer x = d.extreme(n);
      Buffer y = exact.high > exact.low ? d.uniform(n, exact.low, exact.high) : d.junk(n);
      Buffer delta = d.normal(n);
      List<Buffer> inputs = new ArrayList<>(List.of(delta));
      if (exact.f.readsInput()) {
        inputs.add(x);
      }
      if (exact.f.readsOutput()) {
        inputs.add(y);
      }
      double[] sizes = slack(n, i -> Math.abs(delta.get(i)));
      Buffer out = d.out(n, inputs.toArray(Buffer[]::new));
      d.call(() -> k.gradient(exact.f, x, y, delta, out, n));
      c.out(
          "out", out, 3, slack(n, i -> (exact.factor * ROUNDING + 3 * Float.MIN_VALUE) * sizes[i]));
    };
  }
}
