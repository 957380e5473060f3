package ijen.example;

import ijen.data.Datasets;
import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Optimizer;
import ijen.optim.OptimizerState;
import ijen.random.RandomStream;
import ijen.train.Training;
import java.util.Map;

/// An optimiser of your own that never looks back: learning from forward passes alone.
///
/// Draw a random direction v, ask for the loss's exact derivative d along it, and step by −η·d·v.
/// On average over v, d·v is the gradient. An optimiser is given the objective, so nothing else
/// changes.
///
/// **Source:** Baydin, Pearlmutter, Syme, Wood, Torr, "Gradients without backpropagation", 2022.
public class E08OwnOptimizer {

  /// @param learningRate η
  record ForwardGradient(double learningRate) implements Optimizer {
    @Override
    public String name() {
      return "forward-gradient";
    }

    @Override
    public OptimizerState state(Parameters parameters, Kernels kernels) {
      return new OptimizerState(parameters, kernels);
    }

    @Override
    public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
      var v = new Direction(theta.parameters(), theta.values().precision());
      var random = RandomStream.of(1, "forward gradient", state.count()); // a stream for each step
      for (int i = 0; i < v.size(); i++) {
        v.values().set(i, random.normal(i));
      }
      double loss = objective.value(theta, batch);
      double d = objective.derivative(theta, v, batch);
      state.kernels().addScaled(v.values(), -learningRate * d, theta.values(), v.size());
      return loss;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("learningRate", learningRate);
    }
  }

  static void main() {
    var moons = Datasets.open("moons");
    var network = Network.of(Shape.of(2), Layers.dense(16), Layers.tanh(), Layers.dense(2));
    var optimizer = new ForwardGradient(0.05);
    var training = Training.of(network, Losses.crossEntropy(), optimizer).epochs(100);
    IO.println("moons: " + training.fit(moons.train(), moons.test()).score());
  }
}
