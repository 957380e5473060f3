package ijen.format;

import java.io.IOException;

/// Says that a file is not of the format that it claims to be, or lacks what was asked for: which
/// file, where in it, what was expected, what is there.
public final class FormatException extends IOException {
  private final String file;

  /// The message is `file: problem`; `problem` should say what was expected and what is there.
  public FormatException(String file, String problem) {
    super(file + ": " + problem);
    this.file = file;
  }

  /// The same with another failure behind it.
  public FormatException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
    this.file = file;
  }

  /// The file's name.
  public String file() {
    return file;
  }
}
