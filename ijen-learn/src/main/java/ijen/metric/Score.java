package ijen.metric;

import java.util.Locale;

/// Loss and accuracy over a number of samples.
///
/// @param loss the mean loss of a sample
/// @param accuracy the fraction decided right, in [0, 1]; NaN where nothing is decided
/// @param samples how many
public record Score(double loss, double accuracy, long samples) {
  /// For example `accuracy 0.9812, loss 0.0610`.
  @Override
  public String toString() {
    return Double.isNaN(accuracy)
        ? String.format(Locale.ROOT, "loss %.4f", loss)
        : String.format(Locale.ROOT, "accuracy %.4f, loss %.4f", accuracy, loss);
  }
}
