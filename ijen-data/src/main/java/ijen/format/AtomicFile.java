package ijen.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// Writes a file so that it is there whole or not at all, whatever happens meanwhile.
///
/// The bytes go to a new file beside the target, are brought to the disk, and only then take the
/// target's name. A reader sees the old content or the new one, never a part; when writing fails
/// the old file is untouched and the new one is removed.
public final class AtomicFile {
  private AtomicFile() {}

  /// Writes the content of a file.
  @FunctionalInterface
  public interface Content {
    /// Writes everything to `out`, which is buffered and need not be closed.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes the content of a file to the place that it is told, for libraries that want a path.
  @FunctionalInterface
  public interface Place {
    /// Writes everything to `part`, an empty file that is there already, and closes it.
    void writeTo(Path part) throws IOException;
  }

  /// Replaces `target`, or makes it. Its folder must exist; a symbolic link is followed.
  ///
  /// @throws IOException if it cannot be written, or names something that is no ordinary file
  public static void write(Path target, Content content) throws IOException {
    writeTo(
        target,
        part -> {
          try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
          }
        });
  }

  /// Replaces `target`, or makes it, as [#write]; gzipped if its name ends with `.gz`. The gzip
  /// header has no time and no name, so that the same content gives the same bytes always.
  ///
  /// @throws IOException if it cannot be written, or names something that is no ordinary file
  public static void writeByEnding(Path target, Content content) throws IOException {
    if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
      write(target, content);
      return;
    }
    write(
        target,
        out -> {
          GZIPOutputStream zipping = new GZIPOutputStream(out, 1 << 14);
          content.writeTo(zipping);
          zipping.finish();
        });
  }

  /// Replaces `target`, or makes it, as [#write], with the content that `place` writes to a path.
  ///
  /// @throws IOException if it cannot be written, or names something that is no ordinary file
  public static void writeTo(Path target, Place place) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new IOException(target + ": expected a file's name, but this is no ordinary file");
    }
    Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(target + ": cannot be written, there is no folder " + folder);
    }
    sweep(folder, file);
    Path part = newNameBeside(file);
    try {
      place.writeTo(part);
      publish(part, file);
    } catch (Throwable failure) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException suppressed) {
        failure.addSuppressed(suppressed);
      }
      if (failure instanceof IOException) {
        throw new IOException(
            target + ": cannot be written, and is as it was before: " + failure.getMessage(),
            failure);
      }
      throw failure;
    }
  }

  /// Brings the finished file `part` to the disk and gives it the name `target`, in the same
  /// folder.
  public static void publish(Path part, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException fileSystemCannot) {
      // Then it cannot be had; the finished file is on the disk, and replacing comes as close as
      // can be.
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
        entry.force(true); // the new name, too
      } catch (IOException folderCannotBeOpened) {
        // Some systems do not open folders; there, the move itself is all that can be asked for.
      }
    }
  }

  /// Removes what processes that are no more have left unfinished beside `file`.
  private static void sweep(Path folder, Path file) throws IOException {
    Pattern unfinished =
        Pattern.compile(
            "\\." + Pattern.quote(file.getFileName().toString()) + "\\.(\\d+)-\\d+\\.part");
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(folder, path -> path.getFileName().toString().endsWith(".part"))) {
      for (Path path : beside) {
        Matcher name = unfinished.matcher(path.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static Path newNameBeside(Path file) throws IOException {
    for (int attempt = 0; ; attempt++) {
      Path part =
          file.resolveSibling(
              "."
                  + file.getFileName()
                  + "."
                  + ProcessHandle.current().pid()
                  + "-"
                  + attempt
                  + ".part");
      try {
        return Files.createFile(part); // not createTempFile: readable by whom the user's umask says
      } catch (FileAlreadyExistsException taken) {
        if (attempt == 1000) {
          throw taken;
        }
      }
    }
  }
}
