package ijen.data;

import ijen.kernel.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of data sets and files.
final class Checksum {
  private Checksum() {}

  /// Of a data set: the two shapes and the size, then each sample's features and target.
  ///
  /// Grey values are hashed as bytes, other features and real targets as big-endian `float`, the
  /// number of a class as a big-endian `int`.
  static String of(Dataset dataset) {
    MessageDigest digest = sha256();
    boolean images = dataset.hasImages();
    boolean classes = dataset.target().rank() == 0 && !dataset.classes().isEmpty();
    String header =
        dataset.features()
            + (images ? " bytes, " : " floats, ")
            + dataset.target()
            + (classes ? " classes, " : " floats, ")
            + dataset.size();
    digest.update(header.getBytes(StandardCharsets.US_ASCII));
    float[] features = new float[images ? 0 : dataset.features().size()];
    float[] target = new float[dataset.target().size()];
    ByteBuffer bytes = ByteBuffer.allocate(4 * Math.max(features.length, target.length));
    for (int i = 0; i < dataset.size(); i++) {
      if (images) {
        digest.update(dataset.image(i));
      } else {
        dataset.putFeatures(i, 0, Buffer.of(features));
        update(digest, bytes, features);
      }
      if (classes) {
        bytes.clear().putInt(dataset.label(i)).flip();
        digest.update(bytes);
      } else {
        dataset.putTarget(i, 0, Buffer.of(target));
        update(digest, bytes, target);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, ByteBuffer bytes, float[] values) {
    bytes.clear();
    for (float value : values) {
      bytes.putFloat(value);
    }
    digest.update(bytes.flip());
  }

  /// Of a file.
  static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in, Long.MAX_VALUE);
    }
  }

  /// Of the bytes of a stream, which is not read further than `most` bytes and a buffer.
  static String of(InputStream in, long most) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    long count = 0;
    for (int got; count <= most && (got = in.read(buffer)) >= 0; count += got) {
      digest.update(buffer, 0, got);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
