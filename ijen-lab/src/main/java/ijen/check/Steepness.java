package ijen.check;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Op;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How steep an activation is at the numbers that reach it: |f′(x)| by the op's own backward rule.
///
/// A unit is *dead* if f′ is 0 for every sample: nothing before it learns by it. A number is
/// *saturated* where |f′| is below [#FLAT] of its largest, if f is of the kind that levels off:
/// |f′| is bounded, and takes many values on its way to 0. A ReLU is not, it is flat or steep and
/// nothing between; neither is a leaky ReLU, however small its slope, nor eˣ.
final class Steepness {
  /// Below this part of the largest |f′| a number is saturated. For a sigmoid and for tanh that is
  /// within 1 % of the end of their range.
  static final double FLAT = 0.04;

  /// Where the largest |f′| is looked for, and whether it falls to 0 gradually.
  private static final double[] NEAR =
      IntStream.rangeClosed(-8 * 32, 8 * 32).mapToDouble(i -> i / 32.0).toArray();

  /// Where |f′| must not have grown to more than twice that.
  private static final double[] FAR = {-32, 32};

  private final double[] slopes;
  private final double flat;

  private Steepness(double[] slopes, double flat) {
    this.slopes = slopes;
    this.flat = flat;
  }

  /// That of an op which made `y` of `x`; null if it does not map each number by itself, as an
  /// activation does: among other numbers it would have made something else of these.
  static @Nullable Steepness of(Op op, double[] x, double[] y, Kernels kernels) {
    double[] all = Stream.of(x, NEAR, FAR).flatMapToDouble(DoubleStream::of).toArray();
    Graph g = new Graph();
    Node values = g.parameter("x", Shape.of(all.length), Role.WEIGHT, (v, _, _) -> v.fill(0));
    Node result;
    try {
      result = g.apply(op, values);
    } catch (RuntimeException refused) { // whatever an op says to a shape that it is not made for
      return null;
    }
    if (!result.form().equals(values.form())) {
      return null;
    }
    GraphObjective objective =
        new GraphObjective(
            g, g.sum(result), List.of(result), 1, kernels, Mode.TRAINING, Reduction.SUM, 0);
    Theta theta = new Theta(g.parameters(), kernels.precision());
    for (int i = 0; i < all.length; i++) {
      theta.values().set(i, all[i]);
    }
    Batch batch = objective.newBatch();
    batch.begin(1, 0);
    Gradient gradient = new Gradient(g.parameters(), kernels.precision());
    objective.gradient(theta, batch, gradient);
    double[] again = objective.watched(result).toDoubles();
    for (int i = 0; i < y.length; i++) {
      if (y[i] != again[i] && !Double.isNaN(y[i])) { // −0 is 0
        return null;
      }
    }
    double[] slopes = DoubleStream.of(gradient.values().toDoubles()).map(Math::abs).toArray();
    int near = x.length;
    int far = near + NEAR.length;
    return new Steepness(
        Arrays.copyOf(slopes, near),
        flat(Arrays.copyOfRange(slopes, near, far), Arrays.copyOfRange(slopes, far, all.length)));
  }

  /// Below which slope a number is saturated; 0 if f does not level off.
  private static double flat(double[] near, double[] far) {
    double largest = DoubleStream.of(near).max().orElse(0);
    boolean bounded = DoubleStream.of(far).allMatch(slope -> slope <= 2 * largest);
    double flat = FLAT * largest;
    long between = DoubleStream.of(near).filter(s -> s > 0 && s < flat).distinct().count();
    return bounded && between > 2 ? flat : 0; // NaN is not bounded either
  }

  /// How many of the units, of which each sample has so many, are dead.
  int dead(int units) {
    int dead = 0;
    for (int unit = 0; unit < units; unit++) {
      boolean alive = false;
      for (int i = unit; i < slopes.length; i += units) {
        alive |= slopes[i] != 0;
      }
      dead += alive ? 0 : 1;
    }
    return dead;
  }

  /// The part of all numbers that are saturated.
  double saturated() {
    return (double) DoubleStream.of(slopes).filter(slope -> slope < flat).count() / slopes.length;
  }
}
