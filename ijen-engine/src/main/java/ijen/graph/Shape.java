package ijen.graph;

import java.util.Arrays;
import java.util.Objects;

/// The dimensions of a tensor, outermost first; the empty shape is that of a single number.
///
/// The shape of a node does not include the batch: an image is `[28, 28]` however many there are.
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dimensions;
  private final int size;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
    long product = 1;
    for (int dimension : dimensions) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dimensions) + ": expected dimensions of 1 or more");
      }
      product *= dimension;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dimensions) + " has more than 2147483647 elements");
      }
    }
    this.size = (int) product;
  }

  /// A shape of the given dimensions; without any, that of a single number.
  ///
  /// @throws IllegalArgumentException if a dimension is below 1 or the product exceeds an `int`
  public static Shape of(int... dimensions) {
    return dimensions.length == 0 ? SCALAR : new Shape(dimensions.clone());
  }

  /// The shape of a single number.
  public static Shape scalar() {
    return SCALAR;
  }

  /// How many dimensions there are; 0 for a single number.
  public int rank() {
    return dimensions.length;
  }

  /// Dimension `i`, from the outermost; negative `i` counts from the innermost, −1 being the last.
  public int dimension(int i) {
    return dimensions[Objects.checkIndex(i < 0 ? dimensions.length + i : i, dimensions.length)];
  }

  /// The number of elements: the product of the dimensions, 1 for a single number.
  public int size() {
    return size;
  }

  /// This shape with its last dimension replaced.
  public Shape withLast(int dimension) {
    if (dimensions.length == 0) {
      throw new IllegalArgumentException("a single number has no last dimension");
    }
    int[] changed = dimensions.clone();
    changed[changed.length - 1] = dimension;
    return new Shape(changed);
  }

  /// A copy of the dimensions.
  public int[] dimensions() {
    return dimensions.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /// For example `[28, 28]`; `[]` for a single number.
  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
