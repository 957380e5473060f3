package ijen.example;

import static ijen.loss.Losses.crossEntropy;
import static ijen.nn.Layers.dense;

import ijen.data.Datasets;
import ijen.graph.Shape;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.train.Training;

/// Layers of your own: a layer is a function from node to node, so a lambda will do.
///
/// Derivatives follow from those of the ops that it uses; nothing is registered anywhere.
public class E02OwnLayer {
  static void main() {
    // An activation made of two ops: x·σ(x). (The catalogue has it too, as silu.)
    Layer swish = (g, x) -> g.multiply(x, g.sigmoid(x));

    // Layers that use layers. Each asks the graph for its parameters, which become slices of θ.
    Layer residual = (g, x) -> g.add(x, swish.apply(g, dense(x.shape().dimension(-1)).apply(g, x)));

    var network = Network.of(Shape.of(2), dense(32), swish, residual, residual, dense(2));
    IO.println(network.summary());

    // Two spiral arms around each other, from a seed: no straight line parts them.
    var spirals = Datasets.open("spirals");
    var result =
        Training.of(network, crossEntropy(), Adam.of(0.01))
            .batch(50)
            .epochs(30)
            .fit(spirals.train(), spirals.test());
    IO.println("spirals: " + result.score());
  }
}
