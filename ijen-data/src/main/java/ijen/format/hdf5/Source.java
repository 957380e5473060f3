package ijen.format.hdf5;

import ijen.format.FormatException;
import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The bytes of a file and its name, and what stands between the library and everybody else: all
/// that it throws becomes a [FormatException].
///
/// @param name what errors call the file
/// @param bytes the whole file
record Source(String name, MemorySegment bytes) {
  private static final int MOST_NUMBERS = 1 << 16; // bytes of an attribute that is shown in full

  /// What is done with the library.
  @FunctionalInterface
  interface Reading {
    void run() throws IOException;
  }

  /// Runs `reading`, about the object `path`.
  ///
  /// Broken files make the library fail in any way: with exceptions of its own, of buffers and of
  /// arithmetic, with recursion without end, and with arrays of a size that the file claims.
  void guard(String path, Reading reading) throws IOException {
    if (!bytes.scope().isAlive()) {
      throw new IllegalStateException(name + ": the file is closed");
    }
    try {
      reading.run();
    } catch (RuntimeException failure) {
      throw broken(path, failure);
    } catch (StackOverflowError endless) {
      throw broken(path, "expected HDF5, got structures that are nested without end");
    } catch (OutOfMemoryError tooLarge) {
      throw broken(path, "expected HDF5, got structures that claim more memory than there is");
    }
  }

  FormatException broken(String path, String problem) {
    return new FormatException(name, place(path) + problem);
  }

  private FormatException broken(String path, RuntimeException failure) {
    Throwable root = failure;
    for (int i = 0; i < 100 && root.getCause() != null; i++) {
      root = root.getCause();
    }
    String said = root.getMessage();
    String problem =
        "expected a readable HDF5 "
            + (path.isEmpty() ? "file" : "object")
            + ", got: "
            + (said == null ? root.getClass().getSimpleName() : Hdf5File.shown(said));
    return new FormatException(name, place(path) + problem, failure);
  }

  private static String place(String path) {
    return path.isEmpty() ? "" : "'" + Hdf5File.shown(path) + "': ";
  }

  /// The attributes of an object, sorted.
  Map<String, String> attributes(String path, Node node) throws FormatException {
    Map<String, String> texts = new TreeMap<>();
    try {
      guard(
          path,
          () -> {
            for (Map.Entry<String, Attribute> entry : node.getAttributes().entrySet()) {
              texts.put(entry.getKey(), text(entry.getValue()));
            }
          });
    } catch (FormatException broken) {
      throw broken;
    } catch (IOException impossible) { // nothing here reads but from memory
      throw new AssertionError(impossible);
    }
    return texts;
  }

  private static String text(Attribute attribute) {
    boolean known =
        switch (attribute.getDataType()) {
          case StringData _ -> true;
          case VariableLength type -> type.isVariableLengthString();
          case FixedPoint _, FloatingPoint _, EnumDataType _ ->
              attribute.getSizeInBytes() <= MOST_NUMBERS;
          default -> false;
        };
    if (!known) {
      return "(" + NumberType.describe(attribute.getDataType()) + ")";
    }
    Object data = attribute.getData();
    if (data == null) {
      return "";
    }
    String text = Arrays.deepToString(new Object[] {data}); // arrays of any kind and depth
    return text.substring(1, text.length() - 1);
  }
}
