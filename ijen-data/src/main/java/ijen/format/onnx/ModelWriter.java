package ijen.format.onnx;

import ijen.format.Tensor;
import java.util.Map;

/// Models as protocol buffers messages. The numbers of the fields are those of `onnx.proto`.
final class ModelWriter {
  private ModelWriter() {}

  /// `ModelProto`.
  static WireWriter message(OnnxModel model) {
    WireWriter message = new WireWriter().whole(1, model.ir());
    optional(message, 2, model.producer());
    optional(message, 3, model.producerVersion());
    optional(message, 6, model.doc());
    message.message(7, graph(model.graph()));
    message.message(8, new WireWriter().text(1, "").whole(2, model.opset()));
    model
        .metadata()
        .forEach((key, value) -> message.message(14, new WireWriter().text(1, key).text(2, value)));
    return message;
  }

  private static WireWriter graph(OnnxGraph graph) {
    WireWriter message = new WireWriter();
    for (OnnxNode node : graph.nodes()) {
      message.message(1, node(node));
    }
    message.text(2, graph.name());
    graph
        .initializers()
        .forEach((name, tensor) -> message.message(5, tensor(tensor).text(8, name)));
    optional(message, 10, graph.doc());
    for (OnnxValue input : graph.inputs()) {
      message.message(11, value(input));
    }
    for (OnnxValue output : graph.outputs()) {
      message.message(12, value(output));
    }
    return message;
  }

  private static WireWriter node(OnnxNode node) {
    WireWriter message = new WireWriter();
    for (String input : node.inputs()) {
      message.text(1, input);
    }
    for (String output : node.outputs()) {
      message.text(2, output);
    }
    optional(message, 3, node.name());
    message.text(4, node.op());
    for (Map.Entry<String, OnnxAttribute> attribute : node.attributes().entrySet()) {
      message.message(5, attribute(attribute.getKey(), attribute.getValue()));
    }
    optional(message, 7, node.domain());
    return message;
  }

  private static WireWriter attribute(String name, OnnxAttribute attribute) {
    WireWriter message = new WireWriter().text(1, name);
    switch (attribute) {
      case OnnxAttribute.Real(float value) -> message.number(2, value).whole(20, 1);
      case OnnxAttribute.Whole(long value) -> message.whole(3, value).whole(20, 2);
      case OnnxAttribute.Text(String value) -> message.text(4, value).whole(20, 3);
      case OnnxAttribute.Array(Tensor value) -> message.message(5, tensor(value)).whole(20, 4);
      case OnnxAttribute.Reals numbers -> {
        numbers.values().forEach(value -> message.number(7, value));
        message.whole(20, 6);
      }
      case OnnxAttribute.Wholes wholes -> {
        wholes.values().forEach(value -> message.whole(8, value));
        message.whole(20, 7);
      }
    }
    return message;
  }

  private static WireWriter tensor(Tensor tensor) {
    WireWriter message = new WireWriter();
    for (int dimension : tensor.shape()) {
      message.whole(1, dimension);
    }
    switch (tensor.dtype()) {
      case F32, I64 -> message.whole(2, ElementType.number(tensor.dtype()));
      default ->
          throw new IllegalArgumentException(
              "onnx: expected a tensor of type F32 or I64, got " + tensor);
    }
    return message.bytes(9, tensor.data());
  }

  private static WireWriter value(OnnxValue value) {
    WireWriter shape = new WireWriter();
    for (OnnxValue.Dimension dimension : value.shape()) {
      WireWriter one = new WireWriter();
      if (dimension.size() >= 0) {
        one.whole(1, dimension.size());
      } else {
        optional(one, 2, dimension.symbol());
      }
      shape.message(1, one);
    }
    WireWriter tensor =
        new WireWriter().whole(1, ElementType.number(value.dtype())).message(2, shape);
    return new WireWriter().text(1, value.name()).message(2, new WireWriter().message(1, tensor));
  }

  private static void optional(WireWriter message, int field, String text) {
    if (!text.isEmpty()) {
      message.text(field, text);
    }
  }
}
