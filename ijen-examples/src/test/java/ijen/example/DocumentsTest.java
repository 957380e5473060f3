package ijen.example;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.example.Markdown.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the documents to the code: what they show is compiled, what they link to is there.
class DocumentsTest {
  private static final Pattern CODE = Pattern.compile("`([^` ]+)`");

  static List<Markdown> pages() {
    return Markdown.all();
  }

  /// The README shows the whole first example, but for its package and the comment on its class.
  @Test
  void readmeShowsTheFirstExample() throws IOException {
    Path root = Repository.root();
    List<Block> programs =
        Markdown.read(root.resolve("README.md")).blocks().stream()
            .filter(block -> block.language().equals("java"))
            .toList();
    assertThat(programs).hasSize(1);
    String source =
        Files.readAllLines(root.resolve("ijen-examples/src/main/java/ijen/example/E01Digits.java"))
            .stream()
            .filter(line -> !line.startsWith("package ") && !line.startsWith("///"))
            .collect(Collectors.joining("\n"));
    assertThat(String.join("\n", programs.getFirst().lines())).isEqualTo(source.strip());
  }

  /// No Java stands in a document alone: each block is a passage of a source file, comments, blank
  /// lines and indentation aside.
  @ParameterizedTest
  @MethodSource("pages")
  void everyProgramIsSource(Markdown page) {
    for (Block block : page.blocks()) {
      if (block.language().equals("java")) {
        List<String> code = code(block.lines());
        assertThat(code).as("%s:%d", page, block.line()).isNotEmpty();
        assertThat(Repository.files(".java").stream().anyMatch(file -> holds(file, code)))
            .as("%s:%d: the passage is in a source file", page, block.line())
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Markdown page) {
    List<String> broken = new ArrayList<>();
    for (String link : page.links()) {
      if (link.startsWith("https://")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path file = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
      boolean found = Files.exists(file);
      if (found && parts.length == 2) {
        found = Markdown.read(file).anchors().contains(parts[1]);
      }
      if (!found) {
        broken.add(link);
      }
    }
    assertThat(broken).as("links of %s", page).isEmpty();
  }

  /// Where a document names a file or a folder of the project, it is there.
  @ParameterizedTest
  @MethodSource("pages")
  void everyFileThatIsNamedIsThere(Markdown page) {
    List<String> missing =
        page.prose().stream()
            .flatMap(line -> CODE.matcher(line).results())
            .map(found -> found.group(1))
            .filter(name -> name.matches("(ijen-[a-z]+|docs|recipes|\\.ci|\\.mvn)/[\\w./-]*"))
            .filter(name -> !Files.exists(Repository.root().resolve(name)))
            .toList();
    assertThat(missing).as("files named in %s", page).isEmpty();
  }

  @Test
  void thereAreDocuments() {
    assertThat(pages().stream().map(Markdown::toString))
        .contains("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
        .filteredOn(name -> name.startsWith("docs/adr/"))
        .hasSizeGreaterThan(8);
  }

  private static boolean holds(Path file, List<String> passage) {
    try {
      List<String> code = code(Files.readAllLines(file));
      for (int i = 0; i + passage.size() <= code.size(); i++) {
        if (code.subList(i, i + passage.size()).equals(passage)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> code(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst("(^|\\s)//.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
