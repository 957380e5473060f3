package ijen.data;

import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Samples whose features stay as a file has them, of any type, and become numbers when a batch is
/// gathered; unsigned bytes are divided by 255, as [ByteImages] are. A file that is mapped may be
/// larger than memory.
final class TensorSamples implements Dataset {
  private final String name;
  private final Tensor features; // [size, …]
  private final Shape shape; // of one
  private final int width;
  private final boolean bytes;
  private final Targets targets;

  private TensorSamples(String name, Tensor features, Targets targets) {
    int[] dimensions = features.shape();
    this.name = name;
    this.features = features;
    this.shape = Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
    this.width = shape.size();
    this.bytes = features.dtype() == Dtype.U8;
    this.targets = targets;
  }

  /// Samples over tensors, which stay shared. In memory, all features are looked at.
  ///
  /// @throws IllegalArgumentException if a feature is not finite, or the counts do not agree
  static TensorSamples of(String name, Tensor features, Targets targets, boolean look) {
    TensorSamples samples = new TensorSamples(name, features, targets);
    if (targets.size() != features.shape()[0]) {
      throw new IllegalArgumentException(
          "%s: expected a target for each sample, got features %s and %s targets"
              .formatted(name, features, targets.size()));
    }
    for (long i = 0; look && i < features.elements(); i++) {
      if (!Double.isFinite(features.get(i))) {
        throw new IllegalArgumentException(
            "%s: expected finite numbers, got %s as feature %s of sample %s"
                .formatted(name, features.get(i), i % samples.width, i / samples.width));
      }
    }
    return samples;
  }

  /// Whether the features are still in a file, which must stay open.
  boolean inFile() {
    return features.data().isNative();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return targets.size();
  }

  @Override
  public Shape features() {
    return shape;
  }

  @Override
  public Shape target() {
    return targets.shape();
  }

  @Override
  public List<String> classes() {
    return targets.classes();
  }

  @Override
  public int label(int index) {
    int @Nullable [] labels = targets.labels();
    return labels == null ? Dataset.super.label(index) : labels[index];
  }

  @Override
  public void putFeatures(int index, int row, Buffer into) {
    long from = (long) Objects.checkIndex(index, size()) * width;
    int at = row * width;
    for (int i = 0; i < width; i++) {
      double x = features.get(from + i);
      into.set(at + i, bytes ? (float) (x / 255) : x); // the same number in either precision
    }
  }

  @Override
  public void putTarget(int index, int row, Buffer into) {
    int @Nullable [] labels = targets.labels();
    if (labels != null) {
      into.set(row, labels[index]);
    } else {
      int count = targets.shape().size();
      into.put(row * count, targets.numbers(), Objects.checkIndex(index, size()) * count, count);
    }
  }

  @Override
  public String toString() {
    return name + ", " + size() + " samples " + shape;
  }
}
