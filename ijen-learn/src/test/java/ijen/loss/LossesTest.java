package ijen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
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
    for (String name : List.of("cross-entropy", "binary-cross-entropy", "mean-squared-error")) {
      assertThat(Losses.parse(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> Losses.parse("hinge"))
        .hasMessageContaining("unknown loss 'hinge': expected one of [cross-entropy");
    assertThat(Losses.binaryCrossEntropy().classes(Shape.of(1))).isEqualTo(2);
    assertThat(Losses.meanSquaredError().classes(Shape.of(10))).isZero();
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
