package ijen.data;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How features are normalised before a network sees them: `x ↦ scale·x + shift`, with one pair of
/// numbers for all features or a pair for each.
///
/// It is made from the training samples alone and kept with the model, so that whatever is
/// predicted later is scaled by the same numbers.
public final class Scaling {
  /// Leaves features as they are.
  public static final Scaling NONE = new Scaling(new float[] {1}, new float[] {0});

  private static final List<String> NAMES = List.of("none", "range", "centre", "standardise");
  private static final String SHIFT = "shift:";

  private final float[] scale;
  private final float[] shift;

  private Scaling(float[] scale, float[] shift) {
    this.scale = scale;
    this.shift = shift;
  }

  /// One pair for all features (two arrays of one number), or one for each.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a number is not finite
  public static Scaling of(float[] scale, float[] shift) {
    if (scale.length != shift.length || scale.length == 0) {
      throw new IllegalArgumentException(
          "scaling: expected as many shifts as scales, 1 or more, got %s scales and %s shifts"
              .formatted(scale.length, shift.length));
    }
    for (int i = 0; i < scale.length; i++) {
      if (!Float.isFinite(scale[i]) || !Float.isFinite(shift[i])) {
        throw new IllegalArgumentException(
            "scaling: expected finite numbers, got x·%s + %s for feature %s"
                .formatted(scale[i], shift[i], i));
      }
    }
    return new Scaling(scale.clone(), shift.clone());
  }

  /// The smallest number of all samples becomes 0, the largest 1. If all are the same, they become
  /// 0.
  public static Scaling range(Dataset samples) {
    double[] least = {Double.POSITIVE_INFINITY};
    double[] most = {Double.NEGATIVE_INFINITY};
    visit(
        samples,
        (feature, x) -> {
          least[0] = Math.min(least[0], x);
          most[0] = Math.max(most[0], x);
        });
    double scale = most[0] > least[0] ? 1 / (most[0] - least[0]) : 1;
    return of(new float[] {(float) scale}, new float[] {(float) (-least[0] * scale)});
  }

  /// Each feature's mean becomes 0.
  public static Scaling centre(Dataset samples) {
    float[] ones = new float[samples.features().size()];
    Arrays.fill(ones, 1);
    return withMeans(ones, means(samples));
  }

  /// Each feature's mean becomes 0 and its variance (over all samples, divided by their number) 1.
  /// A feature that is the same in all samples becomes 0.
  public static Scaling standardise(Dataset samples) {
    double[] means = means(samples);
    double[] squares = new double[means.length];
    visit(
        samples,
        (feature, x) -> {
          double distance = x - means[feature];
          squares[feature] += distance * distance;
        });
    float[] scale = new float[means.length];
    for (int i = 0; i < scale.length; i++) {
      double deviation = Math.sqrt(squares[i] / samples.size());
      // Rounding leaves a little deviation to numbers that are the same; that is not to be blown
      // up.
      boolean same = deviation <= 1e-7 * Math.abs(means[i]);
      scale[i] = same ? 1 : (float) (1 / deviation);
    }
    return withMeans(scale, means);
  }

  /// The same number is added to each feature.
  public static Scaling shift(double by) {
    return of(new float[] {1}, new float[] {(float) by});
  }

  /// That of a name: `none`, `range`, `centre`, `standardise`, or `shift:-0.5`, which is the same
  /// for all samples.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public static Scaling named(String name, Dataset samples) {
    if (requireName(name).startsWith(SHIFT)) {
      return shift(Double.parseDouble(name.substring(SHIFT.length())));
    }
    return switch (name) {
      case "range" -> range(samples);
      case "centre" -> centre(samples);
      case "standardise" -> standardise(samples);
      default -> NONE;
    };
  }

  /// The name itself.
  ///
  /// @throws IllegalArgumentException if no scaling is called that
  public static String requireName(String name) {
    if (name.matches(SHIFT + "[-+]?(\\d+(\\.\\d*)?|\\.\\d+)")) {
      return name;
    }
    if (!NAMES.contains(name)) {
      Optional<String> near = Spelling.nearest(name, NAMES);
      throw new IllegalArgumentException(
          "expected one of %s, got '%s'%s"
              .formatted(
                  String.join(", ", NAMES) + ", shift:-0.5",
                  name,
                  near.map(other -> ": did you mean '" + other + "'?").orElse("")));
    }
    return name;
  }

  private static Scaling withMeans(float[] scale, double[] means) {
    float[] shift = new float[scale.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (float) (-means[i] * scale[i]);
    }
    return of(scale, shift);
  }

  private static double[] means(Dataset samples) {
    double[] sums = new double[samples.features().size()];
    visit(samples, (feature, x) -> sums[feature] += x);
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= samples.size();
    }
    return sums;
  }

  @FunctionalInterface
  private interface Visitor {
    void number(int feature, double x);
  }

  private static void visit(Dataset samples, Visitor visitor) {
    int width = samples.features().size();
    Buffer row = Buffer.allocate(Precision.FLOAT, width);
    for (int i = 0; i < samples.size(); i++) {
      samples.putFeatures(i, 0, row);
      for (int feature = 0; feature < width; feature++) {
        visitor.number(feature, row.get(feature));
      }
    }
  }

  /// Whether it changes nothing.
  public boolean isNone() {
    return equals(NONE);
  }

  /// How many pairs there are: 1, or one for each feature.
  public int length() {
    return scale.length;
  }

  /// A copy of the scales.
  public float[] scales() {
    return scale.clone();
  }

  /// A copy of the shifts.
  public float[] shifts() {
    return shift.clone();
  }

  /// The scaling itself.
  ///
  /// @throws IllegalArgumentException if it is not for samples of that shape
  public Scaling requireFit(Shape features) {
    if (scale.length != 1 && scale.length != features.size()) {
      throw new IllegalArgumentException(
          "scaling: it is for %s features, samples have %s %s"
              .formatted(scale.length, features.size(), features));
    }
    return this;
  }

  /// This one, and `next` after it, as one.
  public Scaling then(Scaling next) {
    if (isNone()) {
      return next;
    }
    int length = Math.max(scale.length, next.scale.length);
    if ((scale.length != 1 && scale.length != length)
        || (next.scale.length != 1 && next.scale.length != length)) {
      throw new IllegalArgumentException(
          "scaling: one for %s features cannot follow one for %s"
              .formatted(next.scale.length, scale.length));
    }
    float[] scales = new float[length];
    float[] shifts = new float[length];
    for (int i = 0; i < length; i++) {
      double second = next.scale[i % next.scale.length];
      scales[i] = (float) (scale[i % scale.length] * second);
      shifts[i] = (float) (shift[i % shift.length] * second + next.shift[i % next.shift.length]);
    }
    return of(scales, shifts);
  }

  /// Scales the features of one sample, which lie at `from` and after it. Each number is rounded
  /// once, to the buffer's precision.
  public void apply(Buffer features, int from, int width) {
    if (isNone()) {
      return;
    }
    for (int i = 0; i < width; i++) {
      int pair = scale.length == 1 ? 0 : i;
      features.set(
          from + i, Math.fma(features.get(from + i), (double) scale[pair], (double) shift[pair]));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaling scaling
        && Arrays.equals(scale, scaling.scale)
        && Arrays.equals(shift, scaling.shift);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scale) + Arrays.hashCode(shift);
  }

  /// For example `x·0.5 − 1`, or `784 pairs`.
  @Override
  public String toString() {
    return isNone()
        ? "none"
        : scale.length == 1
            ? "x·" + scale[0] + (shift[0] < 0 ? " − " : " + ") + Math.abs(shift[0])
            : scale.length + " pairs";
  }
}
