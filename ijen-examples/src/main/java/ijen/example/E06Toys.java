package ijen.example;

import ijen.data.Datasets;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.train.Training;
import java.util.List;

/// What a network has learnt, seen: where in the plane it decides for which of two half moons.
public class E06Toys {
  static void main() {
    var moons = Datasets.open("moons"); // points in two classes; also circles, spirals, xor
    var network = Network.perceptron(Shape.of(2), List.of(16, 16), Layers.tanh(), 2);
    var result =
        Training.of(network, Losses.crossEntropy(), Adam.of(0.01))
            .epochs(20)
            .fit(moons.train(), moons.test());
    IO.println("moons: " + result.score());

    // Ask about each point of a grid; the darker, the surer of the lower moon.
    var picture = new char[21][61];
    var predictor = result.model().predictor();
    for (int row = 0; row < 21; row++) {
      for (int column = 0; column < 61; column++) {
        float[] point = {column / 15f - 1.5f, 1.5f - row / 8f};
        double lower = predictor.predict(point).values().get(1);
        picture[row][column] = "·░▒▓█".charAt((int) Math.min(4, 5 * lower));
      }
    }

    // Over it some points of the test set: o on the upper moon, x on the lower.
    for (int i = 0; i < 60; i++) {
      float[] point = moons.test().sample(i);
      int row = Math.round((1.5f - point[1]) * 8);
      int column = Math.round((point[0] + 1.5f) * 15);
      picture[row][column] = moons.test().label(i) == 0 ? 'o' : 'x';
    }
    for (char[] line : picture) {
      IO.println(new String(line));
    }
  }
}
