package ijen.data;

import ijen.format.Tensor;
import ijen.format.image.ImageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Folders and files of images below a root, on the disk or in an archive.
///
/// Places in it are names with `/` between them; the root's is empty.
interface FileTree extends Closeable {
  /// Whether there is a folder.
  boolean isFolder(String place);

  /// What is in a folder and not hidden, in the order of the names.
  ///
  /// @throws DataException if a link among it leads out of the root
  List<String> names(String folder) throws IOException;

  /// Reads an image.
  Tensor image(String place) throws IOException;

  /// What errors call a file or folder.
  String shown(String place);

  /// A folder on the disk.
  static FileTree of(Path root) {
    return new FileTree() {
      @Override
      public boolean isFolder(String place) {
        return Files.isDirectory(root.resolve(place));
      }

      @Override
      public List<String> names(String folder) throws IOException {
        Path real = root.toRealPath();
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve(folder))) {
          for (Path path : all) {
            String name = String.valueOf(path.getFileName());
            if (!name.startsWith(".")) {
              requireInside(real, path);
              names.add(name);
            }
          }
        }
        names.sort(null);
        return names;
      }

      @Override
      public Tensor image(String place) throws IOException {
        return ImageFile.read(root.resolve(place));
      }

      @Override
      public String shown(String place) {
        return root.resolve(place).toString();
      }

      @Override
      public void close() {}
    };
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
}
