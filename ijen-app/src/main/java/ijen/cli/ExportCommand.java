package ijen.cli;

import ijen.model.Model;
import ijen.model.ParameterFiles;
import ijen.model.ParameterLayout;
import ijen.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen export`
@Command(
    name = "export",
    header = "Writes a trained model in a format that other programs read.",
    synopsisHeading = "%n",
    customSynopsis = "ijen export [OPTION…] [MODEL|RUN] FILE",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen export digits.onnx              the newest run, for ONNX Runtime and others",
      "  ijen export 20261121-093000 weights.npz",
      "  ijen export model.safetensors weights.h5",
      "  ijen export mnist_network_params.hdf5 --names w,b --columns"
    })
final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..2",
      paramLabel = "[MODEL|RUN] FILE",
      hideParamSyntax = true,
      description =
          "a model file, or a run's name, its beginning, or its folder (the newest run if none is"
              + " named); and where to: a file that ends with .onnx (network and parameters), .npz,"
              + " .h5 or .hdf5 (parameters by name), or .safetensors (all, as Ijen has it); what"
              + " is there is replaced")
  String[] words = {};

  @Option(
      names = "--names",
      paramLabel = "NAME,…",
      split = ",",
      hideParamSyntax = true,
      description =
          "for .npz, .h5 and .hdf5: what the parameters are called there, in the network's order"
              + " (default: dense1.weight, dense1.bias, …)")
  List<String> names = List.of();

  @Option(
      names = "--columns",
      description = "for .npz, .h5 and .hdf5: vectors [n], such as biases, become columns [n, 1]")
  boolean columns;

  @Mixin RunsOptions runs = new RunsOptions();

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    @Nullable String what = words.length == 2 ? words[0] : null;
    Path to = Path.of(words[words.length - 1]);
    ModelSource source = ModelSource.find(what, runs);
    write(source.model(), to);
    terminal.say("%s: %,d bytes, of %s".formatted(to, Files.size(to), source.file()));
    return 0;
  }

  private void write(Model model, Path to) throws IOException {
    String name = String.valueOf(to.getFileName()).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    boolean alone = List.of("npz", "h5", "hdf5").contains(ending);
    if (!alone && (columns || !names.isEmpty())) {
      throw new UsageException(
          to + ": --names and --columns are for files that end with .npz, .h5 or .hdf5");
    }
    switch (ending) {
      case "onnx" -> Onnx.write(model, to);
      case "safetensors" -> model.save(to);
      case "npz", "h5", "hdf5" ->
          ParameterFiles.write(to, model.theta(), new ParameterLayout(names, columns));
      default ->
          throw new UsageException(
              to
                  + ": expected a name that ends with .onnx, .npz, .h5, .hdf5 or .safetensors, got"
                  + " '"
                  + name
                  + "'");
    }
  }
}
