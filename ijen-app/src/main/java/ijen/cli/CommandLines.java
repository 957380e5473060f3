package ijen.cli;

import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// All commands, put together.
public final class CommandLines {
  private CommandLines() {}

  /// Runs a command and returns the exit code.
  static int run(Terminal terminal, String... arguments) {
    return run(terminal, () -> of(terminal), arguments);
  }

  /// Runs a command of `commands` and returns the exit code.
  public static int run(Terminal terminal, Supplier<CommandLine> commands, String... arguments) {
    Locale.setDefault(Locale.ROOT); // for what formats by the default locale below us
    try {
      return commands.get().execute(arguments);
    } catch (OutOfMemoryError e) {
      terminal.note(
          "ijen: the memory is not enough; IJEN_JAVA_OPTS=-Xmx8g gives 8 GB, for example");
      return Failures.FAILED;
    } catch (LinkageError e) {
      Throwable why = e.getCause() == null ? e : e.getCause(); // such as a wrong -Dijen.lanes
      terminal.note("ijen: " + Failures.message(why));
      return Failures.FAILED;
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  /// The parser of the whole command line.
  static CommandLine of(Terminal terminal) {
    return of(terminal, new CommandLine(new BenchCommand()));
  }

  /// The same with the benchmarks themselves, from the module behind this one.
  public static CommandLine of(Terminal terminal, CommandLine bench) {
    CommandLine root = new CommandLine(new IjenCommand(terminal));
    root.addSubcommand(TrainCommand.commandLine(terminal));
    root.addSubcommand(EvaluateCommand.commandLine(terminal));
    root.addSubcommand(PredictCommand.commandLine(terminal));
    root.addSubcommand(new ExportCommand(terminal));
    root.addSubcommand(ImportCommand.commandLine(terminal));
    root.addSubcommand(CheckCommand.commandLine(terminal));
    root.addSubcommand(ReproduceCommand.commandLine(terminal));
    root.addSubcommand(FindLrCommand.commandLine(terminal));
    root.addSubcommand(new TuneCommand(terminal));
    root.addSubcommand(DataCommand.commandLine(terminal));
    root.addSubcommand(RunsCommand.commandLine(terminal));
    root.addSubcommand(new ReportCommand(terminal));
    root.addSubcommand(bench);
    root.addSubcommand(new HelpCommand(terminal));
    Failures failures = new Failures(terminal);
    return root.setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.hasColors() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(Math.clamp(terminal.width(), 60, 110))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private static java.io.PrintWriter writer(java.io.PrintStream stream) {
    return new java.io.PrintWriter(stream, true, java.nio.charset.StandardCharsets.UTF_8);
  }
}
