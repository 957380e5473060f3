package ijen.format.hdf5;

import ijen.format.Excerpt;
import ijen.format.FormatException;
import ijen.format.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An HDF5 file: data sets of numbers by path, and texts about them.
///
/// ```java
/// try (Hdf5File file = Hdf5File.read(Path.of("mnist.hdf5"))) {
///   Tensor images = file.tensor("xdata"); // or "model/dense1/weight"
/// }
/// Hdf5File.write(path, Map.of("w", weights, "b", biases), Map.of(), Hdf5Storage.compressed());
/// ```
///
/// Opening reads the list of names, types and shapes and no data; each data set is loaded when it
/// is asked for. The file is mapped into memory until it is [closed][#close] and must not be
/// shortened in place meanwhile.
///
/// Read are whole numbers of 8 to 64 bits, with sign or without, IEEE 754 numbers of 16 to 64 bits,
/// bfloat16, and h5py's bool, in either byte order; contiguous, compact and chunked; chunks with
/// any of gzip, shuffle and Fletcher's checksum, which is compared. What else a file holds is
/// listed in [#others]. No link is followed, neither to another file nor within this one, so that
/// reading a file never opens a second one.
///
/// **Range:** at most [#MOST_OBJECTS] objects, nested at most [#MOST_DEPTH] groups deep; a data set
/// that is not as it stands in the file (chunked, or big-endian) has at most 2³¹ − 9 bytes. A file
/// with a data set in external files or a virtual one is refused whole, which is how far jHDF goes.
///
/// **Source:** "HDF5 File Format Specification Version 3.0", The HDF Group.
public final class Hdf5File implements AutoCloseable {
  /// The most groups, data sets and links of a file.
  public static final int MOST_OBJECTS = 100_000;

  /// How deep groups may be nested.
  public static final int MOST_DEPTH = 64;

  private final Source source;
  private final Arena arena;
  private final FileChannel channel;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Hdf5Dataset> datasets = new LinkedHashMap<>();
  private final Map<String, String> others = new LinkedHashMap<>();

  private Hdf5File(Source source, Arena arena, FileChannel channel) {
    this.source = source;
    this.arena = arena;
    this.channel = channel;
  }

  /// Opens a file.
  ///
  /// @throws FormatException if it is no HDF5 file, damaged, or beyond the limits
  /// @throws IOException if it cannot be read
  public static Hdf5File read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected an HDF5 file, but this is no ordinary file");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    Arena arena = Arena.ofShared();
    try {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      Source source = new Source(file.toString(), bytes);
      Hdf5File opened = new Hdf5File(source, arena, channel);
      source.guard("", () -> opened.list(bytes, channel));
      return opened;
    } catch (Throwable failure) {
      arena.close();
      channel.close();
      throw failure;
    }
  }

  private void list(MemorySegment bytes, FileChannel channel) throws IOException {
    // A file that one buffer can show is shown in one: then no length that it states, however
    // large, makes the library allocate. Of a larger file it reads pieces below its own size.
    HdfFile root =
        bytes.byteSize() <= Integer.MAX_VALUE
            ? HdfFile.fromByteBuffer(bytes.asByteBuffer())
            : new HdfFile(channel);
    Set<Long> seen = new HashSet<>();
    seen.add(root.getAddress());
    groups.put("", root);
    list(root, "", 1, seen);
  }

  private void list(Group group, String prefix, int depth, Set<Long> seen) throws FormatException {
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      String path = prefix + child.getKey();
      if (groups.size() + datasets.size() + others.size() > MOST_OBJECTS) {
        throw source.broken(path, "expected at most " + MOST_OBJECTS + " objects");
      }
      if (groups.containsKey(path) || datasets.containsKey(path) || others.containsKey(path)) {
        throw source.broken(path, "expected one object of that name, got a second one");
      }
      switch (child.getValue()) {
        case SoftLink link ->
            others.put(path, "a link to '" + shown(link.getTargetPath()) + "', not followed");
        case ExternalLink link ->
            others.put(
                path,
                "a link out of the file, to '" + shown(link.getTargetPath()) + "', not followed");
        case Dataset dataset -> add(path, dataset);
        case Group inner -> {
          if (depth == MOST_DEPTH) {
            throw source.broken(path, "expected groups at most " + MOST_DEPTH + " deep");
          }
          if (seen.add(inner.getAddress())) {
            groups.put(path, inner);
            list(inner, path + "/", depth + 1, seen);
          } else { // of a circle, perhaps
            others.put(path, "another name of a group that is listed already");
          }
        }
        default -> others.put(path, "a type");
      }
    }
  }

  private void add(String path, Dataset dataset) throws FormatException {
    NumberType type = NumberType.of(dataset.getDataType());
    if (type == null) {
      others.put(path, "a data set of " + NumberType.describe(dataset.getDataType()));
      return;
    }
    long[] dimensions = dataset.getDimensionsAsLong();
    int[] shape = new int[dimensions.length];
    for (int i = 0; i < shape.length; i++) {
      if (dimensions[i] < 0 || dimensions[i] > Integer.MAX_VALUE) {
        others.put(path, "a data set with more than 2147483647 elements in a dimension");
        return;
      }
      shape[i] = (int) dimensions[i];
    }
    if (shape.length == 0 && dataset.getSize() == 0) {
      others.put(path, "a data set without elements, not even a shape");
      return;
    }
    if (type.dtype().bytes(Tensor.elements(shape)) < 0) {
      throw source.broken(path, "expected a shape with less than 2^63 bytes");
    }
    datasets.put(path, new Hdf5Dataset(source, path, type, shape, dataset));
  }

  /// Writes a file, whole or not at all; see [ijen.format.AtomicFile].
  ///
  /// A name with `/` in it puts its tensor into groups, as in `model/dense1/weight`. Types come
  /// back as they were, but for three that the library does not write: F16 and BF16 are written as
  /// F32, which holds the same numbers, and BOOL as U8. Written are also `attributes` of the file
  /// itself, as texts.
  ///
  /// The numbers are the same everywhere. The last bytes of the file, which belong to none, are a
  /// mark of jHDF that names the operating system.
  ///
  /// @throws IllegalArgumentException if a name is not allowed or both a tensor's and a group's, a
  ///   tensor is empty or of a type that HDF5 has not, or an attribute longer than
  ///   [Hdf5Storage#MOST_TEXT] bytes
  /// @throws IOException if the file cannot be written; one that was there before is then untouched
  public static void write(
      Path file, Map<String, Tensor> tensors, Map<String, String> attributes, Hdf5Storage storage)
      throws IOException {
    Hdf5Writer.write(file, tensors, attributes, storage);
  }

  /// The data sets of numbers by path, such as `xdata` or `model/dense1/weight`, in the order of
  /// the file.
  public Map<String, Hdf5Dataset> datasets() {
    return Collections.unmodifiableMap(datasets);
  }

  /// What else the file holds, by path: links, texts, records and other types, each with some words
  /// about what it is.
  public Map<String, String> others() {
    return Collections.unmodifiableMap(others);
  }

  /// The data set of that path; a leading `/` does not count.
  ///
  /// @throws FormatException if there is none
  public Hdf5Dataset dataset(String path) throws FormatException {
    String name = path.startsWith("/") ? path.substring(1) : path;
    Hdf5Dataset dataset = datasets.get(name);
    if (dataset != null) {
      return dataset;
    }
    String other = others.get(name);
    if (other != null) {
      throw source.broken(name, "expected a data set of numbers, got " + other);
    }
    List<String> some = datasets.keySet().stream().limit(20).map(Hdf5File::shown).toList();
    throw new FormatException(
        source.name(),
        "expected a data set '"
            + shown(name)
            + "', got "
            + datasets.size()
            + " others: "
            + some
            + (datasets.size() > 20 ? " and more" : ""));
  }

  /// The numbers of that path, loaded now; see [Hdf5Dataset#tensor].
  ///
  /// @throws FormatException if there are none, or they are damaged
  public Tensor tensor(String path) throws FormatException {
    return dataset(path).tensor();
  }

  /// The attributes of the file itself, as texts, sorted by name.
  ///
  /// @throws FormatException if they are damaged
  public Map<String, String> attributes() throws FormatException {
    return attributes("");
  }

  /// The attributes of a group or data set, as texts, sorted by name; the file itself is `""`.
  ///
  /// Numbers are written as Java writes them, several of them as `[1.0, 2.0]`.
  ///
  /// @throws FormatException if there is nothing of that path, or they are damaged
  public Map<String, String> attributes(String path) throws FormatException {
    String name = path.startsWith("/") ? path.substring(1) : path;
    Group group = groups.get(name);
    return group == null ? dataset(name).attributes() : source.attributes(name, group);
  }

  /// A text from the file, fit for a message: on one line and not long.
  static String shown(String text) {
    return Excerpt.of(text, 200);
  }

  /// Lets go of the file; tensors that are windows on it can no longer be converted. Closing twice
  /// does nothing.
  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    channel.close();
  }

  /// The file's name.
  @Override
  public String toString() {
    return source.name();
  }
}
