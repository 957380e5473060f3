package ijen.model;

import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.Scaling;
import ijen.data.TrainTest;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.metric.Evaluation;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.optim.Sgd;
import ijen.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(400).withTestSize(90));
  private static final Model MODEL =
      Training.of(
              Network.of(Shape.of(784), dense(20), relu(), dense(10)),
              Losses.crossEntropy(),
              Sgd.of(0.1))
          .epochs(2)
          .threads(1)
          .fit(DIGITS.train(), DIGITS.test())
          .model();

  @TempDir Path folder;

  @Test
  void aSavedModelGivesTheSameAnswers() throws Exception {
    Path file = folder.resolve("digits.safetensors");
    MODEL.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.theta().sha256()).isEqualTo(MODEL.theta().sha256());
    assertThat(loaded.network().describe()).isEqualTo(MODEL.network().describe());
    assertThat(loaded.classes()).isEqualTo(DIGITS.train().classes());
    assertThat(loaded.features()).isEqualTo(Shape.of(28, 28));
    assertThat(loaded.evaluate(DIGITS.test(), 2).score())
        .isEqualTo(MODEL.evaluate(DIGITS.test(), 1).score());
  }

  @Test
  void aModelScalesAsItsTrainingDid() throws Exception {
    Scaling scaling = Scaling.standardise(DIGITS.train());
    Model model =
        Training.of(MODEL.network(), Losses.crossEntropy(), Sgd.of(0.01))
            .epochs(1)
            .threads(1)
            .fit(DIGITS.train().scaled(scaling), DIGITS.test().scaled(scaling))
            .model();
    assertThat(model.scaling()).isEqualTo(scaling);
    Path file = folder.resolve("scaled.safetensors");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.scaling()).isEqualTo(scaling);
    Evaluation raw = loaded.evaluate(DIGITS.test(), 1);
    assertThat(raw.score()).isEqualTo(model.evaluate(DIGITS.test().scaled(scaling), 1).score());
    Predictor predictor = loaded.predictor();
    int right = 0;
    for (int i = 0; i < DIGITS.test().size(); i++) {
      Predictor.Prediction one = predictor.predictImage(DIGITS.test().image(i));
      assertThat(one).isEqualTo(predictor.predict(DIGITS.test().sample(i)));
      right += one.decision() == DIGITS.test().label(i) ? 1 : 0;
    }
    assertThat((double) right / DIGITS.test().size()).isEqualTo(raw.score().accuracy());
    assertThatThrownBy(() -> MODEL.evaluate(DIGITS.test().scaled(scaling), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            ": expected samples that are not scaled, or as in training (none), got 784 pairs");
  }

  @Test
  void onePredictionAtATimeIsTheSameAsAWholeEvaluation() {
    Predictor predictor = MODEL.predictor();
    List<Integer> decisions = new ArrayList<>();
    Evaluation evaluation =
        MODEL.evaluate(
            DIGITS.test(),
            1,
            (index, loss, decision, predictions, row) -> {
              decisions.add(decision);
              Predictor.Prediction p = predictor.predictImage(DIGITS.test().image(index));
              assertThat(p.decision()).isEqualTo(decision);
              for (int c = 0; c < 10; c++) {
                assertThat(p.values().get(c)).isEqualTo(predictions.get(row * 10 + c));
              }
              assertThat(-Math.log(p.values().get(DIGITS.test().label(index))))
                  .isCloseTo(loss, within(1e-4));
              assertThat(p.values().stream().mapToDouble(v -> v).sum()).isCloseTo(1, within(1e-5));
            });
    assertThat(decisions).hasSize(90);
    long right = 0;
    for (int i = 0; i < 90; i++) {
      right += decisions.get(i) == DIGITS.test().label(i) ? 1 : 0;
    }
    assertThat(evaluation.score().accuracy()).isEqualTo(right / 90.0);
    assertThatThrownBy(() -> predictor.predict(new float[3]))
        .hasMessageContaining("expected 784 numbers [28, 28], got 3");
  }

  @Test
  void aDamagedFileIsNoticed() throws Exception {
    Path file = folder.resolve("digits.safetensors");
    MODEL.save(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 5] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Model.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("digits.safetensors")
        .hasMessageContaining("it was damaged");
  }

  @Test
  void anotherFileIsNamed() throws Exception {
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, "not a model");
    assertThatThrownBy(() -> Model.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("notes.txt");
    assertThatThrownBy(() -> Model.load(folder.resolve("missing")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void codeOfTheUsersOwnCannotBeSaved() {
    Layer own = (g, x) -> g.tanh(x);
    Network net = Network.of(Shape.of(784), own, dense(10));
    Model model =
        Training.of(net, Losses.crossEntropy(), Sgd.of(0.1))
            .epochs(1)
            .threads(1)
            .fit(DIGITS.train(), DIGITS.test())
            .model();
    assertThatThrownBy(() -> model.save(folder.resolve("x")))
        .hasMessageContaining("code of your own");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
