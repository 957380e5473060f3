package ijen.format.onnx;

import ijen.format.AtomicFile;
import ijen.format.FormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An ONNX file: a graph of operators with its weights.
///
/// ```java
/// OnnxFile.write(file, model);
/// try (OnnxFile again = OnnxFile.read(file)) {
///   List<OnnxNode> nodes = again.model().graph().nodes();
/// }
/// ```
///
/// Reading believes nothing: every length is checked against the message around it, and every
/// tensor's shape against its bytes. The numbers of the tensors stay in the file, which is mapped
/// into memory until it is [closed][#close]; it must not be shortened in place meanwhile. Tensors
/// whose data lie in another file are refused, and no path in the file is followed.
///
/// **Range:** at most [#MOST_BYTES] bytes, [#MOST_FIELDS] fields and numbers in lists, names of
/// [#MOST_NAME] and texts of [#MOST_TEXT] bytes, [#MOST_DIMENSIONS] dimensions of up to 2³¹ − 1
/// each. Read are the elements FLOAT and INT64 of tensors; functions, sparse tensors, training
/// graphs, graphs in attributes and quantisation are refused by name.
///
/// **Source:** the files `onnx.proto` and `docs/IR.md` of ONNX 1.12.
public final class OnnxFile implements AutoCloseable {
  /// The largest file, in bytes: what a protocol buffers message may have.
  public static final long MOST_BYTES = Integer.MAX_VALUE;

  /// The most fields in all messages of a file, numbers in lists counted as fields: enough for some
  /// five thousand nodes. With it the objects made for a file are bounded.
  public static final int MOST_FIELDS = 100_000;

  /// The longest name, in bytes.
  public static final int MOST_NAME = 10_000;

  /// The longest text that is no name, in bytes.
  public static final int MOST_TEXT = 1_000_000;

  /// The most dimensions of a tensor.
  public static final int MOST_DIMENSIONS = 8;

  private final String file;
  private final Arena arena;
  private final OnnxModel model;

  private OnnxFile(String file, Arena arena, OnnxModel model) {
    this.file = file;
    this.arena = arena;
    this.model = model;
  }

  /// Opens a file.
  ///
  /// @throws FormatException if it is no ONNX file, damaged, or beyond the limits
  /// @throws IOException if it cannot be read
  public static OnnxFile read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected an ONNX file, but this is no ordinary file");
    }
    String name = file.toString();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      requireFormatSize(name, size);
      Arena arena = Arena.ofShared();
      try {
        MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
        return new OnnxFile(name, arena, ModelReader.read(name, data));
      } catch (Throwable failure) {
        arena.close();
        throw failure;
      }
    }
  }

  /// What `content`, all bytes of a file that errors call `name`, holds. Its tensors are windows on
  /// the array, which nobody may change.
  ///
  /// @throws FormatException as [#read(Path)]
  public static OnnxModel parse(String name, byte[] content) throws FormatException {
    requireFormatSize(name, content.length);
    return ModelReader.read(name, MemorySegment.ofArray(content).asReadOnly());
  }

  private static void requireFormatSize(String name, long size) throws FormatException {
    if (size == 0 || size > MOST_BYTES) {
      throw new FormatException(
          name, "expected 1 to " + MOST_BYTES + " bytes, got " + size + ": this is no ONNX file");
    }
  }

  /// Writes a file, whole or not at all; see [AtomicFile].
  ///
  /// @throws IllegalArgumentException if it would have more than [#MOST_BYTES] bytes, or a tensor
  ///   is of a type that is not read
  /// @throws IOException if the file cannot be written; one that was there before is then untouched
  public static void write(Path file, OnnxModel model) throws IOException {
    WireWriter message = ModelWriter.message(model);
    requireSize(message.size());
    AtomicFile.write(file, message::writeTo);
  }

  /// Fails if a file of that many bytes is more than the format can hold.
  ///
  /// @throws IllegalArgumentException saying so
  public static void requireSize(long bytes) {
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "onnx: expected at most "
              + MOST_BYTES
              + " bytes, which is what the format holds in one file, got "
              + bytes
              + "; save it as safetensors instead");
    }
  }

  /// What the file holds; its tensors can be converted until it is closed.
  public OnnxModel model() {
    return model;
  }

  /// Lets go of the file. Closing twice does nothing.
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
