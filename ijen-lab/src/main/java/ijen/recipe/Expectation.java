package ijen.recipe;

import ijen.metric.Replicates;
import ijen.plot.Digits;

/// What a measured number must be for a claim to hold.
public sealed interface Expectation {
  /// Whether it is so; the mean counts. Never where a training diverged.
  boolean holds(Replicates measured);

  /// What is expected, in words.
  @Override
  String toString();

  /// Not farther from a number than that.
  record Within(double value, double distance) implements Expectation {
    @Override
    public boolean holds(Replicates measured) {
      return measured.isFinite() && Math.abs(measured.mean() - value) <= distance;
    }

    @Override
    public String toString() {
      return distance == 0 ? number(value) : number(value) + " ± " + number(distance);
    }
  }

  /// Not below a number.
  record AtLeast(double least) implements Expectation {
    @Override
    public boolean holds(Replicates measured) {
      return measured.isFinite() && measured.mean() >= least;
    }

    @Override
    public String toString() {
      return "≥ " + number(least);
    }
  }

  /// Not above a number.
  record AtMost(double most) implements Expectation {
    @Override
    public boolean holds(Replicates measured) {
      return measured.isFinite() && measured.mean() <= most;
    }

    @Override
    public String toString() {
      return "≤ " + number(most);
    }
  }

  /// The same, as far as the seeds of both can tell: the 95 % intervals of the two means meet. That
  /// of a single seed has no ends, and meets every other.
  ///
  /// @param other what it is compared with
  /// @param of who measured that
  record Agrees(Replicates.Summary other, String of) implements Expectation {
    @Override
    public boolean holds(Replicates measured) {
      double reach = measured.halfWidth() + other.halfWidth();
      return measured.isFinite() && !(Math.abs(measured.mean() - other.mean()) > reach);
    }

    @Override
    public String toString() {
      return "as %s: %s ± %s (n = %d)"
          .formatted(of, number(other.mean()), number(other.sd()), other.runs());
    }
  }

  /// That a training stops because its loss is no longer a number.
  record Diverges() implements Expectation {
    @Override
    public boolean holds(Replicates measured) {
      return measured.values().stream().noneMatch(Double::isFinite);
    }

    @Override
    public String toString() {
      return "diverges";
    }
  }

  /// Nothing: the number is told beside the published one.
  record Nothing() implements Expectation {
    @Override
    public boolean holds(Replicates measured) {
      return true;
    }

    @Override
    public String toString() {
      return "";
    }
  }

  private static String number(double x) {
    return Digits.brief(x, 15);
  }
}
