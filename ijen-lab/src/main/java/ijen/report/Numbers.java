package ijen.report;

import ijen.metric.Replicates;
import ijen.plot.Digits;
import ijen.recipe.Measure;

/// Measured numbers as tables have them: accuracies with four decimals, losses with two digits of
/// their spread.
public final class Numbers {
  private static final int ACCURACY_DECIMALS = 4;
  private static final int MOST_DECIMALS = 7;

  private Numbers() {}

  /// `0.8570 ± 0.0030`, the mean and the standard deviation; a count without one.
  public static String mean(Measure measure, Replicates values) {
    if (measure.isCount()) {
      return Digits.count(Math.round(values.mean()));
    }
    if (values.runs() == 1 || values.sd() == 0) {
      return measure.kind() == Measure.Kind.ACCURACY
          ? Digits.fixed(values.mean(), ACCURACY_DECIMALS)
          : Digits.significant(values.mean(), 4);
    }
    int decimals = decimals(measure, values.sd());
    return Digits.fixed(values.mean(), decimals) + " ± " + Digits.fixed(values.sd(), decimals);
  }

  /// `0.8533 to 0.8607`, the interval that has the mean of all seeds with 95 % confidence.
  static String interval(Measure measure, Replicates values) {
    double half = values.halfWidth();
    if (measure.isCount() || !(half > 0)) {
      return Settings.NONE;
    }
    int decimals = decimals(measure, half);
    return Digits.fixed(values.mean() - half, decimals)
        + " to "
        + Digits.fixed(values.mean() + half, decimals);
  }

  /// `+0.0021`, the mean of a difference.
  static String difference(Measure measure, Replicates values) {
    int decimals = decimals(measure, values.runs() == 1 ? 0 : values.sd());
    String text = Digits.fixed(values.mean(), decimals);
    return values.mean() > 0 ? "+" + text : text;
  }

  /// A number that others give, as they give it.
  public static String published(Measure measure, double value) {
    return measure.isCount() ? Digits.count(Math.round(value)) : Digits.brief(value, 5);
  }

  private static int decimals(Measure measure, double spread) {
    if (measure.kind() == Measure.Kind.ACCURACY || !(spread > 0)) {
      return ACCURACY_DECIMALS;
    }
    return Math.clamp(1 - (long) Math.floor(StrictMath.log10(spread)), 0, MOST_DECIMALS);
  }
}
