package ijen.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.onnx.OnnxValue.Dimension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {
  @TempDir private Path folder;

  private static OnnxModel model() {
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    attributes.put("whole", OnnxAttribute.of(-3));
    attributes.put("number", OnnxAttribute.of(0.1f));
    attributes.put("text", OnnxAttribute.of("größe"));
    attributes.put("wholes", OnnxAttribute.wholes(1, Long.MAX_VALUE, Long.MIN_VALUE, 0));
    attributes.put("numbers", new OnnxAttribute.Reals(List.of(1f, Float.MIN_VALUE)));
    Map<String, Tensor> weights = new LinkedHashMap<>();
    float[] many = new float[100_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = 1f / (i + 1);
    }
    weights.put("many", Tensor.of(many, 100, 1000));
    weights.put("one", Tensor.of(new float[] {3}));
    weights.put("shape", Tensor.of(new long[] {0, -1}, 2));
    OnnxNode node =
        new OnnxNode("Op", "own", "n", List.of("x", "", "many"), List.of("y", "z"), attributes);
    OnnxValue x =
        new OnnxValue("x", Dtype.F32, List.of(Dimension.named("batch"), Dimension.of(1000)));
    OnnxValue y = new OnnxValue("y", Dtype.BOOL, List.of(Dimension.named("")));
    return new OnnxModel(
        8,
        17,
        "Ijen",
        "1",
        "a text",
        Map.of("key", "value 🌋"),
        new OnnxGraph("g", "doc", List.of(x), List.of(y), weights, List.of(node)));
  }

  private static Tensor tensor(OnnxModel model, String name) {
    return Objects.requireNonNull(model.graph().initializers().get(name), name);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    OnnxModel model = model();
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(file, model);
    try (OnnxFile content = OnnxFile.read(file)) {
      OnnxModel again = content.model();
      assertThat(again.graph().nodes()).isEqualTo(model.graph().nodes());
      assertThat(again.graph().inputs()).isEqualTo(model.graph().inputs());
      assertThat(again.graph().outputs()).isEqualTo(model.graph().outputs());
      assertThat(again.metadata()).isEqualTo(model.metadata());
      assertThat(again.doc()).isEqualTo("a text");
      assertThat(again.graph().doc()).isEqualTo("doc");
      assertThat(again.graph().initializers().keySet()).containsExactly("many", "one", "shape");
      again
          .graph()
          .initializers()
          .forEach((name, tensor) -> {
            Tensor expected = tensor(model, name);
            assertThat(tensor).hasToString(expected.toString());
            assertThat(tensor.bytes()).isEqualTo(expected.bytes());
          });
      assertThat(content).hasToString(file.toString());
    }
    OnnxModel closed;
    try (OnnxFile content = OnnxFile.read(file)) {
      closed = content.model();
    }
    assertThatThrownBy(() -> tensor(closed, "many").floats())
        .isInstanceOf(IllegalStateException.class);
    assertThat(OnnxFile.parse("bytes", Files.readAllBytes(file)).graph().nodes())
        .isEqualTo(model.graph().nodes());
  }

  @Test
  void fieldsMayComeInOtherOrdersAndPacked() throws Exception {
    WireWriter tensor =
        new WireWriter()
            .bytes(4, MemorySegment.ofArray(new byte[24]))
            .text(12, "skipped")
            .whole(2, 1)
            .text(8, "w")
            .whole(14, 0)
            .bytes(1, MemorySegment.ofArray(new byte[] {2, 3}));
    OnnxModel model = parse(graph(tensor));
    assertThat(model.graph().initializers().get("w")).hasToString("F32 [2, 3]");
    WireWriter wholes =
        new WireWriter().text(8, "w").whole(2, 7).whole(1, 2).whole(7, -1).whole(7, 5);
    assertThat(tensor(parse(graph(wholes)), "w").longs()).containsExactly(-1, 5);
  }

  private static WireWriter graph(WireWriter tensor) {
    return new WireWriter().message(7, new WireWriter().message(5, tensor));
  }

  private static OnnxModel parse(WireWriter message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    assertThat(message.size()).isEqualTo(out.size());
    return OnnxFile.parse("m.onnx", out.toByteArray());
  }

  private static void refused(WireWriter message, String... parts) {
    assertThatThrownBy(() -> parse(message))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("m.onnx: ")
        .hasMessageContainingAll(parts);
  }

  @Test
  void tensorsThatAreNotAllThereAreRefused() {
    WireWriter external =
        new WireWriter()
            .text(8, "w")
            .whole(2, 1)
            .whole(14, 1)
            .message(13, new WireWriter().text(1, "location").text(2, "/etc/passwd"));
    refused(graph(external), "field 14", "in another file", "no path out of a model is followed");
    WireWriter path =
        new WireWriter().message(13, new WireWriter().text(1, "location").text(2, "w.bin"));
    refused(graph(path), "field 13", "no path");
    refused(
        graph(new WireWriter().text(8, "w").whole(2, 1).whole(1, 3)),
        "initialiser 1: 'w': tensor F32 [3]: expected 12 bytes, got 0");
    refused(
        graph(new WireWriter().text(8, "w").whole(2, 1).whole(1, -1)),
        "'w': expected dimensions of 0 to 2147483647, got [-1]");
    refused(
        graph(new WireWriter().text(8, "w").whole(2, 11).whole(1, 1)),
        "'w': expected elements of type FLOAT (1) or INT64 (7), got F64 (11)");
    MemorySegment four = MemorySegment.ofArray(new byte[4]);
    refused(
        graph(new WireWriter().text(8, "w").whole(2, 1).bytes(4, four).bytes(9, four)),
        "'w': expected its numbers once");
    refused(
        graph(new WireWriter().text(8, "w").whole(2, 1).bytes(9, four).bytes(9, four)),
        "expected one raw_data, got a second");
    WireWriter nine = new WireWriter().text(8, "w").whole(2, 1);
    for (int i = 0; i < 9; i++) {
      nine.whole(1, 1);
    }
    refused(graph(nine), "at most 8 dimensions, got 9");
  }

  @Test
  void partsThatAreNotSupportedAreNamed() {
    WireWriter empty = new WireWriter();
    refused(new WireWriter().whole(1, 8), "expected a graph (field 7), got none");
    refused(new WireWriter().message(7, empty).message(7, empty), "expected one graph");
    refused(new WireWriter().message(25, empty), "field 25: functions");
    refused(new WireWriter().message(20, empty), "field 20: training graphs");
    refused(new WireWriter().message(7, new WireWriter().message(15, empty)), "sparse");
    refused(new WireWriter().message(7, new WireWriter().message(14, empty)), "quantisation");
    refused(new WireWriter().message(7, new WireWriter().message(99, empty)), "field 99: expected");
    WireWriter attribute = new WireWriter().text(1, "body").message(6, empty).whole(20, 5);
    refused(
        new WireWriter()
            .message(7, new WireWriter().message(1, new WireWriter().message(5, attribute))),
        "field 6: graphs in attributes");
    WireWriter untyped = new WireWriter().text(1, "a").whole(3, 1);
    refused(
        new WireWriter()
            .message(7, new WireWriter().message(1, new WireWriter().message(5, untyped))),
        "'a': expected a value of type INT, FLOAT, STRING, TENSOR, INTS or FLOATS, got type 0");
  }

  @Test
  void damagedFilesAreRefused() throws Exception {
    refusedBytes("expected 1 to 2147483647 bytes, got 0");
    refusedBytes("byte 0: model: expected a whole number, but model ends within it", 0x80);
    refusedBytes("byte 1: model: field 7: expected a message, graph, of at most the 1", 0x3A, 5, 0);
    refusedBytes("field 1: expected a whole number, got a field of kind 2", 0x0A, 0);
    refusedBytes("expected the number of a field, 1 to 536870911, got 0", 0, 0);
    refusedBytes("expected a kind of field", (4 << 3) | 3, 0);
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(file, model());
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < 200; length++) {
      byte[] cut = Arrays.copyOf(bytes, bytes.length - 1 - length * 37);
      assertThatThrownBy(() -> OnnxFile.parse("cut", cut)).isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> OnnxFile.read(folder)).hasMessageContaining("no ordinary file");
    assertThatThrownBy(() -> OnnxFile.read(folder.resolve("missing")))
        .isInstanceOf(IOException.class);
  }

  private static void refusedBytes(String part, int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    assertThatThrownBy(() -> OnnxFile.parse("m.onnx", content))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(part);
  }

  @Test
  void filesThatAreTooLargeAreNotWritten() {
    assertThatCode(() -> OnnxFile.requireSize(Integer.MAX_VALUE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> OnnxFile.requireSize(1L << 31))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at most 2147483647 bytes")
        .hasMessageContaining("got 2147483648");
    OnnxModel model = model();
    Map<String, Tensor> doubles = Map.of("w", Tensor.of(new double[] {1}));
    OnnxGraph graph =
        new OnnxGraph("", "", model.graph().inputs(), model.graph().outputs(), doubles, List.of());
    Path file = folder.resolve("doubles.onnx");
    assertThatThrownBy(
            () -> OnnxFile.write(file, new OnnxModel(8, 17, "", "", "", Map.of(), graph)))
        .hasMessageContaining("expected a tensor of type F32 or I64, got F64 []");
    assertThat(file).doesNotExist();
  }
}
