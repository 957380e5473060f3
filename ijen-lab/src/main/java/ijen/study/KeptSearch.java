package ijen.study;

import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.recipe.Measure;
import ijen.store.RunDatabase;
import ijen.store.StudyEntry;
import ijen.store.TrialEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// A search that has been begun, as a list shows it.
///
/// @param name what it is called
/// @param measure what its trials are judged by
/// @param trials how many have ended
/// @param best what the best of them came to; empty if none came to a value
public record KeptSearch(String name, Measure measure, int trials, OptionalDouble best) {
  /// Those of a database, by name, but for what is no search of a recipe's.
  ///
  /// @throws IOException if it cannot be read
  public static List<KeptSearch> of(RunDatabase database) throws IOException {
    List<KeptSearch> kept = new ArrayList<>();
    for (StudyEntry study : database.studies().list()) {
      Measure measure;
      try {
        measure = Measure.parse(Json.object(study.settings(), study.name()).string("measure"));
      } catch (JsonException | IllegalArgumentException ofAnotherKind) {
        continue;
      }
      List<TrialEntry> trials = database.studies().trials(study.name());
      DoubleStream values =
          trials.stream()
              .filter(one -> one.state() == TrialEntry.State.COMPLETE)
              .mapToDouble(TrialEntry::value);
      int ended = (int) trials.stream().filter(one -> one.ended() != null).count();
      OptionalDouble best = measure.kind() == Measure.Kind.LOSS ? values.min() : values.max();
      kept.add(new KeptSearch(study.name(), measure, ended, best));
    }
    return kept;
  }
}
