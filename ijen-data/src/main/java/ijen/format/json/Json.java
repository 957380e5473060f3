package ijen.format.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads and writes JSON.
///
/// | JSON | read as | written from |
/// |---|---|---|
/// | object | `LinkedHashMap`, same order | `Map` keyed by strings or enums, [JsonObject] |
/// | array | `ArrayList` | `Iterable`, `Object[]`, `int[]`, `long[]`, `float[]`, `double[]` |
/// | string | `String` | a `CharSequence`, an enum (its name), a `Path` |
/// | whole number | `Long` | `Byte`, `Short`, `Integer`, `Long`, `BigInteger` |
/// | other number | `Double` | `Float`, `Double`: the shortest that reads back the same |
/// | `true`, `false`, `null` | `Boolean`, `null` | the same |
///
/// JSON has no word for NaN and the infinities: they are written as the strings `"NaN"`,
/// `"Infinity"` and `"-Infinity"`, and [JsonObject#number] takes these back.
///
/// **Range:** a text has at most [#MOST_CHARACTERS] characters, a file as many bytes; values are
/// nested at most [#MOST_DEPTH] deep and there are at most [#MOST_TOKENS] of them, which bounds the
/// memory. A whole number must fit 64 bits, any other must be within the range of a double. An
/// object with the same key twice is refused.
///
/// **Source:** RFC 8259.
public final class Json {
  /// The longest text that is read, and the largest file in bytes: 64 MiB.
  public static final int MOST_CHARACTERS = 1 << 26;

  /// How deep arrays and objects may be nested, in reading and writing.
  public static final int MOST_DEPTH = 200;

  /// How many names and values, of any kind, a text may have.
  public static final int MOST_TOKENS = 5_000_000;

  private Json() {}

  /// The value of a text; errors call it "JSON".
  ///
  /// @throws JsonException if it is not JSON or exceeds a limit
  public static @Nullable Object parse(String text) {
    return parse(text, "JSON");
  }

  /// The value of a text that errors call `source`, for example `metrics.jsonl line 17`.
  ///
  /// @throws JsonException if it is not JSON or exceeds a limit
  public static @Nullable Object parse(String text, String source) {
    return JsonReader.read(text, source);
  }

  /// The value of a file in UTF-8, with or without a byte order mark.
  ///
  /// @throws JsonException if it is not JSON or exceeds a limit
  /// @throws IOException if it cannot be read
  public static @Nullable Object parse(Path file) throws IOException {
    return parse(text(file), file.toString());
  }

  /// The object that a text is; `source` is what errors call it.
  ///
  /// @throws JsonException if it is not JSON, not an object, or exceeds a limit
  public static JsonObject object(String text, String source) {
    return JsonObject.of(parse(text, source), source);
  }

  /// The object that a file is.
  ///
  /// @throws JsonException if it is not JSON, not an object, or exceeds a limit
  /// @throws IOException if it cannot be read
  public static JsonObject object(Path file) throws IOException {
    return JsonObject.of(parse(file), file.toString());
  }

  /// A value on one line, without a line feed at its end.
  ///
  /// @throws IllegalArgumentException if it holds something that the table above does not list, or
  ///   a text with half a surrogate pair, or is nested too deep
  public static String line(@Nullable Object value) {
    return JsonWriter.write(value, false);
  }

  /// A value over several lines, indented by two spaces, with a line feed at its end; arrays
  /// without objects in them stay on one line.
  ///
  /// @throws IllegalArgumentException as [#line]
  public static String pretty(@Nullable Object value) {
    return JsonWriter.write(value, true);
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_CHARACTERS + 1);
    }
    if (bytes.length > MOST_CHARACTERS) {
      throw new JsonException(
          file + ": expected at most " + MOST_CHARACTERS + " bytes of JSON, got a larger file");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // one that does not replace
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new JsonException(file + ": byte " + in.position() + ": expected UTF-8");
    }
    out.flip();
    if (out.hasRemaining() && out.get(0) == '\uFEFF') {
      out.get();
    }
    return out.toString();
  }
}
