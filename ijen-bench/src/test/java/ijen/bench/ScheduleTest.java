package ijen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.bench.Schedule.Entrant;
import ijen.bench.peer.Answer;
import ijen.bench.peer.Answer.Epoch;
import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Setting;
import ijen.bench.report.Entry;
import ijen.bench.report.Run;
import ijen.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Setting ONE = new Setting(1, false);
  private static final Setting TWO = new Setting(2, false);
  private static final Setting PASSIVE = new Setting(2, true);

  private static Participant participant(Library library) {
    List<String> libraries =
        library == Library.TORCH ? List.of("/usr/lib/libgomp.so.1") : List.of();
    return new Participant(library, "1", List.of("x"), Map.of(), libraries, 0);
  }

  private static final List<Participant> ALL =
      List.of(
          participant(Library.IJEN),
          participant(Library.TORCH),
          participant(Library.NUMPY),
          participant(Library.SMILE));

  private static Entry entry(Workload workload, Library library, Setting setting, double seconds) {
    Answer answer =
        new Answer(
            "1", List.of(), 0, List.of(new Epoch(seconds, 1)), 0.8, Map.of(), null, Double.NaN);
    return new Entry(
        workload, library, setting, List.of(new Run(workload, library, setting, 0, answer)));
  }

  private static List<String> words(List<Entrant> entrants) {
    return entrants.stream()
        .map(each -> each.participant().library().word() + " " + each.setting())
        .toList();
  }

  @Test
  void everybodyTakesPartWithEverySetting() {
    assertThat(words(Schedule.entrants(Workload.C, ALL, 2, false)))
        .containsExactly(
            "ijen 1 thread",
            "ijen 2 threads",
            "torch 1 thread",
            "torch 2 threads",
            "torch 2 threads, passive",
            "numpy 1 thread",
            "numpy 2 threads");
    assertThat(words(Schedule.entrants(Workload.D, ALL, 2, true)))
        .containsExactly(
            "ijen 1 thread",
            "ijen 2 threads",
            "torch 2 threads, passive",
            "numpy 2 threads",
            "smile 2 threads");
    assertThat(words(Schedule.entrants(Workload.G, ALL, 2, true)))
        .contains("torch 1 thread", "numpy 1 thread", "smile 1 thread");
  }

  @Test
  void theOrderIsTurned() {
    List<Entrant> entrants = Schedule.entrants(Workload.C, ALL, 1, false);
    assertThat(words(Schedule.turned(entrants, 0)))
        .containsExactly("ijen 1 thread", "torch 1 thread", "numpy 1 thread");
    assertThat(words(Schedule.turned(entrants, 1)))
        .containsExactly("torch 1 thread", "numpy 1 thread", "ijen 1 thread");
    assertThat(words(Schedule.turned(entrants, 4)))
        .containsExactly("torch 1 thread", "numpy 1 thread", "ijen 1 thread");
  }

  @Test
  void whatIsFarFromTheBestIsNotRepeated() {
    List<Entrant> entrants = Schedule.entrants(Workload.G, ALL, 2, false);
    List<Entry> first = new ArrayList<>();
    first.add(entry(Workload.G, Library.IJEN, ONE, 90)); // Ijen stays whatever it needs
    first.add(entry(Workload.G, Library.IJEN, TWO, 95));
    first.add(entry(Workload.G, Library.TORCH, ONE, 2.5));
    first.add(entry(Workload.G, Library.TORCH, TWO, 2.8));
    first.add(entry(Workload.G, Library.TORCH, PASSIVE, 2.6));
    first.add(entry(Workload.G, Library.NUMPY, ONE, 8.5)); // with two threads it failed
    first.add(entry(Workload.G, Library.SMILE, ONE, 0.1)); // another model: no measure for others
    assertThat(words(Schedule.worthRepeating(entrants, first)))
        .containsExactly(
            "ijen 1 thread",
            "ijen 2 threads",
            "torch 1 thread",
            "torch 2 threads, passive",
            "smile 1 thread");
  }
}
