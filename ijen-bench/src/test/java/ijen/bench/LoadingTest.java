package ijen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.bench.peer.Participants;
import ijen.bench.report.LoadingTimes;
import ijen.bench.workload.LoadedFormat;
import ijen.data.Digits;
import ijen.data.Options;
import ijen.data.TrainTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {
  /// The whole way with little data; where there are NumPy and h5py, they have to find the same
  /// batch.
  @Test
  void ijenAndNumPyLoadTheSame(@TempDir Path folder) throws Exception {
    TrainTest digits =
        Digits.open(Options.defaults().withTrainSize(300).withTestSize(40).withSeed(3));
    List<String> told = new ArrayList<>();
    Participants participants = new Participants(folder, null, null, text -> {});
    LoadingTimes times =
        new Loading(folder, participants, 1, 0)
            .measure(
                digits,
                folder,
                new Bench.Progress() {
                  @Override
                  public void begins(String what) {}

                  @Override
                  public void ended(String what) {
                    told.add(what);
                  }
                });
    assertThat(times.problems()).isEmpty();
    assertThat(told).hasSize(2 * LoadedFormat.values().length);
    assertThat(times.rows().stream().filter(LoadingTimes.Row::own).map(LoadingTimes.Row::format))
        .containsExactly(LoadedFormat.values());
    assertThat(times.rows())
        .allSatisfy(row -> {
          assertThat(row.bytes()).isPositive();
          assertThat(row.first()).hasSize(1).allMatch(seconds -> seconds > 0);
          assertThat(row.warm()).hasSize(1).allMatch(seconds -> seconds > 0);
          assertThat(row.checksums().getFirst()).isPositive();
        });
    assertThat(times.rows().size() + times.absent().size())
        .as("%s", times.absent())
        .isEqualTo(2 * LoadedFormat.values().length);
  }
}
