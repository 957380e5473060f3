package ijen.data;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Table;
import ijen.format.Tensor;
import ijen.format.arff.ArffFile;
import ijen.format.cifar.CifarFile;
import ijen.format.csv.CsvFile;
import ijen.format.hdf5.Hdf5Dataset;
import ijen.format.hdf5.Hdf5File;
import ijen.format.idx.IdxFile;
import ijen.format.npy.Npy;
import ijen.format.npy.NpzArrays;
import ijen.format.safetensors.Safetensors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The arrays of one file, in whichever format it is.
///
/// Formats that allow it are read array by array, when one is asked for; arrays that a file has as
/// they are needed stay in it, until it is [closed][#close].
public final class DataFile implements AutoCloseable {
  /// One array of a file.
  public static final class Entry {
    private final String name;
    private final Dtype dtype;
    private final int[] shape;
    private final Loader loader;

    private Entry(String name, Dtype dtype, int[] shape, Loader loader) {
      this.name = name;
      this.dtype = dtype;
      this.shape = shape;
      this.loader = loader;
    }

    /// The name; empty if the file has a single array without one.
    public String name() {
      return name;
    }

    /// The type of the elements.
    public Dtype dtype() {
      return dtype;
    }

    /// A copy of the dimensions.
    public int[] shape() {
      return shape.clone();
    }

    /// The array.
    ///
    /// @throws FormatException if it is damaged
    /// @throws IOException if it cannot be read
    public Tensor tensor() throws IOException {
      return loader.load();
    }

    /// For example `x_train U8 [60000, 28, 28]`.
    @Override
    public String toString() {
      return (name.isEmpty() ? "" : name + " ") + dtype + " " + Arrays.toString(shape);
    }
  }

  @FunctionalInterface
  private interface Loader {
    Tensor load() throws IOException;
  }

  private final Path path;
  private final FileFormat format;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private Closeable open = () -> {};

  private DataFile(Path path, FileFormat format) {
    this.path = path;
    this.format = format;
  }

  /// Opens a file of arrays. Tables and images are none: [Dataset#open] reads them.
  ///
  /// @throws FormatException if it is of no known format, or damaged
  /// @throws IOException if it cannot be read
  public static DataFile open(Path path) throws IOException {
    DataFile file = new DataFile(path, FileFormat.of(path));
    try {
      file.list();
    } catch (Throwable failure) {
      file.close();
      throw failure;
    }
    return file;
  }

  /// Reads a file of columns: CSV or ARFF.
  ///
  /// @throws FormatException if it is neither, or damaged
  /// @throws IOException if it cannot be read
  public static Table table(Path path) throws IOException {
    FileFormat format = FileFormat.of(path);
    return switch (format) {
      case ARFF -> ArffFile.read(path);
      case CSV -> CsvFile.read(path);
      default -> throw new FormatException(path.toString(), "expected a table, got " + format);
    };
  }

  /// The SHA-256 of a file's bytes, in hexadecimal.
  ///
  /// @throws IOException if it cannot be read
  public static String sha256(Path path) throws IOException {
    return Checksum.of(path);
  }

  private void list() throws IOException {
    switch (format) {
      case IDX -> add("", IdxFile.read(path));
      case NPY -> {
        Npy npy = Npy.open(path);
        open = npy::close;
        add("", npy.tensor());
      }
      case NPZ -> {
        NpzArrays npz = NpzArrays.open(path);
        open = npz;
        for (String name : npz.names()) {
          NpzArrays.Header header = npz.header(name);
          Loader loader = () -> npz.tensor(name);
          entries.put(name, new Entry(name, header.dtype(), header.shape(), loader));
        }
      }
      case HDF5 -> {
        Hdf5File hdf5 = Hdf5File.read(path);
        open = hdf5::close;
        for (Hdf5Dataset array : hdf5.datasets().values()) {
          String name = array.name();
          entries.put(name, new Entry(name, array.dtype(), array.shape(), array::tensor));
        }
        texts.putAll(hdf5.attributes());
      }
      case SAFETENSORS -> {
        Safetensors safetensors = Safetensors.read(path);
        open = safetensors::close;
        safetensors.tensors().forEach(this::add);
        texts.putAll(safetensors.metadata());
      }
      case CIFAR -> {
        CifarFile cifar = CifarFile.read(path);
        add("images", cifar.images());
        add("labels", cifar.labels());
        texts.put("classes", String.join("\n", cifar.kind().classes()));
      }
      case ARFF, CSV, IMAGE_FOLDER ->
          throw new FormatException(path.toString(), "expected a file of arrays, got " + format);
    }
  }

  private void add(String name, Tensor tensor) {
    entries.put(name, new Entry(name, tensor.dtype(), tensor.shape(), () -> tensor));
  }

  /// The format.
  public FileFormat format() {
    return format;
  }

  /// The file.
  public Path path() {
    return path;
  }

  /// The arrays by name, in the order of the file.
  public Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /// What the file says of itself, if anything.
  public Map<String, String> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /// Lets go of the file; arrays that are still in it can no longer be used.
  @Override
  public void close() throws IOException {
    open.close();
  }

  /// For example `digits.npz, NPZ`.
  @Override
  public String toString() {
    return path + ", " + format;
  }
}
