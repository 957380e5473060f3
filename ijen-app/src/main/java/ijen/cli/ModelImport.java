package ijen.cli;

import ijen.data.DataFile;
import ijen.data.Dataset;
import ijen.data.Scaling;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.loss.Decision;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.model.Model;
import ijen.model.ParameterFiles;
import ijen.model.ParameterLayout;
import ijen.model.StateDict;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.onnx.Onnx;
import ijen.onnx.OnnxNetwork;
import ijen.recipe.Recipe;
import ijen.recipe.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What `ijen import` makes of a file: what the options say comes first, then what the file says,
/// then the data set, then the model that it is to be like.
///
/// @param model the model
/// @param notes what was assumed, for people
record ModelImport(Model model, List<String> notes) {
  /// A field of one byte's tag and a small number: the version of the format, which ONNX files
  /// begin with.
  private static final byte ONNX = 0x08;

  private static final int SAFETENSORS_HEADER = 8;

  /// Reads the file that a command names.
  static ModelImport of(ImportCommand command, Recipe given) throws IOException {
    return new Making(command, given).model();
  }

  private static boolean isOnnx(Path file) throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(SAFETENSORS_HEADER + 1);
      return start.length > SAFETENSORS_HEADER
          && start[0] == ONNX
          && start[SAFETENSORS_HEADER] != '{';
    }
  }

  /// A model in the making.
  private static final class Making {
    private final ImportCommand command;
    private final Recipe given;
    private final @Nullable Model like;
    private final @Nullable Dataset samples;
    private final List<String> notes = new ArrayList<>();

    Making(ImportCommand command, Recipe given) throws IOException {
      this.command = command;
      this.given = given;
      this.like =
          command.like.isEmpty() ? null : ModelSource.find(command.like, command.runs).model();
      this.samples =
          given.settings().contains(Setting.DATA)
              ? given.config().data().open(command.data.options(command.terminal())).train()
              : null;
    }

    ModelImport model() throws IOException {
      Model model = isOnnx(command.from) ? ofOnnx() : ofParameters();
      Map<String, String> provenance = new LinkedHashMap<>();
      provenance.put("imported", String.valueOf(command.from.getFileName()));
      provenance.put("sha256", DataFile.sha256(command.from));
      if (!command.like.isEmpty()) {
        provenance.put("like", command.like);
      }
      return new ModelImport(model.withProvenance(provenance), notes);
    }

    private Model ofOnnx() throws IOException {
      if (like != null
          || ImportCommand.NETWORK.stream().anyMatch(given.settings()::contains)
          || !command.names.isEmpty()
          || !command.layers.isEmpty()) {
        throw new UsageException(
            command.from
                + " is an ONNX file and says which network it is: expected no other options"
                + " for one");
      }
      OnnxNetwork read = Onnx.read(command.from);
      Loss loss = loss(read.loss());
      Network network = read.loss() == null ? withoutSoftmax(read.network(), loss) : read.network();
      Shape features = features(network.input());
      return new Model(
          network,
          loss,
          read.theta(),
          features,
          classes(network, loss, read.classes()),
          scaling(features).then(read.scaling()));
    }

    private Model ofParameters() throws IOException {
      if (like == null && !given.settings().contains(Setting.HIDDEN)) {
        throw new UsageException(
            command.from
                + " holds parameters alone: expected --like MODEL|RUN, or --hidden UNITS,… with"
                + " --data, or with --features and --classes");
      }
      Loss loss = loss(like == null ? null : like.loss());
      Shape features = features(like == null ? null : like.features());
      Network network =
          like == null
              ? given.config().network().network(features.size(), outputs(loss))
              : like.network();
      Theta theta =
          command.names.isEmpty()
              ? StateDict.read(command.from, network, command.layers)
              : ParameterFiles.read(
                  command.from, network, new ParameterLayout(command.names, false));
      Scaling scaling = scaling(features);
      return new Model(
          network,
          loss,
          theta,
          features,
          classes(network, loss, List.of()),
          scaling.isNone() && like != null ? like.scaling() : scaling);
    }

    private Loss loss(@Nullable Loss known) {
      if (given.settings().contains(Setting.LOSS)) {
        return given.config().loss();
      }
      if (known != null) {
        return known;
      }
      notes.add("the output is taken for that of a cross-entropy; --loss says otherwise");
      return Losses.crossEntropy();
    }

    /// A softmax at the end is what the cross-entropy takes for granted.
    private Network withoutSoftmax(Network network, Loss loss) {
      List<Layer> layers = network.layers();
      boolean both =
          loss.decision().kind() == Decision.Kind.LARGEST
              && layers.size() > 1
              && layers.getLast().kind().equals("softmax");
      if (!both) {
        return network;
      }
      notes.add("the softmax at the end is left out: it is part of the " + loss.name());
      return new Network(network.input(), layers.subList(0, layers.size() - 1));
    }

    private Shape features(@Nullable Shape known) {
      if (!command.features.isEmpty()) {
        return Shape.of(command.features.stream().mapToInt(Integer::intValue).toArray());
      }
      if (samples != null) {
        return samples.features();
      }
      if (known == null) {
        throw new UsageException(
            "expected --data, or --features: nothing says what a sample is, such as 28,28");
      }
      return known;
    }

    /// How many numbers come out of layers that are given as words.
    private int outputs(Loss loss) {
      if (loss.decision().isSingle()) {
        return 1;
      }
      List<String> classes = named();
      if (classes.isEmpty() && samples == null) {
        throw new UsageException(
            "expected --data, or --classes: nothing says how many outputs the network has");
      }
      return classes.isEmpty() && samples != null ? samples.target().size() : classes.size();
    }

    /// The classes by the options or the data.
    private List<String> named() {
      if (!command.classes.isEmpty()) {
        String first = command.classes.getFirst();
        return command.classes.size() == 1 && first.matches("[1-9]\\d{0,5}")
            ? numbered(Integer.parseInt(first))
            : command.classes;
      }
      return samples == null ? List.of() : samples.classes();
    }

    private static List<String> numbered(int count) {
      return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private List<String> classes(Network network, Loss loss, List<String> inFile) {
      Shape output = network.output();
      List<String> classes = command.classes.isEmpty() && !inFile.isEmpty() ? inFile : named();
      if (classes.isEmpty() && like != null) {
        classes = like.classes();
      }
      int decided = loss.decision().classes(output, classes.size());
      if (classes.isEmpty() && decided > 0) {
        notes.add("the %d classes are called by their numbers".formatted(decided));
        return numbered(decided);
      }
      if (!loss.decision().oneHot() && decided != classes.size()) {
        throw new IllegalArgumentException(
            "the network's output %s decides between %d classes, got %d: %s"
                .formatted(output, decided, classes.size(), String.join(", ", classes)));
      }
      return classes;
    }

    private Scaling scaling(Shape features) {
      if (command.means.isEmpty() && command.deviations.isEmpty()) {
        return Scaling.NONE;
      }
      int pairs = Math.max(1, Math.max(command.means.size(), command.deviations.size()));
      int channels = features.rank() > 2 ? features.dimension(0) : 1;
      int width = pairs == 1 ? 1 : features.size();
      boolean each = pairs == features.size();
      if (pairs > 1 && !each && pairs != channels) {
        throw new UsageException(
            "--mean, --deviation: expected one number, or one for each of the channels or features"
                + " of samples %s, got %d".formatted(features, pairs));
      }
      float[] scale = new float[width];
      float[] shift = new float[width];
      for (int i = 0; i < width; i++) {
        int pair = pairs == 1 ? 0 : each ? i : i / (width / channels);
        double deviation = at("--deviation", command.deviations, pair, pairs, 1);
        scale[i] = (float) (1 / deviation);
        shift[i] = (float) (-at("--mean", command.means, pair, pairs, 0) / deviation);
      }
      return Scaling.of(scale, shift);
    }

    private static double at(String option, List<Double> numbers, int i, int pairs, double usual) {
      if (numbers.size() > 1 && numbers.size() != pairs) {
        throw new UsageException(
            option + ": expected 1 number or " + pairs + ", got " + numbers.size());
      }
      return numbers.isEmpty() ? usual : numbers.get(numbers.size() == 1 ? 0 : i);
    }
  }
}
