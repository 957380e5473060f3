package ijen.train;

import ijen.data.Batches;
import ijen.data.Dataset;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.kernel.Kernels;
import java.util.List;

/// Network, loss and data of a [Training], ready for steps.
///
/// @param objective the loss of a batch as a function of θ
/// @param output what the network gives; the objective's to watch
/// @param decides whether it decides between the data's classes
/// @param batches the way through the data
record Prepared(GraphObjective objective, Node output, boolean decides, Batches batches) {

  /// Traces network and loss, once.
  ///
  /// @throws IllegalArgumentException if data and network do not fit
  static Prepared of(Training training, Dataset train, Kernels kernels) {
    TrainSettings settings = training.settings();
    int size = Math.min(settings.batch(), train.size());
    Graph g = new Graph();
    Node x = g.input("features", training.network().input());
    Node y = g.input("target", train.target());
    Node output = training.network().build(g, x);
    Node loss = training.loss().apply(g.scope("loss", training.loss().name()), output, y);
    GraphObjective objective =
        new GraphObjective(
            g,
            loss,
            List.of(output),
            size,
            kernels,
            Mode.TRAINING,
            settings.reduction(),
            settings.seed());
    int known = train.classes().size();
    int classes = training.loss().decision().classes(output.shape(), known);
    if (classes > 0 && classes < known) {
      throw new IllegalArgumentException(
          "the network decides between "
              + classes
              + " classes, but "
              + train.name()
              + " has "
              + known
              + ": "
              + train.classes());
    }
    // One batch of all samples has no order worth changing, and is the same sum in every epoch.
    boolean shuffle = settings.shuffle() && settings.batch() != TrainSettings.ALL;
    Batches batches = Batches.of(train, size, shuffle, settings.seed(), false);
    return new Prepared(objective, output, known > 0 && classes > 0, batches);
  }
}
