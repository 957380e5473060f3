package ijen.data;

import ijen.data.ArrayRoles.Pair;
import ijen.data.ArrayRoles.Part;
import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.cifar.CifarFile;
import ijen.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes data sets of files and folders, by what is in them.
///
/// - A table (CSV, ARFF): the column `label`, `class`, `target` or `y`, else the last column of
///   words, are the classes, the others the features.
/// - A file of named arrays (NPZ, HDF5, safetensors, CIFAR): those called `x`, `data`, `images`,
///   `features` … and `y`, `labels`, `targets` …, with `train` and `test` in their names if there
///   are two parts.
/// - A file of one array (IDX, NPY): the features; the targets are in a file beside it, called as
///   the first with `labels` for `images`, or `y` for `x`.
/// - A zip archive of pictures: as a folder of them.
/// - A folder: such files with `train` and `test` (or `t10k`) in their names; CIFAR's; or pictures
///   in a folder for each class. The classes have the names that a file `classes.txt` gives, one a
///   line.
final class SampleFiles {
  /// From so many bytes on, features stay in a file that can be mapped.
  private static final long MAPPED_FROM = 1L << 30;

  private SampleFiles() {}

  /// The parts of what a path leads to: training and test part, or the whole.
  ///
  /// @throws DataException if it is not there, damaged, or nothing that is known
  static Map<Part, Dataset> open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return folder(path);
      }
      if (!Files.exists(path)) {
        throw new DataException(path + ": there is no such file or folder");
      }
      return file(path, names(path.toAbsolutePath().getParent()));
    } catch (IOException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new DataException(
          message.startsWith(path.toString()) ? message : path + ": " + message, e);
    }
  }

  private static Map<Part, Dataset> file(Path path, List<String> classes) throws IOException {
    FileFormat format = FileFormat.of(path);
    if (format == FileFormat.IMAGE_FOLDER) {
      return pictures(path);
    }
    if (format == FileFormat.CSV || format == FileFormat.ARFF) {
      String name = name(path, Part.WHOLE);
      TableSamples seen = TableSamples.seen().withClasses(classes);
      return Map.of(Part.WHOLE, seen.of(name, DataFile.table(path)));
    }
    DataFile file = DataFile.open(path);
    return kept(file, () -> arrays(file, classes));
  }

  /// What makes samples of a file that is open.
  @FunctionalInterface
  private interface Reading {
    Map<Part, Dataset> parts() throws IOException;
  }

  /// Lets go of the file afterwards, unless samples are still in it.
  private static Map<Part, Dataset> kept(DataFile file, Reading reading) throws IOException {
    boolean needed = false;
    try {
      Map<Part, Dataset> parts = reading.parts();
      needed =
          parts.values().stream()
              .anyMatch(part -> part instanceof TensorSamples all && all.inFile());
      return parts;
    } finally {
      if (!needed) {
        file.close();
      }
    }
  }

  private static Map<Part, Dataset> arrays(DataFile file, List<String> classes) throws IOException {
    Path path = file.path();
    List<String> known = classes;
    if (known.isEmpty() && file.texts().containsKey("classes")) {
      known = file.texts().get("classes").lines().toList();
    }
    if (file.entries().size() == 1) {
      return Map.of(Part.WHOLE, single(file, known));
    }
    Map<Part, Dataset> parts = new EnumMap<>(Part.class);
    for (Map.Entry<Part, Pair> part : ArrayRoles.of(file.entries().keySet()).entrySet()) {
      Pair pair = part.getValue();
      if (pair.features == null || pair.targets == null) {
        continue;
      }
      Tensor features = tensor(file, pair.features);
      Dataset samples = of(name(path, part.getKey()), features, tensor(file, pair.targets), known);
      parts.put(part.getKey(), samples);
      known = samples.classes(); // the same in all parts: that to train with comes first
    }
    if (parts.isEmpty()) {
      throw new FormatException(
          path.toString(),
          "expected arrays of features and targets, called as x and y, x_train and y_train, images"
              + " and labels or the like, got "
              + file.entries().values());
    }
    return parts;
  }

  private static Tensor tensor(DataFile file, String name) throws IOException {
    DataFile.Entry entry = file.entries().get(name);
    if (entry == null) {
      throw new FormatException(
          file.path().toString(),
          "expected an array '" + name + "', got " + file.entries().values());
    }
    return entry.tensor();
  }

  /// A file of one array, with the targets from a file beside it.
  private static Dataset single(DataFile file, List<String> classes) throws IOException {
    Path path = file.path();
    List<String> tried = ArrayRoles.targetsBeside(path.getFileName().toString());
    for (String name : tried) {
      Path beside = path.resolveSibling(name);
      if (Files.isRegularFile(beside)) {
        return single(name(path, Part.WHOLE), file, beside, classes);
      }
    }
    throw new FormatException(
        path.toString(),
        "it holds one array, "
            + file.entries().values().iterator().next()
            + ": expected the targets in a file beside it"
            + (tried.isEmpty()
                ? ", called as it is with 'labels' for 'images' or 'y' for 'x'"
                : ", one of " + tried));
  }

  private static Dataset single(String name, DataFile file, Path beside, List<String> classes)
      throws IOException {
    try (DataFile targets = DataFile.open(beside)) {
      return of(name, only(file), only(targets), classes);
    }
  }

  private static Tensor only(Path path) throws IOException {
    return only(DataFile.open(path)); // stays open: an array that is mapped is needed on
  }

  private static Tensor only(DataFile file) throws IOException {
    if (file.entries().size() != 1) {
      throw new FormatException(
          file.path().toString(), "expected one array, got " + file.entries().values());
    }
    return file.entries().values().iterator().next().tensor();
  }

  /// Features and targets as samples: bytes with classes as [ByteImages].
  private static Dataset of(String name, Tensor features, Tensor targets, List<String> classes) {
    int[] dimensions = features.shape();
    if (dimensions.length < 2) {
      throw new IllegalArgumentException(name + ": expected features [count, …], got " + features);
    }
    Targets read = Targets.of(name, targets, classes);
    long bytes = features.data().byteSize();
    int[] labels = read.labels();
    if (features.dtype() == Dtype.U8 && labels != null && bytes < MAPPED_FROM) {
      Shape shape = Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
      return ByteImages.of(name, shape, features.sharedBytes(), labels, read.classes());
    }
    return TensorSamples.of(name, features, read, bytes < MAPPED_FROM);
  }

  private static Map<Part, Dataset> folder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<String> classes = names(folder);
    Map<Part, Dataset> parts = pairs(folder, files, classes);
    if (parts.isEmpty()) {
      parts = cifar(folder, files);
    }
    if (parts.isEmpty()) {
      parts = wholeFiles(files, classes);
    }
    if (parts.isEmpty() && !files.isEmpty() && folders(folder) == 0) {
      throw new FormatException(
          folder.toString(),
          "expected files with train and test in their names (train-images-idx3-ubyte and so on,"
              + " x_train.npy, train.csv …), or pictures in a folder for each class, got "
              + files.stream().limit(8).map(Path::getFileName).toList());
    }
    return parts.isEmpty() ? pictures(folder) : parts;
  }

  private static long folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).count();
    }
  }

  /// Files of features and of targets: MNIST's four, or `x_train.npy` and its like.
  private static Map<Part, Dataset> pairs(Path folder, List<Path> files, List<String> classes)
      throws IOException {
    Map<Part, Path[]> found = new EnumMap<>(Part.class);
    for (Path file : files) {
      String stem = stem(file);
      int role = ArrayRoles.isFeatures(stem) ? 0 : ArrayRoles.isTargets(stem) ? 1 : -1;
      if (role >= 0 && hasOneArray(file)) {
        Path[] pair = found.computeIfAbsent(ArrayRoles.part(stem), part -> new Path[2]);
        pair[role] = pair[role] == null ? file : pair[role]; // the first: plain before .gz
      }
    }
    List<Path> wanted = new ArrayList<>();
    for (Path[] pair : found.values()) {
      if (pair[0] == null || pair[1] == null) {
        throw new FormatException(
            folder.toString(),
            pair[1] == null
                ? "expected the targets of " + pair[0].getFileName() + " beside it"
                : "expected the features of " + pair[1].getFileName() + " beside it");
      }
      wanted.addAll(List.of(pair[0], pair[1]));
    }
    List<Tensor> arrays = Together.read(wanted, SampleFiles::only);
    Map<Part, Dataset> parts = new EnumMap<>(Part.class);
    List<String> known = classes;
    for (Part part : found.keySet()) {
      int at = 2 * parts.size();
      Dataset samples = of(name(folder, part), arrays.get(at), arrays.get(at + 1), known);
      parts.put(part, samples);
      known = samples.classes(); // the same in all parts: that to train with comes first
    }
    return parts;
  }

  private static boolean hasOneArray(Path file) throws IOException {
    try {
      FileFormat format = FileFormat.of(file);
      return format == FileFormat.IDX || format == FileFormat.NPY;
    } catch (FormatException other) {
      return false; // a file that has nothing to do with it
    }
  }

  private static Map<Part, Dataset> cifar(Path folder, List<Path> files) throws IOException {
    List<Path> train = new ArrayList<>();
    @Nullable Path test = null;
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.matches("data_batch_\\d+\\.bin|train\\.bin")) {
        train.add(file);
      } else if (name.matches("test(_batch)?\\.bin")) {
        test = file;
      }
    }
    Map<Part, Dataset> parts = new EnumMap<>(Part.class);
    if (!train.isEmpty()) {
      parts.put(Part.TRAIN, cifar(name(folder, Part.TRAIN), CifarFile.read(train)));
    }
    if (test != null) {
      parts.put(Part.TEST, cifar(name(folder, Part.TEST), CifarFile.read(test)));
    }
    return parts;
  }

  private static Dataset cifar(String name, CifarFile file) {
    return of(name, file.images(), file.labels(), file.kind().classes());
  }

  /// `train.csv` and `test.csv`, or one of any other format.
  private static Map<Part, Dataset> wholeFiles(List<Path> files, List<String> classes)
      throws IOException {
    Map<Part, Dataset> parts = new EnumMap<>(Part.class);
    List<String> known = classes;
    for (Part part : List.of(Part.TRAIN, Part.TEST)) {
      for (Path file : files) {
        if (ArrayRoles.part(stem(file)) == part && !parts.containsKey(part)) {
          Dataset whole = file(file, known).get(Part.WHOLE);
          if (whole != null) {
            parts.put(part, whole);
            known = whole.classes(); // the same class is to have the same number in both
          }
        }
      }
    }
    return parts;
  }

  private static Map<Part, Dataset> pictures(Path folder) {
    ImageFolder images = ImageFolder.of(folder);
    if (images.hasParts()) {
      TrainTest both = images.open();
      return Map.of(Part.TRAIN, both.train(), Part.TEST, both.test());
    }
    return Map.of(Part.WHOLE, images.read());
  }

  /// The names of the classes from a file `classes.txt`; empty if there is none.
  private static List<String> names(@Nullable Path folder) throws IOException {
    Path names = folder == null ? null : folder.resolve("classes.txt");
    return names == null || !Files.isRegularFile(names)
        ? List.of()
        : Files.readAllLines(names).stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /// A file's name without `.gz` and the ending before it.
  private static String stem(Path file) {
    String name = file.getFileName().toString();
    if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    int dot = name.lastIndexOf('.');
    return dot <= 0 || name.substring(dot).contains("idx") ? name : name.substring(0, dot);
  }

  private static String name(Path path, Part part) {
    String name = String.valueOf(path.getFileName());
    return switch (part) {
      case TRAIN -> name + " train";
      case TEST -> name + " test";
      case WHOLE -> name;
    };
  }
}
