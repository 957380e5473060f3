package ijen.format;

import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/// Files of text that hold tables.
public final class Tables {
  private Tables() {}

  /// A changed table as a file, sometimes gzipped, sometimes changed again after that. In memory a
  /// value takes at most 4 bytes, though `1,` as text takes 2.
  public static Fuzz.Sample sample(byte[] text, RandomGenerator random) throws IOException {
    long values = 1;
    for (byte b : text) {
      values += b == ',' || b == ';' || b == '\t' || b == '\n' || b == '\r' ? 1 : 0;
    }
    long held = Float.BYTES * values;
    if (random.nextInt(4) > 0) {
      return Fuzz.Sample.of(text).holding(held);
    }
    byte[] zipped = zip(text);
    byte[] changed = random.nextBoolean() ? Changes.any(zipped, random) : zipped;
    return Fuzz.Sample.of(changed).holding(held + text.length);
  }

  private static byte[] zip(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text);
    }
    return out.toByteArray();
  }
}
