package ijen.format.idx;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The element types of an IDX file.
public enum IdxType {
  /// Whole numbers from 0 to 255.
  UBYTE(0x08, 1),
  /// Whole numbers from −128 to 127.
  BYTE(0x09, 1),
  /// 16-bit whole numbers.
  SHORT(0x0B, 2),
  /// 32-bit whole numbers.
  INT(0x0C, 4),
  /// 32-bit floating-point numbers.
  FLOAT(0x0D, 4),
  /// 64-bit floating-point numbers.
  DOUBLE(0x0E, 8);

  private final int code;
  private final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /// The type's number in the file's third byte.
  public int code() {
    return code;
  }

  /// How many bytes an element takes.
  public int bytes() {
    return bytes;
  }

  static @Nullable IdxType ofCode(int code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  /// For example `ubyte`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
