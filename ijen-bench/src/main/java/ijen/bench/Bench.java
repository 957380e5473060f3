package ijen.bench;

import ijen.bench.Schedule.Entrant;
import ijen.bench.peer.Answer;
import ijen.bench.peer.Child;
import ijen.bench.peer.Participant;
import ijen.bench.report.Entry;
import ijen.bench.report.Results.Data;
import ijen.bench.report.Results.Failure;
import ijen.bench.report.Run;
import ijen.bench.workload.Effort;
import ijen.bench.workload.Job;
import ijen.bench.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Measures workloads: one process for each participant, setting, workload and repetition, one at a
/// time.
///
/// Ijen runs in a process of its own too, so that all participants begin alike: cold, with the
/// memory for one job, from the same files.
///
/// @param workloads what is measured, in this order, and how much of it
/// @param data sizes of the samples
/// @param samples a folder with them, as `ijen.bench.workload.SampleFiles` writes it
/// @param quick whether of each peer only the setting that is usually the best is measured
/// @param patience how long a process may take
record Bench(
    List<Participant> participants,
    Map<Workload, Effort> workloads,
    int repetitions,
    boolean quick,
    Data data,
    Path samples,
    Duration patience) {
  private static final long SEED = 1;

  /// What was measured, and which processes failed.
  record Measured(List<Run> runs, List<Failure> failures) {}

  /// Hears of each process.
  interface Progress {
    void begins(String what);

    void ended(String what);
  }

  Measured measure(Progress progress) {
    int processors = Runtime.getRuntime().availableProcessors();
    Map<Workload, List<Entrant>> entrants = new LinkedHashMap<>();
    for (Workload workload : workloads.keySet()) {
      entrants.put(workload, Schedule.entrants(workload, participants, processors, quick));
    }
    List<Run> runs = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      int total = entrants.values().stream().mapToInt(List::size).sum();
      int count = 0;
      for (Map.Entry<Workload, Effort> each : workloads.entrySet()) {
        Workload workload = each.getKey();
        for (Entrant entrant :
            Schedule.turned(entrants.getOrDefault(workload, List.of()), repetition)) {
          String what =
              "[%d/%d %d/%d] %s  %s, %s"
                  .formatted(
                      repetition + 1,
                      repetitions,
                      ++count,
                      total,
                      workload,
                      entrant.participant().title(),
                      entrant.setting());
          progress.begins(what);
          progress.ended(what + ": " + one(workload, each.getValue(), entrant, runs, failures));
        }
        if (repetition == 0) {
          entrants.computeIfPresent(
              workload, (w, all) -> Schedule.worthRepeating(all, entries(runs, w)));
        }
      }
    }
    return new Measured(runs, failures);
  }

  private static List<Entry> entries(List<Run> runs, Workload workload) {
    return runs.stream()
        .filter(run -> run.workload() == workload)
        .map(run -> new Entry(workload, run.library(), run.setting(), List.of(run)))
        .toList();
  }

  private String one(
      Workload workload, Effort effort, Entrant entrant, List<Run> runs, List<Failure> failures) {
    Participant who = entrant.participant();
    Job job =
        new Job(
            workload,
            data.width(),
            data.classes(),
            effort,
            entrant.setting().threads(),
            SEED,
            samples);
    Map<String, String> environment = new LinkedHashMap<>(who.environment());
    environment.putAll(entrant.setting().environment());
    try {
      Answer answer = Child.run(who.command(), job.words(), environment, effort.all(), patience);
      Run run = new Run(workload, who.library(), entrant.setting(), effort.warmup(), answer);
      runs.add(run);
      return String.format(
          Locale.ROOT,
          "%s s, result %.4f",
          answer.epochs().stream()
              .map(epoch -> String.format(Locale.ROOT, "%.3f", epoch.seconds()))
              .collect(Collectors.joining(" ")),
          answer.test());
    } catch (Child.FailedException e) {
      failures.add(
          new Failure(workload, who.library(), entrant.setting(), String.valueOf(e.getMessage())));
      return String.valueOf(e.getMessage());
    }
  }
}
