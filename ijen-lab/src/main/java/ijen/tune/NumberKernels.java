package ijen.tune;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Kernels of a numeric dimension: normal distributions cut off at the ends of its [Axis], one
/// around each observation, and the prior, as wide as the axis, around its middle.
///
/// Where values are countable, a value's probability is the mass over its bin.
final class NumberKernels implements Kernels {
  /// A kernel is at least the axis divided by the number of kernels and one, or by this, wide.
  private static final int NARROWEST = 100;

  /// The width of all kernels in several dimensions, as a part of the axis, before it shrinks.
  private static final double JOINT_WIDTH = 0.2;

  private final Axis axis;
  private final double[] mean;
  private final double[] width;

  /// ln of what a kernel has between the ends of the axis.
  private final double[] logInside;

  /// What is added to −z²/2 for the logarithm of a kernel's density.
  private final double[] logScale;

  /// All kernels by mean; those alike stand side by side.
  private final int[] order;

  /// What was computed for a value: candidates of countable values are often the same.
  private final Map<String, double[]> known = new HashMap<>();

  /// Each dimension by itself: a kernel is as wide as the larger gap to its neighbours.
  static NumberKernels alone(Axis axis, double[] observations) {
    NumberKernels kernels = new NumberKernels(axis, observations);
    kernels.spread(kernels.gaps());
    return kernels;
  }

  /// Within a joint distribution of `dimensions`: all kernels are equally wide, 0.2·n^(−1/(d+4)) of
  /// the axis.
  static NumberKernels joint(Axis axis, double[] observations, int dimensions) {
    NumberKernels kernels = new NumberKernels(axis, observations);
    double part =
        JOINT_WIDTH * StrictMath.pow(Math.max(observations.length, 1), -1.0 / (dimensions + 4));
    double[] widths = new double[kernels.count()];
    Arrays.fill(widths, part * axis.width());
    kernels.spread(widths);
    return kernels;
  }

  private NumberKernels(Axis axis, double[] observations) {
    this.axis = axis;
    int n = observations.length;
    this.mean = new double[n + 1];
    for (int k = 0; k < n; k++) {
      mean[k] = axis.point(observations[k]);
    }
    mean[n] = axis.low() + axis.width() / 2;
    this.width = new double[n + 1];
    this.logInside = new double[n + 1];
    this.logScale = new double[n + 1];
    this.order =
        IntStream.range(0, n + 1)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> mean[k]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /// For each kernel the larger gap to its neighbours by mean, the prior being one of them and the
  /// ends of the axis standing beside the outermost; these, if there is an observation, look only
  /// inwards.
  private double[] gaps() {
    int n = mean.length;
    double[] gaps = new double[n];
    for (int i = 0; i < n; i++) {
      double here = mean[order[i]];
      double left = here - (i == 0 ? axis.low() : mean[order[i - 1]]);
      double right = (i == n - 1 ? axis.high() : mean[order[i + 1]]) - here;
      boolean first = i == 0 && n > 1;
      boolean last = i == n - 1 && n > 1;
      gaps[order[i]] = first ? right : last ? left : Math.max(left, right);
    }
    return gaps;
  }

  /// Sets the widths within their limits; the prior is as wide as the axis.
  private void spread(double[] widths) {
    int prior = mean.length - 1;
    double least = axis.width() / Math.min(NARROWEST, 1 + mean.length);
    for (int k = 0; k <= prior; k++) {
      width[k] = k == prior ? axis.width() : Math.clamp(widths[k], least, axis.width());
      logInside[k] = logMass(k, axis.low(), axis.high());
      logScale[k] = -Normal.LOG_ROOT_2PI - StrictMath.log(width[k]) - logInside[k];
    }
  }

  private double logMass(int kernel, double from, double to) {
    return Normal.logMass(
        (from - mean[kernel]) / width[kernel], (to - mean[kernel]) / width[kernel]);
  }

  /// How wide a kernel is.
  double width(int kernel) {
    return width[kernel];
  }

  @Override
  public int count() {
    return mean.length;
  }

  @Override
  public void addLogs(String value, double[] logs) {
    if (axis.isBinned()) {
      double[] add = known.computeIfAbsent(value, this::binned);
      for (int k = 0; k < logs.length; k++) {
        logs[k] += add[k];
      }
    } else {
      double point = axis.point(Double.parseDouble(value));
      for (int k = 0; k < logs.length; k++) {
        double z = (point - mean[k]) / width[k];
        logs[k] += logScale[k] - z * z / 2;
      }
    }
  }

  private double[] binned(String value) {
    double from = axis.binLow(value);
    double to = axis.binHigh(value);
    double[] logs = new double[mean.length];
    for (int i = 0; i < logs.length; i++) {
      int k = order[i];
      boolean alike = i > 0 && mean[k] == mean[order[i - 1]] && width[k] == width[order[i - 1]];
      logs[k] = alike ? logs[order[i - 1]] : logMass(k, from, to) - logInside[k];
    }
    return logs;
  }

  @Override
  public String draw(int kernel, double u) {
    double a = (axis.low() - mean[kernel]) / width[kernel];
    double b = (axis.high() - mean[kernel]) / width[kernel];
    return axis.value(mean[kernel] + width[kernel] * Normal.between(a, b, u));
  }
}
