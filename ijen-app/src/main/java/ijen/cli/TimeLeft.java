package ijen.cli;

import ijen.recipe.Study;
import ijen.recipe.Variant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// How long a study will still take, guessed from the trainings that have ended: another of the
/// same variant takes as long as those on average, one of a variant without any as long for each
/// epoch as all that have ended.
final class TimeLeft {
  private final int atOnce;
  private final Map<Variant, Ended> variants = new LinkedHashMap<>();

  /// The trainings of a variant.
  private static final class Ended {
    final int epochs;
    int missing;
    int count;
    double seconds;

    Ended(int epochs, int missing) {
      this.epochs = epochs;
      this.missing = missing;
    }
  }

  /// @param atOnce how many trainings go on at the same time
  TimeLeft(Study study, int atOnce) {
    this.atOnce = atOnce;
    for (Variant variant : study.variants()) {
      variants.put(variant, new Ended(variant.recipe().config().epochs(), study.seeds()));
    }
  }

  /// A training has ended that took so long.
  void ended(Variant variant, double seconds) {
    Ended ended = Objects.requireNonNull(variants.get(variant));
    ended.missing--;
    ended.count++;
    ended.seconds += seconds;
  }

  /// Seconds; NaN before the first has ended.
  double seconds() {
    double allSeconds = 0;
    double allEpochs = 0;
    int missing = 0;
    for (Ended ended : variants.values()) {
      allSeconds += ended.seconds;
      allEpochs += (double) ended.count * ended.epochs;
      missing += ended.missing;
    }
    double work = 0;
    for (Ended ended : variants.values()) {
      double each =
          ended.count == 0 ? allSeconds / allEpochs * ended.epochs : ended.seconds / ended.count;
      work += ended.missing * each;
    }
    return work / Math.clamp(missing, 1, atOnce);
  }
}
