package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.ParameterVector;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.random.Philox;
import ijen.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// The coordinate-wise estimate (CGE): differences along the axes, all of them or some.
///
/// One-sided, ĝᵢ = [L(θ + μeᵢ) − L(θ)]/μ for d + 1 losses; two-sided, [L(θ + μeᵢ) − L(θ −
/// μeᵢ)]/(2μ) for 2d. With `count` below d, θ is cut into as many stretches of equal length (but
/// for one); of each, one coordinate is drawn and its difference multiplied by the stretch's
/// length: the mean stays ∇L, and `E‖ĝ‖² = d/count·‖∇L‖²` where the lengths are equal. μ is what θᵢ
/// moved by after rounding. θ has the same bits afterwards.
///
/// **Source:** Chen et al., "DeepZero: scaling up zeroth-order optimization for deep model
/// training", ICLR 2024.
///
/// @param count how many coordinates a step takes, 0 for all
/// @param radius μ > 0
/// @param twoSided whether losses are taken on both sides
/// @param seed what the coordinates are drawn by
public record CoordinateEstimator(int count, double radius, boolean twoSided, long seed)
    implements Estimator {
  private static final String NAME = "coordinate";

  public CoordinateEstimator {
    Settings.whole(NAME, "count", 0, Integer.MAX_VALUE, count);
    Settings.positive(NAME, "radius", radius);
  }

  /// All coordinates, one-sided, with μ = 10⁻³ and seed 1.
  public static CoordinateEstimator of() {
    return new CoordinateEstimator(0, 1e-3, false, 1);
  }

  /// The same with `count` coordinates a step.
  public CoordinateEstimator withCount(int count) {
    return new CoordinateEstimator(count, radius, twoSided, seed);
  }

  /// The same with another radius.
  public CoordinateEstimator withRadius(double radius) {
    return new CoordinateEstimator(count, radius, twoSided, seed);
  }

  /// The same from both sides.
  public CoordinateEstimator withTwoSides() {
    return new CoordinateEstimator(count, radius, true, seed);
  }

  /// The same with another seed.
  public CoordinateEstimator withSeed(long seed) {
    return new CoordinateEstimator(count, radius, twoSided, seed);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean movesTheta() {
    return false;
  }

  private int count(int size) {
    return count == 0 ? size : Math.min(count, size);
  }

  @Override
  public long forwards(Parameters parameters) {
    long count = count(parameters.size());
    return twoSided ? 2 * count : count + 1;
  }

  @Override
  public double estimate(
      Objective objective,
      Theta theta,
      Batch batch,
      OptimizerState state,
      double factor,
      ParameterVector into) {
    if (into == theta) {
      throw new IllegalArgumentException("coordinate: θ has to stay until all is measured");
    }
    Probe probe = state.companion(Probe.class);
    boolean replays = probe.replays();
    long stream = RandomStream.id("coordinates", state.steps());
    double base = replays || twoSided ? 0 : objective.value(theta, batch);
    double losses = 0;
    Buffer values = theta.values();
    long size = theta.size();
    int count = count(theta.size());
    for (int i = 0; i < count; i++) {
      int begin = (int) (size * i / count);
      int length = (int) (size * (i + 1) / count) - begin;
      int at = begin + (int) Math.unsignedMultiplyHigh(Philox.low(seed, stream, i), length);
      double slope = 0;
      if (!replays) {
        double here = values.get(at);
        values.set(at, here + radius);
        double above = values.get(at);
        double up = objective.value(theta, batch);
        double below = here;
        double down = base;
        if (twoSided) {
          values.set(at, here - radius);
          below = values.get(at);
          down = objective.value(theta, batch);
        }
        values.set(at, here);
        slope = above == below ? 0 : (up - down) / (above - below);
        losses += twoSided ? (up + down) / 2 : base;
      }
      double term = factor * length * probe.number(slope);
      into.values().set(at, into.values().get(at) + term);
    }
    return losses / count;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("count", count);
    settings.put("radius", radius);
    settings.put("twoSided", twoSided);
    settings.put("seed", seed);
    return settings;
  }
}
