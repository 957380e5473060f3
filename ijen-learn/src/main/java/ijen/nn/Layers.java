package ijen.nn;

import ijen.kernel.Window;
import ijen.op.Elu;
import ijen.op.Gelu;
import ijen.op.LeakyRelu;
import ijen.op.Relu;
import ijen.op.Selu;
import ijen.op.Sigmoid;
import ijen.op.Silu;
import ijen.op.Softmax;
import ijen.op.Softplus;
import ijen.op.Step;
import ijen.op.Tanh;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The catalogue of layers: short names to build with, and the way back from a model file.
public final class Layers {
  private Layers() {}

  /// A fully connected layer with bias and He initialisation; see [Dense].
  public static Dense dense(int units) {
    return Dense.of(units);
  }

  /// A 2-D convolution with a square kernel, moving by 1, with bias and He initialisation; see
  /// [Conv].
  public static Conv conv(int outputs, int kernel) {
    return Conv.of(outputs, Window.of(kernel));
  }

  /// A 2-D transposed convolution with a square kernel, moving by 1, with bias and He
  /// initialisation; see [ConvTranspose].
  public static ConvTranspose convTranspose(int outputs, int kernel) {
    return ConvTranspose.of(outputs, Window.of(kernel));
  }

  /// The largest number of each square of an image; see [Pool].
  public static Pool maxPool(int kernel) {
    return Pool.of(Pool.Of.MAX, kernel);
  }

  /// The mean of each square of an image; see [Pool].
  public static Pool averagePool(int kernel) {
    return Pool.of(Pool.Of.AVERAGE, kernel);
  }

  /// The mean of each channel of an image.
  public static Layer globalAveragePool() {
    return GlobalPool.AVERAGE;
  }

  /// The largest number of each channel of an image.
  public static Layer globalMaxPool() {
    return GlobalPool.MAX;
  }

  /// An image `factor` times as high and wide, each number a square; see [Upsample].
  public static Upsample upsample(int factor) {
    return new Upsample(factor, false);
  }

  /// max(x, 0).
  public static Layer relu() {
    return new Activation(new Relu());
  }

  /// 1/(1 + e⁻ˣ).
  public static Layer sigmoid() {
    return new Activation(new Sigmoid());
  }

  /// tanh x.
  public static Layer tanh() {
    return new Activation(new Tanh());
  }

  /// x where x > 0, else slope·x.
  public static Layer leakyRelu(double slope) {
    return new Activation(new LeakyRelu(slope));
  }

  /// x where x > 0, else slope·x with one learned slope; see [PReluLayer].
  public static PReluLayer prelu() {
    return PReluLayer.of();
  }

  /// x where x ≥ 0, else alpha·(eˣ − 1).
  public static Layer elu(double alpha) {
    return new Activation(new Elu(alpha));
  }

  /// λ·elu(x), for self-normalising networks.
  public static Layer selu() {
    return new Activation(new Selu());
  }

  /// x·Φ(x), with Φ of the normal distribution.
  public static Layer gelu() {
    return new Activation(new Gelu());
  }

  /// x·σ(x).
  public static Layer silu() {
    return new Activation(new Silu());
  }

  /// ln(1 + eˣ).
  public static Layer softplus() {
    return new Activation(new Softplus());
  }

  /// 1 where x > 0, else 0. What lies before it learns nothing by gradients.
  public static Layer step() {
    return new Activation(new Step());
  }

  /// Softmax over the last dimension.
  public static Layer softmax() {
    return new Activation(new Softmax());
  }

  /// Inverted dropout with the given probability of zero.
  public static Layer dropout(double rate) {
    return new DropoutLayer(rate);
  }

  /// Batch normalisation, of features or of the channels of images; see [BatchNorm].
  public static BatchNorm batchNorm() {
    return BatchNorm.defaults();
  }

  /// Layer normalisation over the last dimension; see [LayerNorm].
  public static LayerNorm layerNorm() {
    return LayerNorm.defaults();
  }

  /// A learned vector of length `width` for each of `count` numbers; see [Embedding].
  public static Embedding embedding(int count, int width) {
    return Embedding.of(count, width);
  }

  /// x + f(x), f being the layers one after another; see [Residual], also for a projection of x.
  public static Residual residual(Layer... layers) {
    return Residual.of(layers);
  }

  /// Several layers as one; see [Sequence].
  public static Sequence sequence(Layer... layers) {
    return new Sequence(List.of(layers));
  }

  /// All dimensions in one.
  public static Layer flatten() {
    return new ReshapeLayer(List.of(-1));
  }

  /// Another shape of the same size.
  public static Layer reshape(int... dimensions) {
    return new ReshapeLayer(Arrays.stream(dimensions).boxed().toList());
  }

  /// How each kind is read from its settings; a layer that can be saved has its line here.
  private static final Map<String, Function<LayerSettings, Layer>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("dense", Dense::read);
    KINDS.put("dropout", DropoutLayer::read);
    KINDS.put("batchnorm", BatchNorm::read);
    KINDS.put("layernorm", LayerNorm::read);
    KINDS.put("embedding", Embedding::read);
    KINDS.put("residual", Residual::read);
    KINDS.put("sequence", Sequence::read);
    KINDS.put("reshape", ReshapeLayer::read);
    KINDS.put("conv", Conv::read);
    KINDS.put("convTranspose", ConvTranspose::read);
    KINDS.put("maxPool", Pool::readMax);
    KINDS.put("averagePool", Pool::readAverage);
    KINDS.put(GlobalPool.AVERAGE.kind(), settings -> GlobalPool.AVERAGE);
    KINDS.put(GlobalPool.MAX.kind(), settings -> GlobalPool.MAX);
    KINDS.put("upsample", Upsample::read);
    KINDS.putAll(Activation.readers());
  }

  /// The kinds of layers that can be saved.
  public static List<String> kinds() {
    return List.copyOf(KINDS.keySet());
  }

  /// The layer of a kind with settings as [Layer#settings] gave them.
  ///
  /// @throws IllegalArgumentException if the kind is unknown or a setting does not fit
  public static Layer of(String kind, Map<String, ?> settings) {
    Function<LayerSettings, Layer> read = KINDS.get(kind);
    if (read == null) {
      throw new IllegalArgumentException(
          "unknown layer '" + kind + "': expected " + String.join(", ", KINDS.keySet()));
    }
    return read.apply(new LayerSettings(kind, settings));
  }
}
