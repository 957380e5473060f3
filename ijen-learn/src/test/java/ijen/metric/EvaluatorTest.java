package ijen.metric;

import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import ijen.data.Dataset;
import ijen.data.Digits;
import ijen.data.Toys;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Dataset DIGITS = Digits.generate(300, 4);
  private static final Network TEN = Network.of(Shape.of(784), dense(16), relu(), dense(10));

  private static Theta theta(Evaluator evaluator) {
    return evaluator.parameters().initialize(Precision.FLOAT, 7);
  }

  @Test
  void theScoreIsTheMeanOfWhatAListenerHears() {
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.vector(workers);
      Evaluator evaluator = new Evaluator(TEN, Losses.crossEntropy(), Shape.scalar(), 64, kernels);
      Theta theta = theta(evaluator);
      Evaluation quiet = evaluator.evaluate(theta, DIGITS);
      List<Integer> indices = new ArrayList<>();
      double[] sum = new double[1];
      int[] right = new int[1];
      Evaluation told =
          evaluator.evaluate(
              theta,
              DIGITS,
              (index, loss, decision, predictions, row) -> {
                indices.add(index);
                sum[0] += loss;
                right[0] += decision == DIGITS.label(index) ? 1 : 0;
                double total = 0;
                for (int c = 0; c < 10; c++) {
                  total += predictions.get(10 * row + c);
                  assertThat(predictions.get(10 * row + c))
                      .isLessThanOrEqualTo(predictions.get(10 * row + decision));
                }
                assertThat(total).isBetween(0.999, 1.001);
              });
      assertThat(indices).hasSize(300).isSorted().doesNotHaveDuplicates();
      assertThat(quiet.score()).isEqualTo(told.score());
      assertThat(quiet.score()).isEqualTo(new Score(sum[0] / 300, right[0] / 300.0, 300));
      Confusion confusion = Objects.requireNonNull(quiet.confusion());
      assertThat(confusion.total()).isEqualTo(300);
      assertThat(confusion.accuracy()).isEqualTo(right[0] / 300.0);
    }
  }

  @Test
  void batchesAndThreadsDoNotChangeTheResult() {
    List<Score> scores = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      try (Workers workers = Workers.of(threads)) {
        for (int capacity : new int[] {1, 100, 256, 1000}) {
          Kernels kernels = Kernels.vector(workers);
          Evaluator evaluator =
              new Evaluator(TEN, Losses.crossEntropy(), Shape.scalar(), capacity, kernels);
          scores.add(evaluator.evaluate(theta(evaluator), DIGITS).score());
        }
      }
    }
    assertThat(scores).hasSize(8).containsOnly(scores.getFirst());
  }

  @Test
  void nothingIsDecidedWhereTargetsAreNumbers() {
    try (Workers workers = Workers.of(1)) {
      Dataset data = Toys.moons(50, 0.1, 2).reconstruction();
      Network network = Network.of(Shape.of(2), dense(2));
      Loss loss = Losses.meanSquaredError();
      Evaluator evaluator =
          new Evaluator(network, loss, data.target(), 16, Kernels.vector(workers));
      Theta theta = theta(evaluator);
      Evaluation evaluation =
          evaluator.evaluate(
              theta,
              data,
              (index, value, decision, predictions, row) -> assertThat(decision).isEqualTo(-1));
      assertThat(evaluation.confusion()).isNull();
      assertThat(evaluation.score().accuracy()).isNaN();
      assertThat(evaluation.score().loss()).isPositive();
      assertThat(evaluator.evaluate(theta, data).score()).isEqualTo(evaluation.score());
    }
  }

  @Test
  void squaredErrorDecidesForTheNearestOfOneHotTargets() {
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.vector(workers);
      Dataset oneHot = DIGITS.oneHot();
      Evaluator squared =
          new Evaluator(TEN, Losses.meanSquaredError(), oneHot.target(), 64, kernels);
      Evaluator logits = new Evaluator(TEN, Losses.crossEntropy(), Shape.scalar(), 64, kernels);
      Theta theta = theta(squared);
      Evaluation expected = logits.evaluate(theta, DIGITS);
      Evaluation got = squared.evaluate(theta, oneHot);
      assertThat(got.score().accuracy()).isEqualTo(expected.score().accuracy());
      assertThat(got.confusion()).usingRecursiveComparison().isEqualTo(expected.confusion());
    }
  }

  @Test
  void aSingleLogitDecidesByItsSign() {
    try (Workers workers = Workers.of(1)) {
      Dataset data = Toys.moons(200, 0.1, 2);
      Network network = Network.of(Shape.of(2), dense(8), relu(), dense(1));
      Evaluator evaluator =
          new Evaluator(
              network, Losses.binaryCrossEntropy(), Shape.scalar(), 64, Kernels.vector(workers));
      Evaluation evaluation =
          evaluator.evaluate(
              theta(evaluator),
              data,
              (index, loss, decision, predictions, row) ->
                  assertThat(decision).isEqualTo(predictions.get(row) > 0.5 ? 1 : 0));
      assertThat(evaluation.score().accuracy()).isBetween(0.0, 1.0);
    }
  }
}
