package ijen.bench;

import ijen.cli.Terminal;

/// Tells on the error stream which process runs, on a line that is replaced when it has ended;
/// where no line can be redrawn, what has ended.
record ProgressLine(Terminal terminal) implements Bench.Progress {
  private static final String ERASE = "\r\u001b[K";

  @Override
  public void begins(String what) {
    if (terminal.interactive()) {
      String line = what + " …";
      terminal
          .err()
          .print(ERASE + line.substring(0, Math.min(line.length(), terminal.width() - 1)));
      terminal.err().flush();
    }
  }

  @Override
  public void ended(String what) {
    terminal.note((terminal.interactive() ? ERASE : "") + what);
  }
}
