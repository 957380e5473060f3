package ijen.format.npy;

import ijen.format.FormatException;
import ijen.format.GzipStream;
import ijen.format.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// Reads one array from a stream and believes nothing that it says.
///
/// Where the number of bytes is known it must be exactly what the header says before anything is
/// allocated. Where they come out of a compressed member the header is refused if no compression
/// could reach its size, and otherwise memory grows with what arrives and never beyond what the
/// header says.
final class NpyReader {
  /// Arrays of the JVM end a few elements below 2³¹.
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int PIECE = 1 << 16;

  private final String file;
  private final String name; // of the array
  private final String member; // the beginning of messages about a member of an archive
  private final InputStream in;
  private final long stored; // bytes, compressed or not
  private final boolean zipped;
  private long position;

  private NpyReader(
      String file, String name, String member, InputStream in, long stored, boolean zipped) {
    this.file = file;
    this.name = name;
    this.member = member;
    this.in = in;
    this.stored = stored;
    this.zipped = zipped;
  }

  /// Of a file, or content in memory, of so many bytes.
  static NpyReader of(String file, InputStream in, long length) {
    return new NpyReader(file, "array", "", in, length, false);
  }

  /// Of the member `name` of an archive, which takes so many bytes of it.
  static NpyReader ofMember(String file, String name, InputStream in, long stored, boolean zipped) {
    String member = "member '" + HeaderText.shown(name) + "': ";
    return new NpyReader(file, name, member, in, stored, zipped);
  }

  NpyHeader header() throws IOException {
    byte[] magic = need(6, "the 6 bytes that an NPY file begins with");
    if (!Arrays.equals(magic, NpyHeader.MAGIC)) {
      throw broken(
          0,
          "expected an NPY file, which begins with "
              + HexFormat.ofDelimiter(" ").formatHex(NpyHeader.MAGIC)
              + ", got "
              + HexFormat.ofDelimiter(" ").formatHex(magic));
    }
    byte[] version = need(2, "a version");
    int major = version[0] & 255;
    if (major < 1 || major > 3 || version[1] != 0) {
      throw broken(6, "expected version 1.0, 2.0 or 3.0, got " + major + "." + (version[1] & 255));
    }
    byte[] lengthBytes = Arrays.copyOf(need(major == 1 ? 2 : 4, "the header's length"), 4);
    int length = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 0 || length > Npy.MOST_HEADER) {
      throw broken(
          8,
          "expected a header of at most "
              + Npy.MOST_HEADER
              + " bytes, got "
              + Integer.toUnsignedString(length));
    }
    int begin = (int) position;
    byte[] text = need(length, "a header of " + length + " bytes");
    return HeaderText.read(file, member, begin, major, text);
  }

  /// The elements behind the header, in memory.
  Tensor tensor(NpyHeader header) throws IOException {
    byte[] elements = header.plain(zipped ? grow(header) : exact(header));
    return Tensor.inFile(file, name, header.dtype, header.shape, MemorySegment.ofArray(elements));
  }

  /// Where the elements begin; they must end where the file does.
  ///
  /// @throws FormatException if they do not
  long begin(NpyHeader header) throws FormatException {
    long bytes = header.bytes();
    if (bytes < 0) {
      throw broken(position, header + ": expected less than 2^60 bytes of elements");
    }
    long rest = stored - position;
    if (rest < bytes) {
      throw truncated(header, stored, rest);
    }
    if (rest > bytes) {
      throw tooLong(header, rest - bytes + " more");
    }
    return position;
  }

  private byte[] exact(NpyHeader header) throws IOException {
    begin(header);
    byte[] elements = new byte[inMemory(header)];
    // Piece by piece: a channel keeps native memory as large as the largest array read at once.
    for (int count = 0; count < elements.length; ) {
      int got = in.read(elements, count, Math.min(PIECE, elements.length - count));
      if (got < 0) { // it has shrunk since
        throw truncated(header, position + count, count);
      }
      count += got;
    }
    if (in.read() >= 0) {
      throw tooLong(header, "more");
    }
    return elements;
  }

  private byte[] grow(NpyHeader header) throws IOException {
    long claimed = header.bytes();
    if (claimed < 0 || claimed > stored * GzipStream.MOST_GROWTH) {
      throw broken(
          position,
          header + ": expected no more bytes than " + stored + " compressed ones can hold");
    }
    int bytes = inMemory(header);
    byte[] elements = new byte[Math.min(bytes, PIECE)];
    int count = 0;
    while (count < bytes) {
      if (count == elements.length) {
        elements = Arrays.copyOf(elements, (int) Math.min(bytes, 2L * count));
      }
      int got = in.read(elements, count, elements.length - count);
      if (got < 0) {
        throw truncated(header, position + count, count);
      }
      count += got;
    }
    if (in.read() >= 0) {
      throw tooLong(header, "more");
    }
    return elements;
  }

  private int inMemory(NpyHeader header) throws FormatException {
    if (header.bytes() > MOST_BYTES) {
      throw broken(
          position,
          header
              + ": expected at most "
              + MOST_BYTES
              + " bytes of elements to be read into memory, got "
              + header.bytes()
              + (header.isPlain() && member.isEmpty() ? "; Npy.open leaves them in the file" : ""));
    }
    return (int) header.bytes();
  }

  private byte[] need(int count, String what) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw broken(
          position + bytes.length,
          "expected " + what + ", " + (member.isEmpty() ? "the file ends" : "the member ends"));
    }
    position += count;
    return bytes;
  }

  private FormatException truncated(NpyHeader header, long at, long got) {
    return broken(
        at,
        "expected "
            + header.bytes()
            + " bytes of elements for "
            + header
            + ", got "
            + got
            + ": it is truncated or its header wrong");
  }

  private FormatException tooLong(NpyHeader header, String rest) {
    return broken(
        position + header.bytes(),
        "expected the end after "
            + header.bytes()
            + " bytes of elements for "
            + header
            + ", got "
            + rest);
  }

  private FormatException broken(long at, String problem) {
    return new FormatException(file, member + "byte " + at + ": " + problem);
  }
}
