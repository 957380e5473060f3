package ijen.onnx;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.conv;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.maxPool;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;
import static ijen.nn.Layers.sigmoid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.data.Mnist;
import ijen.data.Options;
import ijen.data.Scaling;
import ijen.data.TrainTest;
import ijen.format.onnx.OnnxFile;
import ijen.format.onnx.OnnxGraph;
import ijen.format.onnx.OnnxModel;
import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Shape;
import ijen.kernel.Precision;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.model.Model;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole networks, trained on digits, run by ONNX Runtime.
class OnnxNetworksTest {
  /// A kind of network.
  record Kind(String name, boolean encodes, Loss loss, List<Layer> layers) {
    /// A model after a short training.
    Model train(TrainTest data, int epochs) {
      Dataset train = encodes ? data.train().reconstruction() : data.train();
      Dataset test = encodes ? data.test().reconstruction() : data.test();
      return Training.of(new Network(Shape.of(784), layers), loss, Adam.of(0.002))
          .batch(50)
          .epochs(epochs)
          .seed(LayerCases.SEED)
          .threads(1)
          .fit(train, test)
          .model();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Kind MLP =
      new Kind(
          "MLP",
          false,
          Losses.crossEntropy(),
          List.of(
              dense(100),
              batchNorm(),
              relu(),
              dropout(0.3),
              dense(60),
              batchNorm(),
              relu(),
              dropout(0.3),
              dense(10)));
  private static final Kind AUTOENCODER =
      new Kind(
          "autoencoder",
          true,
          Losses.binaryCrossEntropyOfProbabilities(),
          List.of(dense(32), sigmoid(), dense(784), sigmoid()));
  private static final Kind CNN =
      new Kind(
          "CNN",
          false,
          Losses.crossEntropy(),
          List.of(
              reshape(1, 28, 28),
              conv(6, 5).withPadding(2),
              relu(),
              maxPool(2),
              conv(16, 5),
              relu(),
              maxPool(2),
              flatten(),
              dense(84),
              relu(),
              dense(10)));

  static List<Kind> kinds() {
    return List.of(MLP, AUTOENCODER, CNN);
  }

  @TempDir private Path folder;

  private static TrainTest digits() {
    return Datasets.open("digits", Options.defaults().withTrainSize(500).withTestSize(1000));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void drawnDigitsGiveTheSameNumbers(Kind kind) throws Exception {
    agree(kind, digits(), 4);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void thousandRealTestImagesGiveTheSameNumbers(Kind kind) throws Exception {
    String data = System.getenv("IJEN_DATA");
    assumeTrue(
        data != null && Files.isDirectory(Path.of(data, "mnist")),
        "the real mnist is read only where IJEN_DATA names a folder that has it");
    agree(
        kind,
        Mnist.open(Options.defaults().withOffline(true).withTrainSize(3000).withTestSize(1000)),
        2);
  }

  private void agree(Kind kind, TrainTest data, int epochs) throws Exception {
    Model model = kind.train(data, epochs);
    Path file = folder.resolve("network.onnx");
    Onnx.write(model, file);
    assertThat(data.test().size()).isEqualTo(1000);
    float[] inputs = features(data.test());
    float[] expected = Runs.evaluate(model.network(), model.theta(), inputs, 1000);
    requireTrained(kind, model, data);
    double largest = 0;
    double absolute = 0;
    int width = expected.length / 1000;
    try (Runs.Session session = new Runs.Session(file, model.features())) {
      for (int rows : new int[] {1, 7, 1000}) {
        float[] all = new float[expected.length];
        for (int from = 0; from < 1000; from += rows) {
          int count = Math.min(rows, 1000 - from);
          float[] some = Arrays.copyOfRange(inputs, from * 784, (from + count) * 784);
          float[] values = session.run(some, count);
          System.arraycopy(values, 0, all, from * width, values.length);
        }
        String what = kind.name() + ", batches of " + rows;
        largest = Math.max(largest, Runs.compare(what, all, expected));
        for (int i = 0; i < all.length; i++) {
          absolute = Math.max(absolute, Math.abs(all[i] - expected[i]));
        }
        if (!kind.encodes()) { // the same decisions
          assertThat(largest(all, width)).as(what).containsExactly(largest(expected, width));
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "ONNX Runtime, %s, %s: at most %.1e apart, %.1e beside the number's own size%n",
        kind.name(),
        data.test().name(),
        absolute,
        largest);
    OnnxNetwork again = Onnx.read(file);
    assertThat(Runs.evaluate(again.network(), again.theta(), inputs, 1000)).isEqualTo(expected);
    Model back = again.model();
    assertThat(back.classes()).isEqualTo(model.classes());
    assertThat(back.loss().name()).isEqualTo(model.loss().name());
    assertThat(back.features()).isEqualTo(model.features());
    Path saved = folder.resolve("again.safetensors");
    back.save(saved);
    assertThat(Model.load(saved).theta().sha256()).isEqualTo(back.theta().sha256());
  }

  /// Where the largest number of each row is.
  private static int[] largest(float[] rows, int width) {
    int[] places = new int[rows.length / width];
    for (int i = 0; i < rows.length; i++) {
      int row = i / width;
      places[row] = rows[i] > rows[row * width + places[row]] ? i % width : places[row];
    }
    return places;
  }

  /// The weights are no longer those of the beginning: the loss on the test images is smaller.
  private static void requireTrained(Kind kind, Model model, TrainTest data) {
    Dataset test = kind.encodes() ? data.test().reconstruction() : data.test();
    Graph g = new Graph();
    model.network().build(g, g.input("features", model.network().input()));
    Model first =
        new Model(
            model.network(),
            model.loss(),
            g.parameters().initialize(Precision.FLOAT, LayerCases.SEED),
            model.features(),
            model.classes(),
            model.scaling());
    double before = first.evaluate(test, 1).score().loss();
    double after = model.evaluate(test, 1).score().loss();
    assertThat(after).as("%s: the loss after training", kind).isLessThan(0.7 * before);
  }

  private static float[] features(Dataset data) {
    Batch batch =
        new Batch(
            Precision.FLOAT,
            data.size(),
            List.of(Form.batched(Shape.of(data.features().size())), Form.batched(data.target())));
    batch.begin(data.size(), 0);
    data.gather(IntStream.range(0, data.size()).toArray(), 0, data.size(), batch);
    return batch.features().toFloats();
  }

  @Test
  void theFileSaysWhatItIs() throws Exception {
    Model model = MLP.train(digits(), 1);
    Path file = folder.resolve("digits.onnx");
    Onnx.write(model, file);
    byte[] bytes = Files.readAllBytes(file);
    Onnx.write(model, file);
    assertThat(Files.readAllBytes(file)).as("the same bytes every time").isEqualTo(bytes);
    try (OnnxFile content = OnnxFile.read(file)) {
      OnnxModel onnx = content.model();
      assertThat(onnx.ir()).isEqualTo(8);
      assertThat(onnx.opset()).isEqualTo(17);
      assertThat(onnx.producer()).isEqualTo("Ijen");
      assertThat(onnx.doc())
          .contains("features [28, 28]", "byte / 255", "softmax of it gives probabilities")
          .contains("Classes: 0, 1, 2");
      assertThat(onnx.metadata())
          .containsEntry("loss", "cross-entropy")
          .containsEntry("thetaSha256", model.theta().sha256());
      assertThat(onnx.metadata().get("classes")).startsWith("[\"0\",");
      OnnxGraph graph = onnx.graph();
      assertThat(graph.inputs()).hasToString("['features' F32 [batch, 28, 28]]");
      assertThat(graph.outputs()).hasToString("['output' F32 [batch, 10]]");
      assertThat(graph.initializers())
          .containsKeys("dense1.weight", "dense1.bias", "batchnorm1.scale", "batchnorm2.variance");
      assertThat(graph.nodes().stream().map(node -> node.op()))
          .containsExactly(
              "Reshape",
              "Gemm",
              "BatchNormalization",
              "Relu",
              "Gemm",
              "BatchNormalization",
              "Relu",
              "Gemm");
    }
  }

  @Test
  void anOpWithoutTranslationIsNamed() throws Exception {
    Layer own = (g, x) -> g.sum(x);
    Network network = Network.of(Shape.of(4), own);
    Model model =
        new Model(
            network,
            Losses.meanSquaredError(),
            LayerCases.theta(network, "own"),
            Shape.of(4),
            List.of(),
            Scaling.NONE);
    Path file = folder.resolve("own.onnx");
    assertThatThrownBy(() -> Onnx.write(model, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'layer1.sum': the op 'sum' has no translation to ONNX");
    assertThat(file).doesNotExist();
  }

  @Test
  void layersOfOnesOwnAreWrittenIfTheirOpsAre() throws Exception {
    Layer own =
        (g, x) ->
            g.subtract(g.multiply(g.scale(x, 0.5), g.erf(x)), g.log(g.exp(g.scale(g.tanh(x), 2))));
    Network network = Network.of(Shape.of(6), own, dense(3));
    LayerCases.Case one = new LayerCases.Case("own", network, 0);
    Path file = folder.resolve("own.onnx");
    Onnx.write(OnnxLayersTest.model(one), file);
    float[] inputs = one.inputs(7);
    Runs.compare(
        "own",
        Runs.ort(file, network.input(), inputs, 7),
        Runs.evaluate(network, one.theta(), inputs, 7));
    assertThatThrownBy(() -> Onnx.read(file)).hasMessageContaining("'layer1.subtract' (Sub)");
  }

  @Test
  void moreThanTwoGigabytesAreRefused() {
    Onnx.requireRoom(500_000_000);
    assertThatThrownBy(() -> Onnx.requireRoom(537_000_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at most 2147483647 bytes")
        .hasMessageContaining("safetensors");
  }
}
