package ijen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Graph;
import ijen.graph.Initializer;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializersTest {
  @ParameterizedTest
  @CsvSource({"he, 0.005", "xavier, 0.004", "normal(0.01), 0.0001", "zeros, 0", "constant(2), 0"})
  void varianceFollowsTheFans(String text, double variance) {
    // [out, in] = [100, 400]: he 2/400, xavier 2/500
    Buffer values = Buffer.allocate(Precision.DOUBLE, 40_000);
    Initializer initializer = Initializers.parse(text);
    initializer.fill(values, Shape.of(100, 400), RandomStream.of(1, "test", 0));
    double mean = 0;
    double square = 0;
    for (int i = 0; i < values.length(); i++) {
      mean += values.get(i) / values.length();
      square += values.get(i) * values.get(i) / values.length();
    }
    // the standard error of a variance of n normals is σ²√(2/n) = 0.7 %
    assertThat(square - mean * mean).isCloseTo(variance, within(0.03 * variance + 1e-10));
    assertThat(Initializers.parse(Initializers.text(initializer))).isEqualTo(initializer);
  }

  @Test
  void bothPrecisionsBeginAlikeAndLayersDoNotDisturbEachOther() {
    Graph small = graph(Layers.dense(5));
    Graph large = graph(Layers.dense(5), Layers.dense(7));
    Theta single = small.parameters().initialize(Precision.FLOAT, 3);
    Theta dual = large.parameters().initialize(Precision.DOUBLE, 3);
    Parameter weight = small.parameters().get("dense1.weight");
    for (int i = 0; i < weight.size(); i++) {
      assertThat(single.slice(weight).get(i)).isEqualTo((float) dual.slice(weight).get(i));
    }
    assertThat(small.parameters().initialize(Precision.FLOAT, 4).sha256())
        .isNotEqualTo(single.sha256());
  }

  private static Graph graph(Layer... layers) {
    Graph g = new Graph();
    Network net = Network.of(Shape.of(6), layers);
    net.build(g, g.input("x", net.input()));
    return g;
  }

  @Test
  void unknownTextsAreExplained() {
    assertThatThrownBy(() -> Initializers.parse("normal(x)"))
        .hasMessageContaining("unknown initializer 'normal(x)': expected he, xavier");
    assertThatThrownBy(() -> Initializers.parse("normal(-1)")).hasMessageContaining("0 or more");
  }
}
