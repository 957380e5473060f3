package ijen.format.onnx;

import ijen.format.Dtype;
import org.jspecify.annotations.Nullable;

/// The numbers that ONNX gives to types of elements, `TensorProto.DataType`.
final class ElementType {
  private ElementType() {}

  /// The number of a type.
  static int number(Dtype dtype) {
    return switch (dtype) {
      case F32 -> 1;
      case U8 -> 2;
      case I8 -> 3;
      case U16 -> 4;
      case I16 -> 5;
      case I32 -> 6;
      case I64 -> 7;
      case BOOL -> 9;
      case F16 -> 10;
      case F64 -> 11;
      case U32 -> 12;
      case U64 -> 13;
      case C64 -> 14;
      case BF16 -> 16;
      case F4, F6_E2M3, F6_E3M2, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ ->
          throw new IllegalArgumentException("onnx: version 8 of the format has no type " + dtype);
    };
  }

  /// The type of that number; null if there is none, or Ijen does not know it.
  static @Nullable Dtype of(long number) {
    for (Dtype dtype : Dtype.values()) {
      if (dtype.hasNumbers() && number(dtype) == number) {
        return dtype;
      }
    }
    return null;
  }
}
