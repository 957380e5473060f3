package ijen.onnx;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.nn.Activation;
import ijen.nn.BatchNorm;
import ijen.nn.Dense;
import ijen.nn.DropoutLayer;
import ijen.nn.Embedding;
import ijen.nn.GlobalPool;
import ijen.nn.Layer;
import ijen.nn.LayerNorm;
import ijen.nn.PReluLayer;
import ijen.nn.Pool;
import ijen.nn.ReshapeLayer;
import ijen.op.Elu;
import ijen.op.Gelu;
import ijen.op.LeakyRelu;
import ijen.op.Relu;
import ijen.op.Selu;
import ijen.op.Sigmoid;
import ijen.op.Softmax;
import ijen.op.Softplus;
import ijen.op.Tanh;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The layer that one operator is, for inputs of one shape; what it finds no layer for is refused.
final class OpImport {
  /// The operators that become layers or parts of them.
  static final List<String> SUPPORTED =
      List.of(
          "Add",
          "AveragePool",
          "BatchNormalization",
          "Cast",
          "Constant",
          "Conv",
          "ConvTranspose",
          "Div",
          "Dropout",
          "Elu",
          "Erf",
          "Flatten",
          "Gather",
          "Gelu",
          "Gemm",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "Greater",
          "Identity",
          "LayerNormalization",
          "LeakyRelu",
          "MatMul",
          "MaxPool",
          "Mul",
          "PRelu",
          "Pad",
          "Relu",
          "Reshape",
          "Resize",
          "Selu",
          "Sigmoid",
          "Softmax",
          "Softplus",
          "Tanh",
          "Transpose");

  private final Operands operands;
  private final Settings settings;
  private final Shape shape;

  OpImport(Operands operands) {
    this.operands = operands;
    this.settings = operands.settings();
    this.shape = operands.shape();
  }

  /// The layer.
  ///
  /// @throws IllegalArgumentException if the layer does not exist with these settings
  Layer layer() throws FormatException {
    ImageImport images = new ImageImport(operands);
    Layer layer =
        switch (operands.node().op()) {
          case "Gemm" -> gemm();
          case "MatMul" -> matMul();
          case "Conv" -> images.conv();
          case "ConvTranspose" -> images.convTranspose();
          case "MaxPool" -> images.pool(Pool.Of.MAX);
          case "AveragePool" -> images.pool(Pool.Of.AVERAGE);
          case "GlobalMaxPool" -> GlobalPool.MAX;
          case "GlobalAveragePool" -> GlobalPool.AVERAGE;
          case "Resize" -> images.resize();
          case "BatchNormalization" -> batchNorm();
          case "LayerNormalization" -> layerNorm();
          case "Dropout" -> dropout();
          case "Flatten" -> flatten();
          case "Reshape" -> reshape();
          case "Gather" -> embedding();
          case "Relu" -> activation(new Relu());
          case "LeakyRelu" -> activation(new LeakyRelu(settings.number("alpha", 0.01)));
          case "PRelu" -> pRelu();
          case "Elu" -> activation(new Elu(settings.number("alpha", 1)));
          case "Selu" -> selu();
          case "Gelu" -> gelu();
          case "Softplus" -> activation(new Softplus());
          case "Sigmoid" -> activation(new Sigmoid());
          case "Tanh" -> activation(new Tanh());
          case "Softmax" -> softmax();
          default ->
              throw operands.wrong(
                  "expected this operator only in GELU, x·σ(x), x > 0, before an AveragePool, or of"
                      + " weights");
        };
    settings.end();
    if (operands.added() != null && !operands.node().op().equals("MatMul")) {
      throw operands.wrong("a constant is added: expected that only after a MatMul");
    }
    return layer;
  }

  private static Layer activation(Op op) {
    return new Activation(op);
  }

  private Layer gemm() throws FormatException {
    if (settings.number("alpha", 1) != 1 || settings.number("beta", 1) != 1) {
      throw operands.wrong("expected an alpha and a beta of 1; others are not supported");
    }
    settings.only("transA", 0);
    if (shape.rank() != 1) {
      throw operands.wrong("expected an input of rows [batch, features], got samples " + shape);
    }
    long transposed = settings.whole("transB", 0);
    Constant b = matrix(operands.weight(1));
    return dense(transposed == 0 ? transposed(b) : b, operands.optional(2));
  }

  private Layer matMul() throws FormatException {
    if (operands.node().inputs().size() != 2) {
      throw operands.wrong("expected 2 inputs, got " + operands.node().inputs().size());
    }
    return dense(transposed(matrix(operands.weight(1))), operands.added());
  }

  /// A dense layer of W `[units, in]`.
  private Layer dense(Constant weight, @Nullable Constant bias) throws FormatException {
    int units = weight.dimension(0);
    int in = weight.dimension(1);
    if (shape.rank() == 0 || shape.dimension(-1) != in) {
      throw operands.wrong("the weight takes " + in + " features, got samples " + shape);
    }
    operands.parameter(weight, units, in);
    Dense dense = Dense.of(units);
    if (bias == null) {
      return dense.withoutBias();
    }
    if (bias.rank() == 0 || bias.dimension(bias.rank() - 1) != units) {
      throw operands.wrong("expected a bias [" + units + "], got " + bias);
    }
    operands.parameter(bias, units);
    return dense;
  }

  private Layer batchNorm() throws FormatException {
    settings.only("training_mode", 0);
    double kept = settings.number("momentum", 0.9);
    double momentum = Math.rint((1 - kept) * 1e7) / 1e7; // 1 − 0.9 is a little less than 0.1
    int channels = shape.rank() == 0 ? 0 : shape.dimension(0);
    operands.parameter(operands.weight(1), channels);
    operands.parameter(operands.weight(2), channels);
    operands.statistic(operands.weight(3), channels);
    operands.statistic(operands.weight(4), channels);
    return new BatchNorm(settings.number("epsilon", 1e-5), momentum);
  }

  private Layer layerNorm() throws FormatException {
    requireLast(settings.whole("axis", -1));
    settings.only("stash_type", 1);
    int n = shape.dimension(-1);
    operands.parameter(operands.weight(1), n);
    Constant shift = operands.optional(2);
    if (shift == null) {
      operands.fill(0, n);
    } else {
      operands.parameter(shift, n);
    }
    return new LayerNorm(settings.number("epsilon", 1e-5));
  }

  private Layer softmax() throws FormatException {
    requireLast(settings.whole("axis", -1));
    return new Activation(new Softmax());
  }

  /// Fails unless an axis, which counts the batch as 0, is the last one.
  private void requireLast(long axis) throws FormatException {
    if (shape.rank() == 0 || (axis != -1 && axis != shape.rank())) {
      throw operands.wrong("expected the last axis, −1, of samples " + shape + ", got " + axis);
    }
  }

  private Layer dropout() throws FormatException {
    settings.whole("seed", 0);
    Constant ratio = operands.constant(1);
    if (operands.node().inputs().size() > 2) {
      throw operands.wrong("expected a dropout of a network in evaluation, without training_mode");
    }
    return new DropoutLayer(ratio == null ? 0.5 : ratio.number());
  }

  private Layer flatten() throws FormatException {
    settings.only("axis", 1);
    return new ReshapeLayer(List.of(-1));
  }

  private Layer reshape() throws FormatException {
    settings.only("allowzero", 0);
    Constant target = operands.constant(1);
    if (target == null || target.tensor().dtype() != Dtype.I64 || target.size() > 8) {
      throw operands.wrong("expected a constant shape of at most 8 dimensions");
    }
    long[] wanted = target.tensor().longs(); // 0: as before; -1: what is left
    if (wanted.length == 0
        || (wanted[0] != 0 && wanted[0] != -1 && wanted[0] != operands.batch())) {
      throw operands.wrong(
          "expected the first dimension to stay the batch, got " + Arrays.toString(wanted));
    }
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 1; i < wanted.length; i++) {
      boolean kept = wanted[i] == 0 && i <= shape.rank();
      dimensions.add(kept ? shape.dimension(i - 1) : Math.toIntExact(wanted[i]));
    }
    if (wanted[0] == -1 && dimensions.contains(-1)) {
      throw operands.wrong("expected one -1 at most, got " + Arrays.toString(wanted));
    }
    return new ReshapeLayer(dimensions);
  }

  private Layer embedding() throws FormatException {
    settings.only("axis", 0);
    Constant table = operands.weight(0);
    if (table.rank() != 2) {
      throw operands.wrong("expected a table of rows, got " + table);
    }
    operands.parameter(table, table.dimensions());
    return Embedding.of(table.dimension(0), table.dimension(1));
  }

  private Layer pRelu() throws FormatException {
    Constant slope = operands.weight(1);
    if (slope.size() == 1) {
      operands.parameter(slope, 1);
      return PReluLayer.of();
    }
    int[] spread = new int[shape.rank()]; // [channels, 1, 1]
    Arrays.fill(spread, 1);
    int channels = shape.rank() == 0 ? 0 : shape.dimension(0);
    if (spread.length > 0) {
      spread[0] = channels;
    }
    int[] given = slope.dimensions();
    boolean batched = given.length == spread.length + 1 && given[0] == 1;
    if (!Arrays.equals(batched ? Arrays.copyOfRange(given, 1, given.length) : given, spread)) {
      throw operands.wrong(
          "expected one slope, or one for each channel of " + shape + ", got " + slope);
    }
    operands.parameter(slope, channels);
    return PReluLayer.of().withSlopePerChannel();
  }

  private Layer selu() throws FormatException {
    double alpha = settings.number("alpha", 1.6732632);
    double gamma = settings.number("gamma", 1.0507010);
    if (Math.abs(alpha - 1.6732632) > 1e-5 || Math.abs(gamma - 1.0507010) > 1e-5) {
      throw operands.wrong("expected the usual alpha and gamma, got " + alpha + " and " + gamma);
    }
    return new Activation(new Selu());
  }

  private Layer gelu() throws FormatException {
    String form = settings.text("approximate", "none");
    return switch (form) {
      case "none" -> activation(new Gelu());
      case "tanh" -> activation(new Gelu(Gelu.Form.TANH));
      default ->
          throw operands.wrong("expected approximate none or tanh, got " + Wiring.shown(form));
    };
  }

  private Constant matrix(Constant constant) throws FormatException {
    if (constant.rank() != 2) {
      throw operands.wrong("expected a matrix as weight, got " + constant);
    }
    return constant;
  }

  private Constant transposed(Constant constant) throws FormatException {
    Constant transpose = constant.transpose();
    if (transpose == null) {
      throw operands.wrong("expected a matrix as weight, got " + constant);
    }
    return transpose;
  }
}
