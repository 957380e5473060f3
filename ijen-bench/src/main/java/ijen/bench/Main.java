package ijen.bench;

import ijen.cli.CommandLines;
import ijen.cli.Terminal;

/// The program `ijen` with the benchmarks in it, which the launcher starts for `ijen bench`.
public final class Main {
  private Main() {}

  /// Runs the command that the arguments say, and ends with its exit code.
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    Terminal terminal = Terminal.ofSystem();
    System.exit(
        CommandLines.run(
            terminal,
            () -> CommandLines.of(terminal, BenchCommand.commandLine(terminal)),
            arguments));
  }
}
