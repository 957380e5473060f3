package ijen.onnx;

import static ijen.nn.Layers.averagePool;
import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.conv;
import static ijen.nn.Layers.convTranspose;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.elu;
import static ijen.nn.Layers.embedding;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.gelu;
import static ijen.nn.Layers.globalAveragePool;
import static ijen.nn.Layers.globalMaxPool;
import static ijen.nn.Layers.layerNorm;
import static ijen.nn.Layers.leakyRelu;
import static ijen.nn.Layers.maxPool;
import static ijen.nn.Layers.prelu;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;
import static ijen.nn.Layers.residual;
import static ijen.nn.Layers.selu;
import static ijen.nn.Layers.sequence;
import static ijen.nn.Layers.sigmoid;
import static ijen.nn.Layers.silu;
import static ijen.nn.Layers.softmax;
import static ijen.nn.Layers.softplus;
import static ijen.nn.Layers.step;
import static ijen.nn.Layers.tanh;
import static ijen.nn.Layers.upsample;

import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.kernel.Window;
import ijen.nn.Activation;
import ijen.nn.Conv;
import ijen.nn.ConvTranspose;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.op.Gelu;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// Networks in which every layer occurs, in every way that is written differently.
final class LayerCases {
  static final long SEED = Long.getLong("ijen.seed", 31);

  private LayerCases() {}

  /// A network to write, run and read.
  ///
  /// @param name what it is about
  /// @param network the network
  /// @param numbers how many rows the table has that inputs choose from; 0 if inputs are any
  ///   numbers
  record Case(String name, Network network, int numbers) {
    /// Parameters and statistics such as a training might leave.
    Theta theta() {
      return LayerCases.theta(network, name);
    }

    /// Inputs for so many samples.
    float[] inputs(int rows) {
      RandomStream random = RandomStream.of(SEED, "inputs of " + name, rows);
      float[] inputs = new float[rows * network.input().size()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = numbers > 0 ? random.below(i, numbers) : (float) (1.5 * random.normal(i));
      }
      return inputs;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// Parameters of a network, none of them at its usual beginning.
  static Theta theta(Network network, String purpose) {
    Graph g = new Graph();
    network.build(g, g.input("x", network.input()));
    Parameters parameters = g.parameters();
    Theta theta = parameters.initialize(Precision.FLOAT, SEED);
    for (Parameter parameter : parameters) {
      add(theta.slice(parameter), RandomStream.of(SEED, purpose + parameter.name(), 0), 0.1);
    }
    for (Statistic statistic : parameters.statistics()) {
      add(theta.slice(statistic), RandomStream.of(SEED, purpose + statistic.name(), 1), 0.2);
    }
    return theta;
  }

  /// Variances begin at 1 and stay above 0.
  private static void add(Buffer values, RandomStream random, double range) {
    for (int i = 0; i < values.length(); i++) {
      values.set(i, values.get(i) + range * (2 * random.uniform(i) - 1));
    }
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    Shape row = Shape.of(12);
    Shape image = Shape.of(3, 9, 7);
    of(cases, "dense", row, dense(5));
    of(cases, "dense without bias", row, dense(5).withoutBias());
    of(cases, "dense of rows of rows", Shape.of(4, 6), dense(5), relu(), dense(2).withoutBias());
    of(cases, "dense of images", image, dense(5));
    List<Layer> activations = new ArrayList<>();
    for (String kind : Activation.kinds()) {
      activations.add(Activation.parse(kind));
    }
    activations.addAll(List.of(leakyRelu(0.2), elu(0.5), new Activation(new Gelu(Gelu.Form.TANH))));
    activations.add(prelu().withSlopePerChannel());
    for (Layer activation : activations) {
      String text = activation.kind() + " " + activation.settings();
      of(cases, text, row, activation);
      of(cases, text + " of images", image, activation);
      of(cases, text + " twice, in between", row, dense(6), activation, activation, dense(3));
    }
    of(cases, "batchnorm", row, batchNorm());
    of(cases, "batchnorm of images", image, batchNorm().withEpsilon(1e-3).withMomentum(0.3));
    of(cases, "batchnorm with relu", row, dense(4), batchNorm(), relu());
    of(cases, "layernorm", row, layerNorm());
    of(cases, "layernorm of images", image, layerNorm().withEpsilon(1e-3));
    of(cases, "dropout", row, dropout(0.5), dense(3), dropout(0.2));
    of(cases, "dropout alone", row, dropout(0.5));
    of(cases, "reshape", row, reshape(3, 4), softmax(), reshape(2, -1, 2), relu(), flatten());
    of(cases, "reshape to the same", row, flatten());
    of(cases, "residual", row, residual(dense(7), relu(), dense(12)), relu());
    of(
        cases,
        "residual with projection",
        image,
        residual(conv(4, 3).withPadding(1), batchNorm(), relu(), conv(4, 3).withPadding(1))
            .withProjection(conv(4, 1).withoutBias()),
        relu());
    of(
        cases,
        "residual within residual",
        row,
        residual(dense(12), residual(silu(), dense(12)), gelu(), residual(dense(12)))
            .withProjection(sequence(dense(12).withoutBias(), layerNorm())),
        dense(2));
    of(cases, "sequence", row, sequence(dense(4), tanh(), sequence(dense(3), relu())), dense(2));
    cases.add(new Case("embedding", Network.of(Shape.of(5), embedding(9, 4)), 9));
    cases.add(
        new Case(
            "embedding of single numbers", Network.of(Shape.scalar(), embedding(9, 4), relu()), 9));
    cases.add(
        new Case(
            "embedding, then dense",
            Network.of(Shape.of(5), embedding(9, 4), flatten(), dense(3)),
            9));
    of(cases, "conv", image, conv(4, 3));
    of(
        cases,
        "conv with everything",
        Shape.of(4, 11, 9),
        Conv.of(6, Window.of(3, 2)).withStride(2).withPadding(2).withDilation(2).withGroups(2));
    of(cases, "conv without bias, depthwise", image, conv(6, 3).withGroups(3).withoutBias());
    of(cases, "convTranspose", image, convTranspose(4, 3));
    of(
        cases,
        "convTranspose with everything",
        Shape.of(4, 5, 4),
        ConvTranspose.of(6, Window.of(3, 2))
            .withStride(3)
            .withPadding(1)
            .withDilation(2)
            .withOutputPadding(2)
            .withGroups(2)
            .withoutBias());
    of(cases, "maxPool", image, maxPool(2));
    of(cases, "maxPool with padding", image, maxPool(3).withStride(2).withPadding(1));
    of(cases, "averagePool", image, averagePool(2));
    of(cases, "averagePool with padding", image, averagePool(3).withStride(2).withPadding(1));
    of(cases, "pool of all", Shape.of(3, 4, 4), maxPool(4), flatten(), dense(2));
    of(cases, "globalMaxPool", image, globalMaxPool());
    of(cases, "globalAveragePool", image, globalAveragePool(), dense(3));
    of(cases, "upsample", image, upsample(2), upsample(3));
    of(cases, "upsample by 1", image, upsample(1), relu());
    of(cases, "upsample bilinear", image, upsample(3).withBilinear());
    of(cases, "upsample bilinear of one pixel", Shape.of(2, 1, 1), upsample(4).withBilinear());
    of(cases, "a single feature", Shape.of(1), dense(1), sigmoid(), softplus(), selu(), step());
    return List.copyOf(cases);
  }

  private static void of(List<Case> cases, String name, Shape input, Layer... layers) {
    cases.add(new Case(name, Network.of(input, layers), 0));
  }
}
