package ijen.cli;

import java.util.List;
import java.util.stream.Collectors;

/// Words as a shell takes them.
final class Shell {
  private Shell() {}

  static String quoted(List<String> words) {
    return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[-+=:,./@%\\w]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
