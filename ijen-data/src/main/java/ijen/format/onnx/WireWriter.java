package ijen.format.onnx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A protocol buffers message under construction. Large runs of bytes are not copied: they are
/// written from where they lie.
///
/// **Source:** "Encoding" in the documentation of protocol buffers.
final class WireWriter {
  private static final int CHUNK = 1 << 16;

  /// Runs of fewer bytes are copied, which is cheaper than to remember them.
  private static final int SMALL = 256;

  private final List<MemorySegment> parts = new ArrayList<>();
  private final ByteArrayOutputStream tail = new ByteArrayOutputStream(); // comes after the parts
  private long inParts;

  /// How many bytes the message has.
  long size() {
    return inParts + tail.size();
  }

  /// Adds a whole number; a negative one takes ten bytes.
  WireWriter whole(int field, long value) {
    tag(field, WireReader.VARINT);
    varint(value);
    return this;
  }

  /// Adds a number.
  WireWriter number(int field, float value) {
    tag(field, WireReader.FOUR_BYTES);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < 32; shift += 8) {
      tail.write(bits >>> shift);
    }
    return this;
  }

  /// Adds a text.
  WireWriter text(int field, String text) {
    return bytes(field, MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Adds a run of bytes, which nobody may change before the message is written.
  WireWriter bytes(int field, MemorySegment data) {
    tag(field, WireReader.LENGTH);
    varint(data.byteSize());
    append(data);
    return this;
  }

  /// Adds a message, which is complete.
  WireWriter message(int field, WireWriter inner) {
    tag(field, WireReader.LENGTH);
    varint(inner.size());
    inner.parts.forEach(this::append);
    tail.writeBytes(inner.tail.toByteArray());
    return this;
  }

  private void append(MemorySegment data) {
    if (data.byteSize() < SMALL) {
      tail.writeBytes(data.toArray(JAVA_BYTE));
      return;
    }
    if (tail.size() > 0) {
      parts.add(MemorySegment.ofArray(tail.toByteArray()));
      inParts += tail.size();
      tail.reset();
    }
    parts.add(data);
    inParts += data.byteSize();
  }

  private void tag(int field, int kind) {
    varint(((long) field << 3) | kind);
  }

  private void varint(long value) {
    long rest = value;
    for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
      tail.write((int) ((rest & 0x7F) | 0x80));
    }
    tail.write((int) rest);
  }

  /// Writes the message.
  void writeTo(OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (MemorySegment part : parts) {
      for (long done = 0; done < part.byteSize(); ) {
        int count = (int) Math.min(chunk.length, part.byteSize() - done);
        MemorySegment.copy(part, JAVA_BYTE, done, chunk, 0, count);
        out.write(chunk, 0, count);
        done += count;
      }
    }
    tail.writeTo(out);
  }
}
