package ijen.cli;

import ijen.data.Dataset;
import ijen.recipe.DataChoice;
import ijen.recipe.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ijen data show`
@Command(
    name = "show",
    header = "Draws samples of a data set in the terminal.",
    synopsisHeading = "%n",
    customSynopsis = "ijen data show [OPTION…] NAME|FOLDER [NUMBER…]",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  ijen data show digits", "  ijen data show fashion-mnist 42 43 --part train"})
final class DataShowCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(index = "0", paramLabel = "NAME|FOLDER", description = "a data set's name or folder")
  String what = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NUMBER",
      description = "which samples, from 0 on (default: 0)")
  List<Integer> numbers = List.of(0);

  @Mixin PartOptions part = new PartOptions();
  @Mixin DataOptions data = new DataOptions();

  DataShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    DataShowCommand command = new DataShowCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addForNamedData(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() {
    DataChoice choice = settings.recipe().with(Setting.DATA, what, what).config().data();
    Dataset samples = part.of(choice.open(data.options(terminal)));
    for (int number : numbers) {
      if (number < 0) {
        throw new UsageException("expected numbers of samples from 0 on, got " + number);
      }
      Question sample = Question.of(samples, number);
      terminal.say(
          terminal.bold(sample.what())
              + (sample.truth() < 0 ? "" : ": " + samples.classes().get(sample.truth())));
      if (sample.image() == null) {
        terminal.say(Arrays.toString(sample.features()));
      } else {
        sample.image().lines(terminal).forEach(terminal::say);
      }
    }
    return 0;
  }
}
