package ijen.cli;

/// The program `ijen`.
public final class Main {
  private Main() {}

  /// Runs the command that the arguments say, and ends with its exit code: 0 done, 1 failed, 2
  /// wrong usage, 130 stopped.
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true"); // images are files here
    System.exit(CommandLines.run(Terminal.ofSystem(), arguments));
  }
}
