package ijen.data;

import ijen.format.Tensor;
import ijen.format.idx.IdxFile;
import ijen.graph.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A data set that was published as MNIST was: four gzipped IDX files, 28×28 bytes an image.
///
/// The files are looked for in this order; the first folder that has all that are asked for is
/// taken:
/// 1. the folder in the options, or its sub-folder with the set's name; then nowhere else;
/// 2. `$IJEN_DATA/<name>`;
/// 3. `/usr/share/datasets/<name>`, where a system package may have put them;
/// 4. the user's cache, into which they are downloaded if they are nowhere and it is allowed.
///
/// @param name the set's name, which is the folder's name, too
/// @param classes the names of the ten classes
/// @param mirrors where the files can be downloaded
/// @param files training images, training labels, test images, test labels
record MnistFiles(String name, List<String> classes, List<URI> mirrors, List<PublishedFile> files) {
  private static final Shape IMAGE = Shape.of(28, 28);

  Dataset train(Options options, Places places) {
    return read("train", files.subList(0, 2), options, places, options.trainSize());
  }

  Dataset test(Options options, Places places) {
    return read("test", files.subList(2, 4), options, places, options.testSize());
  }

  TrainTest open(Options options, Places places) {
    List<Path> paths = locate(files, options, places);
    List<Tensor> arrays = read(paths);
    return new TrainTest(
        samples("train", paths.subList(0, 2), arrays.subList(0, 2), options.trainSize()),
        samples("test", paths.subList(2, 4), arrays.subList(2, 4), options.testSize()));
  }

  /// Downloads what is missing, into the folder in the options or into the cache; returns that
  /// folder.
  Path fetch(Options options, Places places, Download.Patience patience) {
    if (options.offline() || places.offline()) {
      throw new DataException(name + ": " + whyOffline(options));
    }
    Path folder = options.folder().orElse(places.cache().resolve(name));
    Download download = new Download(mirrors, patience, options.listener());
    for (PublishedFile file : files) {
      if (file.in(folder) == null) {
        try {
          download.fetch(file, folder);
        } catch (IOException failed) {
          throw new DataException(
              name + ": cannot be downloaded to " + folder + ": " + failed.getMessage(), failed);
        }
      }
    }
    return folder;
  }

  /// Checks the files in the first place that has any of them.
  List<FileCheck> verify(Options options, Places places) {
    Path folder =
        folders(options, places).stream()
            .filter(place -> files.stream().anyMatch(file -> file.in(place) != null))
            .findFirst()
            .orElse(null);
    List<FileCheck> checks = new ArrayList<>();
    for (PublishedFile file : files) {
      Path path = folder == null ? null : file.in(folder);
      try {
        checks.add(file.check(path));
      } catch (IOException unreadable) {
        throw new DataException(path + ": cannot be read: " + unreadable, unreadable);
      }
    }
    return List.copyOf(checks);
  }

  private Dataset read(
      String part, List<PublishedFile> wanted, Options options, Places places, OptionalInt size) {
    List<Path> paths = locate(wanted, options, places);
    return samples(part, paths, read(paths), size);
  }

  private List<Tensor> read(List<Path> paths) {
    try {
      return Together.read(paths, IdxFile::read);
    } catch (IOException wrong) {
      throw unreadable(paths, wrong);
    }
  }

  private Dataset samples(String part, List<Path> paths, List<Tensor> arrays, OptionalInt size) {
    try {
      ByteImages images =
          ByteImages.of(name + " " + part, arrays.getFirst(), arrays.getLast(), classes);
      if (!images.features().equals(IMAGE)) {
        throw new DataException(
            paths.getFirst() + ": expected images of " + IMAGE + ", got " + images.features());
      }
      return size.isEmpty() ? images : images.take(size.getAsInt());
    } catch (IllegalArgumentException wrong) {
      throw unreadable(paths, wrong);
    }
  }

  private DataException unreadable(List<Path> paths, Exception wrong) {
    return new DataException(
        name + ": cannot be read from " + paths.getFirst().getParent() + ": " + wrong.getMessage(),
        wrong);
  }

  private List<Path> locate(List<PublishedFile> wanted, Options options, Places places) {
    List<String> notes = new ArrayList<>();
    if (options.folder().isEmpty() && places.own() == null) {
      notes.add("IJEN_DATA: not set");
    }
    for (Path folder : folders(options, places)) {
      List<Path> found = find(wanted, folder);
      if (found != null) {
        return found;
      }
      notes.add(folder + ": " + whatIsIn(folder, wanted));
    }
    if (options.folder().isEmpty()) {
      if (options.offline() || places.offline()) {
        notes.add("download: " + whyOffline(options));
      } else {
        try {
          Path cache = places.cache().resolve(name);
          Download download =
              new Download(mirrors, Download.Patience.defaults(), options.listener());
          for (PublishedFile file : wanted) {
            if (file.in(cache) == null) {
              download.fetch(file, cache);
            }
          }
          return Objects.requireNonNull(find(wanted, cache));
        } catch (IOException failed) {
          notes.add("download: " + failed.getMessage());
        }
      }
    }
    throw new DataException(nothingFound(notes, options));
  }

  private static @Nullable List<Path> find(List<PublishedFile> wanted, Path folder) {
    List<Path> found = new ArrayList<>();
    for (PublishedFile file : wanted) {
      Path path = file.in(folder);
      if (path == null) {
        return null;
      }
      found.add(path);
    }
    return found;
  }

  private List<Path> folders(Options options, Places places) {
    List<Path> folders = new ArrayList<>();
    if (options.folder().isPresent()) {
      Path only = options.folder().get();
      folders.add(only.resolve(name));
      folders.add(only);
      return folders;
    }
    Path own = places.own();
    if (own != null) {
      folders.add(own.resolve(name));
    }
    for (Path shared : places.shared()) {
      folders.add(shared.resolve(name));
    }
    folders.add(places.cache().resolve(name));
    return folders;
  }

  private static String whatIsIn(Path folder, List<PublishedFile> wanted) {
    if (!Files.isDirectory(folder)) {
      return "no such folder";
    }
    List<String> missing = new ArrayList<>();
    for (PublishedFile file : wanted) {
      if (file.in(folder) == null) {
        missing.add(file.name());
      }
    }
    return "no " + String.join(", no ", missing);
  }

  private static String whyOffline(Options options) {
    return options.offline()
        ? "not allowed, offline was asked for"
        : "not allowed, the variable IJEN_OFFLINE is set";
  }

  private String nothingFound(List<String> notes, Options options) {
    String names = String.join(", ", files.stream().map(PublishedFile::name).toList());
    String advice =
        options.folder().isPresent()
            ? "Put " + names + " into that folder; unpacked, without .gz, they are fine, too."
            : "Put "
                + names
                + " into a folder called "
                + name
                + " and set IJEN_DATA to the folder around it, give the folder as an option, or"
                + " allow the download. The built-in data set 'digits' needs no files.";
    return name
        + ": the files were not found. Looked in\n  "
        + String.join("\n  ", notes)
        + "\n"
        + advice;
  }
}
