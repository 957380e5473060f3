package ijen.metric;

/// How often each class was taken for each: a matrix of counts, with what is read off it.
///
/// Rows are the true classes, columns the decisions.
public final class Confusion {
  private final long[][] counts;

  /// No samples of `classes` classes yet.
  public Confusion(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("confusion: expected 2 or more classes, got " + classes);
    }
    this.counts = new long[classes][classes];
  }

  /// Counts one sample.
  public void add(int truth, int decision) {
    add(truth, decision, 1);
  }

  /// Counts `samples` samples.
  ///
  /// @throws IllegalArgumentException if they are fewer than 0
  public void add(int truth, int decision, long samples) {
    if (samples < 0) {
      throw new IllegalArgumentException("confusion: expected 0 or more samples, got " + samples);
    }
    counts[truth][decision] = Math.addExact(counts[truth][decision], samples);
  }

  /// How many classes there are.
  public int classes() {
    return counts.length;
  }

  /// How often class `truth` was taken for `decision`.
  public long count(int truth, int decision) {
    return counts[truth][decision];
  }

  /// All counts, copied.
  public long[][] counts() {
    long[][] copy = new long[classes()][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts[i].clone();
    }
    return copy;
  }

  /// How many samples there are.
  public long total() {
    long sum = 0;
    for (long[] row : counts) {
      for (long count : row) {
        sum += count;
      }
    }
    return sum;
  }

  /// The fraction on the diagonal; NaN without samples.
  public double accuracy() {
    long right = 0;
    for (int i = 0; i < classes(); i++) {
      right += counts[i][i];
    }
    return (double) right / total();
  }

  /// Of the samples taken for class `c`, the fraction that are it; NaN if there is none.
  public double precision(int c) {
    long taken = 0;
    for (long[] row : counts) {
      taken += row[c];
    }
    return (double) counts[c][c] / taken;
  }

  /// Of the samples of class `c`, the fraction taken for it; NaN if there is none.
  public double recall(int c) {
    long all = 0;
    for (long count : counts[c]) {
      all += count;
    }
    return (double) counts[c][c] / all;
  }

  /// The harmonic mean of precision and recall, 2·right / (taken + all); NaN if the class occurs
  /// nowhere.
  public double f1(int c) {
    long sum = 0;
    for (int i = 0; i < classes(); i++) {
      sum += counts[i][c] + counts[c][i];
    }
    return 2.0 * counts[c][c] / sum;
  }
}
