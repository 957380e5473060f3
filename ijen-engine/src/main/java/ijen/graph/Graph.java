package ijen.graph;

import ijen.kernel.Window;
import ijen.op.Add;
import ijen.op.Affine;
import ijen.op.AveragePool;
import ijen.op.BatchNormalization;
import ijen.op.BinaryCrossEntropy;
import ijen.op.BinaryCrossEntropyOfLogits;
import ijen.op.Convolution;
import ijen.op.Dropout;
import ijen.op.Elu;
import ijen.op.Erf;
import ijen.op.Exp;
import ijen.op.Gelu;
import ijen.op.HalfLogistic;
import ijen.op.Huber;
import ijen.op.L2Norm;
import ijen.op.LayerNormalization;
import ijen.op.LeakyRelu;
import ijen.op.Log;
import ijen.op.Lookup;
import ijen.op.MatMul;
import ijen.op.MaxPool;
import ijen.op.Mean;
import ijen.op.MeanAbsoluteError;
import ijen.op.MeanSquaredError;
import ijen.op.Multiply;
import ijen.op.PRelu;
import ijen.op.Relu;
import ijen.op.Reshape;
import ijen.op.Scale;
import ijen.op.Selu;
import ijen.op.Sigmoid;
import ijen.op.Silu;
import ijen.op.Softmax;
import ijen.op.SoftmaxCrossEntropy;
import ijen.op.Softplus;
import ijen.op.Subtract;
import ijen.op.Sum;
import ijen.op.Tanh;
import ijen.op.TransposedConvolution;
import ijen.op.UpsampleBilinear;
import ijen.op.UpsampleNearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A network under construction: inputs, parameters and ops, written down once and run many times
/// by a [Plan].
///
/// Every method adds a node and checks shapes there and then; a mistake is reported with the
/// layer's name and both shapes. The batch is implicit: shapes are those of one sample, and no op
/// but a normalisation looks across samples.
///
/// ```java
/// Graph g = new Graph();
/// Node x = g.input("image", Shape.of(784));
/// Node w = g.parameter("weight", Shape.of(10, 784), Role.WEIGHT, he());
/// Node b = g.parameter("bias", Shape.of(10), Role.BIAS, zeros());
/// Node loss = g.softmaxCrossEntropy(g.affine(x, w, b), g.input("label", Shape.scalar()));
/// ```
public final class Graph {
  /// What all scopes of one graph share.
  private static final class Content {
    final List<Node> nodes = new ArrayList<>();
    final List<Node> inputs = new ArrayList<>();
    final List<Parameter> parameters = new ArrayList<>();
    final List<Statistic> statistics = new ArrayList<>();
    final Map<String, Integer> names = new HashMap<>();
  }

  private final Content content;
  private final String prefix;
  private final String label;

  /// An empty graph.
  public Graph() {
    this(new Content(), "", "");
  }

  private Graph(Content content, String prefix, String label) {
    this.content = content;
    this.prefix = prefix;
    this.label = label;
  }

  /// The same graph as a layer sees it: what it adds is named `name.…`, and its mistakes are
  /// reported as those of `kind 'name'`.
  public Graph scope(String kind, String name) {
    return new Graph(content, prefix + name + ".", kind + " '" + prefix + name + "'");
  }

  // ------------------------------------------------------------------ sources

  /// The next input of the batch: a value of `shape` for each sample.
  public Node input(String name, Shape shape) {
    Node node = add(name, Form.batched(shape), new Node.Source.Input(content.inputs.size()));
    content.inputs.add(node);
    return node;
  }

  /// A new parameter, the next slice of θ.
  ///
  /// @throws IllegalArgumentException if the layer has a parameter of that name already
  public Node parameter(String name, Shape shape, Role role, Initializer initializer) {
    String full = free("parameter", name);
    long end = (content.parameters.isEmpty() ? 0L : content.parameters.getLast().end());
    if (end + shape.size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          where("parameter") + "'" + full + "' would make θ longer than 2147483647 numbers");
    }
    Parameter parameter =
        new Parameter(full, content.parameters.size(), shape, (int) end, role, initializer);
    content.parameters.add(parameter);
    return add(name, Form.shared(shape), new Node.Source.Slice(parameter));
  }

  /// A new running statistic: a tensor that lives beside θ, begins with `initial` everywhere, and
  /// is moved by the op that reads it, after each step ([Op#settle]). No gradient touches it.
  ///
  /// @throws IllegalArgumentException if the layer has a parameter or statistic of that name
  public Node statistic(String name, Shape shape, double initial) {
    String full = free("statistic", name);
    long end = (content.statistics.isEmpty() ? 0L : content.statistics.getLast().end());
    if (end + shape.size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          where("statistic") + "'" + full + "' would make more than 2147483647 numbers");
    }
    Statistic statistic = new Statistic(full, content.statistics.size(), shape, (int) end, initial);
    content.statistics.add(statistic);
    return add(name, Form.shared(shape), new Node.Source.Running(statistic));
  }

  /// The full name of a new parameter or statistic.
  private String free(String what, String name) {
    String full = prefix + name;
    if (content.names.containsKey(full)) {
      throw new IllegalArgumentException(
          where(what) + "the name '" + full + "' is taken; give this layer another name");
    }
    return full;
  }

  /// The result of any op; the methods below are shorthands for it.
  ///
  /// @throws IllegalArgumentException if the op does not accept inputs of these forms, naming the
  ///   layer
  public Node apply(Op op, Node... inputs) {
    List<Node> arguments = List.of(inputs);
    for (Node argument : arguments) {
      if (argument.id() >= content.nodes.size() || content.nodes.get(argument.id()) != argument) {
        throw new IllegalArgumentException(
            where(op.name()) + "'" + argument.name() + "' belongs to another graph");
      }
    }
    Form form;
    try {
      form = op.infer(Arrays.stream(inputs).map(Node::form).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where(op.name()) + e.getMessage(), e);
    }
    return add(op.name(), form, new Node.Source.Result(op, arguments));
  }

  // ---------------------------------------------------------------------- ops

  /// y = W·x + b, W `[out, in]`. See [Affine].
  public Node affine(Node x, Node weight, Node bias) {
    return apply(new Affine(), x, weight, bias);
  }

  /// y = W·x, W `[out, in]`. See [Affine].
  public Node affine(Node x, Node weight) {
    return apply(new Affine(), x, weight);
  }

  /// The matrix product a·b. See [MatMul].
  public Node matmul(Node a, Node b) {
    return apply(new MatMul(), a, b);
  }

  /// 2-D convolution, W `[outputs, channels/groups, window height, window width]`. See
  /// [Convolution].
  public Node convolution(Node x, Node weight, Node bias, Window window, int groups) {
    return apply(new Convolution(window, groups), x, weight, bias);
  }

  /// 2-D convolution without bias. See [Convolution].
  public Node convolution(Node x, Node weight, Window window, int groups) {
    return apply(new Convolution(window, groups), x, weight);
  }

  /// 2-D transposed convolution, W `[channels, outputs/groups, window height, window width]`. See
  /// [TransposedConvolution].
  public Node transposedConvolution(
      Node x, Node weight, Node bias, Window window, int outputPadding, int groups) {
    return apply(new TransposedConvolution(window, outputPadding, groups), x, weight, bias);
  }

  /// 2-D transposed convolution without bias. See [TransposedConvolution].
  public Node transposedConvolution(
      Node x, Node weight, Window window, int outputPadding, int groups) {
    return apply(new TransposedConvolution(window, outputPadding, groups), x, weight);
  }

  /// The largest number that a window sees, in each channel. See [MaxPool].
  public Node maxPool(Node x, Window window) {
    return apply(new MaxPool(window), x);
  }

  /// The mean of what a window sees, in each channel, padding counted as zeros. See [AveragePool].
  public Node averagePool(Node x, Window window) {
    return apply(new AveragePool(window), x);
  }

  /// Each number becomes a square of `factor × factor`. See [UpsampleNearest].
  public Node upsampleNearest(Node x, int factor) {
    return apply(new UpsampleNearest(factor), x);
  }

  /// Interpolated to `factor` times the height and width. See [UpsampleBilinear].
  public Node upsampleBilinear(Node x, int factor) {
    return apply(new UpsampleBilinear(factor), x);
  }

  /// a + b. See [Add].
  public Node add(Node a, Node b) {
    return apply(new Add(), a, b);
  }

  /// a − b. See [Subtract].
  public Node subtract(Node a, Node b) {
    return apply(new Subtract(), a, b);
  }

  /// a∘b, element by element. See [Multiply].
  public Node multiply(Node a, Node b) {
    return apply(new Multiply(), a, b);
  }

  /// factor·x. See [Scale].
  public Node scale(Node x, double factor) {
    return apply(new Scale(factor), x);
  }

  /// The same numbers in another shape. See [Reshape].
  public Node reshape(Node x, Shape shape) {
    return apply(new Reshape(shape), x);
  }

  /// max(x, 0). See [Relu].
  public Node relu(Node x) {
    return apply(new Relu(), x);
  }

  /// 1 where x > 0, else 0; its derivative is 0. See [ijen.op.Step].
  public Node step(Node x) {
    return apply(new ijen.op.Step(), x);
  }

  /// x where x > 0, else slope·x. See [LeakyRelu].
  public Node leakyRelu(Node x, double slope) {
    return apply(new LeakyRelu(slope), x);
  }

  /// x where x > 0, else slope·x with a learned slope, `[1]` or `[channels]`. See [PRelu].
  public Node pRelu(Node x, Node slope) {
    return apply(new PRelu(), x, slope);
  }

  /// x where x ≥ 0, else α(eˣ − 1). See [Elu].
  public Node elu(Node x, double alpha) {
    return apply(new Elu(alpha), x);
  }

  /// λ·elu(x) with the λ and α of self-normalising networks. See [Selu].
  public Node selu(Node x) {
    return apply(new Selu(), x);
  }

  /// x·Φ(x), Φ of the normal distribution. See [Gelu].
  public Node gelu(Node x) {
    return apply(new Gelu(), x);
  }

  /// x·σ(x). See [Silu].
  public Node silu(Node x) {
    return apply(new Silu(), x);
  }

  /// ln(1 + eˣ). See [Softplus].
  public Node softplus(Node x) {
    return apply(new Softplus(), x);
  }

  /// 1/(1 + e⁻ˣ). See [Sigmoid].
  public Node sigmoid(Node x) {
    return apply(new Sigmoid(), x);
  }

  /// tanh x. See [Tanh].
  public Node tanh(Node x) {
    return apply(new Tanh(), x);
  }

  /// erf x = 2/√π·∫₀ˣ e^(−t²) dt. See [Erf].
  public Node erf(Node x) {
    return apply(new Erf(), x);
  }

  /// Softmax over the last dimension. See [Softmax].
  public Node softmax(Node x) {
    return apply(new Softmax(), x);
  }

  /// ln x. See [Log].
  public Node log(Node x) {
    return apply(new Log(), x);
  }

  /// eˣ. See [Exp].
  public Node exp(Node x) {
    return apply(new Exp(), x);
  }

  /// The sum of each sample's elements. See [Sum].
  public Node sum(Node x) {
    return apply(new Sum(), x);
  }

  /// The mean of each sample's elements. See [Mean].
  public Node mean(Node x) {
    return apply(new Mean(), x);
  }

  /// Batch normalisation; `mean` and `variance` are running statistics. See [BatchNormalization].
  public Node batchNorm(
      Node x, Node scale, Node shift, Node mean, Node variance, double epsilon, double momentum) {
    return apply(new BatchNormalization(epsilon, momentum, false), x, scale, shift, mean, variance);
  }

  /// Layer normalisation over the last dimension. See [LayerNormalization].
  public Node layerNorm(Node x, Node scale, Node shift, double epsilon) {
    return apply(new LayerNormalization(epsilon), x, scale, shift);
  }

  /// The rows of `table` that `numbers` choose. See [Lookup].
  public Node lookup(Node table, Node numbers) {
    return apply(new Lookup(), table, numbers);
  }

  /// Inverted dropout: zero with probability `rate` in training. See [Dropout].
  public Node dropout(Node x, double rate) {
    return apply(new Dropout(rate), x);
  }

  /// The cross-entropy of softmax(logits) against class numbers or distributions, one number for
  /// each sample. See [SoftmaxCrossEntropy].
  public Node softmaxCrossEntropy(Node logits, Node target) {
    return apply(new SoftmaxCrossEntropy(), logits, target);
  }

  /// The same with label smoothing: target (1 − s)·q + s/k. See [SoftmaxCrossEntropy].
  public Node softmaxCrossEntropy(Node logits, Node target, double smoothing) {
    return apply(new SoftmaxCrossEntropy(smoothing), logits, target);
  }

  /// Binary cross-entropy of σ(logits), element by element. See [BinaryCrossEntropyOfLogits].
  public Node binaryCrossEntropyOfLogits(Node logits, Node target) {
    return apply(new BinaryCrossEntropyOfLogits(), logits, target);
  }

  /// Binary cross-entropy of probabilities, element by element. See [BinaryCrossEntropy].
  public Node binaryCrossEntropy(Node probability, Node target) {
    return apply(new BinaryCrossEntropy(), probability, target);
  }

  /// The mean of (prediction − target)², one number for each sample. See [MeanSquaredError].
  public Node meanSquaredError(Node prediction, Node target) {
    return apply(new MeanSquaredError(), prediction, target);
  }

  /// The mean of |prediction − target|, one number for each sample. See [MeanAbsoluteError].
  public Node meanAbsoluteError(Node prediction, Node target) {
    return apply(new MeanAbsoluteError(), prediction, target);
  }

  /// The mean of Huber's function of prediction − target, one number for each sample. See [Huber].
  public Node huber(Node prediction, Node target, double delta) {
    return apply(new Huber(delta), prediction, target);
  }

  /// y·ln(1 + e⁻ᶻ) + (1 − y)·z, element by element; unbounded below. See [HalfLogistic].
  public Node halfLogistic(Node logits, Node target) {
    return apply(new HalfLogistic(), logits, target);
  }

  /// ‖x‖₂ of each sample. See [L2Norm].
  public Node l2Norm(Node x) {
    return apply(new L2Norm(), x);
  }

  // ------------------------------------------------------------------ content

  /// All nodes, in an order of evaluation.
  public List<Node> nodes() {
    return Collections.unmodifiableList(content.nodes);
  }

  /// The inputs, in the order in which a batch holds them.
  public List<Node> inputs() {
    return Collections.unmodifiableList(content.inputs);
  }

  /// The layout of θ as it stands now.
  public Parameters parameters() {
    return new Parameters(content.parameters, content.statistics);
  }

  private Node add(String name, Form form, Node.Source source) {
    String full = prefix + name;
    int uses = content.names.merge(full, 1, Integer::sum);
    String unique = uses == 1 ? full : full + uses;
    Node node = new Node(content.nodes.size(), unique, form, source);
    content.nodes.add(node);
    return node;
  }

  /// A mistake in the layer that is being built, to be thrown by it: the message with the layer's
  /// name before it.
  public IllegalArgumentException mistake(String message) {
    return new IllegalArgumentException(where("layer") + message);
  }

  private String where(String op) {
    return (label.isEmpty() ? op : label) + ": ";
  }
}
