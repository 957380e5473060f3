package ijen.nn;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.embedding;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.layerNorm;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;
import static ijen.nn.Layers.residual;
import static ijen.nn.Layers.sequence;
import static ijen.nn.Layers.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Parameter;
import ijen.graph.Plan;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import ijen.graph.Workspace;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Normalisations, embeddings, and layers within layers.
class NestedLayersTest {
  private static Graph graph(Network net) {
    Graph g = new Graph();
    net.build(g, g.input("x", net.input()));
    return g;
  }

  @Test
  void whatIsWithinIsNamedAfterBoth() {
    Network net =
        Network.of(
            Shape.of(8),
            residual(dense(6), batchNorm(), relu(), sequence(dense(6), relu(), dense(8))),
            residual(dense(4)).withProjection(sequence(dense(4).withoutBias(), layerNorm())),
            batchNorm());
    Graph g = graph(net);
    assertThat(g.parameters().list().stream().map(Parameter::name))
        .containsExactly(
            "residual1.dense1.weight",
            "residual1.dense1.bias",
            "residual1.batchnorm1.scale",
            "residual1.batchnorm1.shift",
            "residual1.sequence1.dense1.weight",
            "residual1.sequence1.dense1.bias",
            "residual1.sequence1.dense2.weight",
            "residual1.sequence1.dense2.bias",
            "residual2.dense1.weight",
            "residual2.dense1.bias",
            "residual2.projection.dense1.weight",
            "residual2.projection.layernorm1.scale",
            "residual2.projection.layernorm1.shift",
            "batchnorm1.scale",
            "batchnorm1.shift");
    assertThat(g.parameters().statistics().list().stream().map(Statistic::name))
        .containsExactly(
            "residual1.batchnorm1.mean",
            "residual1.batchnorm1.variance",
            "batchnorm1.mean",
            "batchnorm1.variance");
    assertThat(g.parameters().get("batchnorm1.scale").role()).isEqualTo(Role.NORM);
    assertThat(net.rows().getFirst().parameters())
        .isEqualTo(6 * 8 + 6 + 2 * 6 + 6 * 6 + 6 + 8 * 6 + 8);
    assertThat(net.parameterCount()).isEqualTo(g.parameters().size());
    assertThat(net.statisticCount()).isEqualTo(2 * 6 + 2 * 4);
    assertThat(net.summary())
        .startsWith("layer          output               parameters   statistics")
        .contains("batchnorm1     [batch, 4]                    8            8")
        .containsPattern("total +%,d           20".formatted(net.parameterCount()))
        .contains("Statistics are moved by training and not learned.");
    assertThat(net.rows()).extracting(Network.Row::statistics).startsWith(12).endsWith(8);
    assertThat(Network.of(Shape.of(4), dense(2)).summary())
        .doesNotContainIgnoringCase("statistics");
  }

  @Test
  void aDescriptionMakesTheSameNetwork() {
    Network net =
        Network.of(
            Shape.of(6),
            embedding(50, 8).withTable(Initializers.normal(0.02)),
            layerNorm().withEpsilon(1e-6),
            flatten(),
            residual(dense(10), residual(tanh(), dense(10)))
                .withProjection(sequence(dense(10), batchNorm().withMomentum(0.01))),
            reshape(5, 2),
            batchNorm().withEpsilon(1e-3));
    Network read = Network.read(net.describe());
    assertThat(read).isEqualTo(net);
    assertThat(read.describe()).isEqualTo(net.describe());
    assertThat(graph(read).parameters().list().stream().map(Parameter::name).toList())
        .isEqualTo(graph(net).parameters().list().stream().map(Parameter::name).toList());
  }

  @Test
  void oneLayerOfYourOwnWithinMakesTheWholeYourOwn() {
    Layer own = (g, x) -> g.tanh(x);
    for (Layer layer :
        List.of(residual(dense(4), own), residual(dense(4)).withProjection(own), sequence(own))) {
      Network net = Network.of(Shape.of(4), dense(4), layer);
      assertThatThrownBy(net::describe).hasMessageContaining("layer 2 of this network is code of");
    }
  }

  @Test
  void mistakesAreReportedByTheLayersName() {
    assertThatThrownBy(() -> Network.of(Shape.of(8), relu(), residual(dense(6), relu())))
        .hasMessage(
            "residual 'residual1': input [batch, 8] cannot be added to what the layers make of it,"
                + " [batch, 6]: expected the same shape, or a projection (withProjection) to it");
    assertThatThrownBy(() -> Network.of(Shape.of(8), residual(dense(6)).withProjection(dense(5))))
        .hasMessage(
            "residual 'residual1': projected input [batch, 5] cannot be added to what the layers"
                + " make of it, [batch, 6]: expected the same shape");
    assertThatThrownBy(() -> Network.of(Shape.of(8), residual(dense(6), reshape(7))))
        .hasMessageStartingWith("reshape 'residual1.reshape1': input [batch, 6] has 6 elements");
    assertThatThrownBy(() -> Network.of(Shape.scalar(), batchNorm()))
        .hasMessage(
            "batchnorm 'batchnorm1': input [batch] is a single number: expected [channels, …]");
    assertThatThrownBy(() -> Network.of(Shape.scalar(), layerNorm()))
        .hasMessageContaining("layernorm 'layernorm1': input [batch] is a single number");
    assertThatThrownBy(() -> residual()).hasMessageContaining("expected 1 or more layers");
    assertThatThrownBy(() -> sequence()).hasMessageContaining("expected 1 or more layers");
    assertThatThrownBy(() -> embedding(0, 3)).hasMessageContaining("got [0, 3]");
    assertThatThrownBy(() -> batchNorm().withMomentum(0))
        .hasMessage("batchnorm: expected a momentum above 0 and at most 1, got 0.0");
    assertThatThrownBy(() -> batchNorm().withEpsilon(-1)).hasMessageContaining("above 0, got -1.0");
    assertThatThrownBy(() -> layerNorm().withEpsilon(Double.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> Layers.of("residual", Map.of("layers", List.of(3))))
        .hasMessageContaining("residual: 'projection': expected a List, got nothing");
    assertThatThrownBy(() -> Layers.of("sequence", Map.of("layers", List.of(3))))
        .hasMessage("sequence: 'layers': expected a layer with a 'kind', got 3");
  }

  /// y = x + W·x, with and without a projection P: by hand.
  @Test
  void aResidualLayerAddsUp() {
    assertThat(output(residual(dense(2)), 1, 2, 3, 4)).containsExactly(5 + 17, 6 + 39);
    assertThat(output(residual(dense(1)).withProjection(dense(1)), 1, 2, 0, 10, 20))
        .containsExactly(17 + 170);
  }

  @Test
  void anEmbeddingIsARowOfItsTable() {
    Network net = Network.of(Shape.of(3), embedding(4, 2));
    assertThat(net.output()).isEqualTo(Shape.of(3, 2));
    Theta theta = graph(net).parameters().initialize(Precision.DOUBLE, 1);
    double[] table = theta.values().toDoubles();
    double[] y = run(net, theta, 3, 0, 3);
    assertThat(y).containsExactly(table[6], table[7], table[0], table[1], table[6], table[7]);
    assertThatThrownBy(() -> run(net, theta, 3, 0, 4))
        .hasMessageContaining("number 2 of the batch is 4.0; expected a whole number from 0 to 3");
  }

  @Test
  void layerNormBringsEachRowToMeanZeroAndVarianceOne() {
    Network net = Network.of(Shape.of(4), layerNorm());
    Theta theta = graph(net).parameters().initialize(Precision.DOUBLE, 1);
    double[] y = run(net, theta, 1, 2, 3, 4);
    double deviation = Math.sqrt(1.25 + 1e-5);
    for (int i = 0; i < 4; i++) {
      assertThat(y[i]).isCloseTo((i - 1.5) / deviation, within(1e-14));
    }
  }

  /// The output for the input `[5, 6]`; `numbers` are the parameters that come first.
  private static double[] output(Layer layer, double... numbers) {
    Network net = Network.of(Shape.of(2), layer);
    Theta theta = new Theta(graph(net).parameters(), Precision.DOUBLE);
    for (int i = 0; i < numbers.length; i++) {
      theta.values().set(i, numbers[i]);
    }
    return run(net, theta, 5, 6);
  }

  private static double[] run(Network net, Theta theta, double... features) {
    Graph g = new Graph();
    Node y = net.build(g, g.input("x", net.input()));
    Plan plan = Plan.of(g, List.of(y), 1, Plan.Purpose.FORWARD, Mode.EVALUATION);
    Workspace workspace = new Workspace(plan, Kernels.reference(), 1);
    Batch batch = new Batch(Precision.DOUBLE, 1, List.of(Form.batched(net.input())));
    for (int i = 0; i < features.length; i++) {
      batch.features().set(i, features[i]);
    }
    workspace.forward(theta, batch);
    return workspace.value(y).toDoubles();
  }
}
