package ijen.bench.workload;

import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.sigmoid;

import ijen.graph.Shape;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.optim.Optimizer;
import ijen.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A training whose epochs are timed: a network of dense layers with ReLU between them, a batch
/// size and an optimiser.
///
/// All begin with weights from N(0, 2/fan-in) and biases of 0. The widths of input and output are
/// the data's. The letters are those of a longer list; B is not here, see [#ABSENT].
@SuppressWarnings("ImmutableEnumChecker") // lists and records of numbers, which do not change
public enum Workload {
  /// Small layers and small batches: what a library spends on a call counts most.
  A(List.of(40, 40, 40), 16, Sgd.of(0.01).withWeightDecay(1e-3), 8, new Band(0.74, 0.92, 0.04)),
  /// An autoencoder: mean squared error of a sigmoid against the input itself.
  C(List.of(128, 64, 128), 128, Adam.of(1e-3), 1.8, new Band(0.005, 0.022, 0.004)),
  /// Large layers and batches: what counts is the products of matrices.
  D(List.of(256, 256), 256, Sgd.of(0.1), 1.5, new Band(0.74, 0.92, 0.07)),
  /// The same with a single, wider layer.
  E(List.of(512), 256, Sgd.of(0.1), 1.5, new Band(0.74, 0.92, 0.07)),
  /// Softmax regression, whose cost is mostly to read the data.
  F(List.of(), 100, Sgd.of(0.5), 3, new Band(0.68, 0.88, 0.10)),
  /// Softmax regression, one sample a step: the shortest step there is.
  G(List.of(), 1, Sgd.of(0.01), 40, new Band(0.74, 0.88, 0.07));

  /// What to say of the letter that is missing.
  public static final String ABSENT = "B: needs batch normalisation, which is not built yet";

  /// Between which values the result on Fashion-MNIST's test set has to lie after two to ten
  /// epochs, and how far it may be from the median of all participants. The result is the accuracy,
  /// for C the mean squared error.
  ///
  /// The widths are those of the noise: with these rates the last steps move the accuracy by
  /// percents.
  public record Band(double low, double high, double distance) {
    public boolean holds(double value) {
      return value >= low && value <= high;
    }
  }

  private final List<Integer> hidden;
  private final int batch;
  private final Optimizer optimizer;
  private final double floor;
  private final Band band;

  Workload(List<Integer> hidden, int batch, Optimizer optimizer, double floor, Band band) {
    this.hidden = hidden;
    this.batch = batch;
    this.optimizer = optimizer;
    this.floor = floor;
    this.band = band;
  }

  /// Whether the target is the input itself, rather than a class.
  public boolean copies() {
    return this == C;
  }

  /// Samples a step.
  public int batch() {
    return batch;
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  public Loss loss() {
    return copies() ? Losses.meanSquaredError() : Losses.crossEntropy();
  }

  /// How many times faster than the best peer Ijen has to be.
  public double floor() {
    return floor;
  }

  public Band band() {
    return band;
  }

  /// The widths of all layers, from input to output.
  public List<Integer> layers(int width, int classes) {
    List<Integer> layers = new ArrayList<>();
    layers.add(width);
    layers.addAll(hidden);
    layers.add(copies() ? width : classes);
    return layers;
  }

  public Network network(int width, int classes) {
    List<Layer> layers = new ArrayList<>();
    for (int units : layers(width, classes)) {
      layers.add(dense(units));
      layers.add(relu());
    }
    layers.subList(0, 2).clear(); // the input is no layer
    layers.removeLast();
    if (copies()) {
      layers.add(sigmoid());
    }
    return Network.of(Shape.of(width), layers.toArray(Layer[]::new));
  }

  /// The multiply-adds that one sample costs in training: each weight takes part once forward, once
  /// for its own gradient and, but for the first layer, once for the gradient of its input.
  public long multiplyAdds(int width, int classes) {
    List<Integer> layers = layers(width, classes);
    long count = 0;
    for (int i = 1; i < layers.size(); i++) {
      count += (i == 1 ? 2L : 3L) * layers.get(i - 1) * layers.get(i);
    }
    return count;
  }

  /// Network, batch and optimiser in words.
  public String text(int width, int classes) {
    String layers =
        layers(width, classes).stream().map(String::valueOf).collect(Collectors.joining("-"));
    double decay = decay();
    return layers
        + (copies() ? " sigmoid, MSE" : "")
        + ", batch "
        + batch
        + ", "
        + optimizer.name()
        + " "
        + optimizer.learningRate()
        + (decay == 0 ? "" : ", weight decay " + decay);
  }

  double decay() {
    return optimizer.settings().get("weightDecay") instanceof Number decay
        ? decay.doubleValue()
        : 0;
  }
}
