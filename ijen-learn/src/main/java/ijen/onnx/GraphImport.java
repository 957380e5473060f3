package ijen.onnx;

import ijen.data.Scaling;
import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.onnx.OnnxModel;
import ijen.format.onnx.OnnxValue;
import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import ijen.kernel.Precision;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.nn.GlobalPool;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.nn.ReshapeLayer;
import ijen.nn.Residual;
import ijen.nn.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A network from an ONNX graph: the chain of its parts ([Chains]) becomes one of layers, and the
/// weights in the order in which the layers take them become θ.
final class GraphImport {
  private static final long FIRST_IR = 3;
  private static final long LAST_IR = 11;
  private static final long FIRST_OPSET = 13;
  private static final long LAST_OPSET = 21;

  private final String file;
  private final Wiring wiring;
  private final List<Weight> parameters = new ArrayList<>();
  private final List<Weight> statistics = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private Scaling scaling = Scaling.NONE;
  private long batch;

  private GraphImport(String file, Wiring wiring) {
    this.file = file;
    this.wiring = wiring;
  }

  /// The network in a file; its tensors are open.
  static OnnxNetwork read(String file, OnnxModel model) throws FormatException {
    if (model.ir() < FIRST_IR || model.ir() > LAST_IR) {
      throw new FormatException(
          file,
          "expected ONNX of version "
              + FIRST_IR
              + " to "
              + LAST_IR
              + " of the format, got "
              + model.ir());
    }
    if (model.opset() < FIRST_OPSET || model.opset() > LAST_OPSET) {
      throw new FormatException(
          file,
          "expected operators of version "
              + FIRST_OPSET
              + " to "
              + LAST_OPSET
              + ", got "
              + model.opset());
    }
    GraphImport reading = new GraphImport(file, new Wiring(file, model.graph()));
    Network network = reading.network();
    Theta theta = reading.theta(network);
    return new OnnxNetwork(
        network, theta, reading.scaling, loss(model, network), classes(model), model.metadata());
  }

  private Network network() throws FormatException {
    Shape input = sample(wiring.input());
    Chains chains = new Chains(wiring);
    List<Part> chain = chains.chain();
    scaling = scaling(chains.scale(), chains.shift(), input);
    LayerRow row = new LayerRow(input);
    add(chain, row);
    if (row.layers().isEmpty()) {
      throw wiring.wrong("expected at least one layer, got a graph that computes nothing");
    }
    Network network = new Network(input, row.layers());
    requireOutput(network);
    return network;
  }

  private Scaling scaling(@Nullable Constant scale, @Nullable Constant shift, Shape input)
      throws FormatException {
    if (scale == null || shift == null) {
      return Scaling.NONE;
    }
    for (Constant constant : List.of(scale, shift)) {
      boolean fits =
          constant.size() == 1 || Arrays.equals(constant.dimensions(), input.dimensions());
      if (!fits || !constant.isFloat() || constant.isTransposed()) {
        throw wiring.wrong(
            "the input is scaled by " + constant + ": expected a number, or " + input);
      }
    }
    float[] scales = scale.tensor().floats();
    float[] shifts = shift.tensor().floats();
    int length = Math.max(scales.length, shifts.length);
    try {
      return Scaling.of(
          scales.length == length ? scales : repeated(scales[0], length),
          shifts.length == length ? shifts : repeated(shifts[0], length));
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, "the input is scaled: " + e.getMessage(), e);
    }
  }

  private static float[] repeated(float number, int length) {
    float[] numbers = new float[length];
    Arrays.fill(numbers, number);
    return numbers;
  }

  /// The shape of one sample; the batch comes first.
  private Shape sample(OnnxValue value) throws FormatException {
    List<OnnxValue.Dimension> shape = value.shape();
    if (value.dtype() != Dtype.F32 || shape.isEmpty()) {
      throw wiring.wrong("expected an input of type FLOAT, [batch, …], got " + value);
    }
    batch = shape.getFirst().size();
    int[] sample = new int[shape.size() - 1];
    for (int i = 0; i < sample.length; i++) {
      long size = shape.get(i + 1).size();
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw wiring.wrong(
            "expected an input of which all dimensions but the batch are known, got " + value);
      }
      sample[i] = (int) size;
    }
    try {
      return Shape.of(sample);
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, "input " + value + ": " + e.getMessage(), e);
    }
  }

  /// Fails if the file says that something else comes out.
  private void requireOutput(Network network) throws FormatException {
    int[] own = network.output().dimensions();
    List<OnnxValue.Dimension> said = wiring.output().shape();
    boolean fits = said.size() == own.length + 1;
    for (int i = 0; fits && i < own.length; i++) {
      long size = said.get(i + 1).size();
      fits = size < 0 || size == own[i];
    }
    if (!fits) {
      throw wiring.wrong(
          "expected an output of samples " + network.output() + ", got " + wiring.output());
    }
  }

  private void add(List<Part> parts, LayerRow row) throws FormatException {
    for (Part part : parts) {
      try {
        switch (part) {
          case Part.Known(var _, Layer layer) -> row.add(layer);
          case Part.Use use -> add(use, row);
          case Part.Sum sum -> row.add(residual(sum, row.shape()));
        }
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new FormatException(file, part.node() + ": " + e.getMessage(), e);
      }
    }
  }

  private void add(Part.Use use, LayerRow row) throws FormatException {
    Operands op = new Operands(wiring, use, row.shape(), batch);
    Layer layer = new OpImport(op).layer();
    for (List<Weight> weights : List.of(op.parameters(), op.statistics())) {
      for (Weight weight : weights) {
        Constant constant = weight.constant();
        if (constant != null && !taken.add(constant.initializer())) {
          throw wiring.wrong(
              use.node()
                  + ": the weight "
                  + constant
                  + " is used twice: expected one for each layer, shared ones are not supported");
        }
      }
    }
    parameters.addAll(op.parameters());
    statistics.addAll(op.statistics());
    row.add(layer);
    if (layer instanceof GlobalPool) { // the operator leaves an image of one pixel
      row.add(new ReshapeLayer(List.of(row.shape().size(), 1, 1)));
    }
  }

  private Layer residual(Part.Sum sum, Shape shape) throws FormatException {
    LayerRow detour = new LayerRow(shape);
    add(sum.detour(), detour); // a residual takes its weights first
    LayerRow direct = new LayerRow(shape);
    add(sum.direct(), direct);
    Residual residual = new Residual(detour.layers(), null);
    return switch (direct.layers().size()) {
      case 0 -> residual;
      case 1 -> residual.withProjection(direct.layers().getFirst());
      default -> residual.withProjection(new Sequence(direct.layers()));
    };
  }

  /// θ with the weights in the order of the layers; they have as many numbers as the file has.
  private Theta theta(Network network) throws FormatException {
    Graph g = new Graph();
    network.build(g, g.input("features", network.input()));
    Parameters layout = g.parameters();
    if (layout.count() != parameters.size() || layout.statistics().count() != statistics.size()) {
      throw new IllegalStateException(
          "the layers take " + layout.count() + " parameters, the graph has " + parameters.size());
    }
    for (Parameter parameter : layout) {
      require(parameter.name(), parameter.shape(), parameters.get(parameter.index()));
    }
    for (Statistic statistic : layout.statistics()) {
      require(statistic.name(), statistic.shape(), statistics.get(statistic.index()));
    }
    Theta theta = new Theta(layout, Precision.FLOAT);
    for (Parameter parameter : layout) {
      parameters.get(parameter.index()).copyTo(theta.slice(parameter));
    }
    for (Statistic statistic : layout.statistics()) {
      statistics.get(statistic.index()).copyTo(theta.slice(statistic));
    }
    return theta;
  }

  private static void require(String name, Shape shape, Weight weight) {
    if (!shape.equals(weight.shape())) {
      throw new IllegalStateException(
          "'" + name + "': expected " + shape + ", got " + weight.shape());
    }
  }

  /// The loss that Ijen wrote into the file, if it did and it fits.
  private static @Nullable Loss loss(OnnxModel model, Network network) {
    String name = model.metadata().get(Onnx.LOSS);
    if (name == null || !model.producer().equals(Onnx.PRODUCER)) {
      return null;
    }
    try {
      Loss loss = Losses.parse(name);
      Graph g = new Graph();
      loss.prediction(g, g.input("output", network.output()));
      return loss;
    } catch (IllegalArgumentException unknown) {
      return null; // of another version: the caller says which
    }
  }

  /// The names of the classes, if the file has them as a list.
  private static List<String> classes(OnnxModel model) {
    String text = model.metadata().get(Onnx.CLASSES);
    if (text == null) {
      return List.of();
    }
    try {
      List<String> classes = new ArrayList<>();
      if (Json.parse(text, Onnx.CLASSES) instanceof List<?> list) {
        list.forEach(name -> classes.add(String.valueOf(name)));
      }
      return List.copyOf(classes);
    } catch (JsonException other) {
      return List.of(); // a text of somebody else's
    }
  }
}
