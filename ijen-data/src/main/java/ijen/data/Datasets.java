package ijen.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The catalogue: the data sets that have a name.
public final class Datasets {
  private static final List<Entry> ALL =
      List.of(
          new Entry(
              "digits",
              "hand-drawn-looking digits, 28×28, made from a seed; no files needed",
              Digits::open,
              null),
          new Entry(
              "mnist", "handwritten digits, 28×28, 60,000 and 10,000", Mnist::open, Mnist.FILES),
          new Entry(
              "fashion-mnist",
              "photographs of clothes, 28×28, 60,000 and 10,000",
              FashionMnist::open,
              FashionMnist.FILES),
          new Entry(
              "moons",
              "points of two half circles that reach into each other",
              options -> Toys.open(Toys.Kind.MOONS, options),
              null),
          new Entry(
              "circles",
              "points of a circle around another",
              options -> Toys.open(Toys.Kind.CIRCLES, options),
              null),
          new Entry(
              "spirals",
              "points of two spiral arms",
              options -> Toys.open(Toys.Kind.SPIRALS, options),
              null),
          new Entry(
              "xor",
              "points of a square, by whether their coordinates' signs differ",
              options -> Toys.open(Toys.Kind.XOR, options),
              null));

  private Datasets() {}

  /// A data set of the catalogue.
  public static final class Entry {
    private final String name;
    private final String description;
    private final Function<Options, TrainTest> opener;
    private final @Nullable MnistFiles files;

    private Entry(
        String name,
        String description,
        Function<Options, TrainTest> opener,
        @Nullable MnistFiles files) {
      this.name = name;
      this.description = description;
      this.opener = opener;
      this.files = files;
    }

    /// The name to open it by.
    public String name() {
      return name;
    }

    /// What it is, in one line.
    public String description() {
      return description;
    }

    /// Opens it.
    ///
    /// @throws DataException if its files cannot be found, read or downloaded
    public TrainTest open(Options options) {
      return opener.apply(options);
    }

    /// Whether it is read from files; otherwise it is made from a seed.
    public boolean hasFiles() {
      return files != null;
    }

    /// Downloads the files that are missing into the folder of the options, or into the cache.
    ///
    /// @return the folder, or nothing if it has no files
    /// @throws DataException if that is not allowed or fails
    public Optional<Path> fetch(Options options) {
      return files == null
          ? Optional.empty()
          : Optional.of(files.fetch(options, Places.ofSystem(), Download.Patience.defaults()));
    }

    /// Compares its files with the published ones, by their checksums; nothing if it has no files.
    ///
    /// @throws DataException if one cannot be read
    public List<FileCheck> verify(Options options) {
      return files == null ? List.of() : files.verify(options, Places.ofSystem());
    }

    @Override
    public String toString() {
      return name + ": " + description;
    }
  }

  /// All data sets that have a name.
  public static List<Entry> all() {
    return ALL;
  }

  /// Opens a data set by its name; upper and lower case, hyphens and underscores are the same.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  /// @throws DataException if its files cannot be found, read or downloaded
  public static TrainTest open(String name, Options options) {
    return entry(name).open(options);
  }

  /// Opens a data set by its name as [Options#defaults] say.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  /// @throws DataException if its files cannot be found, read or downloaded
  public static TrainTest open(String name) {
    return open(name, Options.defaults());
  }

  /// The entry of a data set, by its name.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public static Entry entry(String name) {
    String wanted = normal(name);
    for (Entry entry : ALL) {
      if (entry.name.equals(wanted)) {
        return entry;
      }
    }
    List<String> known = ALL.stream().map(Entry::name).toList();
    throw new IllegalArgumentException(
        "no data set is called '%s'%s There are: %s"
            .formatted(
                name,
                Spelling.nearest(wanted, known)
                    .map(near -> ", did you mean '" + near + "'?")
                    .orElse("."),
                String.join(", ", known)));
  }

  private static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
