package ijen.format.onnx;

import ijen.format.Tensor;
import java.util.Arrays;
import java.util.List;

/// The value of one setting of an [OnnxNode].
public sealed interface OnnxAttribute {
  /// A whole number, `INT`.
  record Whole(long value) implements OnnxAttribute {}

  /// A number, `FLOAT`.
  record Real(float value) implements OnnxAttribute {}

  /// A text, `STRING`.
  record Text(String value) implements OnnxAttribute {}

  /// Whole numbers, `INTS`.
  record Wholes(List<Long> values) implements OnnxAttribute {
    public Wholes {
      values = List.copyOf(values);
    }
  }

  /// Numbers, `FLOATS`.
  record Reals(List<Float> values) implements OnnxAttribute {
    public Reals {
      values = List.copyOf(values);
    }
  }

  /// A tensor, `TENSOR`.
  record Array(Tensor value) implements OnnxAttribute {}

  /// A whole number.
  static OnnxAttribute of(long value) {
    return new Whole(value);
  }

  /// A number.
  static OnnxAttribute of(float value) {
    return new Real(value);
  }

  /// A text.
  static OnnxAttribute of(String value) {
    return new Text(value);
  }

  /// Whole numbers.
  static OnnxAttribute wholes(long... values) {
    return new Wholes(Arrays.stream(values).boxed().toList());
  }
}
