package ijen.check;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.graph.Shape;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.nn.Initializers;
import ijen.nn.Layer;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No alarm on networks of many kinds, in which nothing is wrong.
class HealthyNetworksTest {
  private static final long SEED = Long.getLong("ijen.seed", 20261121);
  private static final List<Layer> ACTIVATIONS =
      List.of(
          Layers.relu(),
          Layers.sigmoid(),
          Layers.tanh(),
          Layers.softmax(),
          Layers.leakyRelu(0.1),
          Layers.elu(1),
          Layers.gelu(),
          Layers.silu(),
          Layers.softplus(),
          Layers.batchNorm(),
          Layers.layerNorm(),
          Layers.residual(Layers.tanh()),
          (g, x) -> g.multiply(x, g.sigmoid(x)),
          (g, x) -> g.add(x, g.tanh(x)),
          (g, x) -> g.erf(x));
  private static final double[] SCALES = {1e-3, 0.1, 1, 1, 10, 100};

  /// A network, its loss, and data.
  record Healthy(int number, String words, Network network, Loss loss, Dataset data) {
    @Override
    public String toString() {
      return number + ": " + words;
    }
  }

  static List<Healthy> networks() {
    List<Healthy> all = new ArrayList<>();
    for (int n = 0; n < 24; n++) {
      all.add(draw(n));
    }
    return all;
  }

  private static Healthy draw(int number) {
    return draw(SEED, number);
  }

  static Healthy draw(long seed, int number) {
    RandomStream random = RandomStream.of(seed, "network", number);
    List<Layer> layers = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    int depth = random.below(0, 5);
    for (int i = 0; i < depth; i++) {
      int units = 1 + random.below(10 + i, 12);
      double scale = SCALES[random.below(20 + i, SCALES.length)];
      int activation = random.below(30 + i, ACTIVATIONS.size());
      boolean bias = random.below(40 + i, 4) > 0;
      var dense = Layers.dense(units);
      dense = scale == 1 ? dense : dense.withWeight(Initializers.normal(scale));
      layers.add(bias ? dense : dense.withoutBias());
      layers.add(ACTIVATIONS.get(activation));
      words.append("%s·%s/%s ".formatted(units, scale, activation));
      if (random.below(50 + i, 3) == 0) {
        layers.add(Layers.dropout(0.3));
        words.append("dropout ");
      }
    }
    int kind = random.below(1, 4);
    Dataset moons = Datasets.open("moons").train();
    layers.add(Layers.dense(kind == 1 ? 1 : 2));
    Loss loss =
        switch (kind) {
          case 1 -> Losses.binaryCrossEntropy();
          case 2 -> Losses.meanSquaredError();
          default -> Losses.crossEntropy();
        };
    words.append(loss.name());
    return new Healthy(
        number,
        words.toString(),
        new Network(Shape.of(2), layers),
        loss,
        kind == 2 ? moons.oneHot() : moons);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void raiseNoAlarm(Healthy healthy) {
    GradientReport report =
        GradientCheck.of(healthy.network(), healthy.loss(), healthy.data())
            .with(CheckSettings.defaults().withSeed(SEED + healthy.number()))
            .run();
    assertThat(report.healthy()).as("seed %d%n%s", SEED, report.text()).isTrue();
    assertThat(report.alarms()).isEmpty();
    assertThat(report.tensors().getFirst().name()).isEqualTo("input");
    int compared = report.tensors().stream().mapToInt(TensorCheck::compared).sum();
    int kinks = report.tensors().stream().mapToInt(TensorCheck::kinks).sum();
    assertThat(compared).as(report.text()).isGreaterThan(10 * kinks);
  }
}
