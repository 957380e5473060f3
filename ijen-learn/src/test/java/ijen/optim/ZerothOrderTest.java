package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.optim.OptimizerContract.Quadratic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The zeroth-order optimisers against a transcription in NumPy, which draws the same directions,
/// and their names.
class ZerothOrderTest {
  private static final Batch BATCH =
      new Batch(Precision.DOUBLE, 1, List.of(Form.batched(Shape.scalar())));

  /// By the names of the cases in the script beside the fixture.
  private static Map<String, Optimizer> cases() {
    RandomEstimator random = RandomEstimator.of().withRadius(0.1);
    CoordinateEstimator coordinate = CoordinateEstimator.of().withRadius(0.1);
    ZoSgd sgd = ZoSgd.of(0.02, random);
    Blocks layers = Blocks.layers();
    Map<String, Optimizer> cases = new LinkedHashMap<>();
    cases.put("zo-sgd", sgd);
    cases.put("zo-sgd q=3", sgd.withEstimator(random.withQueries(3)));
    cases.put("zo-sgd one-sided", sgd.withEstimator(random.withOneSide()));
    cases.put("zo-sgd one-sided q=2", sgd.withEstimator(random.withOneSide().withQueries(2)));
    cases.put("zo-sgd rademacher", sgd.withEstimator(random.withDirections(Directions.RADEMACHER)));
    cases.put("zo-sgd sphere", sgd.withEstimator(random.withDirections(Directions.SPHERE)));
    cases.put("zo-sgd layers", sgd.withEstimator(random.withBlocks(layers)));
    cases.put("zo-sgd layers q=2", sgd.withEstimator(random.withBlocks(layers).withQueries(2)));
    cases.put("zo-sgd decay", sgd.withWeightDecay(0.1));
    cases.put("zo-sgd momentum", sgd.withMomentum(0.9));
    cases.put("zo-sgd momentum decay", sgd.withMomentum(0.9).withWeightDecay(0.1));
    cases.put("zo-sgd coordinate", sgd.withEstimator(coordinate));
    cases.put(
        "zo-sgd coordinate count=3", sgd.withEstimator(coordinate.withCount(3).withTwoSides()));
    cases.put("zo-sgd hybrid", sgd.withEstimator(HybridEstimator.of(random, 1).withFactor(0.5)));
    cases.put("forward-grad", sgd.withEstimator(ForwardEstimator.of()));
    cases.put(
        "forward-grad q=2 momentum",
        sgd.withEstimator(ForwardEstimator.of().withQueries(2)).withMomentum(0.9));
    cases.put("zo-sign", ZoSign.of(0.02).withEstimator(random));
    cases.put("zo-conservative", ZoConservative.of(0.02).withEstimator(random));
    cases.put("zo-conservative rate=0.3", ZoConservative.of(0.3).withEstimator(random));
    cases.put("zo-adam", ZoAdam.of(0.02).withEstimator(random));
    cases.put(
        "zo-adam decay q=2",
        ZoAdam.of(0.02).withWeightDecay(0.1).withEstimator(random.withQueries(2)));
    return cases;
  }

  private static List<String> fixture() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ZerothOrderTest.class.getResourceAsStream("zeroth_order.txt"), "zeroth_order.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void twentyStepsAgreeWithTheTranscription() throws IOException {
    try (Workers workers = Workers.of(1)) {
      agree(Kernels.reference(), 1e-10);
      agree(Kernels.vector(workers), 1e-5);
    }
  }

  private static void agree(Kernels kernels, double error) throws IOException {
    Map<String, Optimizer> cases = cases();
    List<String> lines = fixture();
    assertThat(lines.stream().map(line -> line.split(";", 2)[0]).distinct().toList())
        .isEqualTo(List.copyOf(cases.keySet()));
    Quadratic objective = new Quadratic();
    for (Map.Entry<String, Optimizer> entry : cases.entrySet()) {
      for (boolean exact : new boolean[] {false, true}) {
        Optimizer optimizer = exact ? exact(entry.getValue()) : entry.getValue();
        Theta theta = objective.parameters().initialize(kernels.precision(), 1);
        OptimizerState state = optimizer.state(objective.parameters(), kernels);
        for (String line : lines) {
          String[] words = line.split(";", -1);
          if (words[0].equals(entry.getKey())) {
            while (state.steps() < Integer.parseInt(words[1])) {
              optimizer.step(objective, theta, BATCH, state);
            }
            for (int i = 0; i < theta.size(); i++) {
              assertThat(theta.values().get(i))
                  .as("%s, %s, step %s, θ[%d]", optimizer, kernels.precision(), words[1], i)
                  .isCloseTo(Double.parseDouble(words[2 + i]), within(error));
            }
          }
        }
      }
    }
  }

  /// The same with an exact return, where there is a choice.
  private static Optimizer exact(Optimizer optimizer) {
    return switch (optimizer) {
      case ZoSgd o -> o.withEstimator(exact(o.estimator()));
      case ZoSign o -> o.withEstimator(exact(o.estimator()));
      case ZoConservative o -> o.withEstimator(exact(o.estimator()));
      case ZoAdam o -> o.withEstimator(exact(o.estimator()));
      default -> throw new AssertionError(optimizer);
    };
  }

  private static Estimator exact(Estimator estimator) {
    return switch (estimator) {
      case RandomEstimator e -> e.withExactReturn();
      case HybridEstimator e -> new HybridEstimator(e.zeroth().withExactReturn(), e.factor());
      case CoordinateEstimator e -> e;
      case ForwardEstimator e -> e;
    };
  }

  @Test
  void settingsLeadBack() {
    for (Optimizer optimizer : cases().values()) {
      Map<String, String> words = new LinkedHashMap<>();
      optimizer.settings().forEach((key, value) -> words.put(key, value.toString()));
      assertThat(ZerothOrder.of(optimizer.name(), words)).isEqualTo(optimizer);
    }
    assertThat(ZerothOrder.names())
        .containsExactly("zo-sgd", "zo-conservative", "zo-sign", "zo-adam", "forward-grad");
    assertThat(ZerothOrder.of("zo-sgd", Map.of("estimator", "coordinate", "count", "20")))
        .isEqualTo(ZoSgd.of(1e-3, CoordinateEstimator.of().withCount(20)));
    assertThat(ZerothOrder.of("zo-adam", Map.of("blocks", "layers-1", "queries", "4")))
        .isEqualTo(
            ZoAdam.of(1e-3)
                .withEstimator(
                    RandomEstimator.of()
                        .withQueries(4)
                        .withBlocks(Blocks.layers().withoutLast(1))));
  }

  @Test
  void wrongSettingsAreExplained() {
    assertThatThrownBy(() -> ZerothOrder.of("zo", Map.of()))
        .hasMessageContaining("expected one of zo-sgd, zo-conservative");
    assertThatThrownBy(() -> ZerothOrder.of("zo-sgd", Map.of("q", "3")))
        .hasMessageContaining("zo-sgd: unknown setting 'q': expected one of learningRate, ");
    assertThatThrownBy(() -> ZerothOrder.of("zo-sgd", Map.of("count", "3")))
        .hasMessageContaining("unknown setting 'count'");
    assertThatThrownBy(() -> ZerothOrder.of("zo-sgd", Map.of("queries", "many")))
        .hasMessage("zo-sgd: queries: expected a whole number, got 'many'");
    assertThatThrownBy(() -> ZerothOrder.of("zo-sgd", Map.of("estimator", "best")))
        .hasMessageContaining("expected random, coordinate, forward or hybrid");
    assertThatThrownBy(() -> ZerothOrder.of("zo-sgd", Map.of("directions", "up")))
        .hasMessageContaining("expected one of gaussian, rademacher, sphere, got 'up'");
    assertThatThrownBy(() -> RandomEstimator.of().withQueries(0))
        .hasMessageContaining("queries: expected a whole number from 1");
    assertThatThrownBy(() -> RandomEstimator.of().withRadius(0))
        .hasMessageContaining("radius: expected a number above 0, got 0.0");
    assertThatThrownBy(() -> ZoSgd.of(0)).hasMessageContaining("learning rate");
    assertThatThrownBy(() -> Blocks.parse("layer"))
        .hasMessageContaining("unknown blocks 'layer': expected whole, layers or parameters");
  }

  @Test
  void blocksAreWhatTheirTextsSay() {
    var all = new Quadratic().parameters(); // "weight" and "bias": layers of their own
    assertThat(Blocks.parse("whole").of(all)).hasNumberOfRows(1);
    assertThat(Blocks.parse("layers").of(all)).hasNumberOfRows(2);
    assertThat(Blocks.parse("parameters").of(all)).hasNumberOfRows(2);
    assertThat(Blocks.parse("whole-1").of(all)[0]).containsExactly(all.get("weight"));
    assertThat(Blocks.parse("only:bias").of(all)[0]).containsExactly(all.get("bias"));
    for (String text : List.of("whole", "layers-2", "parameters", "only:a.b+c")) {
      assertThat(Blocks.parse(text)).hasToString(text);
    }
    assertThatThrownBy(() -> Blocks.parse("whole-2").of(all))
        .hasMessage("blocks 'whole-2': nothing is left of the layers [weight, bias]");
    assertThatThrownBy(() -> Blocks.parse("only:head").of(all))
        .hasMessage("blocks: no layer, parameter or role 'head'; there are [weight, bias]");
  }
}
