package ijen.op;

import ijen.graph.Form;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.kernel.Pointwise;
import ijen.kernel.Window;
import ijen.random.RandomStream;
import java.util.List;

/// The one list of all ops, with inputs to prove them on.
public final class OpCases {
  /// How the numbers of an input are drawn.
  enum Values {
    NORMAL,
    /// At least 0.1 from 0: kinks and poles are not straddled by a difference.
    AWAY_FROM_ZERO,
    POSITIVE,
    PROBABILITY,
    /// At least 0.1 from 0, and all numbers of a row on the same side.
    SIGN_OF_ROW,
    /// At least 4 from 0.
    FAR_FROM_ZERO,
    /// Far from all that is drawn by NORMAL: differences have a sign.
    FAR,
    /// At least 0.05 from each other.
    APART,
    LABELS;

    double draw(RandomStream random, long i, Form form) {
      double normal = random.normal(2 * i);
      return switch (this) {
        case NORMAL -> normal;
        case AWAY_FROM_ZERO -> normal + Math.copySign(0.1, normal);
        case POSITIVE -> 0.1 + Math.abs(normal);
        case PROBABILITY -> 0.02 + 0.96 * random.uniform(2 * i + 1);
        case SIGN_OF_ROW -> {
          int columns = form.shape().size() / form.shape().dimension(0);
          yield (0.1 + Math.abs(normal)) * (i / columns % 2 == 0 ? 1 : -1);
        }
        case FAR -> normal + Math.copySign(12, normal);
        case FAR_FROM_ZERO -> normal + Math.copySign(4, normal);
        // Multiples of 37 take every remainder by 64 before one comes again.
        case APART -> 0.1 * (i * 37 % 64) + 0.05 * random.uniform(2 * i);
        case LABELS -> random.below(2 * i + 1, 5);
      };
    }
  }

  record Input(Form form, Values values) {}

  /// One op with inputs of certain forms.
  public record Case(String label, Op op, List<Input> inputs) {
    List<Form> forms() {
      return inputs.stream().map(Input::form).toList();
    }

    double[][] draw(int samples, long seed) {
      double[][] drawn = new double[inputs.size()][];
      for (int i = 0; i < drawn.length; i++) {
        Input input = inputs.get(i);
        RandomStream random = RandomStream.of(seed, "input", i);
        drawn[i] = new double[input.form.elements(samples)];
        for (int j = 0; j < drawn[i].length; j++) {
          drawn[i][j] = input.values.draw(random, j, input.form);
        }
      }
      return drawn;
    }

    boolean differentiable(int input) {
      return inputs.get(input).values != Values.LABELS && op.differentiable(input);
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private OpCases() {}

  public static List<Case> all() {
    return List.of(
        of("affine", new Affine(), each(7), all(5, 7), all(5)),
        of("affine without bias", new Affine(), each(7), all(5, 7)),
        of("affine of matrices", new Affine(), each(3, 4), all(2, 4), all(2)),
        of("affine of a shared input", new Affine(), all(4), all(3, 4), all(3)),
        of(
            "affine+relu",
            new AffineActivation(Pointwise.RELU),
            values(Values.POSITIVE, each(7)),
            values(Values.SIGN_OF_ROW, all(5, 7)),
            values(Values.SIGN_OF_ROW, all(5))),
        of("affine+sigmoid", new AffineActivation(Pointwise.SIGMOID), each(7), all(5, 7), all(5)),
        of("affine+tanh", new AffineActivation(Pointwise.TANH), each(7), all(5, 7), all(5)),
        of(
            "affine+leaky relu",
            new AffineActivation(Pointwise.leakyRelu(0.1)),
            values(Values.POSITIVE, each(7)),
            values(Values.SIGN_OF_ROW, all(5, 7)),
            values(Values.SIGN_OF_ROW, all(5))),
        of("affine+softplus", new AffineActivation(Pointwise.SOFTPLUS), each(7), all(5, 7), all(5)),
        of("affine+tanh without bias", new AffineActivation(Pointwise.TANH), each(7), all(5, 7)),
        of("matmul", new MatMul(), each(6), all(6, 4)),
        of("convolution", convolution(3), each(2, 5, 4), all(3, 2, 3, 3), all(3)),
        of("convolution without bias", convolution(2), each(1, 3, 4), all(2, 1, 2, 2)),
        of(
            "convolution, padding and stride",
            new Convolution(Window.of(3, 2).withPadding(1).withStride(2), 1),
            each(2, 5, 4),
            all(3, 2, 3, 2),
            all(3)),
        of(
            "convolution, groups and dilation",
            new Convolution(Window.of(2).withPadding(1).withDilation(2), 2),
            each(4, 3, 4),
            all(2, 2, 2, 2),
            all(2)),
        of("convolution of a shared image", convolution(2), all(2, 3, 3), all(4, 2, 2, 2), all(4)),
        of(
            "convolution by channel",
            new Convolution(Window.of(2), 3),
            each(3, 3, 3),
            all(3, 1, 2, 2)),
        of(
            "convolution+relu",
            new ConvolutionActivation(convolution(2), Pointwise.RELU),
            values(Values.POSITIVE, each(2, 4, 4)),
            values(Values.SIGN_OF_ROW, all(3, 2, 2, 2)),
            values(Values.SIGN_OF_ROW, all(3))),
        of(
            "convolution+tanh",
            new ConvolutionActivation(convolution(3), Pointwise.TANH),
            each(1, 4, 5),
            all(2, 1, 3, 3),
            all(2)),
        of(
            "transposed convolution",
            new TransposedConvolution(Window.of(3), 0, 1),
            each(2, 3, 2),
            all(2, 3, 3, 3),
            all(3)),
        of(
            "transposed convolution, stride, padding and output padding",
            new TransposedConvolution(Window.of(3, 4).withStride(2).withPadding(1), 1, 1),
            each(2, 3, 2),
            all(2, 2, 3, 4),
            all(2)),
        of(
            "transposed convolution by groups",
            new TransposedConvolution(Window.of(2).withStride(3), 1, 2),
            each(4, 2, 2),
            all(4, 1, 2, 2)),
        of("maxPool", new MaxPool(Window.of(2).withStride(2)), apart(2, 4, 6)),
        of(
            "maxPool, padding and overlap",
            new MaxPool(Window.of(3, 2).withStride(2).withPadding(1)),
            apart(2, 5, 4)),
        of("averagePool", new AveragePool(Window.of(2).withStride(2)), each(2, 4, 6)),
        of(
            "averagePool, padding and overlap",
            new AveragePool(Window.of(3, 2).withStride(2).withPadding(1)),
            each(2, 5, 4)),
        of("averagePool of all", new AveragePool(Window.of(4, 3)), each(2, 4, 3)),
        of("upsampleNearest", new UpsampleNearest(2), each(2, 2, 3)),
        of("upsampleBilinear", new UpsampleBilinear(3), each(2, 2, 3)),
        of("upsampleBilinear by 2", new UpsampleBilinear(2), each(1, 3, 1)),
        of("matmul of matrices", new MatMul(), each(3, 6), all(6, 2)),
        of("matmul of shared matrices", new MatMul(), all(3, 6), all(6, 2)),
        of("add", new Add(), each(3, 5), each(3, 5)),
        of("add a shared row", new Add(), each(9), all(9)),
        of("add to a shared row", new Add(), all(9), each(9)),
        of("subtract", new Subtract(), each(9), each(9)),
        of("subtract a shared row", new Subtract(), each(9), all(9)),
        of("subtract from a shared row", new Subtract(), all(9), each(9)),
        of("multiply", new Multiply(), each(9), each(9)),
        of("multiply by a shared row", new Multiply(), each(9), all(9)),
        of("multiply shared rows", new Multiply(), all(9), all(9)),
        of("scale", new Scale(-2.5), each(9)),
        of("reshape", new Reshape(Shape.of(3, 4)), each(2, 6)),
        of("relu", new Relu(), values(Values.AWAY_FROM_ZERO, each(17))),
        of("step", new Step(), values(Values.AWAY_FROM_ZERO, each(17))),
        of("leakyRelu", new LeakyRelu(0.1), values(Values.AWAY_FROM_ZERO, each(17))),
        of("leakyRelu, falling", new LeakyRelu(-0.5), values(Values.AWAY_FROM_ZERO, each(17))),
        of("pRelu", new PRelu(), values(Values.AWAY_FROM_ZERO, each(9)), all(9)),
        of("pRelu of images", new PRelu(), values(Values.AWAY_FROM_ZERO, each(3, 2, 4)), all(3)),
        of("pRelu, one slope", new PRelu(), values(Values.AWAY_FROM_ZERO, each(3, 5)), all(1)),
        of("pRelu, shared input", new PRelu(), values(Values.AWAY_FROM_ZERO, all(3, 5)), all(3)),
        of("elu", new Elu(0.7), values(Values.AWAY_FROM_ZERO, each(17))),
        of("selu", new Selu(), values(Values.AWAY_FROM_ZERO, each(17))),
        of("gelu", new Gelu(), each(17)),
        of("gelu by tanh", new Gelu(Gelu.Form.TANH), each(17)),
        of("silu", new Silu(), each(17)),
        of("softplus", new Softplus(), each(17)),
        of("sigmoid", new Sigmoid(), each(17)),
        of("tanh", new Tanh(), each(17)),
        of("erf", new Erf(), each(17)),
        of("exp", new Exp(), each(17)),
        of("log", new Log(), values(Values.POSITIVE, each(17))),
        of("softmax", new Softmax(), each(5)),
        of("softmax of matrices", new Softmax(), each(3, 4)),
        of("sum", new Sum(), each(3, 7)),
        of("sum of a shared input", new Sum(), all(7)),
        of("mean", new Mean(), each(3, 7)),
        of("batchnorm", new BatchNormalization(1e-5, 0.1, false), norm(each(7))),
        of("batchnorm of images", new BatchNormalization(1e-5, 0.1, false), norm(each(3, 2, 5))),
        of( // a channel is never near the kink: scaled by less than 1, it is at most √5
            "batchnorm+relu",
            new BatchNormalization(1e-5, 0.1, true),
            each(7),
            values(Values.PROBABILITY, all(7)),
            values(Values.FAR_FROM_ZERO, all(7)),
            all(7),
            values(Values.POSITIVE, all(7))),
        of(
            "batchnorm+relu of images",
            new BatchNormalization(1e-5, 0.1, true),
            each(3, 4),
            values(Values.PROBABILITY, all(3)),
            values(Values.FAR_FROM_ZERO, all(3)),
            all(3),
            values(Values.POSITIVE, all(3))),
        of("layernorm", new LayerNormalization(1e-5), each(7), all(7), all(7)),
        of("layernorm of matrices", new LayerNormalization(1e-5), each(3, 19), all(19), all(19)),
        of("layernorm of a shared input", new LayerNormalization(1e-5), all(2, 7), all(7), all(7)),
        of("lookup", new Lookup(), all(5, 3), values(Values.LABELS, each())),
        of("lookup, several a sample", new Lookup(), all(5, 3), values(Values.LABELS, each(4))),
        of("dropout", new Dropout(0.4), each(33)),
        of("l2Norm", new L2Norm(), each(7)),
        of("mean squared error", new MeanSquaredError(), each(7), each(7)),
        of("mean absolute error", new MeanAbsoluteError(), each(7), values(Values.FAR, each(7))),
        of("huber, near", new Huber(20), each(7), each(7)),
        of("huber, far", new Huber(0.5), each(7), values(Values.FAR, each(7))),
        of(
            "softmax cross-entropy of labels, smoothed",
            new SoftmaxCrossEntropy(0.2),
            each(5),
            values(Values.LABELS, each())),
        of(
            "softmax cross-entropy of distributions, smoothed",
            new SoftmaxCrossEntropy(0.2),
            each(5),
            values(Values.PROBABILITY, each(5))),
        of("half-logistic", new HalfLogistic(), each(6), values(Values.PROBABILITY, each(6))),
        of(
            "softmax cross-entropy of labels",
            new SoftmaxCrossEntropy(),
            each(5),
            values(Values.LABELS, each())),
        of(
            "softmax cross-entropy of labels, several a sample",
            new SoftmaxCrossEntropy(),
            each(3, 5),
            values(Values.LABELS, each(3))),
        of(
            "softmax cross-entropy of distributions",
            new SoftmaxCrossEntropy(),
            each(5),
            values(Values.PROBABILITY, each(5))),
        of(
            "binary cross-entropy of logits",
            new BinaryCrossEntropyOfLogits(),
            values(Values.AWAY_FROM_ZERO, each(6)),
            values(Values.PROBABILITY, each(6))),
        of(
            "binary cross-entropy",
            new BinaryCrossEntropy(),
            values(Values.PROBABILITY, each(6)),
            values(Values.PROBABILITY, each(6))));
  }

  private static Case of(String label, Op op, Input... inputs) {
    return new Case(label, op, List.of(inputs));
  }

  /// The inputs of a batch normalisation of `x`.
  private static Input[] norm(Input x) {
    int channels = x.form.shape().dimension(0);
    Input variance = values(Values.POSITIVE, all(channels));
    return new Input[] {x, all(channels), all(channels), all(channels), variance};
  }

  private static Convolution convolution(int kernel) {
    return new Convolution(Window.of(kernel), 1);
  }

  /// Images in which no two numbers are so near that a difference changes their order.
  private static Input apart(int... dimensions) {
    return values(Values.APART, each(dimensions));
  }

  private static Input each(int... dimensions) {
    return new Input(Form.batched(Shape.of(dimensions)), Values.NORMAL);
  }

  private static Input all(int... dimensions) {
    return new Input(Form.shared(Shape.of(dimensions)), Values.NORMAL);
  }

  private static Input values(Values values, Input input) {
    return new Input(input.form, values);
  }
}
