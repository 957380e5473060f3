package ijen.bench.report;

import ijen.bench.machine.Machine;
import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Participants.Absent;
import ijen.bench.peer.Setting;
import ijen.bench.peer.Spread;
import ijen.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that was measured in one go.
///
/// @param environment where and when, as `ijen.run.Environment` captures it
/// @param machine what the machine can do at best
/// @param foreign the part of all processors' time that others took while that was measured; NaN if
///   unknown
/// @param repetitions how often each was measured, at most
/// @param data what was trained on
/// @param cold how long starts take; null if that was not measured
/// @param loading how long it takes from files to a batch; null likewise
public record Results(
    Map<String, @Nullable Object> environment,
    Machine machine,
    double foreign,
    int repetitions,
    Data data,
    List<Participant> participants,
    List<Absent> absent,
    List<Run> runs,
    List<Failure> failures,
    @Nullable ColdStart cold,
    @Nullable LoadingTimes loading) {
  /// The data, by their sizes.
  public record Data(String name, int train, int test, int width, int classes) {}

  /// A process that did not do its job.
  public record Failure(Workload workload, Library library, Setting setting, String why) {
    @Override
    public String toString() {
      return "%s: %s with %s %s".formatted(workload, library.title(), setting, why);
    }
  }

  /// Seconds of whole programs, one for each start.
  ///
  /// @param help `./ijen --help`, from its start to its end
  /// @param train `./ijen train` on Fashion-MNIST, from its start until it has told of a first
  ///   epoch of one step
  public record ColdStart(List<Double> help, List<Double> train) {}

  public Results {
    participants = List.copyOf(participants);
    absent = List.copyOf(absent);
    runs = List.copyOf(runs);
    failures = List.copyOf(failures);
  }

  /// The workloads that were measured.
  public List<Workload> workloads() {
    return runs.stream().map(Run::workload).distinct().sorted().toList();
  }

  /// All that was measured of a workload, by library and setting.
  public List<Entry> entries(Workload workload) {
    Map<Library, Map<Setting, List<Run>>> sorted = new TreeMap<>();
    for (Run run : runs) {
      if (run.workload() == workload) {
        sorted
            .computeIfAbsent(run.library(), library -> new TreeMap<>())
            .computeIfAbsent(run.setting(), setting -> new ArrayList<>())
            .add(run);
      }
    }
    return sorted.entrySet().stream()
        .flatMap(library ->
            library.getValue().entrySet().stream()
                .map(setting ->
                    new Entry(workload, library.getKey(), setting.getKey(), setting.getValue())))
        .toList();
  }

  /// The entry of a library's best setting: of those that were measured most often, the one with
  /// the lowest median.
  public Optional<Entry> best(Workload workload, Library library) {
    return entries(workload).stream()
        .filter(entry -> entry.library() == library)
        .min(
            Comparator.comparingInt((Entry entry) -> -entry.runs().size())
                .thenComparingDouble(entry -> entry.seconds().median()));
  }

  /// The best entry of the best library, of those that train the same model as Ijen.
  public Optional<Entry> bestPeer(Workload workload) {
    return Library.peers().stream()
        .filter(library -> library.isSameModel(workload))
        .flatMap(library -> best(workload, library).stream())
        .min(Comparator.comparingDouble(entry -> entry.seconds().median()));
  }

  /// The median seconds of a pass over the test set: for each participant its best setting and way.
  public Map<Library, Evaluation> evaluations() {
    Map<Library, Evaluation> best = new LinkedHashMap<>();
    for (Workload workload : workloads()) {
      for (Entry entry : entries(workload)) {
        for (String how : entry.runs().getFirst().answer().evaluations().keySet()) {
          double[] values =
              entry.runs().stream()
                  .mapToDouble(run -> run.answer().evaluations().getOrDefault(how, Double.NaN))
                  .toArray();
          Spread seconds = Spread.of(values);
          Evaluation one = new Evaluation(entry.setting(), how, seconds);
          best.merge(entry.library(), one, Evaluation::better);
        }
      }
    }
    return best;
  }

  /// How long it takes to run the test set through the network.
  ///
  /// @param how in which batches
  public record Evaluation(Setting setting, String how, Spread seconds) {
    /// Measured more often, or as often and faster.
    Evaluation better(Evaluation other) {
      int more = Integer.compare(other.seconds.count(), seconds.count());
      boolean faster = other.seconds.median() < seconds.median();
      return more > 0 || (more == 0 && faster) ? other : this;
    }
  }

  /// The seconds that the arithmetic of an epoch takes at the measured peak of that many threads.
  public double arithmeticAlone(Workload workload, int threads) {
    double flops = 2.0 * workload.multiplyAdds(data.width, data.classes) * data.train;
    return flops / (machine.gigaflops(threads) * 1e9);
  }
}
