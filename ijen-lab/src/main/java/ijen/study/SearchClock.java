package ijen.study;

import ijen.store.TrialEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// When each trial of a search ended, by a clock that runs while a trial or more goes on, in
/// whatever number of sittings.
///
/// @param ends seconds, by the trial's number
public record SearchClock(Map<Integer, Double> ends) {
  public SearchClock {
    ends = Collections.unmodifiableMap(new TreeMap<>(ends));
  }

  /// The clock of trials that have been written down; those that have not ended do not count.
  static SearchClock of(List<TrialEntry> trials) {
    List<TrialEntry> ended =
        trials.stream()
            .filter(one -> one.ended() != null)
            .sorted(Comparator.comparing(TrialEntry::begun))
            .toList();
    Map<Integer, Double> ends = new TreeMap<>();
    double before = 0; // earlier sittings
    Instant start = Instant.MIN; // of this one
    Instant until = Instant.MIN;
    for (TrialEntry one : ended) {
      Instant end = Objects.requireNonNull(one.ended());
      if (one.begun().isAfter(until)) {
        before += seconds(start, until);
        start = one.begun();
        until = start;
      }
      until = end.isAfter(until) ? end : until;
      ends.put(one.number(), before + seconds(start, end));
    }
    return new SearchClock(ends);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }

  /// How long it took in all.
  public double seconds() {
    return ends.values().stream().mapToDouble(one -> one).max().orElse(0);
  }
}
