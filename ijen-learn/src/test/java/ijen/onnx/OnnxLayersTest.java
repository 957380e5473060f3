package ijen.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.data.Scaling;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.model.Model;
import ijen.nn.Layer;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.nn.Residual;
import ijen.nn.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layer, written, run by ONNX Runtime, and read again.
class OnnxLayersTest {
  @TempDir private Path folder;

  static List<LayerCases.Case> cases() {
    return LayerCases.all();
  }

  /// The model of a case; the loss only says how the output is meant.
  static Model model(LayerCases.Case one) {
    return model(one, Scaling.NONE);
  }

  private static Model model(LayerCases.Case one, Scaling scaling) {
    Shape input = one.network().input();
    return new Model(
        one.network(), Losses.meanSquaredError(), one.theta(), input, List.of(), scaling);
  }

  @Test
  void everyLayerHasACase() {
    Set<String> kinds = new TreeSet<>();
    cases().forEach(one -> collect(one.network().layers(), kinds));
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(Layers.kinds());
  }

  private static void collect(List<Layer> layers, Set<String> kinds) {
    for (Layer layer : layers) {
      kinds.add(layer.kind());
      if (layer instanceof Residual(var inner, var projection)) {
        collect(inner, kinds);
        collect(projection == null ? List.of() : List.of(projection), kinds);
      } else if (layer instanceof Sequence(var inner)) {
        collect(inner, kinds);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onnxRuntimeComputesTheSame(LayerCases.Case one) throws Exception {
    Path file = folder.resolve("network.onnx");
    Onnx.write(model(one), file);
    try (Runs.Session session = new Runs.Session(file, one.network().input())) {
      for (int rows : new int[] {1, 7, 1000}) {
        float[] inputs = one.inputs(rows);
        float[] expected = Runs.evaluate(one.network(), one.theta(), inputs, rows);
        Runs.compare(one + ", " + rows + " samples", session.run(inputs, rows), expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsWrittenIsReadAgain(LayerCases.Case one) throws Exception {
    Path file = folder.resolve("network.onnx");
    Onnx.write(model(one), file);
    int rows = 7;
    float[] inputs = one.inputs(rows);
    float[] expected = Runs.evaluate(one.network(), one.theta(), inputs, rows);
    if (one.name().equals("dropout alone") || one.name().equals("reshape to the same")) {
      assertThat(expected).isEqualTo(inputs); // there is nothing in the file that could be read
      return;
    }
    OnnxNetwork again = Onnx.read(file);
    float[] values = Runs.evaluate(again.network(), again.theta(), inputs, rows);
    assertThat(values).as("the same bits").isEqualTo(expected);
    assertThat(again.network().describe()).isNotEmpty(); // layers that a model file can hold
    assertThat(again.model().loss().name()).isEqualTo("mean-squared-error");
  }

  /// Names of layers are those of the chain, so that these networks come back as they were.
  @Test
  void layersComeBackAsTheyWere() throws Exception {
    List<String> same = new ArrayList<>();
    for (LayerCases.Case one : cases()) {
      Path file = folder.resolve("network.onnx");
      Onnx.write(model(one), file);
      if (one.name().contains("alone") || one.name().contains("to the same")) {
        continue;
      }
      Network again = Onnx.read(file).network();
      if (again.rows().toString().equals(one.network().rows().toString())) {
        same.add(one.name());
      }
    }
    assertThat(same)
        .contains(
            "dense",
            "batchnorm of images",
            "residual",
            "residual with projection",
            "globalAveragePool",
            "conv with everything",
            "convTranspose with everything",
            "embedding, then dense");
  }

  @Test
  void scalingIsPartOfTheGraph() throws Exception {
    Path file = folder.resolve("network.onnx");
    LayerCases.Case one =
        new LayerCases.Case("scaled", Network.of(Shape.of(4), Layers.dense(3)), 0);
    float[] inputs = one.inputs(7);
    for (Scaling scaling :
        List.of(
            Scaling.of(new float[] {0.5f}, new float[] {-1}),
            Scaling.of(new float[] {1, 2, 3, 4}, new float[] {0, -1, 0.5f, 2}))) {
      Onnx.write(model(one, scaling), file);
      float[] scaled = inputs.clone();
      for (int i = 0; i < scaled.length; i++) {
        int pair = scaling.length() == 1 ? 0 : i % 4;
        scaled[i] = Math.fma(inputs[i], scaling.scales()[pair], scaling.shifts()[pair]);
      }
      float[] expected = Runs.evaluate(one.network(), one.theta(), scaled, 7);
      Runs.compare(scaling.toString(), Runs.ort(file, Shape.of(4), inputs, 7), expected);
      OnnxNetwork again = Onnx.read(file);
      assertThat(again.scaling()).isEqualTo(scaling);
      assertThat(again.model().scaling()).isEqualTo(scaling);
      assertThat(Runs.evaluate(again.network(), again.theta(), scaled, 7)).isEqualTo(expected);
    }
  }
}
