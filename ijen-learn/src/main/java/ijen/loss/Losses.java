package ijen.loss;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.op.Huber;
import ijen.op.SoftmaxCrossEntropy;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The catalogue of losses.
public final class Losses {
  private static final Pattern TEXT = Pattern.compile("([a-z0-9-]+)(?::([a-z]+)=([^:=]+))?");

  private Losses() {}

  /// Softmax cross-entropy: the network's output is logits `[k]`, the target a class number or a
  /// distribution `[k]`. See [ijen.op.SoftmaxCrossEntropy].
  public static Loss crossEntropy() {
    return new CrossEntropy(0);
  }

  /// The same with label smoothing: the target becomes `(1 − smoothing)·target + smoothing/k`.
  ///
  /// @param smoothing in [0, 1)
  public static Loss crossEntropy(double smoothing) {
    return new CrossEntropy(smoothing);
  }

  /// Binary cross-entropy: the network's output is one logit or several, each target 0 or 1. See
  /// [ijen.op.BinaryCrossEntropyOfLogits].
  public static Loss binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /// Binary cross-entropy of a network whose outputs are probabilities already, because it ends
  /// with a sigmoid. See [ijen.op.BinaryCrossEntropy] for how certainty is guarded.
  public static Loss binaryCrossEntropyOfProbabilities() {
    return new BinaryCrossEntropyOfProbabilities();
  }

  /// Mean squared error of the output against a target of the same size. See
  /// [ijen.op.MeanSquaredError].
  public static Loss meanSquaredError() {
    return new MeanSquaredError();
  }

  /// Mean absolute error of the output against a target of the same size. See
  /// [ijen.op.MeanAbsoluteError].
  public static Loss meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /// Huber's loss of the output against a target of the same size. See [ijen.op.Huber].
  ///
  /// @param delta from which residual on it grows linearly, above 0
  public static Loss huber(double delta) {
    return new HuberLoss(delta);
  }

  /// The Euclidean norm of each sample's residual, ‖output − target‖₂. See [ijen.op.L2Norm].
  public static Loss l2Norm() {
    return new L2();
  }

  /// Half of the logistic loss, which is unbounded below: the network's output is one logit z, the
  /// target 0 or 1. To be studied, not used: see [ijen.op.HalfLogistic].
  public static Loss halfLogistic() {
    return new HalfLogistic(false);
  }

  /// Half of the logistic loss of the sigmoid of z in place of z. It hides what [#halfLogistic]
  /// does: each sample's loss lies between 0 and 1, wherever z goes. To be looked at, not used.
  ///
  /// **Range:** with s = σ(z) in (0, 1), s where the target is 0 and ln(1 + e^−s) where it is 1,
  /// which is in (0.31, 0.70); for targets in between, what lies between the two.
  public static Loss squashedHalfLogistic() {
    return new HalfLogistic(true);
  }

  /// The loss that a text names: `cross-entropy`, `cross-entropy:smoothing=0.1`,
  /// `binary-cross-entropy`, `binary-cross-entropy-of-probabilities`, `mean-squared-error`,
  /// `mean-absolute-error`, `huber` (with δ = 1), `huber:delta=2`, `l2-norm`, `half-logistic` or
  /// `half-logistic:squashed=true`.
  ///
  /// @throws IllegalArgumentException if there is none, naming those there are
  public static Loss parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw unknown(text);
    }
    String setting = matcher.group(2);
    String value = matcher.group(3);
    return switch (matcher.group(1)) {
      case "cross-entropy" -> crossEntropy(number(text, setting, "smoothing", value, 0));
      case "huber" -> huber(number(text, setting, "delta", value, 1));
      case "binary-cross-entropy" -> plain(text, setting, binaryCrossEntropy());
      case "binary-cross-entropy-of-probabilities" ->
          plain(text, setting, binaryCrossEntropyOfProbabilities());
      case "mean-squared-error" -> plain(text, setting, meanSquaredError());
      case "mean-absolute-error" -> plain(text, setting, meanAbsoluteError());
      case "l2-norm" -> plain(text, setting, l2Norm());
      case "half-logistic" -> new HalfLogistic(truth(text, setting, "squashed", value));
      default -> throw unknown(text);
    };
  }

  private static double number(
      String text,
      @Nullable String setting,
      String expected,
      @Nullable String value,
      double usual) {
    if (setting == null || value == null) {
      return usual;
    }
    requireSetting(text, setting, expected);
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "loss '" + text + "': expected a number, got '" + value + "'", e);
    }
  }

  private static boolean truth(
      String text, @Nullable String setting, String expected, @Nullable String value) {
    if (setting == null || value == null) {
      return false;
    }
    requireSetting(text, setting, expected);
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "loss '" + text + "': expected true or false, got '" + value + "'");
    };
  }

  private static void requireSetting(String text, String setting, String expected) {
    if (!setting.equals(expected)) {
      throw new IllegalArgumentException(
          "loss '" + text + "': no setting '" + setting + "', expected " + expected);
    }
  }

  private static Loss plain(String text, @Nullable String setting, Loss loss) {
    if (setting != null) {
      throw new IllegalArgumentException(
          "loss '" + text + "': " + loss.name() + " has no settings");
    }
    return loss;
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "unknown loss '"
            + text
            + "': expected one of [cross-entropy, cross-entropy:smoothing=0.1,"
            + " binary-cross-entropy, binary-cross-entropy-of-probabilities, mean-squared-error,"
            + " mean-absolute-error, huber, huber:delta=2, l2-norm, half-logistic,"
            + " half-logistic:squashed=true]");
  }

  /// The target in the shape of the output, where both have as many numbers.
  private static Node fit(Graph g, Node output, Node target) {
    boolean same = output.shape().equals(target.shape());
    return same || output.shape().size() != target.shape().size()
        ? target
        : g.reshape(target, output.shape());
  }

  private record CrossEntropy(double smoothing) implements Loss {
    CrossEntropy {
      new SoftmaxCrossEntropy(smoothing); // refuses a bad one here, not when a network is traced
    }

    @Override
    public String name() {
      return smoothing == 0 ? "cross-entropy" : "cross-entropy:smoothing=" + smoothing;
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      if (output.shape().rank() != 1) {
        throw new IllegalArgumentException(
            "cross-entropy: expected logits [batch, classes], got " + output.form());
      }
      return g.softmaxCrossEntropy(output, target, smoothing);
    }

    @Override
    public Node prediction(Graph g, Node output) {
      return g.softmax(output);
    }

    @Override
    public Decision decision() {
      return Decision.largest();
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
    public Decision decision() {
      return Decision.above(0);
    }
  }

  private record BinaryCrossEntropyOfProbabilities() implements Loss {
    @Override
    public String name() {
      return "binary-cross-entropy-of-probabilities";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      return g.mean(g.binaryCrossEntropy(output, fit(g, output, target)));
    }

    @Override
    public Node prediction(Graph g, Node output) {
      return output;
    }

    @Override
    public Decision decision() {
      return Decision.above(0.5);
    }
  }

  private record HalfLogistic(boolean squashed) implements Loss {
    @Override
    public String name() {
      return squashed ? "half-logistic:squashed=true" : "half-logistic";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      Node z = squashed ? g.sigmoid(output) : output;
      return g.mean(g.halfLogistic(z, fit(g, z, target)));
    }

    @Override
    public double leastValue() {
      return squashed ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public Node prediction(Graph g, Node output) {
      return g.sigmoid(output);
    }

    @Override
    public Decision decision() {
      return Decision.above(0);
    }
  }

  /// Those that compare numbers with numbers.
  private sealed interface Residual extends Loss {
    @Override
    default Node prediction(Graph g, Node output) {
      return output;
    }

    @Override
    default Decision decision() {
      return Decision.nearest();
    }
  }

  private record MeanSquaredError() implements Residual {
    @Override
    public String name() {
      return "mean-squared-error";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      return g.meanSquaredError(output, fit(g, output, target));
    }
  }

  private record MeanAbsoluteError() implements Residual {
    @Override
    public String name() {
      return "mean-absolute-error";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      return g.meanAbsoluteError(output, fit(g, output, target));
    }
  }

  private record HuberLoss(double delta) implements Residual {
    HuberLoss {
      new Huber(delta); // refuses a bad one here, not when a network is traced
    }

    @Override
    public String name() {
      return "huber:delta=" + delta;
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      return g.huber(output, fit(g, output, target), delta);
    }
  }

  private record L2() implements Residual {
    @Override
    public String name() {
      return "l2-norm";
    }

    @Override
    public Node apply(Graph g, Node output, Node target) {
      return g.l2Norm(g.subtract(output, fit(g, output, target)));
    }
  }
}
