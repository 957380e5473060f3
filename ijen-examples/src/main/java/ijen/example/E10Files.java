package ijen.example;

import static ijen.loss.Losses.crossEntropy;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.relu;

import ijen.data.DataFile;
import ijen.data.Digits;
import ijen.data.TrainTest;
import ijen.graph.Shape;
import ijen.model.ParameterFiles;
import ijen.nn.Network;
import ijen.onnx.Onnx;
import ijen.optim.Sgd;
import ijen.train.Training;
import java.io.IOException;
import java.nio.file.Path;

/// Data from files of other programs, and a model for them.
public class E10Files {
  static void main() throws IOException {
    // As a file comes from somebody else: x_train, y_train, x_test, y_test. The ending says how it
    // is written; what it is read as, its content says.
    var drawn = new TrainTest(Digits.generate(2_000, 1), Digits.generate(500, 2));
    drawn.save(Path.of("digits.h5"));
    var digits = TrainTest.open(Path.of("digits.h5"));
    IO.println(digits.train());

    var network = Network.of(Shape.of(784), dense(64), relu(), dense(10));
    var training = Training.of(network, crossEntropy(), Sgd.of(0.1).withMomentum(0.9)).epochs(5);
    var model = training.fit(digits.train(), digits.test()).model();
    IO.println("trained: " + model.evaluate(digits.test(), 1).score());

    // For ONNX Runtime and others; dropout, if there were any, would be gone.
    Onnx.write(model, Path.of("digits.onnx"));
    var again = Onnx.read(Path.of("digits.onnx")).model();
    IO.println("through ONNX: " + again.evaluate(digits.test(), 1).score());

    // For NumPy: the parameters by name.
    ParameterFiles.write(Path.of("digits-weights.npz"), model.theta());
    try (var file = DataFile.open(Path.of("digits-weights.npz"))) {
      file.entries().values().forEach(IO::println);
    }
  }
}
