package ijen.loss;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Shape;
import java.util.List;

/// The catalogue of losses.
public final class Losses {
  private static final List<Loss> ALL =
      List.of(new CrossEntropy(), new BinaryCrossEntropy(), new MeanSquaredError());

  private Losses() {}

  /// Softmax cross-entropy: the network's output is logits `[k]`, the target a class number or a
  /// distribution `[k]`. See [ijen.op.SoftmaxCrossEntropy].
  public static Loss crossEntropy() {
    return new CrossEntropy();
  }

  /// Binary cross-entropy: the network's output is one logit or several, each target 0 or 1. See
  /// [ijen.op.BinaryCrossEntropyOfLogits].
  public static Loss binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /// Mean squared error of the output against a target of the same size. See
  /// [ijen.op.MeanSquaredError].
  public static Loss meanSquaredError() {
    return new MeanSquaredError();
  }

  /// The loss of that name.
  ///
  /// @throws IllegalArgumentException if there is none, naming those there are
  public static Loss parse(String name) {
    return ALL.stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown loss '"
                    + name
                    + "': expected one of "
                    + ALL.stream().map(Loss::name).toList()));
  }

  /// The target in the shape of the output, where both have as many numbers.
  private static Node fit(Graph g, Node output, Node target) {
    boolean same = output.shape().equals(target.shape());
    return same || output.shape().size() != target.shape().size()
        ? target
        : g.reshape(target, output.shape());
  }

  private record CrossEntropy() implements Loss {
    @Override
    public String name() {
      return "cross-entropy";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      if (output.shape().rank() != 1) {
        throw new IllegalArgumentException(
            "cross-entropy: expected logits [batch, classes], got " + output.form());
      }
      return g.softmaxCrossEntropy(output, target);
    }

    @Override
    public Node prediction(Graph g, Node output) {
      return g.softmax(output);
    }

    @Override
    public int classes(Shape output) {
      return output.size();
    }
  }

  private record BinaryCrossEntropy() implements Loss {
    @Override
    public String name() {
      return "binary-cross-entropy";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      return g.mean(g.binaryCrossEntropyOfLogits(output, fit(g, output, target)));
    }

    @Override
    public Node prediction(Graph g, Node output) {
      return g.sigmoid(output);
    }

    @Override
    public int classes(Shape output) {
      return output.size() == 1 ? 2 : 0;
    }
  }

  private record MeanSquaredError() implements Loss {
    @Override
    public String name() {
      return "mean-squared-error";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      return g.meanSquaredError(output, fit(g, output, target));
    }

    @Override
    public Node prediction(Graph g, Node output) {
      return output;
    }

    @Override
    public int classes(Shape output) {
      return 0;
    }
  }
}
