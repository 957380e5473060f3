package ijen.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How much a dimension matters by itself: its part of the variance of the value over the whole
/// space (functional analysis of variance).
///
/// With f the value at a configuration and f_d(v) its mean over all configurations with v in
/// dimension d, each dimension evenly spread as it is drawn,
///
///     share(d) = Var f_d / Var f
///
/// Shares add up to 1 where dimensions act independently of each other; what is missing from 1 is
/// their interplay. What f is between the trials, a random forest says ([RegressionTree]), so that
/// trials may lie closer where a sampler found it worth while. A dimension with a condition has its
/// share among the trials that have a value for it.
///
/// **Source:** Hutter, Hoos, Leyton-Brown, "An efficient approach for assessing hyperparameter
/// importance", ICML 2014.
///
/// @param dimension the dimension's name
/// @param share in [0, 1], up to rounding
public record Importance(String dimension, double share) {
  /// As many as Optuna's forest has.
  private static final int TREES = 64;

  /// The shares of all dimensions, in the space's order, from complete trials with finite values; 0
  /// for all where these are fewer than two, or all equal.
  ///
  /// @param seed the key of what the forest draws
  /// @throws IllegalArgumentException if a trial is not of that space
  public static List<Importance> of(Space space, List<Trial> trials, long seed) {
    List<Trial> usable =
        trials.stream()
            .filter(trial -> trial.state() == Trial.State.COMPLETE)
            .filter(trial -> Double.isFinite(trial.value()))
            .toList();
    usable.forEach(trial -> space.check(trial.configuration()));
    Map<List<Trial>, Map<String, Double>> forests = new HashMap<>(); // by the trials they grow from
    List<Importance> shares = new ArrayList<>();
    for (String name : space.names()) {
      List<Trial> with = usable.stream().filter(it -> it.configuration().has(name)).toList();
      Map<String, Double> all = forests.computeIfAbsent(with, key -> shares(space, key, seed));
      shares.add(new Importance(name, all.getOrDefault(name, 0.0)));
    }
    return List.copyOf(shares);
  }

  /// The shares of those dimensions that have a value in each of the trials.
  private static Map<String, Double> shares(Space space, List<Trial> trials, long seed) {
    List<Dimension> dimensions =
        space.dimensions().stream()
            .filter(it -> trials.stream().allMatch(t -> t.configuration().has(it.name())))
            .toList();
    double[][] points = new double[dimensions.size()][trials.size()];
    double[] values = trials.stream().mapToDouble(Trial::value).toArray();
    for (int d = 0; d < points.length; d++) {
      for (int i = 0; i < values.length; i++) {
        String value = trials.get(i).configuration().text(dimensions.get(d).name());
        points[d][i] = dimensions.get(d).position(value);
      }
    }
    Map<String, Double> shares = new HashMap<>();
    if (values.length < 2) {
      return shares;
    }
    for (int t = 0; t < TREES; t++) {
      double[] parts = RegressionTree.grow(points, values, seed, t).shares();
      for (int d = 0; d < parts.length; d++) {
        shares.merge(dimensions.get(d).name(), parts[d] / TREES, Double::sum);
      }
    }
    return shares;
  }
}
