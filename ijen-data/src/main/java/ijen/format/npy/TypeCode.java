package ijen.format.npy;

import ijen.format.Dtype;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The texts by which NumPy names types: byte order, kind, bytes, for example `<f4`.
final class TypeCode {
  private static final Pattern FORM = Pattern.compile("([<>|=]?)([a-zA-Z?])([0-9]{0,9})(.*)");

  private TypeCode() {}

  /// The code of a type.
  ///
  /// @throws IllegalArgumentException if NumPy has no such type
  static String of(Dtype dtype) {
    return switch (dtype) {
      case BOOL -> "|b1";
      case U8 -> "|u1";
      case I8 -> "|i1";
      case U16 -> "<u2";
      case I16 -> "<i2";
      case U32 -> "<u4";
      case I32 -> "<i4";
      case U64 -> "<u8";
      case I64 -> "<i8";
      case F16 -> "<f2";
      case F32 -> "<f4";
      case F64 -> "<f8";
      case C64 -> throw refused(dtype, "complex numbers are not written");
      case BF16 -> throw refused(dtype, "NumPy has no such type; convert it to F32");
      case F4, F6_E2M3, F6_E3M2, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ ->
          throw refused(dtype, "NumPy has no such type");
    };
  }

  private static IllegalArgumentException refused(Dtype dtype, String why) {
    return new IllegalArgumentException(
        "NPY: expected booleans, whole numbers, F16, F32 or F64, got " + dtype + ": " + why);
  }

  /// The type that a code names; null if it is none that is read.
  static @Nullable Dtype dtype(String code) {
    Matcher form = FORM.matcher(code);
    if (!form.matches() || !form.group(4).isEmpty()) {
      return null;
    }
    Dtype dtype =
        switch (form.group(2) + form.group(3)) {
          case "b1" -> Dtype.BOOL;
          case "u1" -> Dtype.U8;
          case "i1" -> Dtype.I8;
          case "u2" -> Dtype.U16;
          case "i2" -> Dtype.I16;
          case "u4" -> Dtype.U32;
          case "i4" -> Dtype.I32;
          case "u8" -> Dtype.U64;
          case "i8" -> Dtype.I64;
          case "f2" -> Dtype.F16;
          case "f4" -> Dtype.F32;
          case "f8" -> Dtype.F64;
          default -> null;
        };
    String order = form.group(1);
    boolean ordered = order.equals("<") || order.equals(">");
    boolean singleByte = dtype != null && dtype.bits() == 8 && order.equals("|");
    return ordered || singleByte ? dtype : null;
  }

  /// What a code that is not read stands for.
  static String meaning(String code) {
    Matcher form = FORM.matcher(code);
    if (!form.matches()) {
      return "no type of NumPy";
    }
    if (dtype("<" + form.group(2) + form.group(3) + form.group(4)) != null) {
      return "a type without its byte order, < or >";
    }
    return switch (form.group(2)) {
      case "O" -> "Python objects, whose bytes are a program";
      case "S", "a" -> "strings of bytes";
      case "U" -> "strings";
      case "V" -> "raw bytes";
      case "c" -> "complex numbers";
      case "M" -> "dates";
      case "m" -> "spans of time";
      case "f" -> "floating-point numbers of a size that differs by machine";
      default -> "no type of NumPy that holds numbers";
    };
  }
}
