package ijen.format.onnx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ijen.format.Excerpt;
import ijen.format.FormatException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Goes through the fields of a protocol buffers message that lies in memory: [#next] moves to a
/// field, then exactly one of the methods below it takes its value.
///
/// Nothing is allocated but texts and numbers that are asked for. All readers of a file share one
/// allowance of fields and of numbers in lists, [OnnxFile#MOST_FIELDS], so that a file of a million
/// empty messages does not become a million objects.
///
/// **Source:** "Encoding" in the documentation of protocol buffers.
final class WireReader {
  static final int VARINT = 0;
  static final int EIGHT_BYTES = 1;
  static final int LENGTH = 2;
  static final int FOUR_BYTES = 5;

  private final String file;
  private final String what; // for messages: "graph"
  private final MemorySegment data;
  private final int[] allowance; // one number, shared by all readers of a file
  private long at;
  private final long end;
  private int field;
  private int kind;

  private WireReader(
      String file, String what, MemorySegment data, long at, long end, int[] allowance) {
    this.file = file;
    this.what = what;
    this.data = data;
    this.at = at;
    this.end = end;
    this.allowance = allowance;
  }

  /// A reader of the message that fills `data`.
  WireReader(String file, String what, MemorySegment data) {
    this(file, what, data, 0, data.byteSize(), new int[] {OnnxFile.MOST_FIELDS});
  }

  /// Moves to the next field; false at the end of the message.
  boolean next() throws FormatException {
    if (at == end) {
      return false;
    }
    spend();
    long start = at;
    long tag = varint();
    field = (int) (tag >>> 3);
    kind = (int) (tag & 7);
    if (tag >>> 3 < 1 || tag >>> 3 >= 1 << 29) {
      throw wrong(start, "expected the number of a field, 1 to 536870911, got " + (tag >>> 3));
    }
    return true;
  }

  private void spend() throws FormatException {
    if (--allowance[0] < 0) {
      throw wrong(at, "expected at most " + OnnxFile.MOST_FIELDS + " fields and numbers in lists");
    }
  }

  /// The number of the field.
  int field() {
    return field;
  }

  /// A whole number.
  long whole() throws FormatException {
    require(VARINT, "a whole number");
    return varint();
  }

  /// A number.
  float number() throws FormatException {
    require(FOUR_BYTES, "a number of 4 bytes");
    return fourBytes(end);
  }

  /// A run of bytes, as a window on the file.
  MemorySegment bytes() throws FormatException {
    long length = length("a run of bytes");
    at += length;
    return data.asSlice(at - length, length);
  }

  /// A text of at most `most` bytes.
  String text(int most) throws FormatException {
    long length = length("a text");
    if (length > most) {
      throw wrong(at, "expected a text of at most " + most + " bytes, got " + length);
    }
    byte[] bytes = data.asSlice(at, length).toArray(JAVA_BYTE);
    at += length;
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// A message, whose own reader comes back; `what` is what errors call it.
  WireReader message(String what) throws FormatException {
    long length = length("a message, " + what + ",");
    at += length;
    return new WireReader(file, what, data, at - length, at, allowance);
  }

  /// Adds whole numbers to a list, from a field that holds one of them, or all after one another.
  void wholes(List<Long> into) throws FormatException {
    if (kind == VARINT) {
      into.add(varint());
      return;
    }
    long length = length("whole numbers"); // moves to the first
    long stop = at + length;
    while (at < stop) {
      spend();
      into.add(varint());
    }
    if (at != stop) {
      throw wrong(stop, "expected a list of whole numbers to end here");
    }
  }

  /// Adds numbers to a list, from a field that holds one of them, or all after one another.
  void numbers(List<Float> into) throws FormatException {
    if (kind == FOUR_BYTES) {
      into.add(fourBytes(end));
      return;
    }
    long length = length("numbers");
    if (length % Float.BYTES != 0) {
      throw wrong(at, "expected numbers of 4 bytes each, got " + length + " bytes");
    }
    for (long stop = at + length; at < stop; ) {
      spend();
      into.add(fourBytes(stop));
    }
  }

  /// Leaves out the field's value, which has no meaning here.
  void skip() throws FormatException {
    switch (kind) {
      case VARINT -> varint();
      case LENGTH -> {
        long length = length("a value"); // moves to the first byte
        at += length;
      }
      case EIGHT_BYTES, FOUR_BYTES -> {
        int count = kind == EIGHT_BYTES ? Long.BYTES : Float.BYTES;
        if (count > end - at) {
          throw wrong(
              at, "expected " + count + " bytes, but " + what + " ends after " + (end - at));
        }
        at += count;
      }
      default -> throw wrong(at, "expected a kind of field, 0, 1, 2 or 5, got " + kind);
    }
  }

  /// The failure that this field, which `why` tells about, is not supported.
  FormatException unsupported(String why) {
    return wrong(at, "field " + field + ": " + why);
  }

  /// A failure at this place.
  FormatException wrong(String problem) {
    return wrong(at, problem);
  }

  private FormatException wrong(long place, String problem) {
    return new FormatException(file, "byte " + place + ": " + what + ": " + problem);
  }

  private void require(int expected, String name) throws FormatException {
    if (kind != expected) {
      throw wrong(at, "field " + field + ": expected " + name + ", got a field of kind " + kind);
    }
  }

  private long length(String name) throws FormatException {
    require(LENGTH, name);
    long start = at;
    long length = varint();
    if (length < 0 || length > end - at) {
      throw wrong(
          start,
          "field "
              + field
              + ": expected "
              + name
              + " of at most the "
              + (end - at)
              + " bytes that are left, got a length of "
              + Long.toUnsignedString(length));
    }
    return length;
  }

  private float fourBytes(long stop) throws FormatException {
    if (stop - at < Float.BYTES) {
      throw wrong(at, "expected a number of 4 bytes, but " + what + " ends after " + (stop - at));
    }
    int bits = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      bits |= (data.get(JAVA_BYTE, at++) & 0xFF) << shift;
    }
    return Float.intBitsToFloat(bits);
  }

  private long varint() throws FormatException {
    long start = at;
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw wrong(start, "expected a whole number, but " + what + " ends within it");
      }
      byte next = data.get(JAVA_BYTE, at++);
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw wrong(start, "expected a whole number of at most 10 bytes");
  }

  /// A text from the file, fit for a message: on one line and not long.
  static String shown(String text) {
    return Excerpt.of(text, 100);
  }
}
