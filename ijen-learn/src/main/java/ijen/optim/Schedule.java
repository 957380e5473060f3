package ijen.optim;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the learning rate changes while training: a factor for each step.
public sealed interface Schedule {
  /// The factor for step `step` (from 0) of `steps`, of which an epoch has `stepsPerEpoch`.
  double factor(long step, long stepsPerEpoch, long steps);

  /// Whether the factors depend on how many steps there are in all.
  default boolean dependsOnSteps() {
    return false;
  }

  /// Always 1.
  record Constant() implements Schedule {
    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /// Multiplied by `gamma` after every `epochs` epochs.
  ///
  /// @param epochs 1 or more
  /// @param gamma in (0, 1]
  record Step(int epochs, double gamma) implements Schedule {
    public Step {
      if (epochs < 1 || !(gamma > 0 && gamma <= 1)) {
        throw new IllegalArgumentException(
            "step schedule: expected 1 or more epochs and a factor in (0, 1], got "
                + epochs
                + " and "
                + gamma);
      }
    }

    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      return Powers.of(gamma, step / (stepsPerEpoch * epochs));
    }

    @Override
    public String toString() {
      return "step:" + epochs + ":" + gamma;
    }
  }

  /// Multiplied by `gamma` after every epoch.
  ///
  /// @param gamma in (0, 1]
  record Exponential(double gamma) implements Schedule {
    public Exponential {
      if (!(gamma > 0 && gamma <= 1)) {
        throw new IllegalArgumentException(
            "exponential schedule: expected a factor in (0, 1], got " + gamma);
      }
    }

    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      return Powers.of(gamma, step / stepsPerEpoch);
    }

    @Override
    public String toString() {
      return "exponential:" + gamma;
    }
  }

  /// Falls from 1 in the first step to `end` after the last: end + (1 − end)·(1 −
  /// step/steps)^power; a straight line if the power is 1.
  ///
  /// @param power 1 or more
  /// @param end in [0, 1]
  record Polynomial(int power, double end) implements Schedule {
    public Polynomial {
      if (power < 1 || !(end >= 0 && end <= 1)) {
        throw new IllegalArgumentException(
            "polynomial schedule: expected a power of 1 or more and an end in [0, 1], got "
                + power
                + " and "
                + end);
      }
    }

    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      return end + (1 - end) * Powers.of((double) (steps - step) / steps, power);
    }

    @Override
    public boolean dependsOnSteps() {
      return true;
    }

    @Override
    public String toString() {
      return power == 1 ? "linear:" + end : "polynomial:" + power + ":" + end;
    }
  }

  /// One cycle: over the first part of the steps, `rise`, up from 1/`from` to 1, then down to
  /// 1/(`from`·10⁴) in the last step, both along half a cosine wave. The learning rate is that at
  /// the peak; the momentum is left alone.
  ///
  /// **Source:** Smith, Topin, "Super-convergence: very fast training of neural networks using
  /// large learning rates", 2018, with cosines in place of lines.
  ///
  /// @param rise in (0, 1)
  /// @param from 1 or more
  record OneCycle(double rise, double from) implements Schedule {
    private static final double FALL = 1e4;

    public OneCycle {
      if (!(rise > 0 && rise < 1) || !(from >= 1 && Double.isFinite(from))) {
        throw new IllegalArgumentException(
            "one-cycle schedule: expected a part of the steps in (0, 1) and a number of 1 or more,"
                + " got "
                + rise
                + " and "
                + from);
      }
    }

    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      double peak = Math.max(rise * steps - 1, 0); // the step at the peak; the last is steps − 1
      if (step < peak) {
        return between(1 / from, 1, step / peak);
      }
      double fall = steps - 1 - peak;
      return fall > 0 ? between(1, 1 / (from * FALL), Math.min((step - peak) / fall, 1)) : 1;
    }

    private static double between(double start, double end, double part) {
      return end + (start - end) * Cosine.half(part);
    }

    @Override
    public boolean dependsOnSteps() {
      return true;
    }

    @Override
    public String toString() {
      return "one-cycle:" + rise + ":" + from;
    }
  }

  /// Half a cosine wave, from 1 in the first step towards 0 after the last: (1 +
  /// cos(π·step/steps))/2.
  ///
  /// **Source:** Loshchilov, Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR
  /// 2017, without restarts.
  record Cosine() implements Schedule {
    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      return halfOf(Math.PI / 2 * step / steps);
    }

    /// (1 + cos(π·part))/2 for a part in [0, 1].
    static double half(double part) {
      return halfOf(Math.PI / 2 * part);
    }

    private static double halfOf(double x) {
      // (1 + cos 2x)/2 = cos² x, and cos x = sin(π/2 − x): within [0, π/4] one of the two series
      // below is exact to the last bit or so.
      double cosine = x <= Math.PI / 4 ? cosine(x) : sine(Math.PI / 2 - x);
      return cosine * cosine;
    }

    /// Taylor's series to x¹⁶. Not `StrictMath.cos`, which allocates; nor `Math.cos`, which is not
    /// the same on every machine.
    private static double cosine(double x) {
      double sum = 1;
      for (int n = 16; n > 0; n -= 2) {
        sum = 1 - x * x / (n * (n - 1)) * sum;
      }
      return sum;
    }

    /// Taylor's series to x¹⁷.
    private static double sine(double x) {
      double sum = 1;
      for (int n = 17; n > 1; n -= 2) {
        sum = 1 - x * x / (n * (n - 1)) * sum;
      }
      return x * sum;
    }

    @Override
    public boolean dependsOnSteps() {
      return true;
    }

    @Override
    public String toString() {
      return "cosine";
    }
  }

  /// Rises linearly to 1 over the first `warmUp` steps, then follows `then` over the steps that are
  /// left.
  ///
  /// @param warmUp 1 or more
  /// @param then any schedule
  record WarmUp(long warmUp, Schedule then) implements Schedule {
    public WarmUp {
      if (warmUp < 1) {
        throw new IllegalArgumentException(
            "warm-up schedule: expected 1 or more steps, got " + warmUp);
      }
    }

    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      return step < warmUp
          ? (step + 1) / (double) warmUp
          : then.factor(step - warmUp, stepsPerEpoch, Math.max(1, steps - warmUp));
    }

    @Override
    public boolean dependsOnSteps() {
      return then.dependsOnSteps();
    }

    @Override
    public String toString() {
      return "warmup:" + warmUp + ":" + then;
    }
  }

  /// The schedule that a text names: `constant`, `cosine`, `step:EPOCHS:FACTOR`,
  /// `exponential:FACTOR`, `linear:END` or `polynomial:POWER:END` (END 0 if left out), `one-cycle`
  /// or `one-cycle:RISE:FROM` (0.3 and 25 if left out), or `warmup:STEPS:` followed by one of
  /// these.
  ///
  /// @throws IllegalArgumentException for any other text
  static Schedule parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    int words = parts.length;
    try {
      Schedule schedule =
          switch (parts[0]) {
            case "constant" -> words == 1 ? new Constant() : null;
            case "cosine" -> words == 1 ? new Cosine() : null;
            case "step" ->
                words == 3
                    ? new Step(Integer.parseInt(parts[1]), Double.parseDouble(parts[2]))
                    : null;
            case "exponential" -> words == 2 ? new Exponential(Double.parseDouble(parts[1])) : null;
            case "linear" ->
                words <= 2
                    ? new Polynomial(1, words == 2 ? Double.parseDouble(parts[1]) : 0)
                    : null;
            case "polynomial" ->
                words == 2 || words == 3
                    ? new Polynomial(
                        Integer.parseInt(parts[1]), words == 3 ? Double.parseDouble(parts[2]) : 0)
                    : null;
            case "one-cycle" ->
                words == 1
                    ? new OneCycle(0.3, 25)
                    : words == 3
                        ? new OneCycle(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]))
                        : null;
            case "warmup" ->
                words >= 2
                    ? new WarmUp(
                        Long.parseLong(parts[1]),
                        words == 2 ? new Constant() : parse(text.strip().split(":", 3)[2]))
                    : null;
            default -> null;
          };
      if (schedule != null) {
        return schedule;
      }
    } catch (NumberFormatException e) {
      throw unknown(text, e);
    }
    throw unknown(text, null);
  }

  private static IllegalArgumentException unknown(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "unknown schedule '"
            + text
            + "': expected constant, cosine, step:EPOCHS:FACTOR (step:10:0.5), exponential:FACTOR,"
            + " linear:END, polynomial:POWER:END, one-cycle:RISE:FROM (one-cycle:0.3:25), or"
            + " warmup:STEPS:SCHEDULE (warmup:500:cosine)",
        cause);
  }
}
