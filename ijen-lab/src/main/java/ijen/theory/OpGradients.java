package ijen.theory;

import static ijen.check.Argument.classes;
import static ijen.check.Argument.shared;
import static ijen.theory.Measurement.within;

import ijen.check.Argument;
import ijen.check.CheckSettings;
import ijen.check.GradientCheck;
import ijen.check.GradientReport;
import ijen.check.TensorCheck;
import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Node;
import ijen.graph.Op;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.kernel.Pointwise;
import ijen.kernel.Window;
import ijen.op.Add;
import ijen.op.Affine;
import ijen.op.AffineActivation;
import ijen.op.AveragePool;
import ijen.op.BatchNormalization;
import ijen.op.BinaryCrossEntropy;
import ijen.op.BinaryCrossEntropyOfLogits;
import ijen.op.Convolution;
import ijen.op.ConvolutionActivation;
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
import java.util.List;

/// Statement (f): the vector-Jacobian product of every op, and of the networks made for telling
/// even digits from odd ones, against central differences.
final class OpGradients {
  private static final int UNITS = 16;
  private static final int IMAGES = 16;

  private OpGradients() {}

  /// An op and what it is tried on.
  record Case(String label, Op op, List<Argument> arguments) {
    static Case of(String label, Op op, Argument... arguments) {
      return new Case(label, op, List.of(arguments));
    }
  }

  /// Every op there is.
  static List<Case> cases() {
    Argument probability = each(6).within(0.02, 0.98);
    Argument[] norm = {each(7), shared(7), shared(7), shared(7), shared(7).within(0.1, 3)};
    return List.of(
        Case.of("linear (affine)", new Affine(), each(7), shared(5, 7), shared(5)),
        Case.of("step", new ijen.op.Step(), each(17)),
        Case.of("relu", new Relu(), each(17)),
        Case.of("sigmoid", new Sigmoid(), each(17)),
        Case.of("softmax, full Jacobian", new Softmax(), each(5)),
        Case.of("tanh", new Tanh(), each(17)),
        Case.of("ℓ₂ norm", new L2Norm(), each(7)),
        Case.of("binary cross-entropy", new BinaryCrossEntropy(), probability, probability),
        Case.of(
            "binary cross-entropy of logits",
            new BinaryCrossEntropyOfLogits(),
            each(6),
            probability),
        Case.of("matrix product", new MatMul(), each(6), shared(6, 4)),
        Case.of("add", new Add(), each(9), shared(9)),
        Case.of("subtract", new Subtract(), each(9), each(9)),
        Case.of("multiply", new Multiply(), each(9), each(9)),
        Case.of("scale", new Scale(-2.5), each(9)),
        Case.of("reshape", new Reshape(Shape.of(3, 4)), each(2, 6)),
        Case.of("sum", new Sum(), each(3, 7)),
        Case.of("mean", new Mean(), each(3, 7)),
        Case.of("exp", new Exp(), each(17)),
        Case.of("log", new Log(), each(17).within(0.1, 3)),
        Case.of("erf", new Erf(), each(17)),
        Case.of("leaky relu", new LeakyRelu(0.1), each(17)),
        Case.of("prelu, its slope learned", new PRelu(), each(9), shared(9)),
        Case.of("elu", new Elu(0.7), each(17)),
        Case.of("selu", new Selu(), each(17)),
        Case.of("gelu", new Gelu(), each(17)),
        Case.of("gelu by tanh", new Gelu(Gelu.Form.TANH), each(17)),
        Case.of("silu", new Silu(), each(17)),
        Case.of("softplus", new Softplus(), each(17)),
        Case.of(
            "affine and activation in one",
            new AffineActivation(Pointwise.TANH),
            each(7),
            shared(5, 7),
            shared(5)),
        Case.of(
            "convolution",
            new Convolution(Window.of(3, 2).withPadding(1).withStride(2), 1),
            each(2, 5, 4),
            shared(3, 2, 3, 2),
            shared(3)),
        Case.of(
            "convolution by groups",
            new Convolution(Window.of(2), 2),
            each(4, 3, 3),
            shared(4, 2, 2, 2),
            shared(4)),
        Case.of(
            "convolution and activation in one",
            new ConvolutionActivation(new Convolution(Window.of(3), 1), Pointwise.TANH),
            each(1, 4, 5),
            shared(2, 1, 3, 3),
            shared(2)),
        Case.of(
            "transposed convolution",
            new TransposedConvolution(Window.of(3).withStride(2).withPadding(1), 1, 1),
            each(2, 3, 2),
            shared(2, 2, 3, 3),
            shared(2)),
        Case.of("max pooling", new MaxPool(Window.of(2).withStride(2)), each(2, 4, 6)),
        Case.of("average pooling", new AveragePool(Window.of(2).withStride(2)), each(2, 4, 6)),
        Case.of("upsampling, nearest", new UpsampleNearest(2), each(2, 2, 3)),
        Case.of("upsampling, bilinear", new UpsampleBilinear(2), each(2, 2, 3)),
        Case.of("batch normalisation", new BatchNormalization(1e-5, 0.1, false), norm),
        Case.of(
            "batch normalisation and relu in one", new BatchNormalization(1e-5, 0.1, true), norm),
        Case.of("layer normalisation", new LayerNormalization(1e-5), each(7), shared(7), shared(7)),
        Case.of("lookup", new Lookup(), shared(5, 3), classes(5)),
        Case.of("dropout", new Dropout(0.4), each(33)),
        Case.of("cross-entropy of labels", new SoftmaxCrossEntropy(), each(5), classes(5)),
        Case.of(
            "cross-entropy of distributions, smoothed",
            new SoftmaxCrossEntropy(0.2),
            each(5),
            each(5).within(0.02, 0.98)),
        Case.of("half-logistic loss", new HalfLogistic(), each(6), probability),
        Case.of("mean squared error", new MeanSquaredError(), each(7), each(7)),
        Case.of("mean absolute error", new MeanAbsoluteError(), each(7), each(7)),
        Case.of("Huber's loss", new Huber(0.5), each(7), each(7)));
  }

  /// Normal numbers of its own for each sample.
  private static Argument each(int... shape) {
    return Argument.of(shape);
  }

  static Statement measure(Samples samples, long seed) {
    return measure(samples, seed, cases());
  }

  static Statement measure(Samples samples, long seed, List<Case> cases) {
    List<Measurement> measurements = new ArrayList<>();
    for (Case c : cases) {
      GradientCheck check = GradientCheck.of(c.op(), c.arguments().toArray(Argument[]::new));
      measurements.add(row(c.label(), check.with(check.settings().withSeed(seed)).run()));
    }
    measurements.add(parity("parity network, binary cross-entropy", samples, seed, false));
    measurements.add(parity("parity network, ℓ₂ norm", samples, seed, true));
    measurements.add(empiricalRisk(samples, seed));
    return new Statement(
        Topic.GRADIENTS,
        List.of(
            "y = f(x₁, …, xₘ),  L a number that depends on y",
            "∂L/∂xᵢ = Jᵢᵀ·∂L/∂y",
            "∂L/∂θⱼ ≈ (L(θ + h·eⱼ) − L(θ − h·eⱼ)) / 2h"),
        List.of(
            "Backpropagation needs of an op one thing: to turn the gradient by its output into the"
                + " gradients by its inputs, a product with the transposed Jacobian, which is never"
                + " written down. If each op does that, the chain rule does the rest; so each op is"
                + " tried alone, on random numbers and with a random gradient from above.",
            "A difference quotient needs only values. Its error has two parts, one that shrinks"
                + " with h² and one of rounding that grows as 1/h; the check tries several h and"
                + " takes what they agree on. Numbers at which slopes differ from side to side, as"
                + " at the kink of a ReLU, are set aside; at the kink itself Ijen takes 0, where"
                + " others take 1.",
            "The parity network tells even classes from odd ones, ŷ = σ(w₂ᵀ·relu(W₁·x)), without"
                + " biases. Its loss over a set is the mean of the losses of the samples, the"
                + " empirical risk, and so is its gradient: what is computed for a batch at once"
                + " has to be the mean of what is computed for each sample."),
        ("%d ops with random inputs; the networks on %d images of %s with %d hidden units. The"
             + " error is the largest |analytic − numeric| in a tensor; inputs and gradients are of"
             + " order 1.")
            .formatted(cases.size(), IMAGES, samples.name(), UNITS),
        measurements,
        List.of());
  }

  private static Measurement row(String label, GradientReport report) {
    int compared = report.tensors().stream().mapToInt(TensorCheck::compared).sum();
    int kinks = report.tensors().stream().mapToInt(TensorCheck::kinks).sum();
    double error =
        report.tensors().stream().mapToDouble(TensorCheck::absoluteError).max().orElse(0);
    boolean right = report.healthy() && compared > 0;
    return within(
        label,
        compared + " numbers" + (kinks == 0 ? "" : ", " + kinks + " at kinks"),
        right ? error : Math.max(error, 1),
        CheckSettings.defaults().tolerance());
  }

  /// A network and its loss on real images.
  private static Exact network(Samples samples, int rows, long seed, boolean norm) {
    Graph g = new Graph();
    int n = samples.features();
    Node x = g.input("x", Shape.of(n));
    Node y = g.input("y", Shape.of(1));
    Node w1 = g.parameter("W1", Shape.of(UNITS, n), Role.WEIGHT, (v, s, r) -> v.fill(0));
    Node w2 = g.parameter("w2", Shape.of(1, UNITS), Role.WEIGHT, (v, s, r) -> v.fill(0));
    Node p = g.sigmoid(g.affine(g.relu(g.affine(x, w1)), w2));
    Node loss = norm ? g.l2Norm(g.subtract(y, p)) : g.sum(g.binaryCrossEntropy(p, y));
    Exact network = new Exact(g, loss, rows, Reduction.MEAN);
    network.set("W1", Vectors.normal(seed, "theory f W1", UNITS * n, Math.sqrt(2.0 / n)));
    network.set("w2", Vectors.normal(seed, "theory f w2", UNITS, Math.sqrt(1.0 / UNITS)));
    return network;
  }

  private static void fill(Exact network, Samples samples, int row, int sample) {
    network.input(0, row, samples.x()[sample]);
    network.input(1, row, samples.label()[sample] % 2 == 0 ? 1 : 0);
  }

  private static Measurement parity(String label, Samples samples, long seed, boolean norm) {
    Exact network = network(samples, IMAGES, seed, norm);
    for (int s = 0; s < IMAGES; s++) {
      fill(network, samples, s, s);
    }
    return row(
        label,
        GradientCheck.of(label, network.objective(), network.theta(), network.batch())
            .with(CheckSettings.defaults().withEntries(256).withSeed(seed))
            .run());
  }

  /// The gradient of a batch is the mean of its samples' gradients.
  private static Measurement empiricalRisk(Samples samples, long seed) {
    Exact whole = network(samples, IMAGES, seed, false);
    Exact single = network(samples, 1, seed, false);
    double[] mean = new double[UNITS * samples.features()];
    for (int s = 0; s < IMAGES; s++) {
      fill(whole, samples, s, s);
      fill(single, samples, 0, s);
      single.differentiate();
      double[] gradient = single.gradient("W1");
      for (int i = 0; i < mean.length; i++) {
        mean[i] += gradient[i] / IMAGES;
      }
    }
    whole.differentiate();
    return within(
        "gradient of the empirical risk",
        "a batch of %d against each".formatted(IMAGES),
        Vectors.distance(mean, whole.gradient("W1")),
        1e-13);
  }
}
