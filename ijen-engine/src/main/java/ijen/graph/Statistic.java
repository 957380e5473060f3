package ijen.graph;

/// A named slice of the running statistics: what training changes but no gradient touches.
///
/// @param name unique in its graph, for example `batchnorm1.mean`
/// @param index its place in the order of creation, from 0
/// @param shape its tensor's shape
/// @param offset where it begins in the array of statistics
/// @param initial the value with which all its numbers begin
public record Statistic(String name, int index, Shape shape, int offset, double initial) {

  /// The number of scalars.
  public int size() {
    return shape.size();
  }

  /// The index after its last scalar.
  public int end() {
    return offset + size();
  }
}
