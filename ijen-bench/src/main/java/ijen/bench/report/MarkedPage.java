package ijen.bench.report;

import ijen.format.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of which a part, between two marks, is written by the benchmarks.
public final class MarkedPage {
  private static final String BEGIN = "<!-- bench:begin -->";
  private static final String END = "<!-- bench:end -->";

  private final Path file;

  private MarkedPage(Path file) {
    this.file = file;
  }

  /// The page in a file, which must have both marks: found out before anything is measured.
  ///
  /// @throws IOException if it cannot be read or has not both marks once, in order
  public static MarkedPage of(Path file) throws IOException {
    MarkedPage page = new MarkedPage(file);
    page.with("");
    return page;
  }

  /// Puts `text` between the marks; the file is replaced whole or not at all.
  public void update(String text) throws IOException {
    byte[] bytes = with("\n" + text.strip() + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private String with(String text) throws IOException {
    String page = Files.readString(file);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    boolean once = begin == page.lastIndexOf(BEGIN) && end == page.lastIndexOf(END);
    if (begin < 0 || end < begin || !once) {
      throw new IOException(
          file
              + ": expected the lines "
              + BEGIN
              + " and "
              + END
              + " in it, once and in this order");
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + text + page.substring(end);
  }
}
