package ijen.format.arff;

import ijen.format.FormatException;
import ijen.format.TableBuilder;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/// Takes the text of an ARFF file apart into words, and knows in which line it is.
///
/// A word ends at a space, tab, comma, brace or the end of the line; in quotes, single or double,
/// these are part of it, and a backslash makes the next character part of it, too.
final class ArffWords {
  /// The longest word.
  static final int MOST_WORD = 1 << 16;

  private static final int END = -1;

  private final String file;
  private final Reader in;
  private final char[] buffer = new char[1 << 13];
  private int at;
  private int end;
  private long line = 1;
  private char[] word = new char[64];
  private int length;
  private boolean quoted;

  ArffWords(String file, Reader in) {
    this.file = file;
    this.in = in;
  }

  /// The number of the current line, from 1.
  long line() {
    return line;
  }

  /// The latest word.
  String text() {
    return new String(word, 0, length);
  }

  /// Makes the latest word the next value of the row.
  void addTo(TableBuilder table) throws FormatException {
    table.value(word, 0, length, quoted);
  }

  private int peek() throws IOException {
    if (at == end) {
      end = in.read(buffer, 0, buffer.length);
      at = 0;
      if (end <= 0) {
        end = 0;
        return END;
      }
    }
    return buffer[at];
  }

  private void skipSpaces() throws IOException {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /// Skips empty lines and comments; whether there is another line.
  boolean toNextLine() throws IOException {
    while (true) {
      skipSpaces();
      switch (peek()) {
        case END -> {
          return false;
        }
        case '%' -> skipLine();
        case '\n', '\r' -> lineEnd();
        default -> {
          return true;
        }
      }
    }
  }

  /// Skips what is left of the line.
  void skipLine() throws IOException {
    while (peek() != '\n' && peek() != '\r' && peek() != END) {
      at++;
    }
    lineEnd();
  }

  private void lineEnd() throws IOException {
    int first = peek();
    if (first == END) {
      return;
    }
    at++;
    if (first == '\r' && peek() == '\n') {
      at++;
    }
    line++;
  }

  /// Ends the line.
  void needLineEnd(String what) throws IOException {
    skipSpaces();
    if (peek() != '\n' && peek() != '\r' && peek() != END) {
      throw wrong("expected " + what + ", got " + got());
    }
    lineEnd();
  }

  /// Whether `c` comes next on this line; then it is skipped.
  boolean next(char c) throws IOException {
    skipSpaces();
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /// Whether a comma or tab comes next on this line; then it is skipped.
  boolean nextSeparator() throws IOException {
    boolean tab = false;
    while (peek() == ' ' || peek() == '\t') {
      tab |= peek() == '\t';
      at++;
    }
    if (peek() == ',') {
      at++;
      return true;
    }
    return tab && peek() != '\n' && peek() != '\r' && peek() != END;
  }

  void need(char c, String what) throws IOException {
    if (!next(c)) {
      throw wrong("expected " + what + ", got " + got());
    }
  }

  /// Reads a word, which must not be empty unless it is in quotes.
  void need(String what) throws IOException {
    value();
    if (length == 0 && !quoted) {
      throw wrong("expected " + what + ", got " + got());
    }
  }

  /// Reads a word, which may be empty.
  void value() throws IOException {
    skipSpaces();
    length = 0;
    int first = peek();
    quoted = first == '\'' || first == '"';
    if (quoted) {
      at++;
      quoted(first);
      return;
    }
    for (int c = first; c != END; c = peek()) {
      switch (c) {
        case ' ', '\t', ',', '{', '}', '\n', '\r' -> {
          return;
        }
        default -> add((char) c);
      }
      at++;
    }
  }

  private void quoted(int quote) throws IOException {
    while (true) {
      int c = peek();
      if (c == END || c == '\n' || c == '\r') {
        throw wrong("expected the quote that closes '" + TableBuilder.shown(text()) + "'");
      }
      at++;
      if (c == quote) {
        return;
      }
      if (c == '\\') {
        int escaped = peek();
        if (escaped == END || escaped == '\n' || escaped == '\r') {
          throw wrong("expected a character after '\\'");
        }
        at++;
        c =
            switch (escaped) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escaped;
            };
      }
      add((char) c);
    }
  }

  private void add(char c) throws FormatException {
    if (length == MOST_WORD) {
      throw wrong("expected words of at most " + MOST_WORD + " characters, got a longer one");
    }
    if (length == word.length) {
      word = Arrays.copyOf(word, 2 * length);
    }
    word[length++] = c;
  }

  private String got() throws IOException {
    int c = peek();
    return switch (c) {
      case END -> "the end of the file";
      case '\n', '\r' -> "the end of the line";
      default -> "'" + TableBuilder.shown(String.valueOf((char) c)) + "'";
    };
  }

  FormatException wrong(String problem) {
    return new FormatException(file, "line " + line + ": " + problem);
  }
}
