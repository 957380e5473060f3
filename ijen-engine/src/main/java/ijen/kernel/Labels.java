package ijen.kernel;

/// Class numbers held as numbers.
final class Labels {
  private Labels() {}

  /// Checks that the first `rows` numbers of `labels` are class numbers from 0 to `classes − 1`.
  ///
  /// @throws IllegalArgumentException naming the first row that holds something else
  static void check(Buffer labels, int rows, int classes) {
    for (int r = 0; r < rows; r++) {
      double label = labels.get(r);
      if (!(label >= 0 && label < classes && label == Math.rint(label))) { // NaN fails too
        throw new IllegalArgumentException(
            "cross-entropy: row "
                + r
                + " has label "
                + label
                + "; expected a class number from 0 to "
                + (classes - 1));
      }
    }
  }
}
