package ijen.nn;

import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;
import static ijen.nn.Layers.sigmoid;
import static ijen.nn.Layers.softmax;
import static ijen.nn.Layers.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void countsAndNamesItsParameters() {
    Network net = Network.of(Shape.of(784), dense(128), relu(), dropout(0.5), dense(10));
    assertThat(net.parameterCount()).isEqualTo(784 * 128 + 128 + 128 * 10 + 10);
    assertThat(net.output()).isEqualTo(Shape.of(10));
    Graph g = new Graph();
    net.build(g, g.input("x", net.input()));
    assertThat(g.parameters().list().stream().map(Parameter::name))
        .containsExactly("dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias");
    assertThat(net.summary())
        .contains("dense1         [batch, 128]            100,480")
        .contains("total                                  101,770");
  }

  @Test
  void theAutoencoderOfTheLiteratureHasItsParameters() {
    Network net =
        Network.of(
            Shape.of(784),
            dense(128),
            relu(),
            dense(64),
            relu(),
            dense(128),
            relu(),
            dense(784),
            sigmoid());
    assertThat(net.parameterCount()).isEqualTo(218_192);
  }

  @Test
  void aMistakeIsReportedByTheLayersNameWhenTheNetworkIsMade() {
    assertThatThrownBy(() -> Network.of(Shape.of(28, 28), dense(4), reshape(100)))
        .hasMessage(
            "reshape 'reshape1': input [batch, 28, 4] has 112 elements, shape [100] has 100:"
                + " expected as many");
    assertThatThrownBy(() -> Network.of(Shape.scalar(), dense(4)))
        .hasMessageContaining("is a single number");
    assertThatThrownBy(() -> dropout(1)).hasMessageContaining("expected a rate in [0, 1), got 1.0");
    assertThatThrownBy(() -> dense(0)).hasMessageContaining("expected 1 or more units, got 0");
    assertThatThrownBy(() -> reshape(-1, -1)).hasMessageContaining("at most one -1");
  }

  @Test
  void aDescriptionMakesTheSameNetwork() {
    Network net =
        Network.of(
            Shape.of(28, 28),
            flatten(),
            dense(6).withoutBias().withWeight(Initializers.normal(0.01)),
            tanh(),
            reshape(2, -1),
            dense(3).withWeight(Initializers.xavier()),
            sigmoid(),
            dropout(0.25),
            flatten(),
            softmax());
    Network read = Network.read(net.describe());
    assertThat(read.rows()).isEqualTo(net.rows());
    assertThat(read.describe()).isEqualTo(net.describe());
  }

  @Test
  void aWrongDescriptionIsExplained() {
    assertThatThrownBy(() -> Network.read(Map.of("input", List.of(4))))
        .hasMessageContaining("expected a network with 'input' and 'layers', got [input]");
    assertThatThrownBy(() -> read(Map.of("kind", "conv9")))
        .hasMessageContaining("unknown layer 'conv9': expected dense, dropout");
    assertThatThrownBy(() -> read(Map.of("kind", "dense", "units", 2.5)))
        .hasMessageContaining("dense: 'units': expected a whole number, got 2.5");
    assertThatThrownBy(
            () -> read(Map.of("kind", "dense", "units", 2, "bias", true, "initializer", "magic")))
        .hasMessageContaining("unknown initializer 'magic'");
  }

  private static Network read(Map<String, Object> layer) {
    return Network.read(Map.of("input", List.of(4), "layers", List.of(layer)));
  }

  @Test
  void aLambdaIsALayerButCannotBeDescribed() {
    Layer swish = (g, x) -> g.multiply(x, g.sigmoid(x));
    Network net = Network.of(Shape.of(4), dense(3), swish, dense(2));
    assertThat(net.rows().get(1).name()).isEqualTo("layer1");
    assertThatThrownBy(net::describe).hasMessageContaining("layer 2").hasMessageContaining("own");
  }
}
