package ijen.kernel;

/// The number format in which a graph runs.
public enum Precision {
  /// 32-bit IEEE 754, computed by the SIMD kernels: for training and prediction.
  FLOAT(Float.BYTES),
  /// 64-bit IEEE 754, computed by the reference kernels: for checking gradients and for proofs.
  DOUBLE(Double.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /// The precision that the system property `ijen.kernels` asks for: [#DOUBLE] if it is
  /// `reference`, [#FLOAT] if it is `vector` or not set.
  ///
  /// @throws IllegalArgumentException if it says something else
  public static Precision chosen() {
    String kernels = System.getProperty("ijen.kernels", "vector");
    return switch (kernels) {
      case "vector" -> FLOAT;
      case "reference" -> DOUBLE;
      default ->
          throw new IllegalArgumentException(
              "-Dijen.kernels: expected vector or reference, got '" + kernels + "'");
    };
  }

  /// The size of one number in bytes.
  public int bytes() {
    return bytes;
  }
}
