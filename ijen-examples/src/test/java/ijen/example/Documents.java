package ijen.example;

import java.nio.file.Path;
import java.util.List;

/// What the documents say, for tests in other packages.
public final class Documents {
  private Documents() {}

  /// The folder of the project.
  public static Path root() {
    return Repository.root();
  }

  /// Everything in the documents that is to be typed and begins with `word`, each once.
  public static List<String> commands(String word) {
    return Markdown.all().stream()
        .flatMap(page -> page.commands(word).stream())
        .distinct()
        .toList();
  }

  /// What a page says that programs print: its blocks of text.
  public static List<String> outputs(String page) {
    return Markdown.read(root().resolve(page)).blocks().stream()
        .filter(block -> block.language().equals("text"))
        .map(block -> String.join("\n", block.lines()))
        .toList();
  }
}
