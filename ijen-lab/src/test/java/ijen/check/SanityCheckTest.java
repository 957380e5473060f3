package ijen.check;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.check.SanityReport.Finding;
import ijen.check.SanityReport.LayerFlow;
import ijen.check.SanityReport.Level;
import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.data.Options;
import ijen.format.json.Json;
import ijen.graph.Graph;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.nn.Initializers;
import ijen.nn.Layer;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an experienced eye would see in a network.
class SanityCheckTest {
  private static final Dataset MOONS = Datasets.open("moons").train();
  private static final Dataset DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(200).withTestSize(10)).train();

  private static SanityReport moons(double rate, Layer... layers) {
    return SanityCheck.of(Network.of(Shape.of(2), layers), Losses.crossEntropy(), Sgd.of(rate))
        .with(SanitySettings.defaults().withSteps(20))
        .run(MOONS);
  }

  private static Finding finding(SanityReport report, String check) {
    return report.findings().stream()
        .filter(f -> f.check().startsWith(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(report.text()));
  }

  @Test
  void aGoodNetworkIsFitToLearn() {
    Network network = Network.of(Shape.of(784), Layers.dense(32), Layers.relu(), Layers.dense(10));
    SanityReport report = SanityCheck.of(network, Losses.crossEntropy(), Sgd.of(0.1)).run(DIGITS);
    assertThat(report.healthy()).as(report.text()).isTrue();
    assertThat(report.findings()).as(report.text()).allMatch(f -> f.level() == Level.FINE);
    assertThat(finding(report, "initial loss").words()).contains("ln 10 = 2.303");
    assertThat(report.layers())
        .extracting(LayerFlow::layer)
        .containsExactly("dense1", "relu1", "dense2", "dense1", "relu1", "dense2");
    assertThat(report.overfit().getLast()).isLessThan(0.1 * report.overfit().getFirst());
    assertThat(report.overfit()).hasSizeLessThan(300);
    assertThat(report.updates()).anyMatch(u -> u.ratio() > 1e-5 && u.ratio() < 0.1);
    assertThat(report.verdict()).isEqualTo("fit to learn");
    assertThat(Json.object(Json.line(report.describe()), "report").string("verdict"))
        .isEqualTo("fit to learn");
  }

  @Test
  void zerosAsFirstWeightsKillTheNetwork() {
    SanityReport report =
        moons(
            0.1, Layers.dense(8).withWeight(Initializers.zeros()), Layers.relu(), Layers.dense(2));
    assertThat(report.healthy()).isFalse();
    assertThat(finding(report, "dead units").level()).isEqualTo(Level.WRONG);
    assertThat(finding(report, "dead units").words()).contains("all 8 units of relu1");
    assertThat(finding(report, "learns by heart").level()).isEqualTo(Level.WRONG);
  }

  @Test
  void someDeadUnitsAreCounted() {
    Layer push =
        (g, x) ->
            g.subtract(
                x,
                g.parameter(
                    "down",
                    Shape.of(4),
                    ijen.graph.Role.BIAS,
                    (v, _, _) -> {
                      v.set(0, 100);
                      v.set(2, 100);
                    }));
    SanityReport report = moons(0.1, Layers.dense(4), push, Layers.relu(), Layers.dense(2));
    LayerFlow relu =
        report.layers().stream().filter(l -> l.layer().equals("relu1")).findFirst().orElseThrow();
    assertThat(relu.dead()).isBetween(2, 3);
    assertThat(relu.units()).isEqualTo(4);
    assertThat(finding(report, "dead units").level()).isEqualTo(Level.LOOK);
  }

  @Test
  void largeWeightsSaturateASigmoid() {
    for (Layer layer : List.of(Layers.sigmoid(), Layers.tanh(), g(Graph::erf))) {
      SanityReport report =
          moons(0.1, Layers.dense(8).withWeight(Initializers.normal(100)), layer, Layers.dense(2));
      assertThat(finding(report, "saturated units").words())
          .contains("% of the outputs of", "below 4 % of its largest");
      assertThat(report.healthy()).as("it is unusual, not wrong").isTrue();
    }
  }

  /// What levels off on one side only is saturated where the numbers are on that side.
  @Test
  void aBiasBelowSaturatesWhatLevelsOffThere() {
    List<Layer> oneSided =
        List.of(Layers.elu(1), Layers.selu(), Layers.gelu(), Layers.silu(), Layers.softplus());
    for (Layer layer : oneSided) {
      SanityReport report = moons(0.01, Layers.dense(8), pushed(8, 8), layer, Layers.dense(2));
      assertThat(finding(report, "saturated units").words()).contains("% of the outputs of");
      LayerFlow flow = activation(report);
      assertThat(flow.saturated()).as(flow.kind()).isGreaterThan(0.9);
      assertThat(flow.dead()).as(flow.kind()).isZero();
      SanityReport dead = moons(0.01, Layers.dense(8), pushed(8, 1000), layer, Layers.dense(2));
      assertThat(activation(dead).dead()).as(flow.kind()).isEqualTo(8);
      assertThat(finding(dead, "dead units").level()).isEqualTo(Level.WRONG);
    }
  }

  @Test
  void whatDoesNotLevelOffIsNotSaturated() {
    List<Layer> others =
        List.of(
            Layers.relu(),
            Layers.leakyRelu(1e-4),
            Layers.prelu(),
            Layers.softmax(),
            Layers.dropout(0.5),
            g(Graph::exp),
            g((graph, x) -> graph.scale(x, 1e-3)));
    for (Layer layer : others) {
      LayerFlow flow =
          activation(moons(0.01, Layers.dense(8), pushed(8, 12), layer, Layers.dense(2)));
      assertThat(flow.saturated()).as(flow.kind()).isZero();
      assertThat(flow.dead()).as(flow.kind()).isEqualTo(flow.kind().equals("relu") ? 8 : 0);
    }
  }

  @Test
  void noneIsDeadOrSaturatedAtUsualWeights() {
    List<Layer> all =
        List.of(
            Layers.relu(),
            Layers.elu(1),
            Layers.selu(),
            Layers.gelu(),
            Layers.silu(),
            Layers.softplus(),
            Layers.sigmoid(),
            Layers.tanh(),
            g(Graph::erf));
    for (Layer layer : all) {
      assertThat(moons(0.01, Layers.dense(8), layer, Layers.dense(2)).findings())
          .noneMatch(f -> f.check().startsWith("saturated") || f.check().startsWith("dead"));
    }
  }

  /// The derivative is the op's own, whoever wrote it.
  @Test
  void anActivationOfOnesOwnIsKnownByItsDerivative() {
    Own softsign =
        Own.pointwise(
            "softsign", x -> x / (1 + Math.abs(x)), (x, _) -> 1 / Math.pow(1 + Math.abs(x), 2));
    Own clip = Own.pointwise("clip", x -> Math.clamp(x, -1, 1), (x, _) -> Math.abs(x) < 1 ? 1 : 0);
    SanityReport flat =
        moons(
            0.01,
            Layers.dense(8),
            pushed(8, 12),
            g((g, x) -> g.apply(softsign, x)),
            Layers.dense(2));
    assertThat(activation(flat).saturated()).isEqualTo(1);
    SanityReport dead =
        moons(0.01, Layers.dense(8), pushed(8, 12), g((g, x) -> g.apply(clip, x)), Layers.dense(2));
    assertThat(activation(dead).dead()).isEqualTo(8);
    assertThat(activation(dead).saturated()).isZero();
  }

  private static LayerFlow activation(SanityReport report) {
    return report.layers().get(2); // after dense and push
  }

  private static Layer g(Layer layer) {
    return layer;
  }

  /// Takes `by` from each unit.
  private static Layer pushed(int units, double by) {
    return (g, x) ->
        g.subtract(
            x, g.parameter("down", Shape.of(units), ijen.graph.Role.BIAS, (v, _, _) -> v.fill(by)));
  }

  @Test
  void aLoudBeginningIsSeenInTheLoss() {
    SanityReport report =
        moons(
            0.01,
            Layers.dense(8),
            Layers.relu(),
            Layers.dense(2).withWeight(Initializers.normal(50)));
    Finding finding = finding(report, "initial loss");
    assertThat(finding.level()).isEqualTo(Level.LOOK);
    assertThat(finding.words()).contains("ln 2 = 0.6931", "too large?");
  }

  @Test
  void gradientsVanishThroughManySigmoids() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      layers.add(Layers.dense(6));
      layers.add(Layers.sigmoid());
    }
    layers.add(Layers.dense(2));
    SanityReport report = moons(0.1, layers.toArray(Layer[]::new));
    assertThat(finding(report, "gradient flow").words()).startsWith("vanishing");
  }

  @Test
  void anExcessiveRateShowsInUpdatesOrInfinities() {
    SanityReport fast = moons(20, Layers.dense(8), Layers.tanh(), Layers.dense(2));
    assertThat(finding(fast, "update/weight").words()).contains("smaller learning rate");
    SanityReport infinite = moons(1e38, Layers.dense(8), Layers.relu(), Layers.dense(2));
    assertThat(infinite.healthy()).isFalse();
    NotFinite origin = requireNonNull(infinite.notFinite());
    assertThat(origin.op()).isIn("affine", "softmaxCrossEntropy");
    assertThat(finding(infinite, "trial").words()).contains("step 2", "learning rate too large");
  }

  @Test
  void theFirstNaNForwardIsNamed() {
    SanityReport report = moons(0.1, Layers.dense(4), (g, x) -> g.log(x), Layers.dense(2));
    NotFinite origin = requireNonNull(report.notFinite(), report.text());
    assertThat(origin.node()).isEqualTo("layer1.log");
    assertThat(origin.op()).isEqualTo("log");
    assertThat(origin.backward()).isFalse();
    assertThat(finding(report, "initial loss").level()).isEqualTo(Level.WRONG);
  }

  @Test
  void theFirstNaNBackwardIsNamed() {
    Own root =
        Own.pointwise("root", x -> Math.sqrt(Math.abs(x) + 1), (x, _) -> Math.sqrt(Math.min(x, 0)));
    SanityReport report = moons(0.1, Layers.dense(4), (g, x) -> g.apply(root, x), Layers.dense(2));
    NotFinite origin = requireNonNull(report.notFinite(), report.text());
    assertThat(origin.backward()).as(origin.words()).isTrue();
    assertThat(origin.node()).isEqualTo("dense1.affine");
    assertThat(origin.op()).contains("root");
    assertThat(finding(report, "trial").level()).isEqualTo(Level.WRONG);
  }

  @Test
  void wrongSettingsAreRefused() {
    SanitySettings settings = SanitySettings.defaults();
    assertThatThrownBy(() -> settings.withSamples(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> settings.withSteps(-1)).hasMessageContaining("got -1");
    assertThatThrownBy(() -> settings.withTiny(4, 0)).hasMessageContaining("got 50 and 0");
  }
}
