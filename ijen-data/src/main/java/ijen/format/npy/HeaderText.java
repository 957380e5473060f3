package ijen.format.npy;

import ijen.format.Dtype;
import ijen.format.Excerpt;
import ijen.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the dictionary in a header: these three keys and values, once each, and nothing else of
/// Python.
final class HeaderText {
  private final String file;
  private final String member; // the beginning of messages about a member of an archive
  private final int begin; // where the text begins in the file
  private final int version;
  private final String text; // one character a byte
  private int next;

  private @Nullable String descr;
  private @Nullable Boolean fortranOrder;
  private int @Nullable [] shape;

  private HeaderText(String file, String member, int begin, int version, byte[] text) {
    this.file = file;
    this.member = member;
    this.begin = begin;
    this.version = version;
    this.text = new String(text, StandardCharsets.ISO_8859_1);
  }

  static NpyHeader read(String file, String member, int begin, int version, byte[] text)
      throws FormatException {
    return new HeaderText(file, member, begin, version, text).header();
  }

  private NpyHeader header() throws FormatException {
    space();
    need('{', "a dictionary");
    space();
    while (!take('}')) {
      entry();
      space();
      if (!take(',')) {
        need('}', "a comma or the end of the dictionary");
        break;
      }
      space();
    }
    space();
    if (next < text.length()) {
      throw wrong("expected the header to end after the dictionary, got " + here());
    }
    String code = descr;
    Boolean order = fortranOrder;
    int[] dimensions = shape;
    if (code == null || order == null || dimensions == null) {
      throw wrong(
          "expected the keys descr, fortran_order and shape, got no "
              + (code == null ? "descr" : order == null ? "fortran_order" : "shape"));
    }
    Dtype dtype = TypeCode.dtype(code);
    if (dtype == null) {
      throw new AssertionError(code); // refused where it was read
    }
    return new NpyHeader(dtype, code.startsWith(">"), order, dimensions);
  }

  private void entry() throws FormatException {
    int start = next;
    String key = string("a key");
    space();
    need(':', "a colon");
    space();
    boolean again =
        switch (key) {
          case "descr" -> descr != null;
          case "fortran_order" -> fortranOrder != null;
          case "shape" -> shape != null;
          default -> {
            next = start;
            throw wrong(
                "expected the keys descr, fortran_order and shape, got '" + shown(key) + "'");
          }
        };
    if (again) {
      next = start;
      throw wrong("expected the key " + key + " once, got it twice");
    }
    switch (key) {
      case "descr" -> descr = type();
      case "fortran_order" -> fortranOrder = bool();
      default -> shape = tuple();
    }
  }

  private String type() throws FormatException {
    int start = next;
    if (next < text.length() && (text.charAt(next) == '[' || text.charAt(next) == '(')) {
      throw refused(shown(utf8(text.substring(next))), "a structured type");
    }
    String code = string("a type");
    if (TypeCode.dtype(code) == null) {
      next = start;
      throw refused("'" + shown(utf8(code)) + "'", TypeCode.meaning(code));
    }
    return code;
  }

  private FormatException refused(String code, String meaning) {
    return wrong(
        "expected booleans, whole or floating-point numbers of 1 to 8 bytes, got the type "
            + code
            + ": "
            + meaning);
  }

  private String utf8(String bytes) {
    return version < 3
        ? bytes
        : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private boolean bool() throws FormatException {
    for (boolean value : new boolean[] {false, true}) {
      String name = value ? "True" : "False";
      if (text.startsWith(name, next)) {
        next += name.length();
        return value;
      }
    }
    throw wrong("expected True or False, got " + here());
  }

  private int[] tuple() throws FormatException {
    int[] dimensions = new int[Npy.MOST_DIMENSIONS];
    int count = 0;
    need('(', "a shape in parentheses");
    space();
    while (!take(')')) {
      if (count == dimensions.length) {
        throw wrong("expected at most " + dimensions.length + " dimensions");
      }
      dimensions[count++] = dimension();
      space();
      if (!take(',')) {
        if (count == 1) {
          throw wrong("expected a comma after a single dimension, got " + here());
        }
        need(')', "a comma or the end of the shape");
        break;
      }
      space();
    }
    return Arrays.copyOf(dimensions, count);
  }

  private int dimension() throws FormatException {
    int start = next;
    long value = 0;
    while (next < text.length() && isDigit(text.charAt(next))) {
      value = value * 10 + text.charAt(next++) - '0';
      if (value > Integer.MAX_VALUE) {
        next = start;
        throw wrong("expected dimensions from 0 to 2147483647, got " + here());
      }
    }
    if (next == start || (text.charAt(start) == '0' && value > 0)) {
      next = start;
      throw wrong("expected a dimension from 0 to 2147483647, got " + here());
    }
    if (version < 3) {
      take('L'); // as Python 2 wrote whole numbers
    }
    return (int) value;
  }

  private String string(String what) throws FormatException {
    int start = next;
    if (start < text.length() && (text.charAt(start) == '\'' || text.charAt(start) == '"')) {
      for (int end = start + 1; end < text.length(); end++) {
        char c = text.charAt(end);
        if (c == text.charAt(start)) {
          next = end + 1;
          return text.substring(start + 1, end);
        }
        if (c == '\\' || c == '\n') {
          break;
        }
      }
    }
    throw wrong("expected " + what + " in quotes, got " + here());
  }

  private void space() {
    while (next < text.length() && " \t\n\r\f".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
  }

  private boolean take(char wanted) {
    if (next < text.length() && text.charAt(next) == wanted) {
      next++;
      return true;
    }
    return false;
  }

  private void need(char wanted, String what) throws FormatException {
    if (!take(wanted)) {
      throw wrong("expected " + what + ", got " + here());
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// What stands at this place, up to the next separator.
  private String here() {
    if (next >= text.length()) {
      return "the end of the header";
    }
    int end = next + 1;
    while (end < text.length() && " ,:(){}\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return "'" + shown(text.substring(next, end)) + "'";
  }

  private FormatException wrong(String problem) {
    return new FormatException(file, member + "byte " + (begin + next) + ": header: " + problem);
  }

  /// A text from the file, fit for a message: on one line and not long.
  static String shown(String text) {
    return Excerpt.of(text, 60);
  }
}
