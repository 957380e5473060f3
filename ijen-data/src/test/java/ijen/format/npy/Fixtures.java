package ijen.format.npy;

import ijen.format.Dtype;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The files that NumPy has written, and the values that are in them.
final class Fixtures {
  /// The types by the names that the files give them.
  static final Map<String, Dtype> TYPES = types();

  private Fixtures() {}

  private static Map<String, Dtype> types() {
    Map<String, Dtype> types = new LinkedHashMap<>();
    types.put("b1", Dtype.BOOL);
    types.put("i1", Dtype.I8);
    types.put("u1", Dtype.U8);
    types.put("i2", Dtype.I16);
    types.put("u2", Dtype.U16);
    types.put("i4", Dtype.I32);
    types.put("u4", Dtype.U32);
    types.put("i8", Dtype.I64);
    types.put("u8", Dtype.U64);
    types.put("f2", Dtype.F16);
    types.put("f4", Dtype.F32);
    types.put("f8", Dtype.F64);
    return types;
  }

  static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The members of an archive as bytes, by name.
  static Map<String, byte[]> members(Path file) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          members.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return members;
  }

  /// A member of an archive as bytes.
  static byte[] member(String file, String name) throws IOException {
    return Objects.requireNonNull(members(file(file)).get(name), name);
  }

  /// The six values of a type, little-endian.
  static byte[] six(Dtype dtype) {
    int size = dtype.bits() / 8;
    ByteBuffer bytes = ByteBuffer.allocate(6 * size).order(ByteOrder.LITTLE_ENDIAN);
    switch (dtype) {
      case BOOL -> bytes.put(new byte[] {1, 0, 1, 1, 0, 0});
      case F16 -> {
        for (float value :
            new float[] {1.5f, -0f, 65504, 5.9604645e-8f, Float.POSITIVE_INFINITY, Float.NaN}) {
          bytes.putShort(Float.floatToFloat16(value));
        }
      }
      case F32 -> {
        for (float value :
            new float[] {
              1.5f, -0f, Float.MAX_VALUE, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN
            }) {
          bytes.putFloat(value);
        }
      }
      case F64 -> {
        for (double value :
            new double[] {
              1.5, -0.0, Double.MAX_VALUE, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN
            }) {
          bytes.putDouble(value);
        }
      }
      default -> {
        BigInteger range = BigInteger.TWO.pow(dtype.bits());
        BigInteger half = BigInteger.TWO.pow(dtype.bits() - 1);
        BigInteger one = BigInteger.ONE;
        BigInteger answer = BigInteger.valueOf(42);
        List<BigInteger> values =
            dtype.name().startsWith("U")
                ? List.of(
                    BigInteger.ZERO,
                    one,
                    answer,
                    half,
                    range.subtract(BigInteger.TWO),
                    range.subtract(one))
                : List.of(
                    half.negate(), one.negate(), BigInteger.ZERO, one, answer, half.subtract(one));
        for (BigInteger value : values) {
          for (int i = 0; i < size; i++) {
            bytes.put(value.shiftRight(8 * i).byteValue());
          }
        }
      }
    }
    return bytes.array();
  }
}
