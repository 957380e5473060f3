package ijen.tune;

import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// Hyperband: several [AshaPruner]s that begin earlier and later, for it is not known beforehand
/// how early a trial can be judged. Each trial belongs to one of these brackets, by its number, and
/// is compared within it.
///
/// There are n = ⌊log_η(R/r)⌋ + 1 brackets; bracket b leaves out the first b rungs, and has a share
/// of the trials that is proportional to ⌈n·η^s/(s+1)⌉ with s = n − 1 − b: most go where most are
/// ended early.
///
/// The rules are those of Optuna 4.0, with two differences: R is given, where Optuna can derive it
/// from trials that have ended; a trial's bracket is drawn from the seed and its number, where
/// Optuna takes a checksum of the study's name and the number.
///
/// **Source:** Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar, "Hyperband: a novel bandit-based
/// approach to hyperparameter optimization", JMLR 18, 2018.
///
/// @param seed the key by which trials are shared out
/// @param first r, the step of the first rung; 1 or more
/// @param last R, the last step that trials report; `first` or more
/// @param factor η, 2 or more
public record HyperbandPruner(long seed, int first, int last, int factor) implements Pruner {
  public HyperbandPruner {
    if (first < 1 || last < first || factor < 2) {
      throw new IllegalArgumentException(
          ("hyperband: expected a first step of 1 or more, a last one not before it and a factor of"
                  + " 2 or more, got %d, %d and %d")
              .formatted(first, last, factor));
    }
  }

  /// From step 1 to `last`, η = 3.
  public static HyperbandPruner of(long seed, int last) {
    return new HyperbandPruner(seed, 1, last, 3);
  }

  /// With another first rung.
  public HyperbandPruner withFirst(int first) {
    return new HyperbandPruner(seed, first, last, factor);
  }

  /// With another η.
  public HyperbandPruner withFactor(int factor) {
    return new HyperbandPruner(seed, first, last, factor);
  }

  /// How many trials each bracket has in proportion.
  List<Integer> shares() {
    int brackets = 1;
    for (long step = (long) first * factor; step <= last; step *= factor) {
      brackets++;
    }
    List<Integer> shares = new ArrayList<>();
    for (int s = brackets - 1; s >= 0; s--) {
      long power = 1;
      for (int i = 0; i < s; i++) {
        power *= factor;
      }
      shares.add(Math.toIntExact(Math.ceilDiv(brackets * power, s + 1)));
    }
    return shares;
  }

  /// The bracket of a trial.
  int bracket(int number) {
    List<Integer> shares = shares();
    int all = shares.stream().mapToInt(Integer::intValue).reduce(0, Math::addExact);
    int rest = RandomStream.of(seed, "tune.hyperband", number).below(0, all);
    int bracket = 0;
    while (rest >= shares.get(bracket)) {
      rest -= shares.get(bracket);
      bracket++;
    }
    return bracket;
  }

  private AshaPruner halving(int number) {
    return new AshaPruner(first, factor, bracket(number));
  }

  @Override
  public boolean asks(int number, Reports own) {
    return halving(number).asks(number, own);
  }

  @Override
  public boolean prune(Goal goal, int number, Reports own, List<Reports> others) {
    int bracket = bracket(number);
    List<Reports> peers = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      if (bracket(i) == bracket) {
        peers.add(others.get(i));
      }
    }
    return halving(number).prune(goal, number, own, peers);
  }
}
