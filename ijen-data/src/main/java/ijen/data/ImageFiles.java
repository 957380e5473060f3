package ijen.data;

import ijen.format.image.ImageFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The image files in the folders of their classes, in the order of the names.
///
/// @param folder where the classes' folders are
/// @param classes the names of the classes
/// @param files the files, class after class
/// @param counts how many files each class has
record ImageFiles(Path folder, List<String> classes, List<Path> files, List<Integer> counts) {

  /// The files in `folder`, which is `root` or lies in it.
  ///
  /// @throws DataException if there are none, or a link leads out of `root`
  static ImageFiles in(Path root, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder + ": there is no such folder");
    }
    Path real = root.toRealPath();
    List<String> classes = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (Path child : sorted(folder)) {
      requireInside(real, child);
      if (!Files.isDirectory(child)) {
        continue; // a list of labels, a licence
      }
      int before = files.size();
      for (Path file : sorted(child)) {
        requireInside(real, file);
        if (Files.isDirectory(file)) {
          throw new DataException(
              file + ": expected images directly in the folder of a class, got a folder");
        }
        if (ImageFile.hasName(file)) {
          files.add(file);
        }
      }
      if (files.size() == before) {
        throw new DataException(
            child + ": expected PNG or JPEG images of the class " + name(child) + ", got none");
      }
      classes.add(name(child));
      counts.add(files.size() - before);
    }
    if (classes.isEmpty()) {
      throw new DataException(
          folder + ": expected a folder of images for each class in it, got none");
    }
    return new ImageFiles(folder, List.copyOf(classes), List.copyOf(files), List.copyOf(counts));
  }

  /// What is in a folder and not hidden, by name.
  private static List<Path> sorted(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, path -> !name(path).startsWith("."))) {
      all.forEach(paths::add);
    }
    paths.sort(Comparator.comparing(ImageFiles::name));
    return paths;
  }

  /// The last name of a path; a zip archive puts a slash behind that of a folder.
  private static String name(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  private static void requireInside(Path real, Path path) throws IOException {
    if (Files.isSymbolicLink(path) || Files.isDirectory(path)) {
      if (Files.notExists(path)) {
        throw new DataException(path + ": a link that leads nowhere");
      }
      Path target = path.toRealPath();
      if (!target.startsWith(real)) {
        throw new DataException(
            path + ": a link that leads out of the folder, to " + target + ", is not followed");
      }
    }
  }

  /// The number of each file's class in a list of classes.
  ///
  /// @throws DataException if one is not in the list
  int[] labels(List<String> known) {
    int[] labels = new int[files.size()];
    int next = 0;
    for (int i = 0; i < classes.size(); i++) {
      int label = known.indexOf(classes.get(i));
      if (label < 0) {
        throw new DataException(
            folder.resolve(classes.get(i))
                + ": expected one of the classes to train on, "
                + known
                + ", got '"
                + classes.get(i)
                + "'");
      }
      for (int k = counts.get(i); k > 0; k--) {
        labels[next++] = label;
      }
    }
    return labels;
  }
}
