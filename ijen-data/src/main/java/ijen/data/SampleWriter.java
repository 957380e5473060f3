package ijen.data;

import ijen.format.AtomicFile;
import ijen.format.Dtype;
import ijen.format.Table;
import ijen.format.Tensor;
import ijen.format.csv.CsvFile;
import ijen.format.hdf5.Hdf5File;
import ijen.format.hdf5.Hdf5Storage;
import ijen.format.idx.IdxFile;
import ijen.format.npy.Npy;
import ijen.format.npy.Npz;
import ijen.format.safetensors.Safetensors;
import ijen.kernel.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// Writes data sets as files that [Dataset#open] and [TrainTest#open] read, and other programs too.
///
/// Grey images are written as bytes, other features as `float`; classes as bytes or, if there are
/// more than 256, as 32-bit numbers; real targets as `float`.
final class SampleWriter {
  private SampleWriter() {}

  /// Writes parts, each under its name (`train`, `test`, or empty for a whole set), to a file whose
  /// ending says the format.
  ///
  /// @throws IllegalArgumentException if the ending says none
  static void file(Path to, Map<String, Dataset> parts) throws IOException {
    String name = String.valueOf(to.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      Npz.writeCompressed(to, arrays(parts));
    } else if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      Hdf5File.write(to, arrays(parts), texts(parts), Hdf5Storage.compressed());
    } else if (name.endsWith(".safetensors")) {
      Safetensors.write(to, arrays(parts), texts(parts));
    } else if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      if (parts.size() != 1) {
        throw new IllegalArgumentException(
            to + ": expected one part for one table, got " + parts.keySet());
      }
      CsvFile.write(to, table(parts.values().iterator().next()));
    } else {
      throw new IllegalArgumentException(
          to
              + ": expected a name that ends with .npz, .h5, .hdf5, .safetensors, .csv or .csv.gz,"
              + " or a folder");
    }
  }

  /// Writes parts to a folder, which is made if it is not there, as IDX, NPY or CSV.
  ///
  /// @throws IllegalArgumentException if the format is another one
  static void folder(Path to, Map<String, Dataset> parts, FileFormat format) throws IOException {
    if (format != FileFormat.IDX && format != FileFormat.NPY && format != FileFormat.CSV) {
      throw new IllegalArgumentException(
          to + ": expected IDX, NPY or CSV for files in a folder, got " + format);
    }
    Files.createDirectories(to);
    for (Map.Entry<String, Dataset> entry : parts.entrySet()) {
      Dataset part = entry.getValue();
      String name = entry.getKey();
      switch (format) {
        case IDX -> {
          String prefix = name.isEmpty() ? "" : name.equals("test") ? "t10k-" : name + "-";
          IdxFile.write(to.resolve(prefix + "images-idx3-ubyte.gz"), features(part));
          IdxFile.write(to.resolve(prefix + "labels-idx1-ubyte.gz"), targets(part));
        }
        case NPY -> {
          String ending = (name.isEmpty() ? "" : "_" + name) + ".npy";
          Npy.write(to.resolve("x" + ending), features(part));
          Npy.write(to.resolve("y" + ending), targets(part));
        }
        default ->
            CsvFile.write(to.resolve((name.isEmpty() ? "data" : name) + ".csv"), table(part));
      }
    }
    List<String> classes = parts.values().iterator().next().classes();
    if (!classes.isEmpty()) {
      byte[] lines = (String.join("\n", classes) + "\n").getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(to.resolve("classes.txt"), out -> out.write(lines));
    }
  }

  private static Map<String, Tensor> arrays(Map<String, Dataset> parts) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    parts.forEach((name, part) -> {
      String ending = name.isEmpty() ? "" : "_" + name;
      arrays.put("x" + ending, features(part));
      arrays.put("y" + ending, targets(part));
    });
    return arrays;
  }

  private static Map<String, String> texts(Map<String, Dataset> parts) {
    List<String> classes = parts.values().iterator().next().classes();
    return classes.isEmpty() ? Map.of() : Map.of("classes", String.join("\n", classes));
  }

  /// Features `[count, …]`: bytes of images, else numbers.
  static Tensor features(Dataset samples) {
    int width = samples.features().size();
    int[] shape = shape(samples.size(), samples.features().dimensions());
    if (samples.hasImages()) {
      byte[] bytes = new byte[Math.multiplyExact(samples.size(), width)];
      for (int i = 0; i < samples.size(); i++) {
        System.arraycopy(samples.image(i), 0, bytes, i * width, width);
      }
      return Tensor.ofShared(Dtype.U8, bytes, shape);
    }
    float[] numbers = new float[Math.multiplyExact(samples.size(), width)];
    for (int i = 0; i < samples.size(); i++) {
      samples.putFeatures(i, i, Buffer.of(numbers));
    }
    return Tensor.of(numbers, shape);
  }

  /// Targets `[count]` of classes, else `[count, …]`.
  static Tensor targets(Dataset samples) {
    int size = samples.size();
    if (samples.classes().isEmpty()) {
      float[] numbers = new float[Math.multiplyExact(size, samples.target().size())];
      for (int i = 0; i < size; i++) {
        samples.putTarget(i, i, Buffer.of(numbers));
      }
      return Tensor.of(numbers, shape(size, samples.target().dimensions()));
    }
    int[] labels = IntStream.range(0, size).map(samples::label).toArray();
    if (samples.classes().size() > 256) {
      return Tensor.of(labels, size);
    }
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) labels[i];
    }
    return Tensor.ofShared(Dtype.U8, bytes, size);
  }

  private static int[] shape(int count, int[] rest) {
    int[] shape = new int[rest.length + 1];
    shape[0] = count;
    System.arraycopy(rest, 0, shape, 1, rest.length);
    return shape;
  }

  /// `label,pixel0,pixel1,…`, or `target,x0,x1,…`; classes by their numbers, as most have them.
  private static Table table(Dataset samples) {
    int targets = samples.classes().isEmpty() ? samples.target().size() : 1;
    int width = samples.features().size();
    int columns = targets + width;
    String[] names = new String[columns];
    for (int i = 0; i < columns; i++) {
      names[i] =
          i >= targets
              ? (samples.hasImages() ? "pixel" : "x") + (i - targets)
              : samples.classes().isEmpty() ? "target" + (targets == 1 ? "" : i) : "label";
    }
    float[] x = features(samples).floats();
    float[] y = targets(samples).floats();
    float[] values = new float[Math.multiplyExact(samples.size(), columns)];
    for (int i = 0; i < samples.size(); i++) {
      System.arraycopy(y, i * targets, values, i * columns, targets);
      System.arraycopy(x, i * width, values, i * columns + targets, width);
    }
    return Table.of(samples.name(), Arrays.asList(names), values);
  }
}
