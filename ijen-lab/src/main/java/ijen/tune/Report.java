package ijen.tune;

/// A value that a trial had on its way.
///
/// @param step after how much of it, 0 or more: epochs, for instance
/// @param value the value that is minimised or maximised, at that point; NaN if it is no number
public record Report(int step, double value) {
  public Report {
    if (step < 0) {
      throw new IllegalArgumentException("report: expected a step of 0 or more, got " + step);
    }
  }
}
