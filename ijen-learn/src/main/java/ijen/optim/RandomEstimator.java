package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameter;
import ijen.graph.ParameterVector;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The randomised estimate (RGE, SPSA) from losses on both sides of θ, or on one.
///
/// With q random directions uᵢ and the radius μ: two-sided, ĝ = 1/q·Σ [L(θ + μuᵢ) − L(θ −
/// μuᵢ)]/(2μ)·uᵢ for 2q losses; one-sided, with L(θ) in place of the second loss and μ below, for q
/// + 1 losses. Its mean is the gradient of the loss smoothed over μ, which differs from ∇L by
///   O(μ²). With the error of the difference left aside, `E‖ĝ‖² = (d + q + 1)/q·‖∇L‖²` for Gaussian
///   directions; its cosine with ∇L is about √(q/(d + q + 1)).
///
/// **Blocks.** Each block b has directions of its own, along which only its parameters move: `E‖ĝ‖²
/// = Σ_b (d_b + q + 1)/q·‖∇L_b‖²` for B times the losses. A step that adds the estimate to θ itself
/// (two-sided, q = 1) moves each block at once, before the next one is measured.
///
/// **In place.** A direction is made anew from (seed, stream) for each pass over θ: +μu, −2μu, and
/// the way back, which takes a step along u with it if there is one to take. Nothing is stored.
/// What comes back is θ but for roundings: each pass is one fused multiply-add, so that a number of
/// θ is wrong by at most 1.5 units in the last place of |θ| + μ|u|; within 10⁻⁶ where that is below
/// 8. With `exact` a copy of θ is kept instead, θ has the same bits afterwards, and a log is
/// replayed in one pass a direction instead of three.
///
/// **Rounding.** A loss near 2 in float is known to some 10⁻⁷, its slope to that by 2μ: do not take
/// μ below 10⁻⁴ in float.
///
/// **Source:** Spall, "Multivariate stochastic approximation using a simultaneous perturbation
/// gradient approximation", 1992; Malladi et al., "Fine-tuning language models with just forward
/// passes", NeurIPS 2023, algorithm 1 (in place); Zhang et al., "Revisiting zeroth-order
/// optimization for memory-efficient LLM fine-tuning", ICML 2024 (blocks).
///
/// @param directions how directions are drawn
/// @param queries q, 1 or more
/// @param radius μ > 0
/// @param twoSided whether losses are taken on both sides
/// @param blocks what moves together; what is in no block stays
/// @param exact whether a copy of θ is kept to come back to
/// @param seed what the directions are drawn by: those of step t are functions of seed and t
public record RandomEstimator(
    Directions directions,
    int queries,
    double radius,
    boolean twoSided,
    Blocks blocks,
    boolean exact,
    long seed)
    implements Estimator {
  private static final String NAME = "random";

  public RandomEstimator {
    Settings.whole(NAME, "queries", 1, 1_000_000, queries);
    Settings.positive(NAME, "radius", radius);
  }

  /// One Gaussian direction, two-sided, with μ = 10⁻³, all of θ at once, in place, and seed 1.
  public static RandomEstimator of() {
    return new RandomEstimator(Directions.GAUSSIAN, 1, 1e-3, true, Blocks.whole(), false, 1);
  }

  /// The same with other directions.
  public RandomEstimator withDirections(Directions directions) {
    return new RandomEstimator(directions, queries, radius, twoSided, blocks, exact, seed);
  }

  /// The same with `queries` directions.
  public RandomEstimator withQueries(int queries) {
    return new RandomEstimator(directions, queries, radius, twoSided, blocks, exact, seed);
  }

  /// The same with another radius.
  public RandomEstimator withRadius(double radius) {
    return new RandomEstimator(directions, queries, radius, twoSided, blocks, exact, seed);
  }

  /// The same from one side only.
  public RandomEstimator withOneSide() {
    return new RandomEstimator(directions, queries, radius, false, blocks, exact, seed);
  }

  /// The same by blocks.
  public RandomEstimator withBlocks(Blocks blocks) {
    return new RandomEstimator(directions, queries, radius, twoSided, blocks, exact, seed);
  }

  /// The same with a copy of θ to come back to.
  public RandomEstimator withExactReturn() {
    return new RandomEstimator(directions, queries, radius, twoSided, blocks, true, seed);
  }

  /// The same with another seed.
  public RandomEstimator withSeed(long seed) {
    return new RandomEstimator(directions, queries, radius, twoSided, blocks, exact, seed);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean movesTheta() {
    boolean oneBlock = blocks.kind() == Blocks.Kind.WHOLE || blocks.kind() == Blocks.Kind.ONLY;
    return queries == 1 && (twoSided || oneBlock);
  }

  @Override
  public long forwards(Parameters parameters) {
    long directions = (long) queries * blocks.of(parameters).length;
    return twoSided ? 2 * directions : directions + 1;
  }

  /// The number of the stream that direction `query` of block `block` has in step `step`, from 1.
  long stream(long step, int query, int block, int blocks) {
    return RandomStream.id("direction", ((step - 1) * queries + query) * blocks + block);
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
    boolean replays = probe.replays();
    double base = twoSided || replays ? 0 : objective.value(theta, batch);
    double losses = 0;
    int count = probe.blocks.length;
    for (int query = 0; query < queries; query++) {
      for (int b = 0; b < count; b++) {
        Parameter[] block = probe.blocks[b];
        long stream = stream(state.steps(), query, b, count);
        double length = directions.length(probe.kernels, block, seed, stream);
        double up = 0;
        double down = base;
        double at = 0; // where θ is along the direction
        if (exact && !replays) {
          probe.leave(block, theta);
        }
        if (!(exact && replays)) { // else the numbers are known, and θ does not drift
          at = move(probe, block, stream, theta, length, at, radius);
          up = replays ? 0 : objective.value(theta, batch);
          if (twoSided) {
            at = move(probe, block, stream, theta, length, at, -radius);
            down = replays ? 0 : objective.value(theta, batch);
          }
        }
        double slope = probe.number((up - down) / (twoSided ? 2 * radius : radius));
        losses += twoSided ? (up + down) / 2 : base;
        double step = factor * slope / queries;
        if (into == theta) {
          move(probe, block, stream, theta, length, at, step);
        } else {
          move(probe, block, stream, theta, length, at, 0);
          directions.add(probe.kernels, block, step * length, seed, stream, into);
        }
      }
    }
    return losses / (queries * (double) count);
  }

  /// Moves a block of θ from `at` to `target` along a direction; the target.
  private double move(
      Probe probe,
      Parameter[] block,
      long stream,
      Theta theta,
      double length,
      double at,
      double target) {
    if (exact && at != 0) {
      probe.comeBack(block, theta);
    }
    double way = exact ? target : target - at;
    if (way != 0) {
      directions.add(probe.kernels, block, way * length, seed, stream, theta);
    }
    return target;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("directions", directions.name().toLowerCase(Locale.ROOT));
    settings.put("queries", queries);
    settings.put("radius", radius);
    settings.put("twoSided", twoSided);
    settings.put("blocks", blocks.toString());
    settings.put("exact", exact);
    settings.put("seed", seed);
    return settings;
  }
}
