package ijen.onnx;

import ijen.format.FormatException;
import ijen.format.json.Json;
import ijen.format.onnx.OnnxFile;
import ijen.format.onnx.OnnxModel;
import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Networks as ONNX files, and back.
///
/// ```java
/// Onnx.write(model, Path.of("digits.onnx"));
/// Model again = Onnx.read(Path.of("digits.onnx")).model();
/// ```
///
/// What is written is the network as it evaluates: normalisations take their running statistics,
/// dropout is gone. There is one input, `features` `[batch, …]` of the model's features, and one
/// output, `output` `[batch, …]`, both FLOAT; the batch may have any size in every run. The model's
/// scaling of features is part of the graph. That grey images are fed as byte / 255, and the
/// softmax that a cross-entropy implies, stay outside; the file's description says so. Other
/// programs compute the same up to rounding, not the same bits.
///
/// | layer | operators |
/// |---|---|
/// | dense | Gemm; of more than one dimension Transpose, MatMul, Add |
/// | relu, leaky-relu, prelu, elu, selu, softplus, sigmoid, tanh, softmax | of the same names |
/// | gelu | Div, Erf, Add, Mul, Mul; with tanh: Mul, Mul, Mul, Add, Mul, Tanh, Add, Mul, Mul |
/// | silu | Sigmoid, Mul |
/// | step | Greater, Cast |
/// | batchnorm, layernorm | BatchNormalization, LayerNormalization |
/// | dropout, sequence | none |
/// | reshape | Reshape |
/// | residual | Add |
/// | embedding | Cast, Gather |
/// | conv, convTranspose | Conv, ConvTranspose |
/// | maxPool, averagePool | MaxPool, AveragePool |
/// | globalMaxPool, globalAveragePool | GlobalMaxPool, GlobalAveragePool, Reshape |
/// | upsample | Resize |
///
/// Layers of one's own are written if they are made of these, or of `subtract`, `multiply`,
/// `scale`, `exp`, `log` and `erf`; any other op is an error that names it.
///
/// **Range:** intermediate representation 8 and operator set 17 are written, which programs from
/// 2022 on read, and operator sets 13 to 21 are read; files of at most 2 GiB.
///
/// **Source:** ONNX 1.12, `docs/IR.md` and `docs/Operators.md`.
public final class Onnx {
  /// The version of the format that is written.
  public static final int IR = 8;

  /// The version of the operators that is written.
  public static final int OPSET = 17;

  static final String PRODUCER = "Ijen";

  // The names of texts in a file's metadata.
  static final String CLASSES = "classes";
  static final String LOSS = "loss";
  private static final String PREPROCESSING = "preprocessing";
  private static final String SHA256 = "thetaSha256";

  /// How many bytes names, shapes and nodes may take beside the weights.
  private static final long BESIDE = 1 << 20;

  private Onnx() {}

  /// Writes a model to a file, whole or not at all. Parameters in `double` are rounded.
  ///
  /// @throws IllegalArgumentException if an op has no translation, naming it, or the file would be
  ///   larger than 2 GiB
  /// @throws IOException if the file cannot be written; one that was there before is then untouched
  public static void write(Model model, Path file) throws IOException {
    requireRoom(model.theta().size() + (long) model.theta().statistics().length());
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(LOSS, model.loss().name());
    if (!model.classes().isEmpty()) {
      metadata.put(CLASSES, Json.line(model.classes()));
    }
    metadata.put(PREPROCESSING, "grey images: byte / 255; not part of the graph");
    metadata.put(SHA256, model.theta().sha256());
    @Nullable String version = Onnx.class.getPackage().getImplementationVersion();
    OnnxFile.write(
        file,
        new OnnxModel(
            IR,
            OPSET,
            PRODUCER,
            version == null ? "" : version,
            doc(model),
            metadata,
            GraphExport.of(model)));
  }

  /// Fails if so many numbers do not fit a file, before they are copied.
  static void requireRoom(long numbers) {
    OnnxFile.requireSize(Float.BYTES * numbers + BESIDE);
  }

  private static String doc(Model model) {
    Graph g = new Graph();
    Node output = model.network().build(g, g.input("features", model.network().input()));
    Node prediction = model.loss().prediction(g, output);
    String text =
        "Input: features "
            + model.features()
            + " of each sample. Grey images are fed as byte / 255; that is not part of the graph.\n"
            + "Output: "
            + output.shape()
            + " of each sample, for the loss "
            + model.loss().name();
    if (prediction.source() instanceof Node.Source.Result result && !prediction.equals(output)) {
      text += "; " + result.op().name() + " of it gives probabilities";
    }
    return text
        + "."
        + (model.classes().isEmpty() ? "" : "\nClasses: " + String.join(", ", model.classes()));
  }

  /// Reads a network: a chain of layers, with residual connections where the graph has them. Its
  /// evaluation agrees with the graph's up to rounding. Which operators are supported is in the
  /// table above; `Gemm` may have its weight either way round, `MatMul` and `Add` of a bias are one
  /// dense layer, and `Flatten`, `Identity` and `Dropout` are known too.
  ///
  /// @throws FormatException if the file is damaged, or holds something that is not supported,
  ///   naming it
  /// @throws IOException if it cannot be read
  public static OnnxNetwork read(Path file) throws IOException {
    try (OnnxFile content = OnnxFile.read(file)) {
      return GraphImport.read(file.toString(), content.model());
    }
  }

  /// The same from all bytes of a file that errors call `name`.
  ///
  /// @throws FormatException as [#read(Path)]
  public static OnnxNetwork read(String name, byte[] content) throws FormatException {
    return GraphImport.read(name, OnnxFile.parse(name, content));
  }
}
