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

  /// Half a cosine wave, from 1 in the first step towards 0 after the last: (1 +
  /// cos(π·step/steps))/2.
  ///
  /// **Source:** Loshchilov, Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR
  /// 2017, without restarts.
  record Cosine() implements Schedule {
    @Override
    public double factor(long step, long stepsPerEpoch, long steps) {
      // (1 + cos 2x)/2 = cos² x, and cos x = sin(π/2 − x): within [0, π/4] one of the two series
      // below is exact to the last bit or so.
      double x = Math.PI / 2 * step / steps;
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

  /// The schedule that a text names: `constant`, `cosine`, `step:EPOCHS:FACTOR`, or `warmup:STEPS:`
  /// followed by one of these.
  ///
  /// @throws IllegalArgumentException for any other text
  static Schedule parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", 3);
    try {
      switch (parts[0]) {
        case "constant" -> {
          if (parts.length == 1) {
            return new Constant();
          }
        }
        case "cosine" -> {
          if (parts.length == 1) {
            return new Cosine();
          }
        }
        case "step" -> {
          if (parts.length == 3) {
            return new Step(Integer.parseInt(parts[1]), Double.parseDouble(parts[2]));
          }
        }
        case "warmup" -> {
          if (parts.length >= 2) {
            return new WarmUp(
                Long.parseLong(parts[1]), parts.length == 3 ? parse(parts[2]) : new Constant());
          }
        }
        default -> {}
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
            + "': expected constant, cosine, step:EPOCHS:FACTOR (step:10:0.5), or"
            + " warmup:STEPS:SCHEDULE (warmup:500:cosine)",
        cause);
  }
}
