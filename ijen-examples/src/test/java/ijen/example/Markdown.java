package ijen.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page of the documents: its blocks of code and its prose.
///
/// @param file where it is
/// @param blocks what stands between lines of three backquotes
/// @param prose all other lines
record Markdown(Path file, List<Block> blocks, List<String> prose) {
  private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)|src=\"([^\"]+)\"");
  private static final Pattern INLINE_CODE = Pattern.compile("`([^`]+)`");

  /// @param language what stands behind the opening backquotes
  /// @param line the number of the first line, from 1
  record Block(String language, int line, List<String> lines) {}

  /// All pages of the project.
  static List<Markdown> all() {
    return Repository.files(".md").stream().map(Markdown::read).toList();
  }

  static Markdown read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Block> blocks = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        String language = lines.get(i).substring(3).strip();
        int first = i + 1;
        for (i++; i < lines.size() && !lines.get(i).startsWith("```"); i++) {}
        if (i == lines.size()) {
          throw new IllegalStateException(file + ":" + first + ": the block has no end");
        }
        blocks.add(new Block(language, first + 1, List.copyOf(lines.subList(first, i))));
      } else {
        prose.add(lines.get(i));
      }
    }
    return new Markdown(file, List.copyOf(blocks), List.copyOf(prose));
  }

  /// Where the links of the prose lead.
  List<String> links() {
    return prose.stream()
        .flatMap(line -> LINK.matcher(INLINE_CODE.matcher(line).replaceAll("`code`")).results())
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .toList();
  }

  /// The names under which headings can be linked to.
  List<String> anchors() {
    return prose.stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /// What the page tells to type: lines of shell blocks, and code within the prose, that start with
  /// `word`, what is set before it and comments behind it left out.
  List<String> commands(String word) {
    Stream<String> typed =
        blocks.stream()
            .filter(block -> List.of("sh", "console").contains(block.language()))
            .flatMap(block -> block.lines().stream())
            .map(line -> line.replaceFirst("^\\$ ", ""));
    Stream<String> mentioned =
        prose.stream().flatMap(line -> INLINE_CODE.matcher(line).results()).map(m -> m.group(1));
    Pattern command = Pattern.compile("(?:[A-Z_]+=\\S+ )*(" + Pattern.quote(word) + "(?: .*)?)");
    return Stream.concat(typed, mentioned)
        .map(command::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1).replaceFirst("\\s+[#|>].*", "").strip())
        .toList();
  }

  @Override
  public String toString() {
    return Repository.root().relativize(file).toString();
  }
}
