package ijen.op;

import ijen.graph.Form;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.kernel.Pointwise;
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
        of("affine+tanh without bias", new AffineActivation(Pointwise.TANH), each(7), all(5, 7)),
        of("matmul", new MatMul(), each(6), all(6, 4)),
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
        of("dropout", new Dropout(0.4), each(33)),
        of("l2Norm", new L2Norm(), each(7)),
        of("mean squared error", new MeanSquaredError(), each(7), each(7)),
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
