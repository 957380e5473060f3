package ijen.model;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.layerNorm;
import static ijen.nn.Layers.prelu;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Scaling;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.hdf5.Hdf5File;
import ijen.format.hdf5.Hdf5Storage;
import ijen.graph.Graph;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Precision;
import ijen.loss.Losses;
import ijen.nn.Network;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterFilesTest {
  private static final Network SOFTMAX = Network.of(Shape.of(5), dense(3));
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
  private static final ParameterLayout W_AND_B = ParameterLayout.own().withNames("w", "b");

  @TempDir private Path folder;

  private static Path fixture(String name) {
    try {
      return Path.of(Objects.requireNonNull(ParameterFilesTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Theta theta(Network network) {
    Graph g = new Graph();
    network.build(g, g.input("x", network.input()));
    return g.parameters().initialize(Precision.FLOAT, 3);
  }

  @Test
  void parametersOfH5pyAreReadInEitherPrecision() throws Exception {
    Theta singles = ParameterFiles.read(fixture("softmax_f32.hdf5"), SOFTMAX, W_AND_B);
    try (Hdf5File file = Hdf5File.read(fixture("softmax_f32.hdf5"))) {
      assertThat(file.tensor("b").shape()).containsExactly(3, 1);
      assertThat(singles.slice(singles.parameters().get("dense1.weight")).toFloats())
          .containsExactly(file.tensor("w").floats());
      assertThat(singles.slice(singles.parameters().get("dense1.bias")).toFloats())
          .containsExactly(file.tensor("b").floats());
    }
    Theta doubles = ParameterFiles.read(fixture("softmax_f64.hdf5"), SOFTMAX, W_AND_B);
    assertThat(doubles.sha256()).isEqualTo(singles.sha256());
  }

  @Test
  void whatIsWrittenIsReadInEveryLayout() throws Exception {
    Theta theta = theta(MLP);
    String[] names = new String[12];
    for (int i = 0; i < names.length; i++) {
      names[i] = "group/p" + i;
    }
    for (ParameterLayout layout :
        List.of(
            ParameterLayout.own(),
            ParameterLayout.own().withColumns(),
            ParameterLayout.own().withNames(names),
            ParameterLayout.own().withNames(names).withColumns())) {
      for (String ending : List.of(".npz", ".h5", ".HDF5")) {
        Path file = folder.resolve("parameters" + ending);
        ParameterFiles.write(file, theta, layout);
        assertThat(ParameterFiles.read(file, MLP, layout).sha256())
            .as("%s as %s", layout, ending)
            .isEqualTo(theta.sha256());
      }
    }
  }

  @Test
  void columnsHaveTwoDimensions() throws Exception {
    Path file = folder.resolve("softmax.hdf5");
    ParameterFiles.write(file, theta(SOFTMAX), W_AND_B.withColumns());
    try (Hdf5File content = Hdf5File.read(file)) {
      assertThat(content.datasets().keySet()).containsExactlyInAnyOrder("w", "b");
      assertThat(content.tensor("w").shape()).containsExactly(3, 5);
      assertThat(content.tensor("b").shape()).containsExactly(3, 1);
    }
  }

  /// NumPy's archive keeps the order of the state dict; h5py sorts by name, here in groups.
  @Test
  void stateDictsComeInAnyFormat() throws Exception {
    Path safetensors = fixture("mlp.safetensors");
    String sha256 = StateDict.read(safetensors, MLP).sha256();
    assertThat(StateDict.read(fixture("arrays.npz"), MLP).sha256()).isEqualTo(sha256);
    assertThat(StateDict.read(fixture("groups.hdf5"), MLP).sha256()).isEqualTo(sha256);
    Map<String, String> names = Map.of("net.1", "batchnorm1", "net.4", "layernorm1");
    assertThat(StateDict.read(fixture("groups.hdf5"), MLP, names).sha256()).isEqualTo(sha256);
    ParameterLayout there =
        ParameterLayout.own()
            .withNames(
                "net/0/weight",
                "net/0/bias",
                "net/1/weight",
                "net/1/bias",
                "net/3/weight",
                "net/4/weight",
                "net/4/bias",
                "net/5/weight",
                "net/6/weight",
                "net/6/bias",
                "net/1/running_mean",
                "net/1/running_var");
    assertThat(ParameterFiles.read(fixture("groups.hdf5"), MLP, there).sha256()).isEqualTo(sha256);
  }

  @Test
  void whatDoesNotFitIsNamed() throws Exception {
    Path file = fixture("softmax_f32.hdf5");
    assertThatThrownBy(() -> ParameterFiles.read(file, SOFTMAX, ParameterLayout.own()))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": expected an array 'dense1.weight' for dense1.weight [3, 5], got"
                + " [w F32 [3, 5], b F32 [3, 1]]");
    assertThatThrownBy(
            () -> ParameterFiles.read(file, SOFTMAX, ParameterLayout.own().withNames("b", "w")))
        .hasMessage(
            file
                + ": 'b': expected floating-point numbers [3, 5] for dense1.weight, got"
                + " b F32 [3, 1]");
    Network wide = Network.of(Shape.of(3), dense(5));
    assertThatThrownBy(() -> ParameterFiles.read(file, wide, W_AND_B))
        .hasMessageContaining("[5, 3] for dense1.weight, got w F32 [3, 5]");
    assertThatThrownBy(
            () -> ParameterFiles.read(file, SOFTMAX, ParameterLayout.own().withNames("w")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "names of parameters: expected 2, for dense1.weight [3, 5], dense1.bias [3], got w");
    assertThatThrownBy(() -> ParameterLayout.own().withNames("w", "w"))
        .hasMessageContaining("expected each once");
    Path wholes = folder.resolve("wholes.h5");
    Hdf5File.write(
        wholes,
        Map.of("w", Tensor.of(new int[15], 3, 5), "b", Tensor.of(new float[3], 3)),
        Map.of(),
        Hdf5Storage.contiguous());
    assertThatThrownBy(() -> ParameterFiles.read(wholes, SOFTMAX, W_AND_B))
        .hasMessageContaining("'w': expected floating-point numbers [3, 5]")
        .hasMessageContaining("I32 [3, 5]");
    Path unknown = folder.resolve("parameters.txt");
    assertThatThrownBy(() -> ParameterFiles.write(unknown, theta(SOFTMAX)))
        .hasMessageContaining("expected a name that ends with .npz, .h5 or .hdf5");
    assertThat(unknown).doesNotExist();
  }

  @Test
  void aModelKeepsWhereItComesFrom() throws Exception {
    Model model =
        new Model(
            SOFTMAX,
            Losses.crossEntropy(),
            theta(SOFTMAX),
            Shape.of(5),
            List.of("a", "b", "c"),
            Scaling.NONE);
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    assertThat(Model.load(file).provenance()).isEmpty();
    Map<String, String> provenance = Map.of("imported", "ä \"file\".onnx");
    model.withProvenance(provenance).save(file);
    Model again = Model.load(file);
    assertThat(again.provenance()).isEqualTo(provenance);
    assertThat(again.theta().sha256()).isEqualTo(model.theta().sha256());
  }
}
