package ijen.theory;

import ijen.data.Dataset;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.random.RandomStream;

/// Some samples of a data set in double.
///
/// @param name the data set's name
/// @param x the features of each, `[samples][n]`
/// @param label the class of each
/// @param classes how many classes there are
@SuppressWarnings("ArrayRecordComponent") // never compared
record Samples(String name, double[][] x, int[] label, int classes) {
  /// At most `count` samples from all over the set.
  static Samples of(Dataset data, int count, long seed) {
    int[] order = new int[data.size()];
    RandomStream.of(seed, "theory samples", 0).permute(order);
    int size = Math.min(count, order.length);
    double[][] x = new double[size][];
    int[] label = new int[size];
    Buffer row = Buffer.allocate(Precision.DOUBLE, data.features().size());
    for (int i = 0; i < size; i++) {
      data.putFeatures(order[i], 0, row);
      x[i] = row.toDoubles();
      label[i] = data.label(order[i]);
    }
    return new Samples(data.name(), x, label, data.classes().size());
  }

  int size() {
    return x.length;
  }

  int features() {
    return x[0].length;
  }

  /// 1 for the upper half of the classes, else 0: digits 5–9 against 0–4.
  double upper(int sample) {
    return label[sample] >= classes / 2 ? 1 : 0;
  }

  /// One number for each class: 1 for the sample's own.
  double[] oneHot(int sample) {
    double[] y = new double[classes];
    y[label[sample]] = 1;
    return y;
  }
}
