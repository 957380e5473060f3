package ijen.graph;

import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One number for each scalar parameter of a network, in one flat buffer.
///
/// Its three kinds have the same layout and are kept apart by type, so that a gradient is not
/// handed over where a point is expected.
public abstract sealed class ParameterVector permits Theta, Gradient, Direction {
  private final Parameters parameters;
  private final Buffer values;
  private final Buffer[] slices;

  ParameterVector(Parameters parameters, Precision precision) {
    this.parameters = parameters;
    this.values = Buffer.allocate(precision, parameters.size());
    this.slices = new Buffer[parameters.count()];
    for (Parameter parameter : parameters) {
      slices[parameter.index()] = values.slice(parameter.offset(), parameter.size());
    }
  }

  /// The layout.
  public final Parameters parameters() {
    return parameters;
  }

  /// The number of scalars.
  public final int size() {
    return parameters.size();
  }

  /// All scalars, in the order of the layout; shared, not copied.
  public Buffer values() {
    return values;
  }

  /// The scalars of one parameter; shared, not copied.
  public Buffer slice(Parameter parameter) {
    return slices[parameter.index()];
  }

  final Buffer slice(int index) {
    return slices[index];
  }

  /// Takes over all scalars of `source`, which has the same layout.
  public void copyFrom(ParameterVector source) {
    values.copyFrom(source.values);
  }

  /// The SHA-256 of all scalars as little-endian IEEE 754 numbers, in lower-case hexadecimal: equal
  /// for two vectors exactly if all their bits are.
  public String sha256() {
    return sha256(values);
  }

  static String sha256(Buffer... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bytes = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
      for (Buffer part : parts) {
        for (int i = 0; i < part.length(); i++) {
          if (bytes.remaining() < Double.BYTES) {
            digest.update(bytes.flip());
            bytes.clear();
          }
          switch (part.precision()) {
            case FLOAT -> bytes.putFloat((float) part.get(i));
            case DOUBLE -> bytes.putDouble(part.get(i));
          }
        }
      }
      digest.update(bytes.flip());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
