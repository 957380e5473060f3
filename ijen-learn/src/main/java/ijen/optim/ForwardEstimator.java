package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Objective;
import ijen.graph.ParameterVector;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The forward gradient: exact derivatives along random directions, by forward mode.
///
/// ĝ = 1/q·Σ ⟨∇L(θ), uᵢ⟩·uᵢ. Its mean is ∇L itself: there is no radius, hence no bias and no
/// difference of rounded losses. `E‖ĝ‖² = (d + q + 1)/q·‖∇L‖²` for Gaussian directions. Each
/// direction costs one forward pass that carries tangents, and one vector as long as θ.
///
/// **Source:** Baydin et al., "Gradients without backpropagation", 2022.
///
/// @param directions how directions are drawn
/// @param queries q, 1 or more
/// @param seed what they are drawn by
public record ForwardEstimator(Directions directions, int queries, long seed) implements Estimator {
  private static final String NAME = "forward";

  public ForwardEstimator {
    Settings.whole(NAME, "queries", 1, 1_000_000, queries);
  }

  /// One Gaussian direction, with seed 1.
  public static ForwardEstimator of() {
    return new ForwardEstimator(Directions.GAUSSIAN, 1, 1);
  }

  /// The same with other directions.
  public ForwardEstimator withDirections(Directions directions) {
    return new ForwardEstimator(directions, queries, seed);
  }

  /// The same with `queries` directions.
  public ForwardEstimator withQueries(int queries) {
    return new ForwardEstimator(directions, queries, seed);
  }

  /// The same with another seed.
  public ForwardEstimator withSeed(long seed) {
    return new ForwardEstimator(directions, queries, seed);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean movesTheta() {
    return queries == 1;
  }

  @Override
  public long forwards(Parameters parameters) {
    return queries;
  }

  @Override
  public double estimate(
      Objective objective,
      Theta theta,
      Batch batch,
      OptimizerState state,
      double factor,
      ParameterVector into) {
    Probe probe = state.companion(Probe.class);
    Direction direction = Objects.requireNonNull(probe.direction, "a direction to work with");
    double loss = 0;
    for (int query = 0; query < queries; query++) {
      long stream = RandomStream.id("direction", (state.steps() - 1) * queries + query);
      double length = directions.length(probe.kernels, probe.whole, seed, stream);
      if (!probe.replays()) {
        probe.kernels.fill(direction.values(), direction.size(), 0);
        directions.add(probe.kernels, probe.whole, length, seed, stream, direction);
        objective.slope(theta, direction, batch, probe.slope);
        loss = probe.slope.value();
      }
      double slope = probe.number(probe.slope.derivative());
      double step = factor * slope / queries;
      directions.add(probe.kernels, probe.whole, step * length, seed, stream, into);
    }
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("directions", directions.name().toLowerCase(Locale.ROOT));
    settings.put("queries", queries);
    settings.put("seed", seed);
    return settings;
  }
}
