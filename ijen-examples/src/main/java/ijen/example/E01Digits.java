package ijen.example;

import static ijen.loss.Losses.crossEntropy;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.relu;

import ijen.data.Digits;
import ijen.graph.Shape;
import ijen.model.Model;
import ijen.nn.Network;
import ijen.optim.Sgd;
import ijen.train.Training;
import java.io.IOException;
import java.nio.file.Path;

/// From nothing to a trained network in a file: the program in the README.
public class E01Digits {
  static void main() throws IOException {
    var network = Network.of(Shape.of(784), dense(128), relu(), dense(10));
    var training = Training.of(network, crossEntropy(), Sgd.of(0.1).withMomentum(0.9)).epochs(5);
    var result = training.fit(Digits.train(), Digits.test());
    IO.println(result.score());

    Path file = Path.of("digits.ijen");
    result.model().save(file);
    var model = Model.load(file);

    byte[] image = Digits.test().image(0); // 28 × 28 grey values
    var answer = model.predictor().predictImage(image);
    IO.println("This is a " + model.classes().get(answer.decision()) + ":");
    for (int row = 0; row < 28; row += 2) {
      String line = "";
      for (int i = 28 * row; i < 28 * row + 28; i++) {
        line += " ░▒▓█".charAt((image[i] & 255) * 5 / 256);
      }
      IO.println(line);
    }
  }
}
