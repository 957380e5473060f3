package ijen.theory;

import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.theory.Initialisation.Start;
import java.util.ArrayList;
import java.util.List;

/// The second moments of z and of x = relu(z) in every layer of deep networks, one for each seed.
///
/// @param z the mean of z² over units and images, `[seeds][layers]`
/// @param x that of x²
@SuppressWarnings("ArrayRecordComponent") // never compared
record SecondMoments(double[][] z, double[][] x) {
  static final int DEPTH = 50;
  static final int WIDTH = 150;
  static final int IMAGES = 16;
  static final int SEEDS = 8;

  /// Of networks that begin as `start` says.
  static SecondMoments measure(Samples samples, long seed, Start start) {
    Graph g = new Graph();
    Node x = g.input("image", Shape.of(samples.features()));
    List<Node> sums = new ArrayList<>();
    int in = samples.features();
    for (int l = 1; l <= DEPTH; l++) {
      String name = start.name() + " W" + l; // numbers of its own for each initialiser
      Node w = g.parameter(name, Shape.of(WIDTH, in), Role.WEIGHT, start.initializer());
      Node z = g.affine(x, w);
      sums.add(z);
      x = g.relu(z);
      in = WIDTH;
    }
    Exact network = new Exact(g, g.sum(x), sums, IMAGES, Reduction.SUM);
    for (int s = 0; s < IMAGES; s++) {
      network.input(0, s, samples.x()[s]);
    }
    double[][] squares = new double[SEEDS][DEPTH];
    double[][] rectified = new double[SEEDS][DEPTH];
    for (int s = 0; s < SEEDS; s++) {
      network
          .theta()
          .copyFrom(network.objective().parameters().initialize(Precision.DOUBLE, seed + s));
      network.value();
      for (int l = 0; l < DEPTH; l++) {
        Buffer z = network.objective().watched(sums.get(l));
        for (int i = 0; i < z.length(); i++) {
          double square = z.get(i) * z.get(i) / z.length();
          squares[s][l] += square;
          rectified[s][l] += z.get(i) > 0 ? square : 0;
        }
      }
    }
    return new SecondMoments(squares, rectified);
  }
}
