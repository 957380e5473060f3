package ijen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.nn.Initializers;
import ijen.nn.Layers;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
  @Test
  void crossEntropyOfEqualLogitsIsLnK() {
    assertThat(value(Losses.crossEntropy(), Shape.of(10), Shape.scalar(), new double[10], 3))
        .isCloseTo(Math.log(10), within(1e-15));
  }

  @Test
  void binaryCrossEntropyIsThatOfTheSigmoid() {
    double p = 1 / (1 + Math.exp(-1.5));
    assertThat(value(Losses.binaryCrossEntropy(), Shape.of(1), Shape.scalar(), d(1.5), 1))
        .isCloseTo(-Math.log(p), within(1e-15));
    assertThat(value(Losses.binaryCrossEntropy(), Shape.of(1), Shape.scalar(), d(1.5), 0))
        .isCloseTo(-Math.log(1 - p), within(1e-15));
  }

  @Test
  void meanSquaredErrorTakesATargetOfTheSameSize() {
    assertThat(value(Losses.meanSquaredError(), Shape.of(1), Shape.scalar(), d(4), 1)).isEqualTo(9);
    assertThatThrownBy(
            () -> value(Losses.meanSquaredError(), Shape.of(2), Shape.scalar(), d(4, 4), 1))
        .hasMessageContaining("expected the same form");
  }

  @Test
  void namesLeadBack() {
    for (String name :
        List.of(
            "cross-entropy",
            "cross-entropy:smoothing=0.1",
            "binary-cross-entropy",
            "binary-cross-entropy-of-probabilities",
            "mean-squared-error",
            "mean-absolute-error",
            "huber:delta=2.5",
            "l2-norm",
            "half-logistic",
            "half-logistic:squashed=true")) {
      assertThat(Losses.parse(name).name()).isEqualTo(name);
      assertThat(Losses.parse(" " + name)).isEqualTo(Losses.parse(name));
    }
    assertThat(Losses.parse("huber")).isEqualTo(Losses.huber(1));
    assertThat(Losses.parse("cross-entropy:smoothing=0").name()).isEqualTo("cross-entropy");
    assertThat(Losses.parse("half-logistic:squashed=false")).isEqualTo(Losses.halfLogistic());
    assertThatThrownBy(() -> Losses.parse("half-logistic:squashed=1"))
        .hasMessage("loss 'half-logistic:squashed=1': expected true or false, got '1'");
    assertThatThrownBy(() -> Losses.parse("half-logistic:bent=true"))
        .hasMessage("loss 'half-logistic:bent=true': no setting 'bent', expected squashed");
    assertThatThrownBy(() -> Losses.parse("hinge"))
        .hasMessageContaining("unknown loss 'hinge': expected one of [cross-entropy");
    assertThatThrownBy(() -> Losses.parse("huber:delta=0"))
        .hasMessage("huber: expected a finite delta above 0, got 0.0");
    assertThatThrownBy(() -> Losses.parse("huber:delta=x"))
        .hasMessage("loss 'huber:delta=x': expected a number, got 'x'");
    assertThatThrownBy(() -> Losses.parse("huber:alpha=1"))
        .hasMessage("loss 'huber:alpha=1': no setting 'alpha', expected delta");
    assertThatThrownBy(() -> Losses.parse("l2-norm:p=1"))
        .hasMessage("loss 'l2-norm:p=1': l2-norm has no settings");
    assertThatThrownBy(() -> Losses.parse("cross-entropy:smoothing=1"))
        .hasMessageContaining("expected a smoothing in [0, 1), got 1.0");
  }

  @Test
  void smoothedLabelsAreDistributions() {
    double[] logits = {1, -2, 0.5};
    double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
    double want = 0;
    for (int c = 0; c < 3; c++) {
      want -= (0.3 / 3 + (c == 1 ? 0.7 : 0)) * (logits[c] - Math.log(sum));
    }
    assertThat(value(Losses.crossEntropy(0.3), Shape.of(3), Shape.scalar(), logits, 1))
        .isCloseTo(want, within(1e-15));
  }

  @Test
  void theOthersAreWhatTheirFormulasSay() {
    Shape one = Shape.of(1);
    Shape number = Shape.scalar();
    double p = 0.3;
    assertThat(value(Losses.binaryCrossEntropyOfProbabilities(), one, number, d(p), 1))
        .isCloseTo(-Math.log(p), within(1e-15));
    assertThat(value(Losses.meanAbsoluteError(), one, number, d(-1.5), 1)).isEqualTo(2.5);
    assertThat(value(Losses.huber(2), one, number, d(-1.5), 1)).isEqualTo(2 * (2.5 - 1));
    assertThat(value(Losses.huber(3), one, number, d(-1.5), 1)).isEqualTo(2.5 * 2.5 / 2);
    assertThat(value(Losses.l2Norm(), one, number, d(-1.5), 1)).isCloseTo(2.5, within(1e-12));
    assertThat(value(Losses.halfLogistic(), one, number, d(1.5), 1))
        .isCloseTo(Math.log1p(Math.exp(-1.5)), within(1e-15));
    assertThat(value(Losses.halfLogistic(), one, number, d(-1000), 0))
        .as("nothing holds it")
        .isEqualTo(-1000);
  }

  @Test
  void squashedHalfTheLogisticLossHasAFloorAndACeiling() {
    Loss squashed = Losses.squashedHalfLogistic();
    assertThat(Losses.halfLogistic().leastValue()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(squashed.leastValue()).isZero();
    assertThat(squashed.decision()).isEqualTo(Losses.halfLogistic().decision());
    for (double z : new double[] {-1e4, -30, -2, -0.1, 0, 0.7, 3, 30, 1e4}) {
      for (double y : new double[] {0, 0.3, 1}) {
        double s = 1 / (1 + Math.exp(-z));
        double value = value(squashed, Shape.of(1), Shape.scalar(), d(z), y);
        assertThat(value)
            .as("z = %s, y = %s", z, y)
            .isCloseTo(y * Math.log1p(Math.exp(-s)) + (1 - y) * s, within(1e-15))
            .isBetween(squashed.leastValue(), 1.0);
        // dℓ/ds = y(σ(s) − 1) + 1 − y, and ds/dz = s(1 − s).
        double slope = (y * (1 / (1 + Math.exp(-s)) - 1) + 1 - y) * s * (1 - s);
        assertThat(slope(squashed, z, y)).isCloseTo(slope, within(1e-14));
      }
    }
    assertThat(value(squashed, Shape.of(1), Shape.scalar(), d(-1e4), 1)).isEqualTo(Math.log(2));
  }

  /// The gradient by a bias that is added to the output.
  private static double slope(Loss loss, double z, double y) {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(1));
    Node target = g.input("y", Shape.scalar());
    Node output = Layers.dense(1).withWeight(Initializers.parse("constant(1)")).apply(g, x);
    GraphObjective objective =
        new GraphObjective(
            g,
            loss.apply(g, output, target),
            List.of(),
            1,
            Kernels.reference(),
            Mode.EVALUATION,
            GraphObjective.Reduction.MEAN,
            0);
    Batch batch = objective.newBatch();
    batch.features().set(0, z);
    batch.targets().set(0, y);
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    Gradient gradient = new Gradient(theta.parameters(), Precision.DOUBLE);
    objective.gradient(theta, batch, gradient);
    return gradient.values().get(1);
  }

  @Test
  void howOutputsDecide() {
    Decision logit = Losses.binaryCrossEntropy().decision();
    assertThat(logit.classes(Shape.of(1), 2)).isEqualTo(2);
    assertThat(logit.classes(Shape.of(3), 2)).isZero();
    Decision number = Losses.meanSquaredError().decision();
    assertThat(number.classes(Shape.of(10), 10)).isEqualTo(10);
    assertThat(number.classes(Shape.of(1), 2)).isEqualTo(2);
    assertThat(number.classes(Shape.of(10), 0)).as("numbers, no classes").isZero();
    assertThat(number.classes(Shape.of(1), 7)).as("a class number as a number").isZero();
    assertThat(Losses.crossEntropy().decision().classes(Shape.of(10), 0)).isEqualTo(10);
    Kernels k = Kernels.reference();
    Buffer outputs = k.allocate(4);
    outputs.set(0, 0.4);
    outputs.set(3, 0.6);
    Decision probability = Losses.binaryCrossEntropyOfProbabilities().decision();
    int[] classes = new int[4];
    logit.decide(k, outputs, 4, 1, classes);
    assertThat(classes).containsExactly(1, 0, 0, 1);
    number.decide(k, outputs, 4, 1, classes);
    assertThat(classes).containsExactly(0, 0, 0, 1);
    probability.decide(k, outputs, 4, 1, classes);
    assertThat(classes).containsExactly(0, 0, 0, 1);
    number.decide(k, outputs, 2, 2, classes);
    assertThat(classes).startsWith(0, 1);
    Decision.truth(k, outputs, 2, 2, classes);
    assertThat(classes).startsWith(0, 1);
    outputs.set(2, 7);
    Decision.truth(k, outputs, 4, 1, classes);
    assertThat(classes).containsExactly(0, 0, 7, 0);
  }

  private static double value(
      Loss loss, Shape output, Shape target, double[] outputs, double wanted) {
    Graph g = new Graph();
    Node x = g.input("x", output);
    Node y = g.input("y", target);
    GraphObjective objective =
        new GraphObjective(
            g,
            loss.apply(g, x, y),
            List.of(),
            1,
            Kernels.reference(),
            Mode.EVALUATION,
            GraphObjective.Reduction.MEAN,
            0);
    Batch batch = objective.newBatch();
    for (int i = 0; i < outputs.length; i++) {
      batch.features().set(i, outputs[i]);
    }
    batch.targets().set(0, wanted);
    return objective.value(new Theta(g.parameters(), Precision.DOUBLE), batch);
  }

  private static double[] d(double... values) {
    return values;
  }
}
