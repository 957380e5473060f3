package ijen.cli;

import ijen.data.Dataset;
import ijen.data.FileFormat;
import ijen.data.TrainTest;
import ijen.format.json.Json;
import ijen.recipe.DataChoice;
import ijen.recipe.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen data info`
@Command(
    name = "info",
    header = "Says what a data set or a file holds.",
    synopsisHeading = "%n",
    customSynopsis = "ijen data info [OPTION…] NAME|FOLDER|FILE",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen data info digits",
      "  ijen data info fashion-mnist --json",
      "  ijen data info train-images-idx3-ubyte.gz",
      "  ijen data info model.safetensors"
    })
final class DataInfoCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      paramLabel = "NAME|FOLDER|FILE",
      description = "a data set's name or folder, or a file of data in any format")
  String what = "";

  @Option(names = "--json", description = "all of it as one JSON object")
  boolean json;

  @Mixin DataOptions data = new DataOptions();

  DataInfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    DataInfoCommand command = new DataInfoCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addForNamedData(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() throws IOException {
    Path path = Path.of(what);
    boolean file = Files.isRegularFile(path) && FileFormat.of(path) != FileFormat.IMAGE_FOLDER;
    Map<String, Object> found = file ? FileInfo.of(path) : samples();
    if (json) {
      terminal.say(Json.line(found));
    } else {
      print("", found);
    }
    return 0;
  }

  private Map<String, Object> samples() {
    DataChoice choice = settings.recipe().with(Setting.DATA, what, what).config().data();
    TrainTest both = choice.open(data.options(terminal));
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("name", choice.label());
    found.put("sample", both.train().features().toString());
    found.put("train", part(both.train()));
    found.put("test", part(both.test()));
    return found;
  }

  private static Map<String, Object> part(Dataset samples) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("samples", samples.size());
    part.put("sha256", samples.sha256());
    List<String> classes = samples.classes();
    if (!classes.isEmpty()) {
      int[] counts = samples.classCounts();
      Map<String, Object> named = new LinkedHashMap<>();
      for (int c = 0; c < counts.length; c++) {
        named.put(classes.get(c), counts[c]);
      }
      part.put("classes", named);
    }
    return part;
  }

  private void print(String indent, Map<?, ?> object) {
    int width = object.keySet().stream().mapToInt(key -> key.toString().length()).max().orElse(0);
    object.forEach((key, value) -> {
      String name = String.format(Locale.ROOT, "%-" + (width + 2) + "s", key);
      if (value instanceof Map<?, ?> inner) {
        terminal.say(indent + terminal.bold(key.toString()));
        print(indent + "  ", inner);
      } else {
        terminal.say(
            indent
                + name
                + (value instanceof Integer number
                    ? String.format(Locale.ROOT, "%,d", number)
                    : String.valueOf(value).replace("\n", ", ")));
      }
    });
  }
}
