package ijen.example;

import static ijen.loss.Losses.crossEntropy;
import static ijen.nn.Layers.conv;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.maxPool;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;

import ijen.data.Digits;
import ijen.graph.Shape;
import ijen.nn.Network;
import ijen.optim.Sgd;
import ijen.train.Training;

/// A network of two convolutions, as LeCun and others read digits with in 1998.
public class E09Convolutions {
  static void main() {
    var network =
        Network.of(
            Shape.of(784),
            reshape(1, 28, 28), // one channel of 28 × 28
            conv(6, 5).withPadding(2), // six of the same size
            relu(),
            maxPool(2), // 14 × 14
            conv(16, 5), // sixteen of 10 × 10
            relu(),
            maxPool(2), // 5 × 5
            flatten(),
            dense(120),
            relu(),
            dense(84),
            relu(),
            dense(10));
    IO.println(network.summary());

    var training = Training.of(network, crossEntropy(), Sgd.of(0.05).withMomentum(0.9));
    var result = training.batch(64).epochs(3).fit(Digits.generate(6_000, 1), Digits.test());
    result
        .epochs()
        .forEach(epoch -> IO.println("epoch %d: %s".formatted(epoch.epoch(), epoch.training())));
    IO.println(result.score());
  }
}
