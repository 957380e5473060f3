package ijen.train;

import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.format.safetensors.Safetensors;
import ijen.graph.Theta;
import ijen.model.ParameterTensors;
import ijen.optim.OptimizerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A training between two steps, in a file: θ, the optimiser's vectors, the counters, and of which
/// training it is.
///
/// With it a training goes on as if it had not been interrupted: the same bits come out. Sums are
/// kept exactly, in hexadecimal notation, and so are an optimiser's numbers. The file is a
/// safetensors file: θ under the parameters' names, the optimiser's vectors under
/// `optimizer.NAME/`, the best epoch's θ under `best/`.
public final class Checkpoint {
  private static final String FORMAT = "ijen checkpoint 1";

  private final Path file;
  private final Map<String, Tensor> tensors;
  private final JsonObject progress;
  private final Map<String, String> identity;

  private Checkpoint(
      Path file, Map<String, Tensor> tensors, JsonObject progress, Map<String, String> identity) {
    this.file = file;
    this.tensors = tensors;
    this.progress = progress;
    this.identity = identity;
  }

  /// Reads a checkpoint.
  ///
  /// @throws IOException if the file cannot be read or is no checkpoint
  public static Checkpoint read(Path file) throws IOException {
    try (Safetensors content = Safetensors.read(file)) {
      return of(file, content);
    }
  }

  private static Checkpoint of(Path file, Safetensors content) throws IOException {
    if (!FORMAT.equals(content.metadata().get("format"))) {
      throw new IOException(
          file
              + ": expected a checkpoint ('"
              + FORMAT
              + "'), got a safetensors file of format '"
              + content.metadata().get("format")
              + "'");
    }
    String source = file.toString();
    JsonObject identity = Json.object(content.metadata().getOrDefault("training", "null"), source);
    Map<String, String> words = new LinkedHashMap<>();
    for (String key : identity.keys()) {
      words.put(key, identity.string(key));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>(); // copies, which outlive the open file
    content.tensors().forEach((name, tensor) -> tensors.put(name, copy(tensor)));
    return new Checkpoint(
        file,
        tensors,
        Json.object(content.metadata().getOrDefault("progress", "null"), source),
        words);
  }

  /// Writes a checkpoint, whole or not at all.
  static void write(
      Path file,
      Map<String, String> identity,
      Progress progress,
      Theta theta,
      OptimizerState state,
      @Nullable Theta best)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ParameterTensors.put(tensors, "", theta);
    state.slots().forEach((name, slot) -> ParameterTensors.put(tensors, slot(name), slot));
    if (best != null) {
      ParameterTensors.put(tensors, "best/", best);
    }
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("epoch", progress.epoch);
    counters.put("stepInEpoch", progress.stepInEpoch);
    counters.put("optimizerSteps", state.steps());
    state.numbers().forEach((name, values) -> counters.put(numbers(name), hexadecimal(values)));
    counters.put("samples", progress.samples);
    counters.put("right", progress.right);
    counters.put("lossSum", Double.toHexString(progress.lossSum));
    counters.put("lastLoss", Double.toHexString(progress.lastLoss));
    counters.put("bestLoss", Double.toHexString(progress.bestLoss));
    counters.put("bestEpoch", progress.bestEpoch);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("training", Json.line(identity));
    metadata.put("progress", Json.line(counters));
    Safetensors.write(file, tensors, metadata);
  }

  /// How many epochs were over.
  public int epoch() throws IOException {
    return progress.integer("epoch");
  }

  /// How many steps of the running epoch had been taken.
  public int stepInEpoch() throws IOException {
    return progress.integer("stepInEpoch");
  }

  /// Puts everything back, and the best epoch's θ into `best` if it is kept.
  ///
  /// @throws IllegalArgumentException if the checkpoint belongs to another training, saying how
  ///   they differ
  /// @throws IOException if something is missing in the file
  void restore(
      Map<String, String> expected,
      Progress into,
      Theta theta,
      OptimizerState state,
      @Nullable Theta best)
      throws IOException {
    for (Map.Entry<String, String> entry : expected.entrySet()) {
      String was = identity.get(entry.getKey());
      if (!entry.getValue().equals(was)) {
        throw new IllegalArgumentException(
            "%s: this checkpoint belongs to another training: expected %s '%s', it has '%s'"
                .formatted(file, entry.getKey(), entry.getValue(), was));
      }
    }
    String source = file.toString();
    ParameterTensors.get(tensors, "", theta, source);
    for (String name : state.slots().keySet()) {
      ParameterTensors.get(tensors, slot(name), state.slot(name), source);
    }
    state.restore(progress.whole("optimizerSteps"));
    for (Map.Entry<String, double[]> entry : state.numbers().entrySet()) {
      String[] words = progress.string(numbers(entry.getKey())).split(" ", -1);
      double[] values = entry.getValue();
      if (words.length != values.length) {
        throw new IOException(
            "%s: %s: expected %d numbers, got %d"
                .formatted(source, numbers(entry.getKey()), values.length, words.length));
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = Double.parseDouble(words[i]);
      }
    }
    into.epoch = progress.integer("epoch");
    into.stepInEpoch = progress.integer("stepInEpoch");
    into.samples = progress.whole("samples");
    into.right = progress.whole("right");
    into.lossSum = Double.parseDouble(progress.string("lossSum"));
    into.lastLoss = Double.parseDouble(progress.string("lastLoss"));
    into.bestLoss = Double.parseDouble(progress.string("bestLoss"));
    into.bestEpoch = progress.integer("bestEpoch");
    if (best != null && into.bestEpoch > 0) {
      ParameterTensors.get(tensors, "best/", best, source);
    }
  }

  private static Tensor copy(Tensor tensor) {
    return tensor.dtype() == Dtype.F64
        ? Tensor.of(tensor.doubles(), tensor.shape())
        : Tensor.of(tensor.floats(), tensor.shape());
  }

  private static String numbers(String name) {
    return "optimizer." + name;
  }

  private static String hexadecimal(double[] values) {
    return String.join(" ", Arrays.stream(values).mapToObj(Double::toHexString).toList());
  }

  private static String slot(String name) {
    return "optimizer." + name + "/";
  }
}
