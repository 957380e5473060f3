package ijen.cli;

import ijen.data.DataException;
import ijen.format.json.JsonException;
import ijen.recipe.Nearest;
import ijen.recipe.RecipeException;
import ijen.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what went wrong in a sentence, and gives the exit code: 2 for wrong usage, 1 for all else.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  static final int FAILED = 1;
  static final int USAGE = 2;

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    say(command, problem(wrong));
    terminal.note("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    say(command, message(e));
    if (command.getCommandSpec().root().userObject() instanceof IjenCommand root
        && root.stackTrace) {
      e.printStackTrace(terminal.err());
    }
    return e instanceof RecipeException || e instanceof UsageException ? USAGE : FAILED;
  }

  private void say(CommandLine command, String message) {
    terminal.out().flush();
    String name = command.getCommandSpec().qualifiedName();
    terminal.note(terminal.colored(31, name + ":") + " " + message);
  }

  private static String problem(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      if (word.startsWith("-")) {
        String name = word.split("=", 2)[0];
        return "unknown option '"
            + name
            + "'"
            + Nearest.to(name.replaceFirst("^-+", ""), options(command))
                .map(near -> ", did you mean '--" + near + "'?")
                .orElse("");
      }
      if (!command.getSubcommands().isEmpty()) {
        return "unknown command '"
            + word
            + "'"
            + Nearest.hint(word, List.copyOf(command.getSubcommands().keySet()));
      }
      return "one argument too many: '" + word + "'";
    }
    return String.valueOf(wrong.getMessage());
  }

  /// Their long names, without hyphens before them.
  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    return names.stream()
        .filter(name -> name.startsWith("--"))
        .map(name -> name.substring(2))
        .toList();
  }

  /// What people need to know of an exception.
  static String message(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
      case AccessDeniedException denied -> denied.getFile() + ": no permission";
      case FileAlreadyExistsException there -> there.getFile() + ": is there already";
      case FileSystemException file -> message;
      case RecipeException told -> message;
      case UsageException told -> message;
      case DataException told -> message;
      case DivergedException told -> message;
      case JsonException told -> message;
      case UncheckedIOException told -> message(java.util.Objects.requireNonNull(told.getCause()));
      case IOException told -> message;
      case IllegalArgumentException told -> message;
      case IllegalStateException told -> message;
      default -> "unexpected " + e + "; --stacktrace shows where";
    };
  }
}
