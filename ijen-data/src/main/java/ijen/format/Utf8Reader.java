package ijen.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads the text of a file in UTF-8, plain or gzipped, and counts its characters.
///
/// Whether it is gzipped is seen from its content; a byte order mark at its beginning is left out.
/// Bytes that are no UTF-8 are a [FormatException], as are damaged compressed ones.
public final class Utf8Reader extends Reader {
  private final String file;
  private final Reader in;
  private long count;

  private Utf8Reader(String file, Reader in) {
    this.file = file;
    this.in = in;
  }

  /// Opens a file.
  ///
  /// @throws IOException if it cannot be read, or is no ordinary file
  public static Utf8Reader open(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected a file of text, but this is no ordinary file");
    }
    InputStream in = Files.newInputStream(file);
    try {
      return of(file.toString(), in);
    } catch (Throwable failure) {
      in.close();
      throw failure;
    }
  }

  /// Reads a file that is already in memory; `name` is what errors call it.
  public static Utf8Reader of(String name, byte[] content) throws IOException {
    return of(name, new ByteArrayInputStream(content));
  }

  private static Utf8Reader of(String name, InputStream content) throws IOException {
    PushbackInputStream in = new PushbackInputStream(content, 3);
    byte[] start = in.readNBytes(2);
    in.unread(start);
    boolean zipped = start.length == 2 && start[0] == 0x1F && start[1] == (byte) 0x8B;
    PushbackInputStream plain = zipped ? new PushbackInputStream(new GzipStream(name, in), 3) : in;
    byte[] mark = plain.readNBytes(3);
    boolean marked =
        mark.length == 3
            && mark[0] == (byte) 0xEF
            && mark[1] == (byte) 0xBB
            && mark[2] == (byte) 0xBF;
    if (!marked) {
      plain.unread(mark);
    }
    return new Utf8Reader(
        name,
        new InputStreamReader(
            plain,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /// How many characters were read so far.
  public long count() {
    return count;
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    try {
      int got = in.read(into, from, length);
      count += Math.max(0, got);
      return got;
    } catch (CharacterCodingException wrong) {
      throw new FormatException(
          file, "expected text in UTF-8, got other bytes soon after character " + count, wrong);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
