package ijen.format.safetensors;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ijen.format.AtomicFile;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A safetensors file: named tensors and some texts about them.
///
/// ```java
/// Safetensors.write(file, Map.of("w", Tensor.of(weights, 64, 784)), Map.of("format", "ijen"));
/// try (Safetensors model = Safetensors.read(file)) {
///   float[] again = model.tensor("w").floats();
/// }
/// ```
///
/// Reading believes nothing: before anything is loaded, the header is checked against the size of
/// the file, types, shapes and offsets against each other, and the offsets must cover all data
/// without gap or overlap. The data stay in the file, which is mapped into memory until it is
/// [closed][#close]; a file must not be shortened in place meanwhile. To replace it with [#write]
/// is harmless on systems that let open files be replaced; on others, close it first.
///
/// **Range:** a header of at most [#MOST_HEADER] bytes with at most [#MOST_TENSORS] tensors, names
/// of [#MOST_NAME] characters, [#MOST_DIMENSIONS] dimensions of up to 2³¹ − 1 each, and
/// [#MOST_TEXTS] texts of [#MOST_TEXT] characters.
///
/// **Source:** the format's description in the readme of the safetensors library by Hugging Face.
public final class Safetensors implements AutoCloseable {
  /// The longest header, in bytes.
  public static final int MOST_HEADER = 100_000_000;

  /// The most tensors.
  public static final int MOST_TENSORS = 100_000;

  /// The longest name of a tensor or text, in characters.
  public static final int MOST_NAME = 10_000;

  /// The most dimensions of a tensor.
  public static final int MOST_DIMENSIONS = 64;

  /// The most texts.
  public static final int MOST_TEXTS = 10_000;

  /// The longest text, in characters.
  public static final int MOST_TEXT = 16_000_000;

  /// The name under which the texts stand, so that no tensor may have it.
  static final String METADATA = "__metadata__";

  private static final int CHUNK = 1 << 16;

  private final String file;
  private final Arena arena;
  private final Map<String, String> metadata;
  private final Map<String, Tensor> tensors;

  private Safetensors(
      String file, Arena arena, Map<String, String> metadata, Map<String, Tensor> tensors) {
    this.file = file;
    this.arena = arena;
    this.metadata = Collections.unmodifiableMap(metadata);
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /// Opens a file.
  ///
  /// @throws FormatException if it is no safetensors file, damaged, or beyond the limits
  /// @throws IOException if it cannot be read
  public static Safetensors read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected a safetensors file, but this is no ordinary file");
    }
    String name = file.toString();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      byte[] header = header(name, channel, size);
      long dataStart = 8L + header.length;
      HeaderReader checked = HeaderReader.read(name, header, size - dataStart);
      Arena arena = Arena.ofShared();
      try {
        MemorySegment data =
            channel
                .map(FileChannel.MapMode.READ_ONLY, 0, size, arena)
                .asSlice(dataStart, size - dataStart);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : checked.entries()) {
          MemorySegment slice = data.asSlice(entry.begin, entry.end - entry.begin);
          tensors.put(entry.name, Tensor.inFile(name, entry.name, entry.dtype, entry.shape, slice));
        }
        return new Safetensors(name, arena, checked.metadata(), tensors);
      } catch (Throwable failure) {
        arena.close();
        throw failure;
      }
    }
  }

  private static byte[] header(String name, FileChannel channel, long size) throws IOException {
    if (size < 8) {
      throw new FormatException(
          name, "expected at least 8 bytes, got " + size + ": this is no safetensors file");
    }
    long length =
        ByteBuffer.wrap(bytes(name, channel, 0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MOST_HEADER) {
      throw new FormatException(
          name,
          "expected the length of a header, 2 to "
              + MOST_HEADER
              + ", in the first 8 bytes, got "
              + Long.toUnsignedString(length)
              + ": this is no safetensors file");
    }
    if (length > size - 8) {
      throw new FormatException(
          name,
          "expected a header of "
              + length
              + " bytes after the first 8, but the file ends after "
              + (size - 8)
              + ": it is truncated or no safetensors file");
    }
    return bytes(name, channel, 8, (int) length);
  }

  private static byte[] bytes(String name, FileChannel channel, long position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    // Piece by piece: a channel keeps native memory as large as the largest array read at once.
    for (int done = 0; done < length; ) {
      ByteBuffer piece = ByteBuffer.wrap(bytes, done, Math.min(CHUNK, length - done));
      int count = channel.read(piece, position + done);
      if (count < 0) {
        throw new EOFException(name + ": the file was shortened while it was read");
      }
      done += count;
    }
    return bytes;
  }

  /// Writes a file, whole or not at all; see [AtomicFile].
  ///
  /// Tensors and texts come in the order of their maps, so that for the same bytes every time these
  /// should have one. The header is padded so that the data begin at a multiple of 8 bytes.
  ///
  /// @throws IllegalArgumentException if a name, or the number or size of something, is not allowed
  /// @throws IOException if the file cannot be written; one that was there before is then untouched
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    List<Tensor> inOrder = new ArrayList<>(tensors.size());
    byte[] header = header(tensors, metadata, inOrder);
    AtomicFile.write(
        file,
        out -> {
          out.write(
              ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
          out.write(header);
          byte[] chunk = new byte[CHUNK];
          for (Tensor tensor : inOrder) {
            copy(tensor.data(), chunk, out);
          }
        });
  }

  private static byte[] header(
      Map<String, Tensor> tensors, Map<String, String> metadata, List<Tensor> inOrder) {
    require(tensors.size() <= MOST_TENSORS, "at most " + MOST_TENSORS + " tensors", tensors.size());
    require(metadata.size() <= MOST_TEXTS, "at most " + MOST_TEXTS + " texts", metadata.size());
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      metadata.forEach((key, text) -> {
        requireName(key);
        require(
            text.length() <= MOST_TEXT,
            "texts of at most " + MOST_TEXT + " characters",
            text.length());
      });
      header.put(METADATA, metadata);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      String name = entry.getKey();
      Tensor tensor = entry.getValue();
      requireName(name);
      require(!name.equals(METADATA), "another name for a tensor", "'" + name + "'");
      int[] shape = tensor.shape();
      require(
          shape.length <= MOST_DIMENSIONS,
          "at most " + MOST_DIMENSIONS + " dimensions",
          shape.length);
      long end = offset + tensor.data().byteSize();
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("dtype", tensor.dtype());
      one.put("shape", shape);
      one.put("data_offsets", new long[] {offset, end});
      header.put(name, one);
      inOrder.add(tensor);
      offset = end;
    }
    byte[] json = Json.line(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    require(
        padded.length <= MOST_HEADER,
        "a header of at most " + MOST_HEADER + " bytes",
        padded.length);
    return padded;
  }

  private static void requireName(String name) {
    require(
        name.length() <= MOST_NAME,
        "names of at most " + MOST_NAME + " characters",
        "'" + HeaderReader.shown(name) + "' of " + name.length());
  }

  private static void require(boolean condition, String expected, Object got) {
    if (!condition) {
      throw new IllegalArgumentException("safetensors: expected " + expected + ", got " + got);
    }
  }

  private static void copy(MemorySegment data, byte[] chunk, OutputStream out) throws IOException {
    for (long done = 0; done < data.byteSize(); ) {
      int count = (int) Math.min(chunk.length, data.byteSize() - done);
      MemorySegment.copy(data, JAVA_BYTE, done, chunk, 0, count);
      out.write(chunk, 0, count);
      done += count;
    }
  }

  /// The texts, in the order of the file; empty if there are none.
  public Map<String, String> metadata() {
    return metadata;
  }

  /// The tensors by name, in the order of the file's header.
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /// The tensor of that name.
  ///
  /// @throws FormatException if there is none
  public Tensor tensor(String name) throws FormatException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      List<String> some = tensors.keySet().stream().limit(20).map(HeaderReader::shown).toList();
      throw new FormatException(
          file,
          "expected a tensor '"
              + name
              + "', got "
              + tensors.size()
              + " others: "
              + some
              + (tensors.size() > 20 ? " and more" : ""));
    }
    return tensor;
  }

  /// Lets go of the file; its tensors can no longer be converted. Closing twice does nothing.
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /// The file's name.
  @Override
  public String toString() {
    return file;
  }
}
