package ijen.format.npy;

import ijen.format.AtomicFile;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.ZipArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An NPZ file: a zip archive of named arrays, as `numpy.savez` and `numpy.savez_compressed` write
/// it.
///
/// ```java
/// Npz.write(file, Map.of("w", Tensor.of(weights, 64, 784)));
/// float[] again = Npz.read(file).tensor("w").floats();
/// Npz some = Npz.read(file, "x_train", "y_train"); // leaves the others alone
/// ```
///
/// All arrays that are asked for are in memory afterwards, and the file is closed; [NpzArrays]
/// reads each when it is needed. Sizes in the archive are not believed, see [ZipArchive]; memory
/// grows with what arrives.
///
/// **Range:** [#MOST_MEMBERS] members with names of [#MOST_NAME] characters; each array as [Npy]
/// says.
public final class Npz {
  /// The most members of an archive.
  public static final int MOST_MEMBERS = 10_000;

  /// The longest name, in characters.
  public static final int MOST_NAME = ZipArchive.MOST_NAME;

  static final String ENDING = ".npy";

  /// A time for all members: with it the same tensors are the same bytes always. Before the first
  /// two seconds are over, the JDK would write the time zone, too.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

  private final String file;
  private final Map<String, Tensor> tensors;

  private Npz(String file, Map<String, Tensor> tensors) {
    this.file = file;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /// Reads the arrays of those names, or all if no names are given.
  ///
  /// @throws FormatException if it is no NPZ file, damaged, beyond the limits, or lacks a name; or
  ///   if one of these arrays is of a type that is not read
  /// @throws IOException if it cannot be read
  public static Npz read(Path file, String... names) throws IOException {
    try (NpzArrays arrays = NpzArrays.open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : names.length == 0 ? arrays.names() : List.of(names)) {
        tensors.put(name, arrays.tensor(name));
      }
      return new Npz(file.toString(), tensors);
    }
  }

  /// The names in a file, in its order, without reading the arrays.
  ///
  /// @throws FormatException if it is no NPZ file, or beyond the limits
  /// @throws IOException if it cannot be read
  public static List<String> names(Path file) throws IOException {
    try (NpzArrays arrays = NpzArrays.open(file)) {
      return arrays.names();
    }
  }

  /// The arrays by name, in the order of the archive, or in that of the names asked for.
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /// The array of that name.
  ///
  /// @throws FormatException if there is none
  public Tensor tensor(String name) throws FormatException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw NpzArrays.missing(file, name, tensors.keySet());
    }
    return tensor;
  }

  /// The file's name.
  @Override
  public String toString() {
    return file;
  }

  /// Writes a file, not compressed, as `numpy.savez` does; whole or not at all, see [AtomicFile].
  ///
  /// Arrays come in the order of the map, so that for the same bytes every time it should have one.
  ///
  /// @throws IllegalArgumentException if NumPy has no such type, or a name or the number of arrays
  ///   is not allowed
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public static void write(Path file, Map<String, Tensor> arrays) throws IOException {
    write(file, arrays, ZipEntry.STORED);
  }

  /// The same, compressed, as `numpy.savez_compressed` does.
  ///
  /// The compressed bytes depend on the version of zlib in the Java runtime; what they contain does
  /// not.
  ///
  /// @throws IllegalArgumentException if NumPy has no such type, or a name or the number of arrays
  ///   is not allowed
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public static void writeCompressed(Path file, Map<String, Tensor> arrays) throws IOException {
    write(file, arrays, ZipEntry.DEFLATED);
  }

  private static void write(Path file, Map<String, Tensor> arrays, int method) throws IOException {
    if (arrays.size() > MOST_MEMBERS) {
      throw new IllegalArgumentException(
          "NPZ: expected at most " + MOST_MEMBERS + " arrays, got " + arrays.size());
    }
    for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
      requireName(array.getKey());
      NpyHeader.of(array.getValue()); // refuses what cannot be written before anything is
    }
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
          for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
            zip.putNextEntry(entry(array.getKey(), array.getValue(), method));
            Npy.write(zip, array.getValue());
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry entry(String name, Tensor array, int method) throws IOException {
    ZipEntry entry = new ZipEntry(name + ENDING);
    entry.setTimeLocal(TIME);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      CRC32 checksum = new CRC32();
      Npy.write(new CheckedOutputStream(OutputStream.nullOutputStream(), checksum), array);
      entry.setCrc(checksum.getValue());
      entry.setSize(NpyHeader.of(array).length + array.data().byteSize());
    }
    return entry;
  }

  private static void requireName(String name) {
    if (name.length() > MOST_NAME - ENDING.length()
        || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException(
          "NPZ: expected names of at most "
              + (MOST_NAME - ENDING.length())
              + " characters of Unicode, got '"
              + HeaderText.shown(name)
              + "'");
    }
  }
}
