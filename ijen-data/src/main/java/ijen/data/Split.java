package ijen.data;

import ijen.random.RandomStream;
import java.util.Arrays;

/// A data set in two parts that share no sample; both are views, in the data set's order.
///
/// @param train the part to learn from
/// @param heldOut the part to be measured on
public record Split(Dataset train, Dataset heldOut) {

  /// Puts a random fraction of the samples into the first part.
  ///
  /// @param trainFraction the share of the first part, between 0 and 1
  /// @throws IllegalArgumentException if a part would be empty
  public static Split random(Dataset dataset, double trainFraction, long seed) {
    int size = dataset.size();
    int wanted = share(dataset, trainFraction);
    int[] order = new int[size];
    RandomStream.of(seed, "split", 0).permute(order);
    boolean[] train = new boolean[size];
    for (int i = 0; i < wanted; i++) {
      train[order[i]] = true;
    }
    return of(dataset, train);
  }

  /// Puts a random fraction of each class into the first part, so that both parts have the classes
  /// in the same proportions, to within one sample a class.
  ///
  /// @param trainFraction the share of the first part, between 0 and 1
  /// @throws IllegalStateException if the targets are no classes
  /// @throws IllegalArgumentException if a part would be empty
  public static Split stratified(Dataset dataset, double trainFraction, long seed) {
    int wanted = share(dataset, trainFraction);
    int[] counts = dataset.classCounts();
    if (counts.length == 0) {
      dataset.label(0); // says that there are no classes
    }
    int[] quotas = quotas(counts, trainFraction, wanted);
    boolean[] train = new boolean[dataset.size()];
    for (int c = 0; c < counts.length; c++) {
      int[] members = new int[counts[c]];
      for (int i = 0, m = 0; i < train.length; i++) {
        if (dataset.label(i) == c) {
          members[m++] = i;
        }
      }
      int[] order = new int[counts[c]];
      RandomStream.of(seed, "stratified split", c).permute(order);
      for (int k = 0; k < quotas[c]; k++) {
        train[members[order[k]]] = true;
      }
    }
    return of(dataset, train);
  }

  /// How many of each class: the whole part of its share, and one more where the rest is largest.
  private static int[] quotas(int[] counts, double fraction, int wanted) {
    int[] quotas = new int[counts.length];
    double[] rest = new double[counts.length];
    int missing = wanted;
    for (int c = 0; c < counts.length; c++) {
      double exact = fraction * counts[c];
      quotas[c] = (int) exact;
      rest[c] = exact - quotas[c];
      missing -= quotas[c];
    }
    for (; missing > 0; missing--) {
      int most = -1;
      for (int c = 0; c < counts.length; c++) {
        if (quotas[c] < counts[c] && (most < 0 || rest[c] > rest[most])) {
          most = c;
        }
      }
      quotas[most]++;
      rest[most] = -1;
    }
    return quotas;
  }

  /// Holds out the first `count` samples.
  ///
  /// @throws IllegalArgumentException if a part would be empty
  public static Split holdOutFirst(Dataset dataset, int count) {
    requireBoth(dataset, count);
    return new Split(dataset.slice(count, dataset.size() - count), dataset.slice(0, count));
  }

  /// Holds out the last `count` samples.
  ///
  /// @throws IllegalArgumentException if a part would be empty
  public static Split holdOutLast(Dataset dataset, int count) {
    requireBoth(dataset, count);
    int rest = dataset.size() - count;
    return new Split(dataset.slice(0, rest), dataset.slice(rest, count));
  }

  private static int share(Dataset dataset, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "expected a fraction between 0 and 1 to train on, got " + fraction);
    }
    int count = (int) Math.round(fraction * dataset.size());
    requireBoth(dataset, count);
    return count;
  }

  private static void requireBoth(Dataset dataset, int count) {
    if (count < 1 || count >= dataset.size()) {
      throw new IllegalArgumentException(
          "%s: expected 1 or more of its %s samples in either part, got %s and %s"
              .formatted(dataset.name(), dataset.size(), count, dataset.size() - count));
    }
  }

  private static Split of(Dataset dataset, boolean[] train) {
    int[] first = new int[train.length];
    int[] second = new int[train.length];
    int firsts = 0;
    int seconds = 0;
    for (int i = 0; i < train.length; i++) {
      if (train[i]) {
        first[firsts++] = i;
      } else {
        second[seconds++] = i;
      }
    }
    return new Split(
        dataset.select(Arrays.copyOf(first, firsts)),
        dataset.select(Arrays.copyOf(second, seconds)));
  }
}
