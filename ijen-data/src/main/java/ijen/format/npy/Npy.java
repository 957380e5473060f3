package ijen.format.npy;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ijen.format.AtomicFile;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// An NPY file: one array, as `numpy.save` writes it.
///
/// ```java
/// Tensor images = Npy.read(file);             // in memory
/// try (Npy large = Npy.open(file)) {          // left in the file as far as possible
///   large.tensor().copyTo(0, 784, row, 0);
/// }
/// Npy.write(file, Tensor.of(weights, 64, 784));
/// ```
///
/// Versions 1.0, 2.0 and 3.0, either byte order, C and Fortran order; a tensor is always
/// little-endian and in C order. The header is a small part of Python's language, which is read by
/// its own strict parser and never run.
///
/// **Range:** a header of at most [#MOST_HEADER] bytes, [#MOST_DIMENSIONS] dimensions of up to 2³¹
/// − 1 each; in memory, 2³¹ − 9 bytes.
public final class Npy implements AutoCloseable {
  /// The longest header, in bytes; only structured types, which are not read, could need a longer
  /// one.
  public static final int MOST_HEADER = 1 << 16;

  /// The most dimensions of an array; as many as NumPy has.
  public static final int MOST_DIMENSIONS = 64;

  /// From so many bytes of elements on, [#open] maps the file instead of reading it.
  public static final long MAPPED_FROM = 16 << 20;

  private static final int CHUNK = 1 << 16;

  private final String file;
  private final @Nullable Arena arena;
  private final Tensor tensor;

  private Npy(String file, @Nullable Arena arena, Tensor tensor) {
    this.file = file;
    this.arena = arena;
    this.tensor = tensor;
  }

  /// Opens a file for as long as its tensor is needed.
  ///
  /// Elements that are little-endian, in C order and at least [#MAPPED_FROM] bytes stay in the
  /// file, which is mapped into memory until it is [closed][#close] and must not be shortened in
  /// place meanwhile. Others are read.
  ///
  /// @throws FormatException if it is no NPY file, damaged, of a type that is not read, or beyond
  ///   the limits
  /// @throws IOException if it cannot be read
  public static Npy open(Path file) throws IOException {
    return open(file, MAPPED_FROM);
  }

  static Npy open(Path file, long mappedFrom) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected an NPY file, but this is no ordinary file");
    }
    String name = file.toString();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyReader reader = NpyReader.of(name, Channels.newInputStream(channel), channel.size());
      NpyHeader header = reader.header();
      if (!header.isPlain() || header.bytes() < mappedFrom) {
        return new Npy(name, null, reader.tensor(header));
      }
      long begin = reader.begin(header);
      Arena arena = Arena.ofShared();
      try {
        MemorySegment elements =
            channel.map(FileChannel.MapMode.READ_ONLY, begin, header.bytes(), arena);
        Tensor tensor = Tensor.inFile(name, "array", header.dtype, header.shape, elements);
        return new Npy(name, arena, tensor);
      } catch (Throwable failure) {
        arena.close();
        throw failure;
      }
    }
  }

  /// The array; it can be converted until the file is closed.
  public Tensor tensor() {
    return tensor;
  }

  /// Whether the elements are still in the file.
  boolean isMapped() {
    return arena != null;
  }

  /// Lets go of the file. Closing twice does nothing.
  @Override
  public void close() {
    if (arena != null && arena.scope().isAlive()) {
      arena.close();
    }
  }

  /// The file's name.
  @Override
  public String toString() {
    return file;
  }

  /// Reads a file into memory.
  ///
  /// @throws FormatException if it is no NPY file, damaged, of a type that is not read, or beyond
  ///   the limits
  /// @throws IOException if it cannot be read
  public static Tensor read(Path file) throws IOException {
    try (Npy read = open(file, Long.MAX_VALUE)) {
      return read.tensor();
    }
  }

  /// Reads an NPY file that is already in memory; `name` is what errors call it.
  ///
  /// @throws FormatException if it is no NPY file, damaged, of a type that is not read, or beyond
  ///   the limits
  public static Tensor read(String name, byte[] content) throws IOException {
    NpyReader reader = NpyReader.of(name, new ByteArrayInputStream(content), content.length);
    return reader.tensor(reader.header());
  }

  /// Writes a file, whole or not at all; see [AtomicFile]. It has the bytes that `numpy.save` would
  /// write.
  ///
  /// @throws IllegalArgumentException if NumPy has no such type, or not so many dimensions
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public static void write(Path file, Tensor array) throws IOException {
    byte[] header = NpyHeader.of(array);
    AtomicFile.write(file, out -> write(out, header, array));
  }

  /// Writes the same to a stream that stays open.
  ///
  /// @throws IllegalArgumentException if NumPy has no such type, or not so many dimensions
  public static void write(OutputStream out, Tensor array) throws IOException {
    write(out, NpyHeader.of(array), array);
  }

  private static void write(OutputStream out, byte[] header, Tensor array) throws IOException {
    out.write(header);
    MemorySegment data = array.data();
    byte[] chunk = new byte[(int) Math.min(CHUNK, data.byteSize())];
    for (long done = 0; done < data.byteSize(); ) {
      int count = (int) Math.min(chunk.length, data.byteSize() - done);
      MemorySegment.copy(data, JAVA_BYTE, done, chunk, 0, count);
      out.write(chunk, 0, count);
      done += count;
    }
  }
}
