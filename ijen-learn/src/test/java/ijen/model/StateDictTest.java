package ijen.model;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.conv;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.embedding;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.globalAveragePool;
import static ijen.nn.Layers.layerNorm;
import static ijen.nn.Layers.prelu;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.residual;
import static ijen.nn.Layers.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.safetensors.Safetensors;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Window;
import ijen.loss.Losses;
import ijen.nn.ConvTranspose;
import ijen.nn.Network;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDictTest {
  private static final Network MLP =
      Network.of(
          Shape.of(6),
          dense(8),
          batchNorm(),
          relu(),
          dense(8).withoutBias(),
          layerNorm(),
          prelu(),
          dense(3));
  private static final Network NAMED =
      Network.of(
          Shape.of(2, 8, 6),
          conv(4, 3).withStride(2).withPadding(1).withGroups(2),
          batchNorm(),
          relu(),
          residual(conv(4, 3).withPadding(1), tanh(), conv(4, 3).withPadding(1)),
          prelu().withSlopePerChannel(),
          ConvTranspose.of(6, Window.of(3, 2)).withStride(2).withGroups(2),
          globalAveragePool(),
          dense(3));
  private static final Network DEEP =
      Network.perceptron(Shape.of(4), List.of(4, 4, 4, 4, 4, 4), tanh(), 4);
  private static final Network EMBEDDING =
      Network.of(Shape.of(3), embedding(9, 4), flatten(), dense(2));

  @TempDir private Path folder;

  private static Path fixture(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(StateDictTest.class.getResource(name + ".safetensors")).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void networksGiveTheNumbersOfPyTorch() throws Exception {
    agrees("mlp", MLP);
    agrees("named", NAMED);
    agrees("sorted", DEEP);
    agrees("embedding", EMBEDDING);
  }

  private static void agrees(String name, Network network) throws Exception {
    Model model =
        StateDict.model(
            fixture(name), network, Losses.meanSquaredError(), network.input(), List.of());
    agrees(name, model);
  }

  private static void agrees(String name, Model model) throws Exception {
    Predictor predictor = model.predictor();
    try (Safetensors outputs = Safetensors.read(fixture("outputs"))) {
      float[] inputs = outputs.tensor(name + ".input").floats();
      float[] expected = outputs.tensor(name + ".output").floats();
      int in = model.network().input().size();
      int out = expected.length / (inputs.length / in);
      for (int i = 0; i < expected.length; i++) {
        float[] one = new float[in];
        System.arraycopy(inputs, i / out * in, one, 0, in);
        assertThat(predictor.predict(one).values().get(i % out))
            .as("%s, number %d", name, i)
            .isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  /// What Ijen itself names so is found by name, in any order.
  @Test
  void namesOfLayersDecideWhereTheyMatch() throws Exception {
    Theta theta = StateDict.read(fixture("mlp"), MLP);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ParameterTensors.put(tensors, "", theta);
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    List.copyOf(tensors.keySet()).reversed().forEach(name -> reversed.put(name, tensors.get(name)));
    Path file = folder.resolve("own.safetensors");
    Safetensors.write(file, reversed, Map.of());
    assertThat(StateDict.read(file, MLP).sha256()).isEqualTo(theta.sha256());
    Map<String, Tensor> words = new LinkedHashMap<>();
    tensors.forEach((name, tensor) ->
        words.put(name.replace("scale", "weight").replace("variance", "running_var"), tensor));
    Safetensors.write(file, words, Map.of());
    assertThat(StateDict.read(file, MLP).sha256()).isEqualTo(theta.sha256());
  }

  @Test
  void namesMayBeGiven() throws Exception {
    Theta right = StateDict.read(fixture("named"), NAMED);
    Theta given =
        StateDict.read(
            fixture("named"),
            NAMED,
            Map.of("deep", "residual1.conv1", "again", "residual1.conv2", "head", "dense1"));
    assertThat(given.sha256()).isEqualTo(right.sha256());
    Theta other =
        StateDict.read(
            fixture("named"), NAMED, Map.of("again", "residual1.conv1", "deep", "residual1.conv2"));
    assertThat(other.sha256()).isNotEqualTo(right.sha256());
    assertThatThrownBy(() -> StateDict.read(fixture("named"), NAMED, Map.of("tail", "dense1")))
        .hasMessageContaining("expected a layer 'tail', got ['stem', 'norm'");
    assertThatThrownBy(() -> StateDict.read(fixture("named"), NAMED, Map.of("head", "dense2")))
        .hasMessageContaining("a network with a layer 'dense2', got ['conv1', 'batchnorm1'");
  }

  /// Sorted names of one word in each shape are told apart by it; several words are not.
  @Test
  void sortedNamesThatTellNoOrderAreRefused() throws Exception {
    Path file = folder.resolve("sorted.safetensors");
    Safetensors.write(file, sorted(fixture("named"), Map.of()), Map.of());
    assertThatThrownBy(() -> StateDict.read(file, NAMED))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the layers ['again', 'deep'] have the same shapes")
        .hasMessageContaining("['residual1.conv1', 'residual1.conv2']");
    Map<String, String> names = Map.of("deep", "residual1.conv1", "again", "residual1.conv2");
    assertThat(StateDict.read(file, NAMED, names).sha256())
        .isEqualTo(StateDict.read(fixture("named"), NAMED).sha256());
    Map<String, String> numbered = Map.of("deep", "conv9", "again", "conv10");
    Safetensors.write(file, sorted(fixture("named"), numbered), Map.of());
    assertThat(StateDict.read(file, NAMED).sha256())
        .isEqualTo(StateDict.read(fixture("named"), NAMED).sha256());
  }

  private static Map<String, Tensor> sorted(Path file, Map<String, String> names) throws Exception {
    Map<String, Tensor> tensors = new TreeMap<>();
    try (Safetensors content = Safetensors.read(file)) {
      content
          .tensors()
          .forEach((name, tensor) -> {
            String layer = name.substring(0, name.lastIndexOf('.'));
            String renamed = names.getOrDefault(layer, layer) + name.substring(layer.length());
            tensors.put(renamed, Tensor.ofBytes(tensor.dtype(), tensor.bytes(), tensor.shape()));
          });
    }
    return tensors;
  }

  @Test
  void whatDoesNotFitIsListedSideBySide() {
    Network wider =
        Network.of(
            Shape.of(6),
            dense(8),
            batchNorm(),
            relu(),
            dense(9).withoutBias(),
            layerNorm(),
            prelu(),
            dense(3));
    assertThatThrownBy(() -> StateDict.read(fixture("mlp"), wider))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            fixture("mlp")
                + ": 4 of the tensors do not fit the network, 8 do: expected the same layers in the"
                + " same order\n"
                + "  expected              in the file\n"
                + "  dense2.weight [9, 8]  3.weight [8, 8]  another shape\n"
                + "  layernorm1.scale [9]  4.weight [8]     another shape\n"
                + "  layernorm1.shift [9]  4.bias [8]       another shape\n"
                + "  dense3.weight [3, 9]  6.weight [3, 8]  another shape");
    Network shorter = Network.of(Shape.of(6), dense(8).withoutBias(), batchNorm());
    assertThatThrownBy(() -> StateDict.read(fixture("mlp"), shorter))
        .message()
        .containsPattern("— +0\\.bias \\[8\\] +unexpected")
        .containsPattern("— +6\\.weight \\[3, 8\\] +unexpected");
    Network longer =
        Network.of(
            Shape.of(4),
            dense(4),
            dense(4),
            dense(4),
            dense(4),
            dense(4),
            dense(4),
            dense(4),
            dense(4));
    assertThatThrownBy(() -> StateDict.read(fixture("sorted"), longer))
        .hasMessageContaining("dense8.weight [4, 4]")
        .hasMessageContaining("missing");
  }

  @Test
  void wholeNumbersAreNoWeights() throws Exception {
    Path file = folder.resolve("wholes.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("dense1.weight", Tensor.of(new int[8], 2, 4));
    tensors.put("dense1.bias", Tensor.of(new float[2], 2));
    Safetensors.write(file, tensors, Map.of());
    assertThatThrownBy(() -> StateDict.read(file, Network.of(Shape.of(4), dense(2))))
        .hasMessageContaining("dense1.weight [2, 4]  dense1.weight I32 [2, 4]  another type");
  }
}
