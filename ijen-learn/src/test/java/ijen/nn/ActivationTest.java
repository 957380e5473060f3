package ijen.nn;

import static ijen.nn.Layers.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.op.Elu;
import ijen.op.Exp;
import ijen.op.Gelu;
import ijen.op.LeakyRelu;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "step",
        "relu",
        "leaky-relu",
        "leaky-relu:slope=0.2",
        "prelu",
        "prelu:per-channel=true",
        "prelu:per-channel=true, initial=0.1",
        "elu",
        "elu:alpha=0.5",
        "selu",
        "gelu",
        "gelu:form=tanh",
        "silu",
        "softplus",
        "sigmoid",
        "tanh",
        "softmax"
      })
  void aTextMakesALayerThatCanBeSaved(String text) {
    Layer layer = Activation.parse(text);
    assertThat(layer.kind()).isEqualTo(text.replaceAll(":.*", ""));
    Network net = Network.of(Shape.of(4), dense(3), layer, dense(2));
    Network read = Network.read(net.describe());
    assertThat(read.layers().get(1)).isEqualTo(layer);
    assertThat(read.rows()).isEqualTo(net.rows());
  }

  @Test
  void settingsArrive() {
    assertThat(Activation.parse("leaky-relu:slope=0.2"))
        .isEqualTo(new Activation(new LeakyRelu(0.2)));
    assertThat(Activation.parse(" elu ")).isEqualTo(new Activation(new Elu(1)));
    assertThat(Activation.parse("gelu:form=tanh"))
        .isEqualTo(new Activation(new Gelu(Gelu.Form.TANH)));
    assertThat(Activation.parse("prelu:initial=0.1")).isEqualTo(new PReluLayer(false, 0.1));
  }

  @Test
  void slopesAreParametersThatDoNotDecay() {
    Network net =
        Network.of(Shape.of(4), dense(3), Layers.prelu(), Layers.prelu().withSlopePerChannel());
    Graph g = new Graph();
    net.build(g, g.input("x", net.input()));
    List<Parameter> slopes = g.parameters().list().subList(2, 4);
    assertThat(slopes.stream().map(Parameter::name))
        .containsExactly("prelu1.slope", "prelu2.slope");
    assertThat(slopes.stream().map(Parameter::size)).containsExactly(1, 3);
    assertThat(slopes.stream().map(Parameter::role)).containsOnly(Role.NORM);
  }

  @Test
  void wrongTextsAreExplained() {
    assertThatThrownBy(() -> Activation.parse("swish"))
        .hasMessageContaining("unknown activation 'swish': expected one of relu, sigmoid");
    assertThatThrownBy(() -> Activation.parse("dense"))
        .hasMessageContaining("unknown activation 'dense'");
    assertThatThrownBy(() -> Activation.parse("relu:slope=1"))
        .hasMessageContaining("expected no settings")
        .hasMessageContaining("got 'slope=1'");
    assertThatThrownBy(() -> Activation.parse("elu:slope=1"))
        .hasMessageContaining("expected settings of [alpha]");
    assertThatThrownBy(() -> Activation.parse("elu:alpha=much"))
        .hasMessage("activation 'elu:alpha=much': expected a number, got 'much'");
    assertThatThrownBy(() -> Activation.parse("elu:alpha=-1"))
        .hasMessage("elu: expected a finite alpha above 0, got -1.0");
    assertThatThrownBy(() -> Activation.parse("gelu:form=rough"))
        .hasMessage("gelu: 'form': expected exact or tanh, got 'rough'");
    assertThatThrownBy(() -> Activation.parse("prelu:per-channel=yes"))
        .hasMessageContaining("expected true or false, got 'yes'");
    assertThatThrownBy(() -> new Activation(new Exp()))
        .hasMessageContaining("expected one of its ops");
  }
}
