package ijen.tune;

import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/// The tree-structured Parzen estimator: proposes where good trials were dense and bad ones were
/// not.
///
/// The trials so far are split ([GoodBad]), a density l is made of the good and g of the bad ones
/// ([Mixture]), candidates are drawn from l, and the one with the largest l/g is proposed. The
/// rules and numbers are those of Optuna 4.0, each dimension by itself; `multivariate` makes one
/// density of all dimensions that always have a value, as there. A dimension with a condition is
/// learnt from the trials that have a value for it.
///
/// Different from Optuna: trials that have not ended count as bad ones, unless told otherwise,
/// where it calls that a constant liar and leaves it out unless told; a tenth of the trials is
/// rounded up exactly; random numbers are other ones, and functions of seed and trial.
///
/// **Source:** Bergstra, Bardenet, Bengio, Kégl, "Algorithms for hyper-parameter optimization",
/// NIPS 2011; Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components
/// and their roles for better empirical performance", 2023, arXiv 2304.11127.
///
/// @param seed the key of all that is drawn
/// @param startup so many trials must have ended, and not failed, before it learns from them; until
///   then it proposes what [RandomSampler] would
/// @param candidates how many are drawn
/// @param multivariate whether dimensions are learnt together
/// @param pendingIsBad whether trials that have not ended count as bad ones
public record TpeSampler(
    long seed, int startup, int candidates, boolean multivariate, boolean pendingIsBad)
    implements Sampler {
  public TpeSampler {
    if (startup < 1 || candidates < 1) {
      throw new IllegalArgumentException(
          "tpe: expected 1 or more trials to start with and 1 or more candidates, got %d and %d"
              .formatted(startup, candidates));
    }
  }

  /// 10 trials to start with, 24 candidates, each dimension by itself, what has not ended is bad.
  public static TpeSampler of(long seed) {
    return new TpeSampler(seed, 10, 24, false, true);
  }

  /// With so many random trials to start with.
  public TpeSampler withStartup(int startup) {
    return new TpeSampler(seed, startup, candidates, multivariate, pendingIsBad);
  }

  /// With so many candidates.
  public TpeSampler withCandidates(int candidates) {
    return new TpeSampler(seed, startup, candidates, multivariate, pendingIsBad);
  }

  /// Dimensions together, or each by itself.
  public TpeSampler withMultivariate(boolean multivariate) {
    return new TpeSampler(seed, startup, candidates, multivariate, pendingIsBad);
  }

  /// Whether trials that have not ended count as bad ones.
  public TpeSampler withPendingIsBad(boolean pendingIsBad) {
    return new TpeSampler(seed, startup, candidates, multivariate, pendingIsBad);
  }

  @Override
  public boolean needsHistory() {
    return true;
  }

  @Override
  public Configuration suggest(Space space, int number, History history) {
    if (GoodBad.usable(history).size() < startup) {
      return new RandomSampler(seed).suggest(space, number, history);
    }
    GoodBad split = GoodBad.of(history, pendingIsBad);
    Map<String, String> together = new HashMap<>();
    if (multivariate) {
      List<Dimension> joint =
          space.dimensions().stream().filter(it -> it.condition().isEmpty()).toList();
      List<String> best = best(joint, split, true, random("joint", number));
      for (int i = 0; i < best.size(); i++) {
        together.put(joint.get(i).name(), best.get(i));
      }
    }
    return space.fill((index, dimension) -> {
      String value = together.get(dimension.name());
      return value != null
          ? value
          : best(List.of(dimension), split, false, random("" + index, number)).getFirst();
    });
  }

  /// The candidate with the largest l/g; of equal ones the first.
  private List<String> best(
      List<Dimension> dimensions, GoodBad split, boolean joint, DoubleSupplier random) {
    Mixture good = mixture(dimensions, split.good(), joint);
    Mixture bad = mixture(dimensions, split.bad(), joint);
    Map<List<String>, Double> scores = new HashMap<>(); // countable values come several times
    List<String> best = List.of();
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates; i++) {
      List<String> values = good.draw(random);
      double score = scores.computeIfAbsent(values, it -> good.log(it) - bad.log(it));
      if (best.isEmpty() || score > most) {
        best = values;
        most = score;
      }
    }
    return best;
  }

  private static Mixture mixture(
      List<Dimension> dimensions, List<Configuration> configurations, boolean joint) {
    List<Kernels> kernels = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      String name = dimension.name();
      List<Configuration> with = configurations.stream().filter(it -> it.has(name)).toList();
      kernels.add(
          switch (dimension) {
            case Choice choice ->
                new ChoiceKernels(choice, with.stream().map(it -> it.text(name)).toList());
            case Whole whole -> numbers(Axis.of(whole), name, with, joint, dimensions.size());
            case Real real -> numbers(Axis.of(real), name, with, joint, dimensions.size());
          });
    }
    return new Mixture(kernels);
  }

  private static Kernels numbers(
      Axis axis, String name, List<Configuration> with, boolean joint, int dimensions) {
    double[] observed = with.stream().mapToDouble(it -> it.real(name)).toArray();
    return joint
        ? NumberKernels.joint(axis, observed, dimensions)
        : NumberKernels.alone(axis, observed);
  }

  private DoubleSupplier random(String purpose, int number) {
    RandomStream stream = RandomStream.of(seed, "tune.tpe." + purpose, number);
    AtomicLong next = new AtomicLong();
    return () -> stream.uniform(next.getAndIncrement());
  }
}
