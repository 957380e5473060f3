package ijen.check;

/// How a gradient is checked.
///
/// @param rows how many samples: an odd prime by default, so that a missing 1/rows is not mistaken
///   for a missing factor 2
/// @param entries at most so many numbers of each tensor are compared one by one; all of a tensor
///   are compared together
/// @param tolerance the relative error that still counts as right
/// @param jitter θ is moved by noise of this part of its size first, so that no bias is exactly 0,
///   where a ReLU has its kink
/// @param seed what samples, entries and noise are drawn from
public record CheckSettings(int rows, int entries, double tolerance, double jitter, long seed) {
  public CheckSettings {
    if (rows < 1) {
      throw new IllegalArgumentException("check: expected 1 or more samples, got " + rows);
    }
    if (entries < 1) {
      throw new IllegalArgumentException("check: expected 1 or more entries, got " + entries);
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "check: expected a tolerance between 0 and 1, got " + tolerance);
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException(
          "check: expected a jitter from 0 to below 1, got " + jitter);
    }
  }

  /// 7 samples, 16 numbers of each tensor, 10⁻⁵.
  public static CheckSettings defaults() {
    return new CheckSettings(7, 16, 1e-5, 0.01, 1);
  }

  /// The same with another number of samples.
  public CheckSettings withRows(int rows) {
    return new CheckSettings(rows, entries, tolerance, jitter, seed);
  }

  /// The same with more or fewer numbers of each tensor.
  public CheckSettings withEntries(int entries) {
    return new CheckSettings(rows, entries, tolerance, jitter, seed);
  }

  /// The same with another tolerance.
  public CheckSettings withTolerance(double tolerance) {
    return new CheckSettings(rows, entries, tolerance, jitter, seed);
  }

  /// The same with more, less or no noise.
  public CheckSettings withJitter(double jitter) {
    return new CheckSettings(rows, entries, tolerance, jitter, seed);
  }

  /// The same with another seed.
  public CheckSettings withSeed(long seed) {
    return new CheckSettings(rows, entries, tolerance, jitter, seed);
  }
}
