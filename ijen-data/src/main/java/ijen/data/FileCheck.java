package ijen.data;

import java.nio.file.Path;
import java.util.Optional;

/// What the checksum of a data set's file says.
///
/// @param file the name that the file was published under
/// @param path where it is; empty if it is missing
/// @param status what it is
/// @param sha256 its SHA-256 as hexadecimal digits; empty if it is missing
public record FileCheck(String file, Optional<Path> path, Status status, String sha256) {

  /// What a file can be.
  public enum Status {
    /// Byte for byte the published file.
    ORIGINAL,
    /// The published content, unpacked or packed again by somebody else.
    SAME_CONTENT,
    /// Something else: another version, changed or damaged.
    UNKNOWN,
    /// Not there.
    MISSING
  }
}
