package ijen.format.safetensors;

import ijen.format.Dtype;
import ijen.format.Excerpt;
import ijen.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads a header and believes nothing of it: types, shapes and offsets must fit each other and the
/// file.
///
/// It takes the tokens as they come instead of building a tree of them, so that a header made to be
/// expensive costs no more than a small multiple of its own length.
final class HeaderReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // No table of names: it would outlive the file, and names made for it blow it up.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(40)
                  .maxStringLength(Safetensors.MOST_TEXT)
                  .maxNameLength(Safetensors.MOST_NAME)
                  .build())
          .build();

  private final String file;
  private final byte[] header;
  private final long dataLength;
  private final JsonParser parser;
  private final List<Entry> entries = new ArrayList<>();
  private Map<String, String> metadata = Map.of();
  private @Nullable String current; // whose description is being read

  private HeaderReader(String file, byte[] header, long dataLength, JsonParser parser) {
    this.file = file;
    this.header = header;
    this.dataLength = dataLength;
    this.parser = parser;
  }

  /// Reads and checks `header`, which stands at byte 8 of `file`, before `dataLength` bytes of
  /// data.
  static HeaderReader read(String file, byte[] header, long dataLength) throws FormatException {
    if (header[0] != '{') {
      throw new FormatException(
          file,
          "byte 8: expected a header that begins with '{', got "
              + "byte "
              + HexFormat.of().toHexDigits(header[0])
              + ": this is no safetensors file");
    }
    requireUtf8(file, header);
    Reader text = new InputStreamReader(new ByteArrayInputStream(header), StandardCharsets.UTF_8);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      HeaderReader reader = new HeaderReader(file, header, dataLength, parser);
      reader.header();
      String gap = Entry.gap(reader.entries, dataLength);
      if (gap != null) {
        throw new FormatException(file, gap);
      }
      return reader;
    } catch (JacksonException e) {
      throw new FormatException(
          file,
          at(header, e.getLocation()) + e.getOriginalMessage().replaceAll(", from `[^`]*`", ""),
          e);
    }
  }

  /// The texts, in the order of the header.
  Map<String, String> metadata() {
    return metadata;
  }

  /// The tensors, in the order of the header.
  List<Entry> entries() {
    return entries;
  }

  private void header() throws FormatException {
    Set<String> names = new HashSet<>();
    parser.nextToken();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser.currentName());
      if (!names.add(name)) {
        throw wrong("expected each name once, got '" + shown(name) + "' again");
      }
      if (names.size() > Safetensors.MOST_TENSORS + 1) {
        throw wrong("expected at most " + Safetensors.MOST_TENSORS + " tensors");
      }
      parser.nextToken();
      current = name;
      if (name.equals(Safetensors.METADATA)) {
        metadata = texts();
      } else {
        entries.add(tensor(name));
      }
      current = null;
    }
    if (parser.nextToken() != null) {
      throw wrong("expected only spaces after the header's object, got more");
    }
  }

  private Map<String, String> texts() throws FormatException {
    require(JsonToken.START_OBJECT, "an object of texts");
    Map<String, String> texts = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = text(parser.currentName());
      parser.nextToken();
      require(JsonToken.VALUE_STRING, "a text for each key");
      if (texts.put(key, text(parser.getString())) != null) {
        throw wrong("expected each key once, got '" + shown(key) + "' again");
      }
      if (texts.size() > Safetensors.MOST_TEXTS) {
        throw wrong("expected at most " + Safetensors.MOST_TEXTS + " texts");
      }
    }
    return texts;
  }

  private Entry tensor(String name) throws FormatException {
    require(JsonToken.START_OBJECT, "an object");
    Dtype dtype = null;
    int[] shape = null;
    long[] offsets = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      boolean first =
          switch (key) {
            case "dtype" -> dtype == null;
            case "shape" -> shape == null;
            case "data_offsets" -> offsets == null;
            default -> true;
          };
      if (!first) {
        throw wrong("expected '" + key + "' once");
      }
      switch (key) {
        case "dtype" -> dtype = dtype();
        case "shape" -> shape = shape();
        case "data_offsets" -> offsets = offsets();
        default -> parser.skipChildren(); // other writers may say more
      }
    }
    if (dtype == null || shape == null || offsets == null) {
      throw wrong("expected 'dtype', 'shape' and 'data_offsets', not all are there");
    }
    Entry entry = new Entry(name, dtype, shape, offsets[0], offsets[1]);
    String problem = entry.problem(dataLength);
    if (problem != null) {
      throw wrong(problem);
    }
    return entry;
  }

  private Dtype dtype() throws FormatException {
    require(JsonToken.VALUE_STRING, "a text as dtype");
    Dtype dtype = Dtype.named(parser.getString());
    if (dtype == null) {
      throw wrong("expected a dtype of " + Arrays.toString(Dtype.values()) + ", got " + got());
    }
    return dtype;
  }

  private int[] shape() throws FormatException {
    require(JsonToken.START_ARRAY, "an array as shape");
    int[] shape = new int[4];
    int rank = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (rank == Safetensors.MOST_DIMENSIONS) {
        throw wrong("expected at most " + Safetensors.MOST_DIMENSIONS + " dimensions");
      }
      if (rank == shape.length) {
        shape = Arrays.copyOf(shape, 2 * rank);
      }
      shape[rank++] = (int) natural("dimensions", Integer.MAX_VALUE);
    }
    return Arrays.copyOf(shape, rank);
  }

  private long[] offsets() throws FormatException {
    require(JsonToken.START_ARRAY, "an array as data_offsets");
    long[] offsets = new long[2];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == 2) {
        throw wrong("expected two data_offsets, got more");
      }
      offsets[count++] = natural("data_offsets", Long.MAX_VALUE);
    }
    if (count < 2) {
      throw wrong("expected two data_offsets, got " + count);
    }
    return offsets;
  }

  private long natural(String what, long most) throws FormatException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && parser.getLongValue() >= 0
        && parser.getLongValue() <= most) {
      return parser.getLongValue();
    }
    throw wrong("expected whole numbers from 0 to " + most + " as " + what + ", got " + got());
  }

  /// A text that can be written again: an escape may name half a surrogate pair, which UTF-8 has
  /// not.
  private String text(String text) throws FormatException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (text.codePointAt(i) <= Character.MAX_VALUE) {
          throw wrong("expected a text, got one with half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private void require(JsonToken token, String what) throws FormatException {
    if (parser.currentToken() != token) {
      throw wrong("expected " + what + ", got " + got());
    }
  }

  private String got() {
    String text = shown(String.valueOf(parser.getString()));
    return parser.currentToken() == JsonToken.VALUE_STRING ? "\"" + text + "\"" : text;
  }

  private FormatException wrong(String problem) {
    String whose = current == null ? "" : "'" + shown(current) + "': ";
    return new FormatException(file, at(header, parser.currentTokenLocation()) + whose + problem);
  }

  /// The place as a byte of the file; the parser counts characters.
  private static String at(byte[] header, @Nullable TokenStreamLocation place) {
    long characters = place == null ? -1 : place.getCharOffset();
    if (characters < 0) {
      return "header: ";
    }
    int i = 0;
    for (; i < header.length && characters > 0; i++) {
      int next = i + 1 < header.length ? header[i + 1] & 0xC0 : 0;
      if (next != 0x80) { // the last byte of a character; those of four bytes are two in Java
        characters -= (header[Math.max(0, i - 3)] & 0xF8) == 0xF0 ? 2 : 1;
      }
    }
    return "byte " + (8 + i) + ": ";
  }

  /// A text from the file, fit for a message: on one line and not long.
  static String shown(String text) {
    return Excerpt.of(text, 100);
  }

  private static void requireUtf8(String file, byte[] header) throws FormatException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // one that does not replace
    ByteBuffer in = ByteBuffer.wrap(header);
    CharBuffer ignored = CharBuffer.allocate(1 << 12);
    while (true) {
      CoderResult result = decoder.decode(in, ignored, true);
      if (result.isUnderflow()) {
        break;
      }
      if (result.isError()) {
        throw new FormatException(
            file, "byte " + (8 + in.position()) + ": expected the header to be UTF-8");
      }
      ignored.clear();
    }
  }
}
