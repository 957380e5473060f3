package ijen.format.safetensors;

import java.io.IOException;

/// Says that a file is not the safetensors file that it claims to be, or lacks what was asked for:
/// which file, where, what was expected, what is there.
public final class SafetensorsException extends IOException {
  SafetensorsException(String file, String problem) {
    super(file + ": " + problem);
  }

  SafetensorsException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
