package ijen.example;

import ijen.data.Digits;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.train.Checkpoint;
import ijen.train.CheckpointPolicy;
import ijen.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// Stop anywhere, go on later, and arrive at the same bits.
public class E07Resume {
  static void main() throws IOException {
    var train = Digits.generate(1_000, 1);
    var test = Digits.test();
    var network =
        Network.of(
            Shape.of(784), Layers.dense(32), Layers.relu(), Layers.dropout(0.2), Layers.dense(10));
    var training = Training.of(network, Losses.crossEntropy(), Adam.of(0.002)).epochs(3).seed(7);

    // Without interruption: 3 epochs of 16 steps.
    var whole = training.fit(train, test);
    IO.println("in one go:    " + whole.model().theta().sha256());

    // Stopped after step 21, in the middle of the second epoch; a checkpoint is written then.
    var checkpoints = CheckpointPolicy.in(Path.of("digits-checkpoints"));
    var steps = new AtomicInteger();
    var part =
        training
            .threads(1)
            .checkpoints(checkpoints)
            .stopWhen(() -> steps.incrementAndGet() == 21)
            .fit(train, test);
    IO.println("after step " + part.progress().step() + ": " + part.model().theta().sha256());

    // Another process would begin here: order, dropout and the optimiser's moments go on as they
    // would have gone. The number of threads may differ, too.
    var checkpoint = Checkpoint.read(checkpoints.last());
    var rest = training.threads(3).resume(checkpoint).fit(train, test);
    IO.println("in two parts: " + rest.model().theta().sha256());
  }
}
