package ijen.format.hdf5;

import ijen.format.AtomicFile;
import ijen.format.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/// Hands tensors to the library in the form that it wants: Java arrays of arrays.
final class Hdf5Writer {
  private static final int MOST_NAME = 1000;

  private Hdf5Writer() {}

  static void write(
      Path file, Map<String, Tensor> tensors, Map<String, String> attributes, Hdf5Storage storage)
      throws IOException {
    requireNames(tensors.keySet());
    tensors.forEach(Hdf5Writer::requireTensor);
    attributes.forEach(Hdf5Writer::requireText);
    AtomicFile.writeTo(
        file,
        part -> {
          try (WritableHdfFile out = HdfFile.write(part)) {
            out.removeAttribute("_jHDF"); // it names the operating system
            attributes.forEach(out::putAttribute);
            Map<String, WritableGroup> groups = new HashMap<>();
            groups.put("", out);
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
              put(entry.getKey(), entry.getValue(), groups, storage);
            }
          } catch (HdfException failure) {
            throw new IOException(failure.getMessage(), failure);
          }
        });
  }

  private static void put(
      String name, Tensor tensor, Map<String, WritableGroup> groups, Hdf5Storage storage) {
    int slash = name.lastIndexOf('/');
    WritableGroup group = group(slash < 0 ? "" : name.substring(0, slash), groups);
    int[] shape = tensor.shape();
    boolean unsigned =
        switch (tensor.dtype()) {
          case BOOL, U8, U16, U32, U64 -> true;
          default -> false;
        };
    int size =
        switch (tensor.dtype()) {
          case F16, BF16 -> 4;
          default -> tensor.dtype().bits() / 8;
        };
    String own = name.substring(slash + 1);
    DatasetCreationOptions options = storage.options(shape, size, unsigned);
    boolean asItLies =
        shape.length > 1
            && storage.chunkBytes() == 0
            && size == tensor.dtype().bits() / 8
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN; // the library writes that one
    if (asItLies) {
      group.putDataset(own, new ContiguousDataset(tensor, shaped(tensor), own, group, options));
    } else {
      group.putDataset(own, arrays(tensor), options);
    }
  }

  /// An array of arrays of a tensor's shape and type, in which all rows are the same.
  private static Object shaped(Tensor tensor) {
    int[] shape = tensor.shape();
    int width = shape[shape.length - 1];
    Object part =
        switch (tensor.dtype()) {
          case F32 -> new float[width];
          case F64 -> new double[width];
          default ->
              switch (tensor.dtype().bits()) {
                case 8 -> new byte[width];
                case 16 -> new short[width];
                case 32 -> new int[width];
                default -> new long[width];
              };
        };
    for (int axis = shape.length - 2; axis >= 0; axis--) {
      Object[] outer = new Object[shape[axis]];
      Arrays.fill(outer, part);
      part = outer;
    }
    return part;
  }

  private static WritableGroup group(String path, Map<String, WritableGroup> groups) {
    WritableGroup known = groups.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    WritableGroup parent = group(slash < 0 ? "" : path.substring(0, slash), groups);
    WritableGroup made = parent.putGroup(path.substring(slash + 1));
    groups.put(path, made);
    return made;
  }

  /// The numbers as an array of arrays, or in a box if they are a single one. Numbers without sign
  /// are in Java's types of the same size.
  private static Object arrays(Tensor tensor) {
    int[] shape = tensor.shape();
    int width = shape.length == 0 ? 1 : shape[shape.length - 1];
    return switch (tensor.dtype()) {
      case F16, BF16, F32 -> {
        float[] all = tensor.floats();
        yield nest(shape, row -> Arrays.copyOfRange(all, row * width, (row + 1) * width));
      }
      case F64 -> {
        double[] all = tensor.doubles();
        yield nest(shape, row -> Arrays.copyOfRange(all, row * width, (row + 1) * width));
      }
      default -> {
        RawNumbers all = new RawNumbers(tensor);
        yield switch (tensor.dtype().bits()) {
          case 8 -> nest(shape, row -> all.bytes(row * width, width));
          case 16 -> nest(shape, row -> all.shorts(row * width, width));
          case 32 -> nest(shape, row -> all.ints(row * width, width));
          default -> nest(shape, row -> all.longs(row * width, width));
        };
      }
    };
  }

  private static Object nest(int[] shape, IntFunction<Object> row) {
    return switch (shape.length) {
      case 0 ->
          switch (row.apply(0)) {
            case byte[] one -> one[0];
            case short[] one -> one[0];
            case int[] one -> one[0];
            case long[] one -> one[0];
            case float[] one -> one[0];
            case double[] one -> one[0];
            case Object other -> other;
          };
      case 1 -> row.apply(0);
      default -> nest(shape, 0, 0, row);
    };
  }

  private static Object nest(int[] shape, int axis, int index, IntFunction<Object> row) {
    if (axis == shape.length - 1) {
      return row.apply(index);
    }
    Object[] inner = new Object[shape[axis]];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = nest(shape, axis + 1, index * inner.length + i, row);
    }
    return inner;
  }

  private static void requireNames(Set<String> names) {
    Set<String> groups = new HashSet<>();
    for (String name : names) {
      for (String part : name.split("/", -1)) {
        require(
            !part.isBlank() && !part.equals(".") && !part.equals(".."),
            "names of one or more parts with '/' between them, such as 'dense1/weight'",
            "'" + name + "'");
      }
      require(
          name.length() <= MOST_NAME,
          "names of at most " + MOST_NAME + " characters",
          "one of " + name.length());
      for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
        groups.add(name.substring(0, slash));
      }
    }
    for (String name : names) {
      require(!groups.contains(name), "'" + name + "' to be a tensor or a group", "both");
    }
  }

  private static void requireTensor(String name, Tensor tensor) {
    require(
        tensor.dtype().hasNumbers(),
        "a type of whole or real numbers for '" + name + "'",
        tensor.dtype());
    require(tensor.elements() > 0, "one or more numbers in '" + name + "'", tensor);
    require(
        tensor.shape().length <= 32,
        "at most 32 dimensions for '" + name + "'",
        tensor.shape().length);
    require(
        4 * tensor.elements() <= Integer.MAX_VALUE - 8
            && tensor.data().byteSize() <= Integer.MAX_VALUE - 8,
        "at most 2147483639 bytes in '" + name + "'",
        tensor);
  }

  private static void requireText(String name, String text) {
    require(!name.isBlank(), "attributes with a name", "''");
    long bytes =
        (long) name.getBytes(StandardCharsets.UTF_8).length
            + text.getBytes(StandardCharsets.UTF_8).length;
    require(
        bytes <= Hdf5Storage.MOST_TEXT,
        "the attribute '"
            + Hdf5File.shown(name)
            + "' and its name to have at most "
            + Hdf5Storage.MOST_TEXT
            + " bytes",
        bytes + ": keep a longer text in a data set of bytes, or beside the file");
  }

  private static void require(boolean condition, String expected, Object got) {
    if (!condition) {
      throw new IllegalArgumentException("HDF5: expected " + expected + ", got " + got);
    }
  }
}
