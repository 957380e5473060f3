package ijen.train;

import static ijen.nn.Layers.conv;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.maxPool;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.data.Mnist;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.nn.Network;
import ijen.optim.Schedule;
import ijen.optim.Sgd;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Two convolutions on the real digits. The bits are the same everywhere, and so is the accuracy.
class ConvolutionalMnistTest {
  @Test
  void fiveEpochsReadNinetyNineOfHundredDigits() {
    String data = System.getenv("IJEN_DATA");
    assumeTrue(
        data != null && Files.isDirectory(Path.of(data, "mnist")),
        "the real mnist is read only where IJEN_DATA names a folder that has it");
    TrainTest mnist = Mnist.open(Options.defaults().withOffline(true));
    Network network =
        Network.of(
            Shape.of(784),
            reshape(1, 28, 28),
            conv(6, 5).withPadding(2),
            relu(),
            maxPool(2),
            conv(16, 5),
            relu(),
            maxPool(2),
            flatten(),
            dense(120),
            relu(),
            dense(84),
            relu(),
            dense(10));
    TrainResult result =
        Training.of(network, Losses.crossEntropy(), Sgd.of(0.05).withMomentum(0.9))
            .batch(64)
            .epochs(5)
            .schedule(new Schedule.Cosine())
            .fit(mnist.train(), mnist.test());
    assertThat(result.score().accuracy()).isGreaterThanOrEqualTo(0.99);
  }
}
