package ijen.bench;

import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Setting;
import ijen.bench.report.Entry;
import ijen.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// In which order what is measured.
///
/// Repetition for repetition, workload for workload, every participant and setting has its turn
/// before any has it again, so that a slow minute of the machine meets all alike; the order is
/// turned by one place each time, so that nobody is always first. After the first repetition only
/// each peer's two best settings go on, and of a peer that is several times slower than the best
/// one, none.
final class Schedule {
  /// How many times slower than the best peer is not measured again.
  private static final double FAR = 3;

  private static final int SETTINGS_TO_REPEAT = 2;

  private Schedule() {}

  /// A participant with a setting.
  record Entrant(Participant participant, Setting setting) {}

  /// All that take part in a workload.
  static List<Entrant> entrants(
      Workload workload, List<Participant> participants, int processors, boolean quick) {
    List<Entrant> entrants = new ArrayList<>();
    for (Participant participant : participants) {
      if (participant.library().takesPart(workload)) {
        List<Setting> settings =
            quick
                ? participant.quickSettings(processors, workload)
                : participant.settings(processors);
        settings.forEach(setting -> entrants.add(new Entrant(participant, setting)));
      }
    }
    return entrants;
  }

  /// Their order in a repetition, counted from 0.
  static List<Entrant> turned(List<Entrant> entrants, int repetition) {
    List<Entrant> turned = new ArrayList<>(entrants);
    Collections.rotate(turned, -repetition);
    return turned;
  }

  /// Those that are worth a further repetition, by what the first one said. Ijen always is; one
  /// that failed is not.
  static List<Entrant> worthRepeating(List<Entrant> entrants, List<Entry> first) {
    Map<Library, List<Entry>> byLibrary =
        first.stream()
            .sorted(Comparator.comparingDouble(entry -> entry.seconds().median()))
            .collect(Collectors.groupingBy(Entry::library));
    double best =
        byLibrary.entrySet().stream()
            .filter(each -> each.getKey() != Library.IJEN)
            .filter(each -> each.getKey().isSameModel(each.getValue().getFirst().workload()))
            .mapToDouble(each -> each.getValue().getFirst().seconds().median())
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return entrants.stream()
        .filter(entrant -> {
          Library library = entrant.participant().library();
          List<Entry> own = byLibrary.getOrDefault(library, List.of());
          if (library == Library.IJEN) {
            return !own.isEmpty();
          }
          return own.stream()
                  .limit(SETTINGS_TO_REPEAT)
                  .anyMatch(entry -> entry.setting().equals(entrant.setting()))
              && own.getFirst().seconds().median() <= FAR * best;
        })
        .toList();
  }
}
