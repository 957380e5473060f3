package ijen.cli;

import ijen.format.json.Json;
import ijen.model.Model;
import ijen.nn.Network;
import ijen.recipe.DataChoice;
import ijen.recipe.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/// `ijen import`
@Command(
    name = "import",
    header = "Makes a model of what another program trained.",
    description = {
      "%nAn ONNX file says which network it is. Parameters alone (a PyTorch state_dict as"
          + " safetensors, NPZ, HDF5) need one: that of another model (--like), or layers as"
          + " 'train' takes them (--hidden). The shape of a sample and the classes come from"
          + " options, from the file or from --data. The model file that comes out is taken by all"
          + " commands."
    },
    synopsisHeading = "%n",
    customSynopsis = "ijen import [OPTION…] FILE MODEL",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen import net.onnx net.safetensors --data mnist",
      "  ijen import state.safetensors net.safetensors --hidden 256,64 --data mnist \\",
      "      --mean 0.1307 --deviation 0.3081",
      "  ijen import mnist_network_params.hdf5 softmax.safetensors --hidden none --names w,b \\",
      "      --features 28,28 --classes 10",
      "  ijen import weights.npz again.safetensors --like 20261121-093000",
      "  ijen evaluate net.safetensors --data mnist"
    })
final class ImportCommand implements Callable<Integer> {
  /// The settings that say which network.
  static final List<Setting> NETWORK = List.of(Setting.HIDDEN, Setting.ACTIVATION, Setting.DROPOUT);

  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "ONNX, or parameters alone: safetensors, NPZ or HDF5")
  Path from = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "MODEL",
      description = "where to: a file that ends with .safetensors; what is there is replaced")
  Path to = Path.of("");

  @Option(
      names = "--like",
      paramLabel = "MODEL|RUN",
      description = "the parameters of FILE are for the network of this model or run")
  String like = "";

  @Option(
      names = "--names",
      paramLabel = "NAME,…",
      split = ",",
      hideParamSyntax = true,
      description =
          "what the network's parameters are called in FILE, in its order; without, layers are"
              + " found by their names, numbers and shapes")
  List<String> names = List.of();

  @Option(
      names = "--layers",
      paramLabel = "NAME=LAYER,…",
      split = ",",
      hideParamSyntax = true,
      description =
          "which layer of FILE is which of the network, where names do not tell: head=dense2")
  Map<String, String> layers = Map.of();

  @Option(
      names = "--features",
      paramLabel = "SIZE,…",
      split = ",",
      hideParamSyntax = true,
      description = "the shape of a sample, such as 28,28")
  List<Integer> features = List.of();

  @Option(
      names = "--classes",
      paramLabel = "NAME,…|COUNT",
      split = ",",
      hideParamSyntax = true,
      description = "the names of the classes, or how many there are: 10 for 0 to 9")
  List<String> classes = List.of();

  @Option(
      names = "--mean",
      paramLabel = "NUMBER,…",
      split = ",",
      hideParamSyntax = true,
      description =
          "what is subtracted from features before the network sees them, one number or one for"
              + " each channel or feature; grey values count as byte / 255")
  List<Double> means = List.of();

  @Option(
      names = "--deviation",
      paramLabel = "NUMBER,…",
      split = ",",
      hideParamSyntax = true,
      description = "by what they are divided then")
  List<Double> deviations = List.of();

  @Option(names = "--json", description = "the result as one JSON object")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    ImportCommand command = new ImportCommand(terminal);
    CommandLine line = new CommandLine(command);
    List<Setting> taken = new ArrayList<>(NETWORK);
    taken.add(Setting.LOSS);
    taken.addAll(DataChoice.settings());
    command.settings.addTo(line.getCommandSpec(), taken);
    return line;
  }

  @Override
  public Integer call() throws IOException {
    if (!to.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
      throw new UsageException(
          to + ": expected a name that ends with .safetensors, as models have it");
    }
    if (!like.isEmpty() && NETWORK.stream().anyMatch(settings.recipe().settings()::contains)) {
      throw new UsageException("--like says which network: expected no other options for one");
    }
    if (!names.isEmpty() && !layers.isEmpty()) {
      throw new UsageException("--names and --layers: expected one of them");
    }
    ModelImport made = ModelImport.of(this, settings.recipe());
    made.model().save(to);
    if (json) {
      terminal.say(Json.line(describe(made)));
    } else {
      print(made);
    }
    return 0;
  }

  private Map<String, Object> describe(ModelImport made) {
    Model model = made.model();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("model", to.toString());
    object.put("features", model.features().toString());
    object.put("network", model.network().describe());
    object.put("parameters", model.network().parameterCount());
    object.put("loss", model.loss().name());
    object.put("classes", model.classes());
    object.put("scaling", model.scaling().toString());
    object.put("provenance", model.provenance());
    object.put("thetaSha256", model.theta().sha256());
    object.put("notes", made.notes());
    return object;
  }

  private void print(ModelImport made) throws IOException {
    Model model = made.model();
    Table table = new Table("layer", "output", ">parameters");
    for (Network.Row row : model.network().rows()) {
      table.row(
          row.name(),
          row.output().toString(),
          String.format(Locale.ROOT, "%,d", row.parameters() + row.statistics()));
    }
    table.print(terminal);
    terminal.say("");
    row("samples", model.features() + ", scaled: " + model.scaling());
    row("loss", model.loss().name());
    row("classes", model.classes().isEmpty() ? "none" : String.join(", ", model.classes()));
    model.provenance().forEach(this::row);
    made.notes().forEach(note -> row("note", note));
    row("model", "%s: %,d bytes".formatted(to, Files.size(to)));
  }

  private void row(String name, String text) {
    terminal.say(terminal.bold(String.format(Locale.ROOT, "%-10s", name)) + text);
  }
}
