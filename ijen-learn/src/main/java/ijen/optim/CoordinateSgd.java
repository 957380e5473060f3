package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Slope;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.random.Philox;
import ijen.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Coordinate SGD: each step draws one scalar of θ and moves only it.
///
/// With j uniform among all scalars: θⱼ ← θⱼ − η·∂L/∂θⱼ.
///
/// The derivative is the one along the j-th unit vector, by one forward pass that carries tangents
/// ([Objective#slope]). It gives the loss too, keeps nothing for a backward pass, and writes one
/// number of θ. A full gradient has to be made of all parameters before one is picked from it.
///
/// **Cost.** A pass forward, and what the tangents take: none before the layer of θⱼ, a column in a
/// dense layer and an outer product in the next, a pass of their own behind that
/// ([Direction#unit]). In dense networks of two to four layers, with batches of 64 and 2000, steps
/// took 1.03 to 1.08 times as long as a pass forward, a gradient 2.2 to 2.7 times, and a derivative
/// along a dense direction 2.1 to 2.4 times.
///
/// **Source:** the optimiser of the parity experiment; Nesterov, "Efficiency of coordinate descent
/// methods on huge-scale optimization problems", 2012, with a constant rate.
///
/// @param learningRate η > 0
/// @param seed what the scalars are drawn by: that of step t is a function of seed and t
public record CoordinateSgd(double learningRate, long seed) implements Optimizer {
  private static final long STREAM = RandomStream.id("coordinate", 0);

  public CoordinateSgd {
    Settings.positive("coordinate-sgd", "learning rate", learningRate);
  }

  /// With seed 1.
  public static CoordinateSgd of(double learningRate) {
    return new CoordinateSgd(learningRate, 1);
  }

  /// The same with another seed.
  public CoordinateSgd withSeed(long seed) {
    return new CoordinateSgd(learningRate, seed);
  }

  /// The scalar that step `step`, from 1, moves in a θ of `size`.
  public int coordinate(long step, int size) {
    return (int) Math.unsignedMultiplyHigh(Philox.low(seed, STREAM, step), size);
  }

  @Override
  public String name() {
    return "coordinate-sgd";
  }

  /// The unit vector, and what is found along it.
  private record Probe(Direction unit, Slope slope) {}

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return new OptimizerState(parameters, kernels)
        .withCompanion(new Probe(new Direction(parameters, kernels.precision()), new Slope()));
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    Probe probe = state.companion(Probe.class);
    int j = coordinate(state.count(), theta.size());
    probe.unit.unit(j);
    objective.slope(theta, probe.unit, batch, probe.slope);
    double rate = learningRate * state.rateFactor();
    theta.values().set(j, theta.values().get(j) - rate * probe.slope.derivative());
    return probe.slope.value();
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("seed", seed);
    return settings;
  }
}
