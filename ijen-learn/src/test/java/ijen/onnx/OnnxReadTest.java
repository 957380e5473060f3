package ijen.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.onnx.OnnxAttribute;
import ijen.format.onnx.OnnxFile;
import ijen.format.onnx.OnnxGraph;
import ijen.format.onnx.OnnxModel;
import ijen.format.onnx.OnnxNode;
import ijen.format.onnx.OnnxValue;
import ijen.format.onnx.OnnxValue.Dimension;
import ijen.format.safetensors.Safetensors;
import ijen.loss.Losses;
import ijen.nn.Layer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What others wrote, and what is refused.
class OnnxReadTest {
  @TempDir private Path folder;

  static Path fixture(String name) {
    try {
      return Path.of(Objects.requireNonNull(OnnxReadTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch_mlp", "torch_cnn", "torch_residual", "torch_fixed", "helper"})
  void whatOthersWroteGivesTheirNumbers(String name) throws Exception {
    OnnxNetwork read = Onnx.read(fixture(name + ".onnx"));
    try (Safetensors expected = Safetensors.read(fixture("expected.safetensors"))) {
      Tensor input = expected.tensor(name + ".input");
      float[] values =
          Runs.evaluate(read.network(), read.theta(), input.floats(), input.shape()[0]);
      double largest = Runs.compare(name, values, expected.tensor(name + ".output").floats());
      assertThat(largest).isLessThan(Runs.TOLERANCE);
    }
    assertThat(read.loss()).isNull();
    assertThatThrownBy(read::model).hasMessageContaining("does not say for which loss");
    Path again = folder.resolve("again.onnx");
    Onnx.write(read.model(Losses.meanSquaredError()), again);
    assertThat(Onnx.read(again).theta().sha256()).isEqualTo(read.theta().sha256());
  }

  @Test
  void layersAreFoundInWhatOthersWrote() throws Exception {
    assertThat(kinds("torch_mlp"))
        .containsSubsequence("reshape", "dense")
        .containsSubsequence("gelu", "dense", "gelu", "layernorm", "silu", "dense", "softmax");
    assertThat(kinds("torch_residual"))
        .containsExactly("residual", "relu", "residual", "relu", "reshape", "dense", "tanh");
    assertThat(kinds("helper")).containsExactly("dense", "step", "residual");
  }

  private static List<String> kinds(String name) throws IOException {
    return Onnx.read(fixture(name + ".onnx")).network().layers().stream().map(Layer::kind).toList();
  }

  // ------------------------------------------------------------------ refusals

  private static final OnnxValue INPUT =
      new OnnxValue("x", Dtype.F32, List.of(Dimension.named("n"), Dimension.of(4)));
  private static final OnnxValue OUTPUT =
      new OnnxValue("y", Dtype.F32, List.of(Dimension.named("n"), Dimension.of(4)));

  /// A graph under construction; `y` is what comes out.
  private static final class Builder {
    final List<OnnxNode> nodes = new ArrayList<>();
    final Map<String, Tensor> weights = new LinkedHashMap<>();
    OnnxValue input = INPUT;
    OnnxValue output = OUTPUT;

    Builder() {
      weights.put("w", Tensor.of(new float[16], 4, 4));
      weights.put("v", Tensor.of(new float[16], 4, 4));
      weights.put("b", Tensor.of(new float[4], 4));
      weights.put("one", Tensor.of(new float[] {1}));
    }

    Builder node(String op, String inputs, String output) {
      return node(op, inputs, output, Map.of());
    }

    Builder node(String op, String inputs, String output, Map<String, OnnxAttribute> attributes) {
      nodes.add(
          OnnxNode.of(op, "n" + nodes.size(), List.of(inputs.split(" ", -1)), output, attributes));
      return this;
    }

    OnnxModel model(long ir, long opset) {
      return new OnnxModel(
          ir,
          opset,
          "",
          "",
          "",
          Map.of(),
          new OnnxGraph("g", "", List.of(input), List.of(output), weights, nodes));
    }
  }

  private void refused(Builder builder, String... parts) throws IOException {
    refused(builder.model(8, 17), parts);
  }

  private void refused(OnnxModel model, String... parts) throws IOException {
    Path file = folder.resolve("refused.onnx");
    OnnxFile.write(file, model);
    assertThatThrownBy(() -> Onnx.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContainingAll(parts);
  }

  @Test
  void operatorsThatAreNotKnownAreNamed() throws Exception {
    refused(
        new Builder().node("Relu", "x", "h").node("Mish", "h", "y"),
        "node 'n1' (Mish): this operator is not supported",
        "expected one of Add, AveragePool");
    refused(new Builder().node("Concat", "x x", "y"), "(Concat): this operator is not supported");
    refused(new Builder().node("Mul", "x x", "y"), "(Mul): expected products only as parts of");
    refused(new Builder().node("Erf", "x", "y"), "(Erf): expected this operator only in GELU");
    OnnxModel other = new Builder().node("Relu", "x", "y").model(8, 17);
    OnnxNode own = new OnnxNode("Relu", "com.own", "", List.of("x"), List.of("y"), Map.of());
    refused(
        new OnnxModel(
            8,
            17,
            "",
            "",
            "",
            Map.of(),
            new OnnxGraph(
                "", "", other.graph().inputs(), other.graph().outputs(), Map.of(), List.of(own))),
        "domain 'com.own'");
  }

  @Test
  void versionsThatAreNotKnownAreRefused() throws Exception {
    refused(new Builder().node("Relu", "x", "y").model(8, 12), "version 13 to 21, got 12");
    refused(new Builder().node("Relu", "x", "y").model(8, 22), "version 13 to 21, got 22");
    refused(new Builder().node("Relu", "x", "y").model(2, 17), "version 3 to 11", "got 2");
  }

  @Test
  void settingsThatAreNotKnownAreRefused() throws Exception {
    refused(
        new Builder().node("Gemm", "x w b", "y", Map.of("alpha", OnnxAttribute.of(2f))),
        "(Gemm): expected an alpha and a beta of 1");
    refused(
        new Builder().node("Relu", "x", "y", Map.of("slope", OnnxAttribute.of(2f))),
        "(Relu): the setting 'slope' is not supported");
    refused(
        new Builder().node("Gemm", "x w b", "y", Map.of("transB", OnnxAttribute.of("yes"))),
        "(Gemm): 'transB': expected a whole number");
    refused(
        new Builder().node("Softmax", "x", "y", Map.of("axis", OnnxAttribute.of(0))),
        "(Softmax): expected the last axis");
    refused(new Builder().node("Elu", "x", "y", Map.of("alpha", OnnxAttribute.of(-1f))), "(Elu): ");
    Builder pool = new Builder();
    pool.input =
        new OnnxValue(
            "x",
            Dtype.F32,
            List.of(Dimension.named("n"), Dimension.of(1), Dimension.of(4), Dimension.of(4)));
    pool.node(
        "AveragePool",
        "x",
        "y",
        Map.of(
            "kernel_shape", OnnxAttribute.wholes(3, 3), "pads", OnnxAttribute.wholes(1, 1, 0, 0)));
    refused(pool, "(AveragePool): 'pads': expected the same number 4 times");
  }

  @Test
  void shapesThatDoNotFitAreRefused() throws Exception {
    Builder dense = new Builder();
    dense.weights.put("w", Tensor.of(new float[15], 5, 3));
    refused(dense.node("Gemm", "x w", "y"), "(Gemm): the weight takes 5 features, got samples [4]");
    Builder bias = new Builder();
    bias.weights.put("b", Tensor.of(new float[3], 3));
    refused(bias.node("Gemm", "x w b", "y"), "(Gemm): expected a bias [4], got 'b' [3]");
    refused(new Builder().node("Conv", "x w", "y"), "(Conv): expected a weight of four dimensions");
    Builder output = new Builder().node("Relu", "x", "y");
    output.output = new OnnxValue("y", Dtype.F32, List.of(Dimension.named("n"), Dimension.of(5)));
    refused(output, "expected an output of samples [4], got 'y' F32 [n, 5]");
    Builder open = new Builder().node("Relu", "x", "y");
    open.input =
        new OnnxValue("x", Dtype.F32, List.of(Dimension.named("n"), Dimension.named("width")));
    refused(open, "all dimensions but the batch are known, got 'x' F32 [n, width]");
    Builder wholes = new Builder().node("Relu", "x", "y");
    wholes.input = new OnnxValue("x", Dtype.I64, INPUT.shape());
    refused(wholes, "expected an input of type FLOAT");
    Builder mixes = new Builder();
    mixes.weights.put("s", Tensor.of(new long[] {-1, 2}, 2));
    refused(mixes.node("Reshape", "x s", "y"), "(Reshape): ");
  }

  @Test
  void graphsThatAreNoChainsAreRefused() throws Exception {
    refused(
        new Builder().node("Gemm", "x w b", "h").node("Gemm", "h w b", "y"),
        "the weight 'w' [4, 4] is used twice");
    refused(
        new Builder()
            .node("Relu", "x", "p")
            .node("Tanh", "x", "q")
            .node("Add", "p q", "r")
            .node("Add", "r q", "y"),
        "goes several ways that do not come together in one sum");
    refused(new Builder().node("Add", "x x", "y"), "adds a value to itself");
    refused(new Builder().node("Add", "x b", "y"), "a constant is added");
    refused(new Builder().node("Relu", "z", "y"), "takes 'z', which nothing before it makes");
    refused(new Builder().node("Relu", "x", "h"), "expected a node that makes the output 'y'");
    refused(
        new Builder().node("Relu", "x", "y").node("Relu", "x", "y"),
        "expected an output of a new name, got 'y'");
    refused(new Builder().node("Identity", "x", "y"), "a graph that computes nothing");
    refused(new Builder().node("Relu", "b", "c").node("Relu", "x", "y"), "weights alone");
  }

  @Test
  void deepOrWideSumsDoNotHang() throws Exception {
    Builder ladder = new Builder().node("Relu", "x", "a0").node("Tanh", "a0", "a1");
    for (int i = 2; i < 2000; i++) { // as Fibonacci's numbers: ways without number
      ladder.node("Add", "a" + (i - 1) + " a" + (i - 2), "a" + i);
    }
    refused(ladder.node("Relu", "a1999", "y"), "(Add): ");
    Builder deep = new Builder().node("Relu", "x", "a0");
    for (int i = 1; i < 2000; i++) {
      deep.node("Relu", "a" + (i - 1), "r" + i).node("Add", "x r" + i, "a" + i);
    }
    refused(deep.node("Relu", "a1999", "y"), "nested at most 50 deep");
    Builder row = new Builder().node("Relu", "x", "a0");
    for (int i = 1; i < 2000; i++) {
      row.node("Relu", "a" + (i - 1), "r" + i).node("Add", "a" + (i - 1) + " r" + i, "a" + i);
    }
    Path file = folder.resolve("row.onnx");
    OnnxFile.write(file, row.node("Relu", "a1999", "y").model(8, 17));
    assertThat(Onnx.read(file).network().layers()).hasSize(2001);
  }
}
