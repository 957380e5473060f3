package ijen.report;

import ijen.metric.Replicates;
import ijen.plot.Digits;
import ijen.recipe.Departure;
import ijen.recipe.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a study does otherwise than its source: what the source did, what is done instead, and
/// where one training does as the source did, what the difference comes to.
final class StudyDepartures {
  private static final List<Measure> MEASURES =
      List.of(StudyFigures.TEST_ACCURACY, StudyFigures.TEST_LOSS);

  private StudyDepartures() {}

  static Html of(List<Departure> departures, Map<String, Trainings> trainings) {
    Html html = new Html().markup("<ol class=\"departures\">\n");
    for (Departure departure : departures) {
      html.markup("<li>\n");
      entry(html, "The source", departure.source());
      entry(html, "Here", departure.instead());
      Trainings one =
          departure.variant().isPresent() ? trainings.get(departure.variant().get()) : null;
      if (one != null) {
        entry(html, "Measured", measured(one, trainings));
      }
      html.markup("</li>\n");
    }
    return html.markup("</ol>\n");
  }

  private static void entry(Html html, String name, String text) {
    html.markup("<p><b>" + Html.escape(name) + ".</b> " + Html.escape(text) + "</p>\n");
  }

  static String measured(Trainings one, Map<String, Trainings> trainings) {
    Optional<Trainings> other = comparable(one, trainings);
    if (other.isEmpty()) {
      return "“%s” alone: there is nothing to compare it with.".formatted(one.name());
    }
    List<String> differences = new ArrayList<>();
    for (Measure measure : MEASURES) {
      boolean sameLoss =
          measure.kind() != Measure.Kind.LOSS
              || one.reportedLoss().equals(other.get().reportedLoss());
      if (sameLoss) {
        one.minus(other.get(), measure)
            .ifPresent(difference -> differences.add(difference(measure, difference)));
      }
    }
    String what =
        "“%s” less “%s”, which differs in %s: "
            .formatted(
                one.name(), other.get().name(), String.join(", ", one.differing(other.get())));
    if (differences.isEmpty()) {
      return what
          + "%s and %s, so that no difference can be taken."
              .formatted(ended(one), ended(other.get()));
    }
    return what + String.join("; ", differences) + ".";
  }

  private static String ended(Trainings one) {
    long diverged = one.runs().stream().filter(run -> run.diverged()).count();
    return "%d of %d trainings of “%s” diverged".formatted(diverged, one.runs().size(), one.name());
  }

  /// `test accuracy −0.0021 (95 % interval −0.0040 to −0.0002, 5 seeds)`.
  static String difference(Measure measure, Replicates difference) {
    String mean = measure + " " + Numbers.difference(measure, difference);
    if (difference.runs() == 1) {
      return mean + " (one seed)";
    }
    return difference.sd() == 0
        ? "%s (the same for all %s seeds)".formatted(mean, Digits.count(difference.runs()))
        : "%s (95 %% interval %s, %s seeds)"
            .formatted(
                mean, Numbers.interval(measure, difference), Digits.count(difference.runs()));
  }

  /// The training that differs from this one in the fewest settings.
  private static Optional<Trainings> comparable(Trainings one, Map<String, Trainings> trainings) {
    return trainings.values().stream()
        .filter(other -> !other.equals(one))
        .min(Comparator.comparingInt(other -> one.differing(other).size()));
  }
}
