package ijen.model;

import ijen.data.Dataset;
import ijen.data.Scaling;
import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.format.safetensors.Safetensors;
import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.metric.Evaluation;
import ijen.metric.Evaluator;
import ijen.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A trained network with all that is needed to use it.
///
/// @param network the architecture
/// @param loss how its output is meant
/// @param theta its parameters
/// @param features the shape of a sample of the data it was trained on, for example `[28, 28]`: as
///   many numbers as the network's input; grey images count as byte / 255
/// @param classes the names of the classes; empty if it does not decide between any
/// @param scaling what is done to features before the network sees them
/// @param provenance where it comes from, in words by name: what trained it, or the file that it
///   was imported from and its SHA-256; for people, and empty if nothing is known
public record Model(
    Network network,
    Loss loss,
    Theta theta,
    Shape features,
    List<String> classes,
    Scaling scaling,
    Map<String, String> provenance) {
  private static final String FORMAT = "ijen model 1";

  public Model {
    classes = List.copyOf(classes);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    scaling.requireFit(features);
    if (features.size() != network.input().size()) {
      throw new IllegalArgumentException(
          "model: samples " + features + " do not fit the network's input " + network.input());
    }
  }

  /// A model of which is not known where it comes from.
  public Model(
      Network network,
      Loss loss,
      Theta theta,
      Shape features,
      List<String> classes,
      Scaling scaling) {
    this(network, loss, theta, features, classes, scaling, Map.of());
  }

  /// The model of a network trained on `data`.
  public static Model of(Network network, Loss loss, Theta theta, Dataset data) {
    return new Model(network, loss, theta, data.features(), data.classes(), data.scaling());
  }

  /// The same, saying where it comes from.
  public Model withProvenance(Map<String, String> provenance) {
    return new Model(network, loss, theta, features, classes, scaling, provenance);
  }

  /// The same with all its biases at 0, as if it had none.
  public Model withoutBiases() {
    Theta bare = theta.copy(theta.values().precision());
    for (Parameter parameter : bare.parameters()) {
      if (parameter.role() == Role.BIAS) {
        bare.slice(parameter).fill(0);
      }
    }
    return new Model(network, loss, bare, features, classes, scaling, provenance);
  }

  /// The same, its output read and measured by another loss.
  public Model withLoss(Loss loss) {
    return new Model(network, loss, theta, features, classes, scaling, provenance);
  }

  /// Writes the model to a safetensors file, whole or not at all.
  ///
  /// @throws IllegalStateException if a layer is the user's own code, which a file cannot hold
  public void save(Path file) throws IOException {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("network", network.describe());
    description.put("loss", loss.name());
    description.put("features", IntStream.of(features.dimensions()).boxed().toList());
    description.put("classes", classes);
    if (!scaling.isNone()) {
      description.put("scale", scaling.scales());
      description.put("shift", scaling.shifts());
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("model", Json.line(description));
    if (!provenance.isEmpty()) {
      metadata.put("provenance", Json.line(provenance));
    }
    metadata.put("thetaSha256", theta.sha256());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ParameterTensors.put(tensors, "", theta);
    Safetensors.write(file, tensors, metadata);
  }

  /// Reads a model that [#save] wrote.
  ///
  /// @throws IOException if the file cannot be read, is no model, or was damaged
  public static Model load(Path file) throws IOException {
    try (Safetensors content = Safetensors.read(file)) {
      String source = file.toString();
      if (!FORMAT.equals(content.metadata().get("format"))) {
        throw new IOException(
            source
                + ": expected a model file ('"
                + FORMAT
                + "'), got a safetensors file of format '"
                + content.metadata().get("format")
                + "'");
      }
      JsonObject description =
          Json.object(content.metadata().getOrDefault("model", "null"), source);
      Network network = Network.read(description.object("network").asMap());
      Precision precision =
          content.tensors().values().stream().anyMatch(tensor -> tensor.dtype() == Dtype.F64)
              ? Precision.DOUBLE
              : Precision.FLOAT;
      Graph g = new Graph();
      network.build(g, g.input("features", network.input()));
      Theta theta = new Theta(g.parameters(), precision);
      ParameterTensors.get(content.tensors(), "", theta, source);
      if (!theta.sha256().equals(content.metadata().get("thetaSha256"))) {
        throw new IOException(
            source + ": the parameters do not have the checksum in the file: it was damaged");
      }
      return new Model(
          network,
          Losses.parse(description.string("loss")),
          theta,
          Shape.of(
              Arrays.stream(description.wholes("features")).mapToInt(Math::toIntExact).toArray()),
          description.strings("classes"),
          description.has("scale")
              ? Scaling.of(floats(description, "scale"), floats(description, "shift"))
              : Scaling.NONE,
          provenance(content.metadata().getOrDefault("provenance", "{}"), source));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> provenance(String text, String source) {
    Map<String, String> words = new LinkedHashMap<>();
    Json.object(text, source)
        .asMap()
        .forEach((name, word) -> words.put(name, String.valueOf(word)));
    return words;
  }

  private static float[] floats(JsonObject description, String name) {
    double[] numbers = description.numbers(name);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /// Whether its output is a sample as its input is, and no decision: an autoencoder's.
  public boolean reconstructs() {
    return classes.isEmpty() && network.output().size() == features.size();
  }

  /// An autoencoder's output as grey bytes, from 0 (black) to 255: scaled back, as the features
  /// were scaled, and held within what can be drawn.
  public byte[] greys(List<Double> output) {
    float[] scales = scaling.scales();
    float[] shifts = scaling.shifts();
    byte[] greys = new byte[output.size()];
    for (int i = 0; i < greys.length; i++) {
      double value = (output.get(i) - shifts[i % shifts.length]) / scales[i % scales.length];
      greys[i] = (byte) Math.round(255 * Math.clamp(value, 0.0, 1.0));
    }
    return greys;
  }

  /// The samples as the network wants them: scaled, unless they are already.
  ///
  /// @throws IllegalArgumentException if they are scaled in another way than those of the training
  public Dataset scaled(Dataset data) {
    if (data.scaling().equals(scaling)) {
      return data;
    }
    if (!data.scaling().isNone()) {
      throw new IllegalArgumentException(
          "%s: expected samples that are not scaled, or as in training (%s), got %s"
              .formatted(data.name(), scaling, data.scaling()));
    }
    return data.scaled(scaling);
  }

  /// Loss, accuracy and confusion on `data`, with the given number of threads.
  public Evaluation evaluate(Dataset data, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return evaluator(data, workers).evaluate(theta, scaled(data));
    }
  }

  /// The same, telling `listener` of every sample.
  public Evaluation evaluate(Dataset data, int threads, Evaluator.Listener listener) {
    try (Workers workers = Workers.of(threads)) {
      return evaluator(data, workers).evaluate(theta, scaled(data), listener);
    }
  }

  private Evaluator evaluator(Dataset data, Workers workers) {
    Kernels kernels = Kernels.of(theta.values().precision(), workers);
    return new Evaluator(network, loss, data.target(), 256, kernels);
  }

  /// A predictor for one sample after the other.
  public Predictor predictor() {
    return new Predictor(this);
  }
}
