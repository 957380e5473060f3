package ijen.graph;

/// What a node looks like: the shape of one sample's value, and whether there is one for each
/// sample.
///
/// Parameters, and what is computed from them alone, have one value for the whole batch.
///
/// @param shape the shape without the batch
/// @param batched whether every sample has a value of its own
public record Form(Shape shape, boolean batched) {

  /// The form of a value that each sample has.
  public static Form batched(Shape shape) {
    return new Form(shape, true);
  }

  /// The form of a value that all samples share.
  public static Form shared(Shape shape) {
    return new Form(shape, false);
  }

  /// How many rows the value has in a batch of `samples`: that many, or 1 if it is shared.
  public int rows(int samples) {
    return batched ? samples : 1;
  }

  /// How many numbers the value has in a batch of `samples`.
  public int elements(int samples) {
    return Math.multiplyExact(rows(samples), shape.size());
  }

  /// This form with another shape.
  public Form withShape(Shape shape) {
    return new Form(shape, batched);
  }

  /// For example `[batch, 784]`.
  @Override
  public String toString() {
    if (!batched) {
      return shape.toString();
    }
    return shape.rank() == 0 ? "[batch]" : "[batch, " + shape.toString().substring(1);
  }
}
