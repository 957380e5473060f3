package ijen.tune;

import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A function on the unit cube that is constant on boxes: a regression tree, grown from a sample
/// drawn with replacement, split where the variance within falls most, to boxes of equal values.
///
/// **Source:** Breiman, "Random forests", Machine Learning 45, 2001.
final class RegressionTree {
  private static final int MOST_DEPTH = 64;

  private final double[][] points;
  private final double[] values;
  private final int[][] rank; // of each point in each dimension; equal ones in any order
  private final List<Box> leaves = new ArrayList<>();

  /// A leaf: from `low` to `high` in each dimension.
  private static final class Box {
    final double[] low;
    final double[] high;
    final double value;

    Box(double[] low, double[] high, double value) {
      this.low = low;
      this.high = high;
      this.value = value;
    }

    double volume() {
      double volume = 1;
      for (int d = 0; d < low.length; d++) {
        volume *= high[d] - low[d];
      }
      return volume;
    }
  }

  private record Split(int dimension, double at) {}

  private RegressionTree(double[][] points, double[] values) {
    this.points = points;
    this.values = values;
    this.rank = new int[points.length][values.length];
    for (int d = 0; d < points.length; d++) {
      double[] line = points[d];
      int[] order =
          IntStream.range(0, values.length)
              .boxed()
              .sorted((a, b) -> Double.compare(line[a], line[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int r = 0; r < order.length; r++) {
        rank[d][order[r]] = r;
      }
    }
  }

  /// A tree of a forest.
  ///
  /// @param points by dimension, then by point, in [0, 1]
  /// @param values of the points
  /// @param number which tree
  static RegressionTree grow(double[][] points, double[] values, long seed, int number) {
    RegressionTree tree = new RegressionTree(points, values);
    RandomStream random = RandomStream.of(seed, "tune.forest", number);
    int[] sample = new int[values.length];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.below(i, sample.length);
    }
    double[] low = new double[points.length];
    double[] high = new double[points.length];
    Arrays.fill(high, 1);
    tree.grow(sample, low, high, 0);
    return tree;
  }

  private void grow(int[] sample, double[] low, double[] high, int depth) {
    Split split = depth < MOST_DEPTH ? best(sample) : null;
    if (split == null) {
      double mean = Arrays.stream(sample).mapToDouble(i -> values[i]).sum() / sample.length;
      leaves.add(new Box(low, high, mean));
      return;
    }
    int d = split.dimension;
    double[] middle = high.clone();
    middle[d] = split.at;
    grow(part(sample, d, split.at, true), low, middle, depth + 1);
    middle = low.clone();
    middle[d] = split.at;
    grow(part(sample, d, split.at, false), middle, high, depth + 1);
  }

  private int[] part(int[] sample, int d, double at, boolean below) {
    return Arrays.stream(sample).filter(i -> (points[d][i] < at) == below).toArray();
  }

  /// The split with the largest Σ_left² / n_left + Σ_right² / n_right of deviations from the mean,
  /// which leaves the least variance within; of equal ones the first. None if nothing can be won.
  private @Nullable Split best(int[] sample) {
    double mean = Arrays.stream(sample).mapToDouble(i -> values[i]).sum() / sample.length;
    if (Arrays.stream(sample).allMatch(i -> values[i] == values[sample[0]])) {
      return null;
    }
    Split best = null;
    double most = Double.NEGATIVE_INFINITY;
    long[] order = new long[sample.length];
    for (int d = 0; d < points.length; d++) {
      for (int i = 0; i < order.length; i++) {
        order[i] = (long) rank[d][sample[i]] << 32 | sample[i];
      }
      Arrays.sort(order);
      double total = 0;
      for (long key : order) {
        total += values[(int) key] - mean;
      }
      double left = 0;
      for (int i = 1; i < order.length; i++) {
        left += values[(int) order[i - 1]] - mean;
        double before = points[d][(int) order[i - 1]];
        double after = points[d][(int) order[i]];
        double right = total - left;
        double gain = left * left / i + right * right / (order.length - i);
        if (before < after && gain > most) {
          best = new Split(d, before + (after - before) / 2);
          most = gain;
        }
      }
    }
    return best;
  }

  /// For each dimension, which part of the variance over the cube its means have: 0 for all if
  /// there is none.
  double[] shares() {
    double mean = 0;
    for (Box leaf : leaves) {
      mean += leaf.volume() * leaf.value;
    }
    double variance = 0;
    for (Box leaf : leaves) {
      variance += leaf.volume() * (leaf.value - mean) * (leaf.value - mean);
    }
    double[] shares = new double[points.length];
    for (int d = 0; d < shares.length && variance > 0; d++) {
      shares[d] = varianceOfMeans(d, mean) / variance;
    }
    return shares;
  }

  /// The variance over dimension d of the means over all others.
  private double varianceOfMeans(int d, double mean) {
    double[] edges =
        leaves.stream()
            .flatMapToDouble(it -> Arrays.stream(new double[] {it.low[d], it.high[d]}))
            .sorted()
            .distinct()
            .toArray();
    // Each leaf adds to the means between its edges: noted as a step up and a step down.
    double[] steps = new double[edges.length];
    for (Box leaf : leaves) {
      double add = leaf.volume() / (leaf.high[d] - leaf.low[d]) * (leaf.value - mean);
      steps[Arrays.binarySearch(edges, leaf.low[d])] += add;
      steps[Arrays.binarySearch(edges, leaf.high[d])] -= add;
    }
    double variance = 0;
    double height = 0;
    for (int i = 0; i < edges.length - 1; i++) {
      height += steps[i];
      variance += (edges[i + 1] - edges[i]) * height * height;
    }
    return variance;
  }
}
