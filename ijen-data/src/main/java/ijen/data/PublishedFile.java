package ijen.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A gzipped IDX file as its authors published it.
///
/// @param stem its name without `.gz`, for example `train-images-idx3-ubyte`
/// @param bytes the size of the gzipped file
/// @param sha256 the checksum of the gzipped file
/// @param contentBytes the size of what is in it
/// @param contentSha256 the checksum of what is in it, the same however it was packed
record PublishedFile(
    String stem, long bytes, String sha256, long contentBytes, String contentSha256) {

  /// The name under which it is published and kept.
  String name() {
    return stem + ".gz";
  }

  /// The file in a folder, under any of the names that it goes by; null if it is not there.
  @Nullable Path in(Path folder) {
    String dotted = stem.replace("-idx", ".idx");
    for (String name : List.of(stem + ".gz", stem, dotted + ".gz", dotted)) {
      Path path = folder.resolve(name);
      if (Files.isRegularFile(path)) {
        return path;
      }
    }
    return null;
  }

  /// Compares a file with this one by checksums.
  FileCheck check(@Nullable Path path) throws IOException {
    if (path == null) {
      return new FileCheck(name(), Optional.empty(), FileCheck.Status.MISSING, "");
    }
    String own = Checksum.of(path);
    FileCheck.Status status =
        own.equals(sha256)
            ? FileCheck.Status.ORIGINAL
            : sameContent(path) ? FileCheck.Status.SAME_CONTENT : FileCheck.Status.UNKNOWN;
    return new FileCheck(name(), Optional.of(path), status, own);
  }

  private boolean sameContent(Path path) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path))) {
      raw.mark(2);
      boolean zipped = raw.read() == 0x1F && raw.read() == 0x8B;
      raw.reset();
      InputStream content = zipped ? new GZIPInputStream(raw, 1 << 16) : raw;
      return Checksum.of(content, contentBytes).equals(contentSha256);
    } catch (IOException damaged) {
      return false;
    }
  }
}
