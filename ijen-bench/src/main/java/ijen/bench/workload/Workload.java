package ijen.bench.workload;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.conv;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.maxPool;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;
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
import java.util.Locale;

/// A training whose epochs are timed: a network with ReLU between its layers, a batch size and an
/// optimiser.
///
/// All begin with weights from N(0, 2/fan-in) and biases of 0. The widths of input and output are
/// the data's.
@SuppressWarnings("ImmutableEnumChecker") // lists and records of numbers, which do not change
public enum Workload {
  /// Small layers and small batches: what a library spends on a call counts most.
  A(
      Kind.DENSE,
      List.of(40, 40, 40),
      16,
      Sgd.of(0.01).withWeightDecay(1e-3),
      8,
      new Band(0.74, 0.92, 0.04)),
  /// A deeper network, each layer with batch normalisation and dropout: many small passes.
  B(
      Kind.NORMALISED,
      List.of(256, 256, 256, 256),
      32,
      Sgd.of(0.001),
      2.5,
      new Band(0.70, 0.88, 0.05)),
  /// An autoencoder: mean squared error of a sigmoid against the input itself.
  C(Kind.COPYING, List.of(128, 64, 128), 128, Adam.of(1e-3), 1.8, new Band(0.005, 0.022, 0.004)),
  /// Large layers and batches: what counts is the products of matrices.
  D(Kind.DENSE, List.of(256, 256), 256, Sgd.of(0.1), 1.5, new Band(0.74, 0.92, 0.07)),
  /// The same with a single, wider layer.
  E(Kind.DENSE, List.of(512), 256, Sgd.of(0.1), 1.5, new Band(0.74, 0.92, 0.07)),
  /// Softmax regression, whose cost is mostly to read the data.
  F(Kind.DENSE, List.of(), 100, Sgd.of(0.5), 3, new Band(0.68, 0.88, 0.10)),
  /// Softmax regression, one sample a step: the shortest step there is.
  G(Kind.DENSE, List.of(), 1, Sgd.of(0.01), 40, new Band(0.74, 0.88, 0.07)),
  /// Two convolutions and three dense layers, after LeNet-5.
  H(
      Kind.CONVOLUTIONAL,
      List.of(120, 84),
      64,
      Sgd.of(0.05).withMomentum(0.9),
      1.5,
      new Band(0.78, 0.93, 0.05));

  /// How a network is built of its hidden layers.
  public enum Kind {
    /// Dense layers with ReLU between them.
    DENSE,
    /// Dense layers, each but the last with batch normalisation, ReLU and dropout.
    NORMALISED,
    /// Dense layers that give back the input, by way of a sigmoid.
    COPYING,
    /// Two convolutions, each with ReLU and pooling, before the dense layers.
    CONVOLUTIONAL;

    /// The name in a job.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The probability of dropout.
  public static final double DROPOUT = 0.2;

  /// Height and width of the kernels of convolutions.
  private static final int KERNEL = 5;

  /// Channels after the first convolution, whose images are padded to keep their size.
  private static final int FIRST = 6;

  /// Channels after the second convolution, whose images are not padded.
  private static final int SECOND = 16;

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

  private final Kind kind;
  private final List<Integer> hidden;
  private final int batch;
  private final Optimizer optimizer;
  private final double floor;
  private final Band band;

  Workload(
      Kind kind, List<Integer> hidden, int batch, Optimizer optimizer, double floor, Band band) {
    this.kind = kind;
    this.hidden = hidden;
    this.batch = batch;
    this.optimizer = optimizer;
    this.floor = floor;
    this.band = band;
  }

  public Kind kind() {
    return kind;
  }

  /// Whether the target is the input itself, rather than a class.
  public boolean copies() {
    return kind == Kind.COPYING;
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

  /// The widths of the input and of all dense layers.
  public List<Integer> layers(int width, int classes) {
    List<Integer> layers = new ArrayList<>();
    layers.add(width);
    layers.addAll(hidden);
    layers.add(copies() ? width : classes);
    return layers;
  }

  /// The network, for samples of `width` numbers.
  ///
  /// @throws IllegalArgumentException if convolutions are wanted and `width` is not that of a
  ///   square image
  public Network network(int width, int classes) {
    List<Integer> widths = layers(width, classes);
    List<Layer> layers = new ArrayList<>();
    if (kind == Kind.CONVOLUTIONAL) {
      int side = side(width);
      layers.addAll(
          List.of(
              reshape(1, side, side),
              conv(FIRST, KERNEL).withPadding(KERNEL / 2),
              relu(),
              maxPool(2),
              conv(SECOND, KERNEL),
              relu(),
              maxPool(2),
              flatten()));
    }
    for (int units : widths.subList(1, widths.size() - 1)) {
      layers.add(dense(units));
      if (kind == Kind.NORMALISED) {
        layers.add(batchNorm());
      }
      layers.add(relu());
      if (kind == Kind.NORMALISED) {
        layers.add(dropout(DROPOUT));
      }
    }
    layers.add(dense(widths.getLast()));
    if (copies()) {
      layers.add(sigmoid());
    }
    return Network.of(Shape.of(width), layers.toArray(Layer[]::new));
  }

  private static int side(int width) {
    int side = (int) Math.sqrt(width);
    if (side * side != width) {
      throw new IllegalArgumentException(
          "convolutions: expected square images, got samples of " + width + " numbers");
    }
    return side;
  }

  /// The multiply-adds of products and convolutions that one sample costs in training: each weight
  /// takes part once forward, once for its own gradient and, but for the first layer, once for the
  /// gradient of its input.
  public long multiplyAdds(int width, int classes) {
    List<Integer> layers = new ArrayList<>(layers(width, classes));
    long count = 0;
    long times = 2;
    if (kind == Kind.CONVOLUTIONAL) {
      long square = KERNEL * KERNEL;
      int second = side(width) / 2 - KERNEL + 1;
      count += 2 * square * FIRST * width;
      count += 3 * square * FIRST * SECOND * second * second;
      layers.set(0, SECOND * (second / 2) * (second / 2));
      times = 3;
    }
    for (int i = 1; i < layers.size(); i++) {
      count += times * layers.get(i - 1) * layers.get(i);
      times = 3;
    }
    return count;
  }

  /// Network, batch and optimiser in words.
  public String text(int width, int classes) {
    List<String> layers =
        new ArrayList<>(layers(width, classes).stream().map(String::valueOf).toList());
    if (kind == Kind.CONVOLUTIONAL) {
      String kernel = KERNEL + "×" + KERNEL + "×";
      layers.add(1, kernel + FIRST + "-pool-" + kernel + SECOND + "-pool");
    }
    double decay = decay();
    double momentum = momentum();
    return String.join("-", layers)
        + switch (kind) {
          case DENSE, CONVOLUTIONAL -> "";
          case NORMALISED -> " batch norm, dropout " + DROPOUT;
          case COPYING -> " sigmoid, MSE";
        }
        + ", batch "
        + batch
        + ", "
        + optimizer.name()
        + " "
        + optimizer.learningRate()
        + (momentum == 0 ? "" : ", momentum " + momentum)
        + (decay == 0 ? "" : ", weight decay " + decay);
  }

  double decay() {
    return setting("weightDecay");
  }

  double momentum() {
    return setting("momentum");
  }

  private double setting(String name) {
    return optimizer.settings().get(name) instanceof Number number ? number.doubleValue() : 0;
  }
}
