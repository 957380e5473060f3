package ijen.format.hdf5;

import ijen.format.Dtype;
import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the numbers of a data set are stored.
///
/// @param dtype their type
/// @param bigEndian whether the first byte is that of most weight
record NumberType(Dtype dtype, boolean bigEndian) {
  private static final Map<Integer, String> TRUTH = Map.of(0, "FALSE", 1, "TRUE");

  /// The stored form, if it is one of numbers that are known here.
  static @Nullable NumberType of(DataType type) {
    return switch (type) {
      case FixedPoint whole -> {
        boolean full = whole.getBitOffset() == 0 && whole.getBitPrecision() == 8 * whole.getSize();
        yield full ? of(whole(whole.getSize(), whole.isSigned()), whole.getByteOrder()) : null;
      }
      case FloatingPoint real -> of(real(real), real.getByteOrder());
      case EnumDataType names -> // what h5py writes for NumPy's bool
          names.getSize() == 1 && names.getEnumMapping().equals(TRUTH)
              ? new NumberType(Dtype.BOOL, false)
              : null;
      case BitField bits -> bits.getSize() == 1 ? new NumberType(Dtype.U8, false) : null;
      default -> null;
    };
  }

  private static @Nullable NumberType of(@Nullable Dtype dtype, ByteOrder order) {
    return dtype == null ? null : new NumberType(dtype, order == ByteOrder.BIG_ENDIAN);
  }

  private static @Nullable Dtype whole(int bytes, boolean signed) {
    return switch (bytes) {
      case 1 -> signed ? Dtype.I8 : Dtype.U8;
      case 2 -> signed ? Dtype.I16 : Dtype.U16;
      case 4 -> signed ? Dtype.I32 : Dtype.U32;
      case 8 -> signed ? Dtype.I64 : Dtype.U64;
      default -> null;
    };
  }

  /// By sign, exponent and mantissa, which the type spells out bit by bit.
  private static @Nullable Dtype real(FloatingPoint type) {
    if (is(type, 2, 5, 10, 15)) {
      return Dtype.F16;
    }
    if (is(type, 2, 8, 7, 127)) {
      return Dtype.BF16;
    }
    if (is(type, 4, 8, 23, 127)) {
      return Dtype.F32;
    }
    return is(type, 8, 11, 52, 1023) ? Dtype.F64 : null;
  }

  private static boolean is(FloatingPoint type, int bytes, int exponent, int mantissa, int bias) {
    return type.getSize() == bytes
        && type.getBitOffset() == 0
        && type.getBitPrecision() == 8 * bytes
        && type.getSignLocation() == 8 * bytes - 1
        && type.getExponentLocation() == mantissa
        && type.getExponentSize() == exponent
        && type.getMantissaLocation() == 0
        && type.getMantissaSize() == mantissa
        && type.getMantissaNormalization() == 2
        && type.getExponentBias() == bias;
  }

  /// Some words about a type, numbers or not.
  static String describe(DataType type) {
    NumberType number = of(type);
    if (number != null) {
      return number.dtype().toString();
    }
    return switch (type) {
      case StringData _ -> "texts";
      case VariableLength variable ->
          variable.isVariableLengthString() ? "texts" : "lists of varying length";
      case CompoundDataType _ -> "records of several fields";
      case EnumDataType names ->
          "names out of " + Hdf5File.shown(names.getEnumMapping().values().toString());
      case FixedPoint whole -> "whole numbers of " + whole.getBitPrecision() + " bits";
      case FloatingPoint real -> "floating-point numbers of " + real.getBitPrecision() + " bits";
      default -> "the type " + type.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }
}
