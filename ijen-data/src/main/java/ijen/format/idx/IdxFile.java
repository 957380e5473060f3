package ijen.format.idx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ijen.format.AtomicFile;
import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.GzipStream;
import ijen.format.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Reads and writes IDX files, plain or gzipped.
///
/// A file is believed only as far as it goes: the size in the header must be exactly the size of
/// what follows. For a plain file that is known before anything is allocated. For a gzipped one the
/// header is refused if no compression could reach its size, and otherwise memory grows with what
/// arrives and never beyond the size in the header.
public final class IdxFile {
  /// Arrays of the JVM end a few elements below 2³¹.
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int FIRST_ROOM = 1 << 16;
  private static final int CHUNK = 1 << 16; // whole numbers of any type

  /// The types by the byte that stands for them.
  private static final Map<Integer, Dtype> TYPES =
      new TreeMap<>(
          Map.of(
              0x08, Dtype.U8, 0x09, Dtype.I8, 0x0B, Dtype.I16, 0x0C, Dtype.I32, 0x0D, Dtype.F32,
              0x0E, Dtype.F64));

  private final String file;
  private final InputStream in;
  private final long stored; // bytes in the file
  private final boolean zipped;
  private long position;

  private IdxFile(String file, InputStream in, long stored, boolean zipped) {
    this.file = file;
    this.in = in;
    this.stored = stored;
    this.zipped = zipped;
  }

  /// Reads a file; whether it is gzipped is seen from its content, not from its name.
  ///
  /// @throws FormatException if it is no IDX file, truncated, too long or damaged
  /// @throws IOException if it cannot be read
  public static Tensor read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected an IDX file, but this is no ordinary file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, Files.size(file));
    }
  }

  /// Reads an IDX file that is already in memory; `name` is what errors call it.
  ///
  /// @throws FormatException if it is no IDX file, truncated, too long or damaged
  public static Tensor read(String name, byte[] content) throws IOException {
    return read(name, new ByteArrayInputStream(content), content.length);
  }

  private static Tensor read(String name, InputStream content, long length) throws IOException {
    PushbackInputStream in = new PushbackInputStream(content, 2);
    byte[] start = in.readNBytes(2);
    in.unread(start);
    if (start.length == 2 && start[0] == 0x1F && start[1] == (byte) 0x8B) {
      try (GzipStream unzipped = new GzipStream(name, in)) {
        return new IdxFile(name, unzipped, length, true).array();
      }
    }
    return new IdxFile(name, in, length, false).array();
  }

  private Tensor array() throws IOException {
    byte[] magic = need(4, "an IDX header of 4 bytes");
    if (magic[0] != 0 || magic[1] != 0) {
      throw broken(
          0,
          "expected an IDX file, which begins with 00 00, got "
              + hex(magic[0])
              + " "
              + hex(magic[1]));
    }
    Dtype type = TYPES.get(magic[2] & 255);
    if (type == null) {
      throw broken(2, "expected an element type of 08, 09, 0b, 0c, 0d or 0e, got " + hex(magic[2]));
    }
    int[] shape = shape(type, magic[3] & 255);
    int bytes = (int) type.bytes(Tensor.elements(shape));
    byte[] data = zipped ? grow(bytes, shape, type) : exact(bytes, shape, type);
    Tensor.reverse(data, type.bits() / 8);
    return Tensor.ofShared(type, data, shape);
  }

  private int[] shape(Dtype type, int rank) throws IOException {
    int[] dimensions = new int[rank];
    long bytes = type.bits() / 8;
    for (int i = 0; i < rank; i++) {
      long at = position;
      String which = "dimension " + i + " of " + rank;
      int dimension = ByteBuffer.wrap(need(4, which)).getInt();
      if (dimension < 1) {
        throw broken(
            at, "expected " + which + " to be 1 to 2147483647, got " + (dimension & 0xFFFFFFFFL));
      }
      bytes *= dimension;
      if (bytes > MOST_BYTES) {
        throw broken(
            at,
            which
                + " is "
                + dimension
                + ": expected an array of at most "
                + MOST_BYTES
                + " bytes in all, got "
                + bytes
                + " or more");
      }
      dimensions[i] = dimension;
    }
    return dimensions;
  }

  /// The elements of a plain file, whose length must be right before they are given room.
  private byte[] exact(int bytes, int[] shape, Dtype type) throws IOException {
    long rest = stored - position;
    if (rest < bytes) {
      throw truncated(stored, bytes, rest, shape, type);
    }
    if (rest > bytes) {
      throw tooLong(rest - bytes + " more", shape, type, bytes);
    }
    byte[] data = new byte[bytes];
    int got = in.readNBytes(data, 0, bytes);
    if (got < bytes) { // it has shrunk since
      throw truncated(position + got, bytes, got, shape, type);
    }
    position += bytes;
    if (in.read() >= 0) {
      throw tooLong("more", shape, type, bytes);
    }
    return data;
  }

  /// The elements of a gzipped file: room grows with what arrives.
  private byte[] grow(int bytes, int[] shape, Dtype type) throws IOException {
    if (bytes > stored * GzipStream.MOST_GROWTH) {
      throw broken(
          position,
          what(shape, type)
              + " needs "
              + bytes
              + " bytes, more than "
              + stored
              + " compressed bytes can hold");
    }
    byte[] data = new byte[Math.min(bytes, FIRST_ROOM)];
    int count = 0;
    while (count < bytes) {
      if (count == data.length) {
        data = Arrays.copyOf(data, (int) Math.min(bytes, 2L * data.length));
      }
      int got = in.read(data, count, data.length - count);
      if (got < 0) {
        throw truncated(position + count, bytes, count, shape, type);
      }
      count += got;
    }
    position += bytes;
    if (in.read() >= 0) {
      throw tooLong("more", shape, type, bytes);
    }
    return data;
  }

  private byte[] need(int count, String what) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw broken(
          position + bytes.length,
          "expected " + what + ", the " + (zipped ? "decompressed data end" : "file ends"));
    }
    position += count;
    return bytes;
  }

  private FormatException truncated(long at, int bytes, long got, int[] shape, Dtype type) {
    return broken(
        at,
        "expected "
            + bytes
            + " bytes of elements for "
            + what(shape, type)
            + ", got "
            + got
            + ": the file is truncated or its header wrong");
  }

  private FormatException tooLong(String rest, int[] shape, Dtype type, int bytes) {
    return broken(
        4L + 4L * shape.length + bytes,
        "expected the end after "
            + bytes
            + " bytes of elements for "
            + what(shape, type)
            + ", got "
            + rest);
  }

  private FormatException broken(long at, String problem) {
    return new FormatException(
        file, (zipped ? "decompressed byte " : "byte ") + at + ": " + problem);
  }

  private static String what(int[] shape, Dtype type) {
    return type + " " + Arrays.toString(shape);
  }

  private static String hex(byte value) {
    return HexFormat.of().toHexDigits(value);
  }

  /// Writes an array, gzipped if the file's name ends with `.gz`; the file appears whole or not at
  /// all.
  ///
  /// The same array gives the same bytes always.
  ///
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public static void write(Path file, Tensor array) throws IOException {
    AtomicFile.writeByEnding(file, out -> write(out, array));
  }

  /// Writes an array, not gzipped, to a stream that stays open.
  ///
  /// @throws IllegalArgumentException if the array has more than 255 dimensions, or a type that the
  ///   format does not know
  public static void write(OutputStream out, Tensor array) throws IOException {
    int[] shape = array.shape();
    if (shape.length > 255) {
      throw new IllegalArgumentException(
          "an IDX file has at most 255 dimensions, this array has " + shape.length);
    }
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
    header.putShort((short) 0).put((byte) code(array.dtype())).put((byte) shape.length);
    for (int dimension : shape) {
      header.putInt(dimension);
    }
    out.write(header.array());
    MemorySegment data = array.data();
    int size = array.dtype().bits() / 8;
    for (long done = 0; done < data.byteSize(); done += CHUNK) {
      byte[] chunk = data.asSlice(done, Math.min(CHUNK, data.byteSize() - done)).toArray(JAVA_BYTE);
      Tensor.reverse(chunk, size);
      out.write(chunk);
    }
  }

  private static int code(Dtype type) {
    for (Map.Entry<Integer, Dtype> entry : TYPES.entrySet()) {
      if (entry.getValue() == type) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException(
        "an IDX file holds numbers of type " + TYPES.values() + ", not " + type);
  }
}
