package ijen.format;

import org.jspecify.annotations.Nullable;

/// The types that numbers in files have, by the names that they have in safetensors files.
///
/// Types without numbers here ([#hasNumbers]) can be listed, and their bytes read and written, but
/// not converted to Java's types.
///
/// **Source:** the safetensors library by Hugging Face, version 0.8; F4, F6 and F8_E8M0: OCP
/// Microscaling Formats (MX) Specification 1.0; F8_E5M2 and F8_E4M3: Micikevicius et al., "FP8
/// formats for deep learning", arXiv:2209.05433.
public enum Dtype {
  /// One byte: 0 is false, any other true.
  BOOL(8, true),
  /// Whole numbers from 0 to 255.
  U8(8, true),
  /// Whole numbers from −128 to 127.
  I8(8, true),
  /// 16-bit whole numbers.
  I16(16, true),
  /// 16-bit whole numbers without sign.
  U16(16, true),
  /// 32-bit whole numbers.
  I32(32, true),
  /// 32-bit whole numbers without sign.
  U32(32, true),
  /// 64-bit whole numbers.
  I64(64, true),
  /// 64-bit whole numbers without sign.
  U64(64, true),
  /// 16-bit floating-point numbers of IEEE 754.
  F16(16, true),
  /// The upper half of an [#F32].
  BF16(16, true),
  /// 32-bit floating-point numbers.
  F32(32, true),
  /// 64-bit floating-point numbers.
  F64(64, true),
  /// Complex numbers of two [#F32].
  C64(64, false),
  /// 4-bit floating-point numbers, two to a byte.
  F4(4, false),
  /// 6-bit floating-point numbers with 2 bits of exponent.
  F6_E2M3(6, false),
  /// 6-bit floating-point numbers with 3 bits of exponent.
  F6_E3M2(6, false),
  /// 8-bit floating-point numbers with 5 bits of exponent.
  F8_E5M2(8, false),
  /// 8-bit floating-point numbers with 4 bits of exponent.
  F8_E4M3(8, false),
  /// 8-bit powers of two.
  F8_E8M0(8, false),
  /// As [#F8_E4M3], without infinities and negative zero.
  F8_E4M3FNUZ(8, false),
  /// As [#F8_E5M2], without infinities and negative zero.
  F8_E5M2FNUZ(8, false);

  private final int bits;
  private final boolean numbers;

  Dtype(int bits, boolean numbers) {
    this.bits = bits;
    this.numbers = numbers;
  }

  /// How many bits an element takes.
  public int bits() {
    return bits;
  }

  /// Whether [Tensor] can convert the elements to Java's numbers.
  public boolean hasNumbers() {
    return numbers;
  }

  /// How many bytes `elements` of this type take; −1 if that is no whole number, or beyond a
  /// `long`.
  public long bytes(long elements) {
    return elements > Long.MAX_VALUE / bits || elements * bits % 8 != 0 ? -1 : elements * bits / 8;
  }

  /// The type of that name; null if there is none.
  public static @Nullable Dtype named(String name) {
    for (Dtype dtype : values()) {
      if (dtype.name().equals(name)) {
        return dtype;
      }
    }
    return null;
  }
}
