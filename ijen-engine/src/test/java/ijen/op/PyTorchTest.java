package ijen.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Form;
import ijen.graph.Op;
import ijen.graph.OpBench;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Activations and losses, with their gradients, against what PyTorch computes in `double`:
/// `pointwise.csv` and `losses.csv`, written by `pointwise_and_losses.py` beside them.
class PyTorchTest {
  static List<String> pointwise() throws IOException {
    return lines("pointwise.csv");
  }

  static List<String> losses() throws IOException {
    return lines("losses.csv");
  }

  private static List<String> lines(String file) throws IOException {
    try (var in = Objects.requireNonNull(PyTorchTest.class.getResourceAsStream(file), file);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String> lines = reader.lines().skip(1).toList();
      assertThat(lines).hasSizeGreaterThan(10);
      return lines;
    }
  }

  private static double[] numbers(String column) {
    return column.isBlank()
        ? new double[0]
        : Arrays.stream(column.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static Op function(String text) {
    String[] parts = text.split(":", -1);
    double setting = parts.length > 1 ? Double.parseDouble(parts[1]) : 0;
    return switch (parts[0]) {
      case "step" -> new Step();
      case "relu" -> new Relu();
      case "leaky-relu" -> new LeakyRelu(setting);
      case "elu" -> new Elu(setting);
      case "selu" -> new Selu();
      case "gelu" -> new Gelu();
      case "gelu-tanh" -> new Gelu(Gelu.Form.TANH);
      case "silu" -> new Silu();
      case "softplus" -> new Softplus();
      case "sigmoid" -> new Sigmoid();
      case "tanh" -> new Tanh();
      case "erf" -> new Erf();
      case "exp" -> new Exp();
      default -> throw new IllegalArgumentException(text);
    };
  }

  @ParameterizedTest
  @MethodSource("pointwise")
  void functionsAreThoseOfPyTorch(String line) {
    String[] columns = line.split(",", -1);
    Op op = function(columns[0]);
    assertThat(((PointwiseOp) op).function()).hasToString(columns[0]);
    double[] x = numbers(columns[1]);
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    List<Form> forms = List.of(Form.shared(Shape.of(x.length)));
    try (Workers workers = Workers.of(1)) {
      for (Kernels k : List.of(Kernels.reference(), Kernels.vector(workers))) {
        OpBench bench = new OpBench(op, forms, 1, k);
        boolean exact = k.precision() == Precision.DOUBLE;
        double tolerance = exact ? 1e-13 : 6e-7;
        // From y, a derivative is exact as y is: to the rounding of 1, not of itself.
        assertNear(bench.forward(new double[][] {x}), numbers(columns[2]), tolerance, columns[0]);
        assertNear(
            bench.backward(new double[][] {x}, ones)[0],
            numbers(columns[3]),
            tolerance,
            "derivative of " + columns[0]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesAreThoseOfPyTorch(String line) {
    String[] columns = line.split(",", -1);
    String[] parts = columns[0].split(":", -1);
    double setting = parts.length > 1 ? Double.parseDouble(parts[1]) : 0;
    double[] first = numbers(columns[1]);
    double[] second = numbers(columns[2]);
    double[] value = numbers(columns[3]);
    int rows = 5;
    Shape row = Shape.of(first.length / rows);
    Op op =
        switch (parts[0]) {
          case "labels", "distribution" -> new SoftmaxCrossEntropy(setting);
          case "squared" -> new MeanSquaredError();
          case "absolute" -> new MeanAbsoluteError();
          case "huber" -> new Huber(setting);
          case "binary-of-logits" -> new BinaryCrossEntropyOfLogits();
          case "binary" -> new BinaryCrossEntropy();
          case "half-logistic" -> new HalfLogistic();
          default -> throw new IllegalArgumentException(line);
        };
    Shape target = second.length == rows ? Shape.scalar() : row;
    List<Form> forms = List.of(Form.batched(row), Form.batched(target));
    double[] ones = new double[value.length];
    Arrays.fill(ones, 1);
    double[][] x = {first, second};
    try (Workers workers = Workers.of(1)) {
      for (Kernels k : List.of(Kernels.reference(), Kernels.vector(workers))) {
        OpBench bench = new OpBench(op, forms, rows, k);
        double tolerance = k.precision() == Precision.DOUBLE ? 1e-12 : 2e-6;
        assertNear(bench.forward(x), value, tolerance, columns[0]);
        double[][] gradients = bench.backward(x, ones);
        assertNear(gradients[0], numbers(columns[4]), tolerance, columns[0] + ", first");
        if (!columns[5].isBlank()) {
          assertNear(gradients[1], numbers(columns[5]), tolerance, columns[0] + ", second");
        }
      }
    }
  }

  private static void assertNear(double[] got, double[] want, double tolerance, String what) {
    assertThat(got).as(what).hasSameSizeAs(want);
    for (int i = 0; i < want.length; i++) {
      assertThat(got[i])
          .as("%s, number %d", what, i)
          .isCloseTo(want[i], within(tolerance * (1 + Math.abs(want[i]))));
    }
  }
}
