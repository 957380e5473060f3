package ijen.model;

import static ijen.nn.Layers.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.data.Datasets;
import ijen.data.Mnist;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.format.Tensor;
import ijen.format.npy.Npy;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.loss.Losses;
import ijen.nn.Network;
import ijen.onnx.PythonTool;
import ijen.optim.Sgd;
import ijen.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A softmax regression on handwritten digits, saved as `mnist_network_params.hdf5` with `w` `[10,
/// 784]` and `b` `[10, 1]`, and read back: here, and by h5py and NumPy.
class SoftmaxRegressionFileTest {
  private static final ParameterLayout W_AND_B =
      ParameterLayout.own().withNames("w", "b").withColumns();
  private static final Network NETWORK = Network.of(Shape.of(784), dense(10));

  /// Compares the numbers bit for bit, and the decisions of argmax(x·wᵀ + bᵀ).
  private static final String PYTHON =
      """
      import sys
      import h5py
      import numpy as np
      params, images, bits, decisions = sys.argv[1:]
      with h5py.File(params, "r") as file:
          assert sorted(file) == ["b", "w"], sorted(file)
          w, b = file["w"][:], file["b"][:]
      assert w.shape == (10, 784) and b.shape == (10, 1), (w.shape, b.shape)
      assert w.dtype == b.dtype == np.dtype("<f4"), (w.dtype, b.dtype)
      assert w.tobytes() + b.tobytes() == np.load(bits).astype("<f4").tobytes(), "other numbers"
      scores = np.load(images).astype(np.float64) @ w.T.astype(np.float64) + b.T
      expected = np.load(decisions)
      assert (scores.argmax(1) == expected).all(), (scores.argmax(1) != expected).sum()
      print("h5py agrees on", len(expected))
      """;

  @TempDir private Path folder;

  private record Answers(Tensor images, Tensor decisions, Tensor probabilities) {}

  @Test
  void drawnDigits() throws Exception {
    savedAndReadBack(
        Datasets.open("digits", Options.defaults().withTrainSize(2000).withTestSize(1000)), 0.8);
  }

  @Test
  void realDigits() throws Exception {
    String data = System.getenv("IJEN_DATA");
    assumeTrue(
        data != null && Files.isDirectory(Path.of(data, "mnist")),
        "the real mnist is read only where IJEN_DATA names a folder that has it");
    savedAndReadBack(Mnist.open(Options.defaults().withOffline(true)), 0.91);
  }

  private void savedAndReadBack(TrainTest data, double least) throws Exception {
    Model model =
        Training.of(NETWORK, Losses.crossEntropy(), Sgd.of(0.5))
            .batch(100)
            .epochs(3)
            .seed(1)
            .threads(1)
            .fit(data.train(), data.test())
            .model();
    assertThat(model.evaluate(data.test(), 1).score().accuracy()).isGreaterThan(least);
    Path file = folder.resolve("mnist_network_params.hdf5");
    ParameterFiles.write(file, model.theta(), W_AND_B);
    Theta again = ParameterFiles.read(file, NETWORK, W_AND_B);
    assertThat(again.sha256()).isEqualTo(model.theta().sha256());
    Model back =
        new Model(NETWORK, model.loss(), again, model.features(), model.classes(), model.scaling());
    Answers answers = answers(model, data);
    Answers same = answers(back, data);
    assertThat(same.probabilities().floats()).containsExactly(answers.probabilities().floats());
    assertThat(same.decisions().ints()).containsExactly(answers.decisions().ints());
    agreesWithH5py(file, model, answers);
  }

  private static Answers answers(Model model, TrainTest data) {
    int count = Math.min(1000, data.test().size());
    float[] images = new float[count * 784];
    int[] decisions = new int[count];
    float[] probabilities = new float[count * 10];
    Predictor predictor = model.predictor();
    Buffer row = Buffer.allocate(Precision.FLOAT, 784);
    for (int i = 0; i < count; i++) {
      data.test().putFeatures(i, 0, row);
      System.arraycopy(row.toFloats(), 0, images, i * 784, 784);
      Predictor.Prediction prediction = predictor.predict(row.toFloats());
      decisions[i] = prediction.decision();
      for (int c = 0; c < 10; c++) {
        probabilities[i * 10 + c] = prediction.values().get(c).floatValue();
      }
    }
    return new Answers(
        Tensor.of(images, count, 784),
        Tensor.of(decisions, count),
        Tensor.of(probabilities, count, 10));
  }

  private void agreesWithH5py(Path file, Model model, Answers answers)
      throws IOException, InterruptedException {
    Optional<String> python = PythonTool.having("h5py");
    if (python.isEmpty()) {
      System.out.println(
          "h5py is not installed: its reading of " + file.getFileName() + " is not" + " compared");
      return;
    }
    long count = answers.decisions().elements();
    Path images = folder.resolve("images.npy");
    Path bits = folder.resolve("bits.npy");
    Path decisions = folder.resolve("decisions.npy");
    float[] theta = model.theta().values().slice(0, model.theta().size()).toFloats();
    Npy.write(images, answers.images());
    Npy.write(bits, Tensor.of(theta, theta.length));
    Npy.write(decisions, answers.decisions());
    PythonTool.Ended ended =
        PythonTool.run(python.get(), PYTHON, List.of(file, images, bits, decisions));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("h5py agrees on " + count);
  }
}
