package ijen.format.onnx;

import ijen.format.Dtype;
import java.util.List;
import java.util.stream.Collectors;

/// An input or output of a graph.
///
/// @param name its name
/// @param dtype the type of its elements
/// @param shape its dimensions, outermost first
public record OnnxValue(String name, Dtype dtype, List<Dimension> shape) {
  /// A dimension: how large it is, or by which name it goes while nobody knows.
  ///
  /// @param size its size; −1 if it is not fixed
  /// @param symbol its name if it is not fixed; may be empty
  public record Dimension(long size, String symbol) {
    /// A fixed one.
    public static Dimension of(long size) {
      return new Dimension(size, "");
    }

    /// One that every run may choose.
    public static Dimension named(String symbol) {
      return new Dimension(-1, symbol);
    }

    @Override
    public String toString() {
      return size >= 0 ? Long.toString(size) : symbol.isEmpty() ? "?" : WireReader.shown(symbol);
    }
  }

  public OnnxValue {
    shape = List.copyOf(shape);
  }

  /// For messages, for example `'x' F32 [batch, 784]`.
  @Override
  public String toString() {
    return "'"
        + WireReader.shown(name)
        + "' "
        + dtype
        + shape.stream().map(Dimension::toString).collect(Collectors.joining(", ", " [", "]"));
  }
}
