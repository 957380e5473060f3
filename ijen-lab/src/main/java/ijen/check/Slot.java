package ijen.check;

import ijen.graph.Parameter;
import ijen.graph.ParameterVector;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A tensor to be checked, and where its numbers lie in θ.
///
/// @param name as in reports
/// @param shape its shape; of an input that each sample has, the samples first
/// @param role what parameter it is; null for an input
/// @param at for each of its numbers, row by row, the index in θ
@SuppressWarnings("ArrayRecordComponent") // never compared
record Slot(String name, Shape shape, @Nullable Role role, int[] at) {

  static Slot of(Parameter parameter) {
    return new Slot(
        parameter.name(),
        parameter.shape(),
        parameter.role(),
        IntStream.range(parameter.offset(), parameter.end()).toArray());
  }

  /// An input of `shape` whose samples are the columns of `parameter` (see [Inputs]).
  static Slot ofColumns(String name, Parameter parameter, Shape shape, int rows) {
    int size = shape.size();
    int[] dimensions = new int[shape.rank() + 1];
    dimensions[0] = rows;
    System.arraycopy(shape.dimensions(), 0, dimensions, 1, shape.rank());
    int[] at = new int[rows * size];
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < size; s++) {
        at[r * size + s] = parameter.offset() + s * rows + r;
      }
    }
    return new Slot(name, Shape.of(dimensions), null, at);
  }

  int size() {
    return at.length;
  }

  /// Its numbers in a vector of θ's layout.
  double[] read(ParameterVector vector) {
    Buffer values = vector.values();
    double[] numbers = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      numbers[i] = values.get(at[i]);
    }
    return numbers;
  }
}
