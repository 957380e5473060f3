package ijen.format.onnx;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Models from protocol buffers messages. The numbers of the fields are those of `onnx.proto`; a
/// field that is not known could change what the others mean, and is refused.
final class ModelReader {
  private final String file;

  private ModelReader(String file) {
    this.file = file;
  }

  /// The model in a file.
  static OnnxModel read(String file, MemorySegment data) throws FormatException {
    return new ModelReader(file).model(new WireReader(file, "model", data));
  }

  private OnnxModel model(WireReader reader) throws FormatException {
    long ir = 0;
    long opset = 0;
    String producer = "";
    String version = "";
    String doc = "";
    Map<String, String> metadata = new LinkedHashMap<>();
    @Nullable OnnxGraph graph = null;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> ir = reader.whole();
        case 2 -> producer = reader.text(OnnxFile.MOST_NAME);
        case 3 -> version = reader.text(OnnxFile.MOST_NAME);
        case 6 -> doc = reader.text(OnnxFile.MOST_TEXT);
        case 7 -> {
          if (graph != null) {
            throw reader.wrong("expected one graph, got a second");
          }
          graph = graph(reader.message("graph"));
        }
        case 8 -> opset = Math.max(opset, standardOpset(reader.message("operator set")));
        case 14 -> entry(reader.message("metadata"), metadata);
        case 4, 5 -> reader.skip(); // the producer's domain and the model's version
        case 20 -> throw reader.unsupported("training graphs are not supported");
        case 25 -> throw reader.unsupported("functions of the file's own are not supported");
        default -> throw unknown(reader);
      }
    }
    if (graph == null) {
      throw new FormatException(file, "expected a graph (field 7), got none: this is no ONNX file");
    }
    return new OnnxModel(ir, opset, producer, version, doc, metadata, graph);
  }

  private static FormatException unknown(WireReader reader) {
    return reader.unsupported("expected a field of ONNX that is known here");
  }

  /// The version of the standard operators; 0 if it is that of others.
  private static long standardOpset(WireReader reader) throws FormatException {
    String domain = "";
    long version = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> domain = reader.text(OnnxFile.MOST_NAME);
        case 2 -> version = reader.whole();
        default -> throw unknown(reader);
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
  }

  private static void entry(WireReader reader, Map<String, String> metadata)
      throws FormatException {
    String key = "";
    String value = "";
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> key = reader.text(OnnxFile.MOST_NAME);
        case 2 -> value = reader.text(OnnxFile.MOST_TEXT);
        default -> throw unknown(reader);
      }
    }
    metadata.put(key, value);
  }

  private OnnxGraph graph(WireReader reader) throws FormatException {
    String name = "";
    String doc = "";
    List<OnnxNode> nodes = new ArrayList<>();
    List<OnnxValue> inputs = new ArrayList<>();
    List<OnnxValue> outputs = new ArrayList<>();
    Map<String, Tensor> initializers = new LinkedHashMap<>();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> nodes.add(node(reader.message("node " + (nodes.size() + 1))));
        case 2 -> name = reader.text(OnnxFile.MOST_NAME);
        case 5 -> {
          NamedTensor tensor = tensor(reader.message("initialiser " + (initializers.size() + 1)));
          if (initializers.put(tensor.name(), tensor.tensor()) != null) {
            throw reader.wrong(
                "expected initialisers of different names, got '"
                    + WireReader.shown(tensor.name())
                    + "' twice");
          }
        }
        case 10 -> doc = reader.text(OnnxFile.MOST_TEXT);
        case 11 -> inputs.add(value(reader.message("input " + (inputs.size() + 1))));
        case 12 -> outputs.add(value(reader.message("output " + (outputs.size() + 1))));
        case 13, 16 -> reader.skip(); // shapes of values in between, which follow; more texts
        case 14 -> throw reader.unsupported("quantisation is not supported");
        case 15 -> throw reader.unsupported("sparse initialisers are not supported");
        default -> throw unknown(reader);
      }
    }
    return new OnnxGraph(name, doc, inputs, outputs, initializers, nodes);
  }

  private OnnxNode node(WireReader reader) throws FormatException {
    String op = "";
    String domain = "";
    String name = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> inputs.add(reader.text(OnnxFile.MOST_NAME));
        case 2 -> outputs.add(reader.text(OnnxFile.MOST_NAME));
        case 3 -> name = reader.text(OnnxFile.MOST_NAME);
        case 4 -> op = reader.text(OnnxFile.MOST_NAME);
        case 5 -> attribute(reader.message("attribute"), attributes);
        case 7 -> domain = reader.text(OnnxFile.MOST_NAME);
        case 6, 9 -> reader.skip(); // texts for people
        default -> throw unknown(reader);
      }
    }
    return new OnnxNode(op, domain, name, inputs, outputs, attributes);
  }

  private void attribute(WireReader reader, Map<String, OnnxAttribute> into)
      throws FormatException {
    String name = "";
    long type = 0;
    float number = 0;
    long whole = 0;
    String text = "";
    @Nullable Tensor tensor = null;
    List<Float> numbers = new ArrayList<>(0);
    List<Long> wholes = new ArrayList<>(0);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = reader.text(OnnxFile.MOST_NAME);
        case 2 -> number = reader.number();
        case 3 -> whole = reader.whole();
        case 4 -> text = reader.text(OnnxFile.MOST_TEXT);
        case 5 -> tensor = tensor(reader.message("tensor of an attribute")).tensor();
        case 7 -> reader.numbers(numbers);
        case 8 -> reader.wholes(wholes);
        case 13 -> reader.skip(); // a text for people
        case 20 -> type = reader.whole();
        case 6, 11 -> throw reader.unsupported("graphs in attributes are not supported");
        default ->
            throw reader.unsupported(
                "expected an attribute of type INT, FLOAT, STRING, TENSOR, INTS or FLOATS");
      }
    }
    OnnxAttribute value =
        switch (Math.clamp(type, 0, 1000)) {
          case 1 -> new OnnxAttribute.Real(number);
          case 2 -> new OnnxAttribute.Whole(whole);
          case 3 -> new OnnxAttribute.Text(text);
          case 4 -> tensor == null ? null : new OnnxAttribute.Array(tensor);
          case 6 -> new OnnxAttribute.Reals(numbers);
          case 7 -> new OnnxAttribute.Wholes(wholes);
          default -> null;
        };
    if (value == null || into.put(name, value) != null) {
      throw reader.wrong(
          "'"
              + WireReader.shown(name)
              + (value == null
                  ? "': expected a value of type INT, FLOAT, STRING, TENSOR, INTS or FLOATS, got"
                      + " type "
                      + type
                  : "': expected attributes of different names, got this one twice"));
    }
  }

  private NamedTensor tensor(WireReader reader) throws FormatException {
    return NamedTensor.read(file, reader);
  }

  private OnnxValue value(WireReader reader) throws FormatException {
    String name = "";
    @Nullable TensorType type = null;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = reader.text(OnnxFile.MOST_NAME);
        case 2 -> type = type(reader.message("type"));
        case 3, 4 -> reader.skip(); // texts for people
        default -> throw unknown(reader);
      }
    }
    if (type == null) {
      throw reader.wrong("'" + WireReader.shown(name) + "': expected the type of a tensor");
    }
    return new OnnxValue(name, type.dtype, type.shape);
  }

  /// What a value looks like.
  private record TensorType(Dtype dtype, List<OnnxValue.Dimension> shape) {}

  private @Nullable TensorType type(WireReader reader) throws FormatException {
    @Nullable TensorType type = null;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> type = tensorType(reader.message("type of a tensor"));
        case 6 -> reader.skip(); // what the value stands for
        default -> throw reader.unsupported("expected a tensor, not a sequence, map or other type");
      }
    }
    return type;
  }

  private TensorType tensorType(WireReader reader) throws FormatException {
    long number = 0;
    List<OnnxValue.Dimension> shape = new ArrayList<>();
    boolean shaped = false;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> number = reader.whole();
        case 2 -> {
          WireReader dimensions = reader.message("shape");
          shaped = true;
          while (dimensions.next()) {
            if (dimensions.field() != 1) {
              throw unknown(dimensions);
            }
            shape.add(dimension(dimensions.message("dimension")));
          }
        }
        default -> throw unknown(reader);
      }
    }
    Dtype dtype = ElementType.of(number);
    if (dtype == null || !shaped) {
      throw reader.wrong(
          "expected a tensor of known type and rank, got type "
              + number
              + (shaped ? " and a shape" : " without a shape"));
    }
    return new TensorType(dtype, shape);
  }

  private static OnnxValue.Dimension dimension(WireReader reader) throws FormatException {
    long size = -1;
    String symbol = "";
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          size = reader.whole();
          if (size < 0) {
            throw reader.wrong("expected a dimension of 0 or more, got " + size);
          }
        }
        case 2 -> symbol = reader.text(OnnxFile.MOST_NAME);
        case 3 -> reader.skip(); // what the dimension stands for
        default -> throw unknown(reader);
      }
    }
    return new OnnxValue.Dimension(size, symbol);
  }
}
