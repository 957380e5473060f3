package ijen.onnx;

import ijen.format.Dtype;
import ijen.format.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A value of a graph that is known before any run: an initialiser, or one reshaped or transposed.
final class Constant {
  private final String initializer;
  private final Tensor tensor;
  private final int[] dimensions;
  private final boolean transposed;

  private Constant(String initializer, Tensor tensor, int[] dimensions, boolean transposed) {
    this.initializer = initializer;
    this.tensor = tensor;
    this.dimensions = dimensions;
    this.transposed = transposed;
  }

  /// The tensor of that name.
  static Constant of(String name, Tensor tensor) {
    return new Constant(name, tensor, tensor.shape(), false);
  }

  /// The same numbers in another shape; null if that is not possible.
  @Nullable Constant reshaped(int[] shape) {
    return transposed || Tensor.elements(shape) != tensor.elements()
        ? null
        : new Constant(initializer, tensor, shape.clone(), false);
  }

  /// The transpose; null if it is no matrix.
  @Nullable Constant transpose() {
    return dimensions.length != 2
        ? null
        : new Constant(initializer, tensor, new int[] {dimensions[1], dimensions[0]}, !transposed);
  }

  /// The name of the initialiser, or of the value of the node whose setting it is.
  String initializer() {
    return initializer;
  }

  /// The numbers, as they stand in the file.
  Tensor tensor() {
    return tensor;
  }

  /// The shape in which they are meant, that of the transpose if it is one; a copy.
  int[] dimensions() {
    return dimensions.clone();
  }

  /// Dimension `i`.
  int dimension(int i) {
    return dimensions[i];
  }

  /// How many dimensions it has.
  int rank() {
    return dimensions.length;
  }

  /// Whether it is the transpose of the matrix in the file.
  boolean isTransposed() {
    return transposed;
  }

  /// Whether its numbers are FLOAT.
  boolean isFloat() {
    return tensor.dtype() == Dtype.F32;
  }

  /// How many numbers it has.
  long size() {
    return tensor.elements();
  }

  /// Its only number; NaN if there are several.
  double number() {
    return size() == 1 ? tensor.doubles()[0] : Double.NaN;
  }

  /// For messages, for example `'fc1.weight' [64, 784]`.
  @Override
  public String toString() {
    return "'" + Wiring.shown(initializer) + "' " + Arrays.toString(dimensions);
  }
}
