package ijen.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses gzip, and says at which byte of the file something is wrong.
///
/// Unlike the JDK's stream it accepts nothing it cannot check: every member's checksum and length
/// must agree, and after the last member the file must end. Memory is one buffer, whatever the file
/// claims.
///
/// **Source:** Deutsch, "GZIP file format specification version 4.3", RFC 1952.
public final class GzipStream extends InputStream {
  /// No deflate stream grows more than this from compressed to plain: 258 bytes for 2 bits.
  public static final long MOST_GROWTH = 1032;

  private final String file;
  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[1 << 14];
  private int next; // of the buffer
  private int end;
  private long taken; // bytes that left the file
  private boolean inMember;
  private boolean finished;

  /// Decompresses `in`; `file` is what errors call it.
  public GzipStream(String file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, into.length);
    if (count == 0) {
      return 0;
    }
    while (!finished) {
      if (!inMember) {
        header();
      }
      int got = inflate(into, from, count);
      if (got > 0) {
        return got;
      }
      trailer();
    }
    return -1;
  }

  /// Decompresses until something comes out, or returns 0 at the end of the member.
  private int inflate(byte[] into, int from, int count) throws IOException {
    try {
      while (true) {
        int got = inflater.inflate(into, from, count);
        if (got > 0) {
          checksum.update(into, from, got);
          return got;
        }
        if (inflater.finished()) {
          next = end - inflater.getRemaining();
          return 0;
        }
        next = end;
        if (!fill()) {
          throw broken("expected more compressed data, the file ends");
        }
        inflater.setInput(buffer, 0, end);
      }
    } catch (DataFormatException wrong) {
      next = end - inflater.getRemaining();
      throw broken("expected deflate data, got bytes that are none (" + wrong.getMessage() + ")");
    }
  }

  private void header() throws IOException {
    if (need() != 0x1F || need() != 0x8B) {
      throw broken("expected the two bytes 1f 8b of a gzip member");
    }
    int method = need();
    if (method != 8) {
      throw broken("expected compression method 8 (deflate), got " + method);
    }
    int flags = need();
    if ((flags & 0xE0) != 0) {
      throw broken("expected flags below 32, got " + flags);
    }
    skip(6); // time, level, operating system
    if ((flags & 4) != 0) {
      skip(need() | need() << 8); // extra field
    }
    if ((flags & 8) != 0) {
      skipText(); // name
    }
    if ((flags & 16) != 0) {
      skipText(); // comment
    }
    if ((flags & 2) != 0) {
      skip(2); // checksum of the header
    }
    checksum.reset();
    inflater.reset();
    inflater.setInput(buffer, next, end - next);
    inMember = true;
  }

  private void trailer() throws IOException {
    long claimedChecksum = needInt();
    if (claimedChecksum != checksum.getValue()) {
      throw broken(
          "expected data with the checksum "
              + Long.toHexString(claimedChecksum)
              + ", got data with "
              + Long.toHexString(checksum.getValue()));
    }
    long claimedLength = needInt();
    long length = inflater.getBytesWritten() & 0xFFFFFFFFL;
    if (claimedLength != length) {
      throw broken("expected " + claimedLength + " decompressed bytes, got " + length);
    }
    inMember = false;
    finished = next == end && !fill();
  }

  private long needInt() throws IOException {
    return need() | need() << 8 | need() << 16 | (long) need() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      need();
    }
  }

  private void skipText() throws IOException {
    while (need() != 0) {
      // up to the zero that ends it
    }
  }

  private int need() throws IOException {
    if (next == end && !fill()) {
      throw broken("expected the rest of a gzip header or trailer, the file ends");
    }
    return buffer[next++] & 255;
  }

  private boolean fill() throws IOException {
    int got = in.readNBytes(buffer, 0, buffer.length);
    if (got == 0) {
      return false;
    }
    taken += got;
    next = 0;
    end = got;
    return true;
  }

  private FormatException broken(String problem) {
    return new FormatException(file, "compressed byte " + (taken - (end - next)) + ": " + problem);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
