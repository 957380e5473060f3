package ijen.bench.kernel;

import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.random.RandomStream;

/// What a case is prepared with: kernels of one precision, and numbers to give to them.
///
/// The numbers are drawn in the order in which they are asked for and are `float`s in either
/// precision, so that the same case prepared in the other one gets the same numbers.
final class Operands {
  private final Precision precision;
  private final Workers workers;
  private int drawn;

  Operands(Precision precision, Workers workers) {
    this.precision = precision;
    this.workers = workers;
  }

  Precision precision() {
    return precision;
  }

  Workers workers() {
    return workers;
  }

  /// New kernels that split their calls over the workers.
  Kernels kernels() {
    return kernels(workers);
  }

  /// New kernels that split their calls over other workers.
  Kernels kernels(Workers workers) {
    return Kernels.of(precision, workers);
  }

  Buffer zeros(int n) {
    return Buffer.allocate(precision, n);
  }

  /// Numbers that lie evenly between `from` and `to`.
  Buffer uniform(int n, double from, double to) {
    RandomStream stream = next();
    Buffer buffer = zeros(n);
    for (int i = 0; i < n; i++) {
      buffer.set(i, (float) (from + (to - from) * stream.uniform(i)));
    }
    return buffer;
  }

  /// A matrix of numbers between −1 and 1, stored as `[columns, rows]` if `transposed`; the matrix
  /// itself is the same either way.
  Buffer matrix(int rows, int columns, boolean transposed) {
    RandomStream stream = next();
    Buffer buffer = zeros(rows * columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float value = (float) (2 * stream.uniform((long) i * columns + j) - 1);
        buffer.set(transposed ? j * rows + i : i * columns + j, value);
      }
    }
    return buffer;
  }

  /// Class numbers from 0 to `classes − 1`.
  Buffer labels(int n, int classes) {
    RandomStream stream = next();
    Buffer buffer = zeros(n);
    for (int i = 0; i < n; i++) {
      buffer.set(i, stream.below(i, classes));
    }
    return buffer;
  }

  /// Any bytes.
  byte[] bytes(int n) {
    RandomStream stream = next();
    byte[] bytes = new byte[n];
    long bits = 0;
    for (int i = 0; i < n; i++) {
      bits = i % Long.BYTES == 0 ? stream.bits(i / Long.BYTES) : bits >>> Byte.SIZE;
      bytes[i] = (byte) bits;
    }
    return bytes;
  }

  private RandomStream next() {
    return RandomStream.of(1, "operand", drawn++);
  }
}
