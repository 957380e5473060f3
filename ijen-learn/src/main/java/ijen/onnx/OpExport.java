package ijen.onnx;

import ijen.format.onnx.OnnxAttribute;
import ijen.graph.Node;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.kernel.Window;
import ijen.op.Add;
import ijen.op.Affine;
import ijen.op.AveragePool;
import ijen.op.BatchNormalization;
import ijen.op.Convolution;
import ijen.op.Dropout;
import ijen.op.Elu;
import ijen.op.Erf;
import ijen.op.Exp;
import ijen.op.Gelu;
import ijen.op.LayerNormalization;
import ijen.op.LeakyRelu;
import ijen.op.Log;
import ijen.op.Lookup;
import ijen.op.MaxPool;
import ijen.op.Multiply;
import ijen.op.PRelu;
import ijen.op.Relu;
import ijen.op.Reshape;
import ijen.op.Scale;
import ijen.op.Selu;
import ijen.op.Sigmoid;
import ijen.op.Silu;
import ijen.op.Softmax;
import ijen.op.Softplus;
import ijen.op.Step;
import ijen.op.Subtract;
import ijen.op.Tanh;
import ijen.op.TransposedConvolution;
import ijen.op.UpsampleBilinear;
import ijen.op.UpsampleNearest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The translation of one op into ONNX operators that compute the same in evaluation.
///
/// Operators are named after the op's node, `dense1.affine`; where there are several, those before
/// the last have more behind a slash.
final class OpExport {
  /// The numbers of the types FLOAT and INT64.
  static final long FLOAT = 1;

  static final long INT64 = 7;

  private final GraphExport graph;
  private final Node node;
  private final List<Node> inputs;
  private final String name;

  OpExport(GraphExport graph, Node node, List<Node> inputs) {
    this.graph = graph;
    this.node = node;
    this.inputs = inputs;
    this.name = node.name();
  }

  /// Adds the operators, and gives the name of the value of the op's node.
  String translate(Op op) {
    return switch (op) {
      case Affine() -> affine();
      case Convolution(Window window, int groups) -> use("Conv", convolution(window, groups));
      case TransposedConvolution(Window window, int outputPadding, int groups) -> {
        Map<String, OnnxAttribute> settings = convolution(window, groups);
        settings.put("output_padding", OnnxAttribute.wholes(outputPadding, outputPadding));
        yield use("ConvTranspose", settings);
      }
      case MaxPool(Window window) ->
          seesAll(window) ? use("GlobalMaxPool") : use("MaxPool", pooling(window));
      case AveragePool(Window window) -> {
        Map<String, OnnxAttribute> settings = pooling(window);
        settings.put("count_include_pad", OnnxAttribute.of(1));
        yield seesAll(window) ? use("GlobalAveragePool") : use("AveragePool", settings);
      }
      case UpsampleNearest(int factor) -> upsample(factor, "nearest", "asymmetric");
      case UpsampleBilinear(int factor) -> upsample(factor, "linear", "half_pixel");
      case Reshape(Shape shape) ->
          shape.equals(inputs.getFirst().shape())
              ? input(0)
              : graph.reshape(name, input(0), node.form());
      case BatchNormalization(double epsilon, double momentum, boolean rectified) -> {
        Map<String, OnnxAttribute> settings = new LinkedHashMap<>();
        settings.put("epsilon", OnnxAttribute.of((float) epsilon));
        settings.put("momentum", OnnxAttribute.of((float) (1 - momentum)));
        yield rectified
            ? then("Relu", name, partial("BatchNormalization", "normal", settings, inputs()))
            : use("BatchNormalization", settings);
      }
      case LayerNormalization(double epsilon) -> {
        Map<String, OnnxAttribute> settings = new LinkedHashMap<>(); // in the same order always
        settings.put("axis", OnnxAttribute.of(-1));
        settings.put("epsilon", OnnxAttribute.of((float) epsilon));
        yield use("LayerNormalization", settings);
      }
      case Lookup() -> {
        String numbers =
            partial("Cast", "numbers", Map.of("to", OnnxAttribute.of(INT64)), List.of(input(1)));
        yield graph.node(
            "Gather", name, Map.of("axis", OnnxAttribute.of(0)), List.of(input(0), numbers));
      }
      case Dropout _ -> input(0);
      case Add() -> use("Add");
      case Subtract() -> use("Sub");
      case Multiply() -> use("Mul");
      case Scale(double factor) -> then("Mul", name, input(0), number("factor", factor));
      case Relu() -> use("Relu");
      case LeakyRelu(double slope) -> use("LeakyRelu", alpha(slope));
      case PRelu() -> pRelu();
      case Elu(double alpha) -> use("Elu", alpha(alpha));
      case Selu() -> use("Selu");
      case Gelu(Gelu.Form form) ->
          switch (form) {
            case EXACT -> gelu();
            case TANH -> geluOfTanh();
          };
      case Silu() -> then("Mul", name, input(0), part("Sigmoid", "sigmoid", input(0)));
      case Softplus() -> use("Softplus");
      case Sigmoid() -> use("Sigmoid");
      case Tanh() -> use("Tanh");
      case Softmax() -> use("Softmax", Map.of("axis", OnnxAttribute.of(-1)));
      case Step() -> {
        String above = part("Greater", "above", input(0), number("zero", 0));
        yield graph.node("Cast", name, Map.of("to", OnnxAttribute.of(FLOAT)), List.of(above));
      }
      case Exp() -> use("Exp");
      case Log() -> use("Log");
      case Erf() -> use("Erf");
      default ->
          throw new IllegalArgumentException(
              "onnx: '"
                  + name
                  + "': the op '"
                  + op.name()
                  + "' has no translation to ONNX: expected a network of the layers in ijen.nn, or"
                  + " of add, subtract, multiply, scale, exp, log and erf");
    };
  }

  /// Rows are one matrix for Gemm; arrays of rows are for MatMul, which takes W the other way
  /// round.
  private String affine() {
    if (node.form().batched() && node.shape().rank() == 1) {
      return use("Gemm", Map.of("transB", OnnxAttribute.of(1)));
    }
    String weight =
        partial(
            "Transpose", "weight", Map.of("perm", OnnxAttribute.wholes(1, 0)), List.of(input(1)));
    if (inputs.size() == 2) {
      return then("MatMul", name, input(0), weight);
    }
    return then("Add", name, part("MatMul", "product", input(0), weight), input(2));
  }

  private static Map<String, OnnxAttribute> convolution(Window window, int groups) {
    Map<String, OnnxAttribute> settings = pooling(window);
    settings.put("dilations", OnnxAttribute.wholes(window.dilation(), window.dilation()));
    settings.put("group", OnnxAttribute.of(groups));
    return settings;
  }

  private static Map<String, OnnxAttribute> pooling(Window window) {
    long padding = window.padding();
    Map<String, OnnxAttribute> settings = new LinkedHashMap<>();
    settings.put("kernel_shape", OnnxAttribute.wholes(window.height(), window.width()));
    settings.put("strides", OnnxAttribute.wholes(window.stride(), window.stride()));
    settings.put("pads", OnnxAttribute.wholes(padding, padding, padding, padding));
    return settings;
  }

  /// Whether the window is the image.
  private boolean seesAll(Window window) {
    Shape image = inputs.getFirst().shape();
    return window.padding() == 0
        && window.height() == image.dimension(1)
        && window.width() == image.dimension(2);
  }

  private String upsample(int factor, String mode, String coordinates) {
    if (factor == 1) {
      return input(0);
    }
    String scales =
        graph.initializer(name + "/scales", new float[] {1, 1, factor, factor}, Shape.of(4));
    Map<String, OnnxAttribute> settings = new LinkedHashMap<>();
    settings.put("mode", OnnxAttribute.of(mode));
    settings.put("coordinate_transformation_mode", OnnxAttribute.of(coordinates));
    if (mode.equals("nearest")) {
      settings.put("nearest_mode", OnnxAttribute.of("floor"));
    }
    return graph.node("Resize", name, settings, List.of(input(0), "", scales));
  }

  /// A slope for each channel is spread over its positions.
  private String pRelu() {
    Shape slope = inputs.get(1).shape();
    int rank = node.shape().rank();
    if (slope.size() == 1 || rank == 1) {
      return use("PRelu");
    }
    int[] spread = new int[rank];
    Arrays.fill(spread, 1);
    spread[0] = slope.size();
    String each =
        graph.reshape(name + "/slope", input(1), inputs.get(1).form().withShape(Shape.of(spread)));
    return then("PRelu", name, input(0), each);
  }

  /// x·(erf(x/√2) + 1)·½.
  private String gelu() {
    String u = part("Div", "scaled", input(0), number("root", Math.sqrt(2)));
    String twice = part("Add", "twice", part("Erf", "erf", u), number("one", 1));
    return then("Mul", name, part("Mul", "product", input(0), twice), number("half", 0.5));
  }

  /// ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
  private String geluOfTanh() {
    String x = input(0);
    String cube = part("Mul", "cube", x, part("Mul", "square", x, x));
    String bent = part("Mul", "bent", number("share", 0.044715), cube);
    String sum = part("Add", "sum", x, bent);
    String u = part("Mul", "scaled", number("root", Math.sqrt(2 / Math.PI)), sum);
    String twice = part("Add", "twice", number("one", 1), part("Tanh", "tanh", u));
    return then("Mul", name, number("half", 0.5), part("Mul", "product", x, twice));
  }

  private static Map<String, OnnxAttribute> alpha(double alpha) {
    return Map.of("alpha", OnnxAttribute.of((float) alpha));
  }

  private String input(int i) {
    return graph.value(inputs.get(i));
  }

  private List<String> inputs() {
    return inputs.stream().map(graph::value).toList();
  }

  private String number(String suffix, double value) {
    return graph.number(name + "/" + suffix, value);
  }

  /// The last operator, with the op's own inputs.
  private String use(String operator) {
    return use(operator, Map.of());
  }

  private String use(String operator, Map<String, OnnxAttribute> settings) {
    return graph.node(operator, name, settings, inputs());
  }

  private String then(String operator, String as, String... from) {
    return graph.node(operator, as, Map.of(), List.of(from));
  }

  /// An operator before the last.
  private String part(String operator, String suffix, String... from) {
    return then(operator, name + "/" + suffix, from);
  }

  private String partial(
      String operator, String suffix, Map<String, OnnxAttribute> settings, List<String> from) {
    return graph.node(operator, name + "/" + suffix, settings, from);
  }
}
