package ijen.graph;

/// A named slice of the parameter vector.
///
/// @param name unique in its graph, for example `dense1.weight`
/// @param index its place in the order of creation, from 0
/// @param shape its tensor's shape
/// @param offset where it begins in the vector
/// @param role what it is for
/// @param initializer how it gets its first values
public record Parameter(
    String name, int index, Shape shape, int offset, Role role, Initializer initializer) {

  /// The number of scalars.
  public int size() {
    return shape.size();
  }

  /// The index after its last scalar.
  public int end() {
    return offset + size();
  }
}
