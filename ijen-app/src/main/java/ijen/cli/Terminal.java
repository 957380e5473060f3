package ijen.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// Where a command speaks to, and what can be shown there.
///
/// @param out results
/// @param err everything else: errors, notes beside `--json`
/// @param interactive whether a person sits before it, so that a line may be redrawn
/// @param colors what colours it has
/// @param unicode whether to draw with more than ASCII
/// @param width how many characters a line has
public record Terminal(
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Colors colors,
    boolean unicode,
    int width) {
  private static final int USUAL_WIDTH = 80;

  /// What colours a terminal has.
  public enum Colors {
    /// None, or none are wanted.
    NONE,
    /// The table of 256.
    TABLE,
    /// Any, by red, green and blue.
    ALL
  }

  /// The terminal, pipe or file that this process writes to. What is not ASCII is written as UTF-8.
  @SuppressWarnings(
      "SystemConsoleNull") // it still is null in a JVM whose console is chosen otherwise
  public static Terminal ofSystem() {
    Console console = System.console();
    return of(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        console != null && console.isTerminal(),
        System.getProperty("stdout.encoding", "UTF-8"),
        System.getenv());
  }

  /// The terminal that an environment describes.
  static Terminal of(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      String encoding,
      Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "dumb");
    boolean interactive = terminal && !kind.equals("dumb");
    boolean unicode = interactive && encoding.toUpperCase(Locale.ROOT).startsWith("UTF");
    return new Terminal(
        out,
        err,
        interactive,
        interactive ? colors(kind, environment) : Colors.NONE,
        unicode,
        width(environment.get("COLUMNS")));
  }

  private static Colors colors(String kind, Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return Colors.NONE;
    }
    String more = environment.getOrDefault("COLORTERM", "");
    return more.equals("truecolor") || more.equals("24bit") || kind.endsWith("-direct")
        ? Colors.ALL
        : Colors.TABLE;
  }

  private static int width(@org.jspecify.annotations.Nullable String columns) {
    try {
      return columns == null ? USUAL_WIDTH : Math.clamp(Integer.parseInt(columns.strip()), 20, 500);
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13),
        true,
        StandardCharsets.UTF_8);
  }

  /// A line of the result.
  public void say(String line) {
    out.println(line);
  }

  /// A line beside the result.
  public void note(String line) {
    err.println(line);
  }

  /// Whether it has colours.
  public boolean hasColors() {
    return colors != Colors.NONE;
  }

  /// The text, bold where that can be shown.
  public String bold(String text) {
    return styled("1", text);
  }

  /// The text, less loud where that can be shown.
  public String dim(String text) {
    return styled("2", text);
  }

  /// The text in one of the eight basic colours, for example 32 for green, where there are any.
  public String colored(int color, String text) {
    return styled(Integer.toString(color), text);
  }

  /// A bar that fills so much of `width` characters.
  ///
  /// @param part from 0 to 1
  public String bar(double part, int width) {
    if (!unicode) {
      return "#".repeat((int) Math.round(width * part));
    }
    int eighths = (int) Math.round(8 * width * part);
    String rest = eighths % 8 == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths % 8));
    return "█".repeat(eighths / 8) + rest;
  }

  private String styled(String style, String text) {
    return hasColors() ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
  }
}
