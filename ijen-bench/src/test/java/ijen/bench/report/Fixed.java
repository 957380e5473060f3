package ijen.bench.report;

import ijen.bench.machine.Limits;
import ijen.bench.machine.Machine;
import ijen.bench.peer.Answer;
import ijen.bench.peer.Answer.Epoch;
import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Participants.Absent;
import ijen.bench.peer.Setting;
import ijen.bench.workload.LoadedFormat;
import ijen.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Results that nobody measured, with round figures.
final class Fixed {
  static final Setting ONE = new Setting(1, false);
  static final Setting TWO = new Setting(2, true);

  private Fixed() {}

  /// A run with a warm-up epoch of twice the time and one epoch that counts.
  static Run run(Workload workload, Library library, Setting setting, double seconds, double test) {
    return run(workload, library, setting, seconds, test, 0.5, 0.01);
  }

  static Run run(
      Workload workload,
      Library library,
      Setting setting,
      double seconds,
      double test,
      double loss,
      double foreign) {
    Map<String, Double> evaluations =
        workload == Workload.D ? Map.of("batches of 1000", seconds / 100) : Map.of();
    Answer.Memory memory =
        library == Library.IJEN ? new Answer.Memory(0, 5_000_000, 5_010_000) : null;
    List<Epoch> epochs = List.of(new Epoch(2 * seconds, 1), new Epoch(seconds, loss));
    Answer answer = new Answer("1.0", List.of(), 0, epochs, test, evaluations, memory, foreign);
    return new Run(workload, library, setting, 1, answer);
  }

  static Participant participant(Library library, String version) {
    return new Participant(
        library, version, List.of("x"), Map.of(), List.of("/x/libopenblas.so.0"), 80);
  }

  static Results results(Run... runs) {
    return new Results(
        Map.of("captured", "2026-01-02T03:04:05Z"),
        new Machine(
            "A processor",
            2,
            8,
            "25 Somebody",
            List.of(),
            List.of(
                new Limits(1, 100, List.of(new Limits.Bandwidth(16384, 90, 180))),
                new Limits(2, 200, List.of(new Limits.Bandwidth(16384, 180, 360))))),
        0.01,
        2,
        new Results.Data("fashion-mnist train", 60_000, 10_000, 784, 10),
        List.of(
            participant(Library.IJEN, "0.1"),
            participant(Library.TORCH, "1.13"),
            participant(Library.NUMPY, "1.24")),
        List.of(new Absent(Library.SMILE, "no Maven")),
        List.of(runs),
        new ArrayList<>(),
        new Results.ColdStart(List.of(0.2, 0.1, 0.3), List.of(1.0, 2.0, 3.0)),
        loading(7));
  }

  /// Times of loading: NumPy's batch has the checksum `other`, Ijen's 7.
  static LoadingTimes loading(double other) {
    return new LoadingTimes(
        List.of(
            new LoadingTimes.Row(
                LoadedFormat.IDX,
                11_594_722,
                "Ijen 0.1",
                true,
                List.of(0.3, 0.2, 0.4),
                List.of(0.1, 0.12, 0.11),
                List.of(7.0, 7.0, 7.0)),
            new LoadingTimes.Row(
                LoadedFormat.IDX,
                11_594_722,
                "NumPy 1.24",
                false,
                List.of(0.25),
                List.of(0.22),
                List.of(other))),
        List.of("loading HDF5: NumPy: no h5py"),
        List.of());
  }
}
