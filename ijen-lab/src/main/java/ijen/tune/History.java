package ijen.tune;

import java.util.List;

/// What a sampler may know when it proposes a trial. It is the same in every run of a search,
/// however many trials go on at the same time ([Ledger]).
///
/// @param goal which values are better
/// @param ended the earlier trials that may be known, in the order of their numbers, as they ended
/// @param pending the configurations of the trials between those and the one proposed; how they end
///   may not be known
public record History(Goal goal, List<Trial> ended, List<Configuration> pending) {
  public History {
    ended = List.copyOf(ended);
    pending = List.copyOf(pending);
  }
}
