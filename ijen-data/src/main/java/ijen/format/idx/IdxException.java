package ijen.format.idx;

import java.io.IOException;

/// Says that a file is not the IDX file that it claims to be: where, what was expected, what
/// arrived.
public final class IdxException extends IOException {
  private final String file;
  private final long offset;

  IdxException(String file, String place, long offset, String problem) {
    super(file + ": " + place + " " + offset + ": " + problem);
    this.file = file;
    this.offset = offset;
  }

  /// The file's name.
  public String file() {
    return file;
  }

  /// The byte at which reading stopped making sense.
  ///
  /// It counts decompressed bytes if the array is damaged and compressed bytes if the compression
  /// is; the message says which.
  public long offset() {
    return offset;
  }
}
