package ijen.example;

import ijen.data.Batches;
import ijen.data.Digits;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import ijen.kernel.Workers;
import ijen.loss.Losses;
import ijen.metric.Evaluator;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Sgd;
import java.util.List;

/// What [ijen.train.Training] does, written out: data set → batch → objective → optimiser → θ →
/// score.
public class E04OwnTrainingLoop {
  static void main() {
    var train = Digits.generate(2_000, 1);
    var network = Network.of(Shape.of(784), Layers.dense(64), Layers.relu(), Layers.dense(10));
    var loss = Losses.crossEntropy();

    try (Workers workers = Workers.of(2)) { // two threads; any number gives the same bits
      Kernels kernels = Kernels.vector(workers);

      // The network and its loss become a graph, once.
      Graph g = new Graph();
      Node output = network.build(g, g.input("features", network.input()));
      Node losses = loss.apply(g, output, g.input("target", train.target()));

      // The graph becomes a function of θ and a batch: all that an optimiser needs to know.
      var objective =
          new GraphObjective(
              g, losses, List.of(), 50, kernels, Mode.TRAINING, GraphObjective.Reduction.MEAN, 1);
      var theta = objective.parameters().initialize(kernels.precision(), 1);
      var optimizer = Sgd.of(0.05).withMomentum(0.9);
      var state = optimizer.state(objective.parameters(), kernels);

      var batches = Batches.of(train, 50, true, 1, false);
      var batch = objective.newBatch();
      var evaluator = new Evaluator(network, loss, train.target(), 256, kernels);
      for (int epoch = 0; epoch < 5; epoch++) {
        double sum = 0;
        for (int i = 0; i < batches.stepsPerEpoch(); i++) {
          batches.load(epoch, i, state.steps(), batch);
          sum += optimizer.step(objective, theta, batch, state);
          // Batch normalisation keeps running means, by which a trained network is evaluated. A
          // step may look at several θs, so they move here, once a step. This network has none.
          objective.settle(theta);
        }
        var score = evaluator.evaluate(theta, Digits.test()).score();
        IO.println(
            "epoch %d: training loss %.4f, test %s"
                .formatted(epoch + 1, sum / batches.stepsPerEpoch(), score));
      }
    }
  }
}
