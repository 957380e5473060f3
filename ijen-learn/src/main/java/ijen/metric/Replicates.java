package ijen.metric;

import java.util.List;
import java.util.Locale;

/// The same quantity, measured in several trainings that differ in their seed alone.
///
/// @param values what was measured, 1 or more numbers; not finite where a training diverged
public record Replicates(List<Double> values) {
  /// Quantiles 0.975 of Student's t distribution for 1 to 30 degrees of freedom.
  private static final double[] T = {
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157,
    2.228139, 2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922,
    2.093024, 2.085963, 2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831,
    2.048407, 2.045230, 2.042272
  };

  /// The quantile 0.975 of the normal distribution.
  private static final double Z = 1.959963984540054;

  public Replicates {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("replicates: expected 1 or more measurements, got none");
    }
  }

  /// What is known of a quantity that others measured.
  ///
  /// @param mean the mean
  /// @param sd the standard deviation
  /// @param runs how many trainings those are of
  public record Summary(double mean, double sd, int runs) {
    public Summary {
      if (!(Double.isFinite(mean) && sd >= 0 && Double.isFinite(sd) && runs >= 1)) {
        throw new IllegalArgumentException(
            "expected a finite mean, a standard deviation from 0 on and 1 run or more, got %s, %s"
                    .formatted(mean, sd)
                + " and "
                + runs);
      }
    }

    /// Half of the interval that has the mean of all possible seeds with 95 % confidence; NaN for a
    /// single run.
    public double halfWidth() {
      return runs == 1 ? Double.NaN : quantile(runs - 1) * sd / Math.sqrt(runs);
    }
  }

  /// How many there are.
  public int runs() {
    return values.size();
  }

  /// Their mean.
  public double mean() {
    return values.stream().mapToDouble(x -> x).sum() / runs();
  }

  /// Their standard deviation, by n − 1; NaN for a single one.
  public double sd() {
    if (runs() == 1) {
      return Double.NaN;
    }
    double mean = mean();
    double squares = values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (runs() - 1));
  }

  /// Half of the interval around the mean that has the mean of all possible seeds with 95 %
  /// confidence, by Student's t; NaN for a single measurement.
  public double halfWidth() {
    return runs() == 1 ? Double.NaN : quantile(runs() - 1) * sd() / Math.sqrt(runs());
  }

  /// Whether all are finite.
  public boolean isFinite() {
    return values.stream().allMatch(Double::isFinite);
  }

  /// These minus those of `other`, seed by seed.
  ///
  /// @throws IllegalArgumentException if there are not as many
  public Replicates minus(Replicates other) {
    if (other.runs() != runs()) {
      throw new IllegalArgumentException(
          "replicates: expected as many to compare with, got " + runs() + " and " + other.runs());
    }
    return new Replicates(
        java.util.stream.IntStream.range(0, runs())
            .mapToObj(i -> values.get(i) - other.values.get(i))
            .toList());
  }

  /// The quantile 0.975 of Student's t distribution; beyond 30 degrees of freedom by the first
  /// terms of its expansion around the normal distribution's (Abramowitz and Stegun 26.7.5), which
  /// are right to 7 digits there.
  static double quantile(int degrees) {
    if (degrees <= T.length) {
      return T[degrees - 1];
    }
    double z2 = Z * Z;
    double g1 = Z * (z2 + 1) / 4;
    double g2 = Z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = Z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = Z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    double n = degrees;
    return Z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
  }

  /// For example `0.8725 ± 0.0025 (n = 4)`.
  @Override
  public String toString() {
    return runs() == 1
        ? String.format(Locale.ROOT, "%.4f", mean())
        : String.format(Locale.ROOT, "%.4f ± %.4f (n = %d)", mean(), sd(), runs());
  }
}
