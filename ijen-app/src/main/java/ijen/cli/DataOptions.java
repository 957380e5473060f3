package ijen.cli;

import ijen.data.Options;
import java.util.Locale;
import picocli.CommandLine.Option;

/// How data are had, for the commands that open some.
final class DataOptions {
  @Option(names = "--offline", description = "do not download anything")
  boolean offline;

  /// The options for opening data, with notes on downloads to `terminal`.
  Options options(Terminal terminal) {
    return Options.defaults().withOffline(offline).withListener(new DownloadNotes(terminal));
  }

  /// Tells how a download goes: on a line of its own, redrawn, or, where that cannot be, every ten
  /// percent.
  private static final class DownloadNotes implements ijen.data.DownloadListener {
    private final Terminal terminal;
    private String file = "";
    private long told = -1;

    DownloadNotes(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public void progress(String name, long received, long total) {
      if (!name.equals(file)) {
        file = name;
        told = -1;
      }
      long percent = total <= 0 ? 0 : 100 * received / total;
      boolean interactive = terminal.interactive();
      if (interactive ? percent == told : percent / 10 == told) {
        return;
      }
      told = interactive ? percent : percent / 10;
      String line =
          String.format(
              Locale.ROOT, "downloading %s: %d %% of %.1f MB", name, percent, total / 1e6);
      if (interactive) {
        terminal.err().print("\r\u001b[K" + line + (received >= total ? "\n" : ""));
        terminal.err().flush();
      } else {
        terminal.note(line);
      }
    }
  }
}
