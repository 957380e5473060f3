package ijen.cli;

import ijen.data.FileFormat;
import ijen.data.TrainTest;
import ijen.recipe.DataChoice;
import ijen.recipe.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen data convert`
@Command(
    name = "convert",
    header = "Writes a data set in another format.",
    synopsisHeading = "%n",
    customSynopsis = "ijen data convert [OPTION…] NAME|FILE|FOLDER FILE|FOLDER",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen data convert mnist mnist.npz",
      "  ijen data convert fashion-mnist fashion.h5",
      "  ijen data convert mnist.npz mnist --format csv",
      "  ijen data convert digits train.csv --part train",
      "  ijen data convert fashion-mnist anew.npz --pool 0.8 --data-seed 42"
    })
final class DataConvertCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      index = "0",
      paramLabel = "NAME|FILE|FOLDER",
      description = "a data set's name, or the file or folder that it is in")
  String from = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE|FOLDER",
      description =
          "where to: a file that ends with .npz, .h5, .hdf5, .safetensors, .csv or .csv.gz, or a"
              + " folder; what is there is replaced")
  Path to = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "what files a folder gets: idx, npy or csv (default: idx)")
  @Nullable String format;

  @Option(
      names = "--part",
      paramLabel = "train|test",
      description = "only this part, for a file (default: both)")
  @Nullable String part;

  @Mixin DataOptions data = new DataOptions();

  DataConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    DataConvertCommand command = new DataConvertCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addForNamedData(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() throws IOException {
    boolean folder = Files.isDirectory(to) || String.valueOf(to.getFileName()).indexOf('.') < 0;
    if (folder && part != null) {
      throw new UsageException("--part is for a file; a folder gets both parts");
    }
    if (!folder && format != null) {
      throw new UsageException("--format is for a folder; a file's ending says its format");
    }
    FileFormat kind = folder ? kind(format == null ? "idx" : format) : FileFormat.IDX;
    DataChoice choice = settings.recipe().with(Setting.DATA, from, from).config().data();
    TrainTest both = choice.open(data.options(terminal));
    if (folder) {
      both.saveTo(to, kind);
    } else if (part == null) {
      both.save(to);
    } else {
      switch (part) {
        case "train" -> both.train().save(to);
        case "test" -> both.test().save(to);
        default -> throw new UsageException("--part: expected train or test, got '" + part + "'");
      }
    }
    terminal.say(
        "%s: %,d training and %,d test samples of %s"
            .formatted(to, both.train().size(), both.test().size(), both.train().features()));
    return 0;
  }

  private static FileFormat kind(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "idx" -> FileFormat.IDX;
      case "npy" -> FileFormat.NPY;
      case "csv" -> FileFormat.CSV;
      default -> throw new UsageException("--format: expected idx, npy or csv, got '" + name + "'");
    };
  }
}
