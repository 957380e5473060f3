package ijen.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Deletes folders of runs.
///
/// A folder first gets a name that no run has, in one step, so that nobody meets half a run; what a
/// crash leaves under such a name is removed by the next deletion in the same place.
final class Removal {
  private static final String PREFIX = ".deleted-";

  private Removal() {}

  static void of(RunFolder run, Path home, String id) throws IOException {
    Path path = run.path();
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          Files.isSymbolicLink(path)
              ? "run %s: is a symbolic link, and what it leads to is not deleted; remove the link itself"
                  .formatted(path)
              : "run %s: there is no such folder".formatted(path));
    }
    Path real = path.toRealPath();
    if (!real.equals(home.toRealPath().resolve(id))) {
      throw new IllegalArgumentException(
          "run %s: expected a folder in %s, but links lead to %s; nothing is deleted there"
              .formatted(path, home, real));
    }
    Path above = Objects.requireNonNull(real.getParent());
    Path hidden = above.resolve(PREFIX + real.getFileName());
    // Whoever works on the run holds the claim; nobody gets it from here on.
    try (RunClaim _ = run.claim()) {
      if (Files.exists(hidden, LinkOption.NOFOLLOW_LINKS)) {
        tree(hidden);
      }
      Files.move(real, hidden, StandardCopyOption.ATOMIC_MOVE);
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(above, Removal::isHidden)) {
      for (Path one : all) {
        tree(one);
      }
    }
  }

  private static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(PREFIX) && RunStore.isId(name.substring(PREFIX.length()));
  }

  /// Deletes a folder with all that is in it, links as links. Another deletion may be at it, too:
  /// what is gone meanwhile is no failure.
  private static void tree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (!(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
