package ijen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.bench.Bench.Measured;
import ijen.bench.peer.Answer;
import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Participants;
import ijen.bench.report.Results.Data;
import ijen.bench.report.Run;
import ijen.bench.workload.Effort;
import ijen.bench.workload.SampleFiles;
import ijen.bench.workload.Workload;
import ijen.data.Digits;
import ijen.data.Options;
import ijen.data.TrainTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  /// The whole way with little data: Ijen in JVMs of its own beside a peer that only claims to have
  /// learnt, and one that dies.
  @Test
  void measuresIjenAndAPeer(@TempDir Path folder) throws Exception {
    TrainTest digits =
        Digits.open(Options.defaults().withTrainSize(300).withTestSize(40).withSeed(3));
    SampleFiles.write(digits, folder);
    Participants.Found found =
        new Participants(folder, null, null, text -> {}).find(List.of(Library.DJL));
    assertThat(found.found()).hasSize(1);
    assertThat(found.absent()).hasSize(1);
    assertThat(found.absent().getFirst().why()).contains("its Maven project is in Ijen's sources");

    Path script = folder.resolve("peer.sh");
    Files.writeString(
        script,
        """
        echo '{"version":"1","libraries":[],"product":0,"cpu":0}'
        echo "$@"
        echo '{"epoch":0,"seconds":4,"loss":2,"cpu":0}'
        echo '{"epoch":1,"seconds":3,"loss":1,"cpu":0}'
        echo '{"test":0.75}'
        """);
    Participant fake = peer(Library.TORCH, List.of("/bin/sh", script.toString()));
    Participant dying =
        peer(Library.NUMPY, List.of("/bin/sh", "-c", "echo no such module; exit 1"));
    List<String> told = new ArrayList<>();
    Measured measured =
        new Bench(
                List.of(found.found().getFirst(), fake, dying),
                Map.of(Workload.D, new Effort(0, 2, 3)),
                1,
                true,
                new Data("digits", 300, 40, 784, 10),
                folder,
                Duration.ofSeconds(60))
            .measure(
                new Bench.Progress() {
                  @Override
                  public void begins(String what) {}

                  @Override
                  public void ended(String what) {
                    told.add(what);
                  }
                });

    int settings = Runtime.getRuntime().availableProcessors() > 1 ? 2 : 1;
    assertThat(told).hasSize(settings + 2);
    assertThat(told.get(settings))
        .endsWith("D  PyTorch 1, " + lastSetting() + ": 4.000 3.000 s, result 0.7500");
    assertThat(measured.runs()).hasSize(settings + 1);
    assertThat(measured.failures()).hasSize(1);
    assertThat(measured.failures().getFirst().toString())
        .startsWith("D: NumPy with ")
        .endsWith("ended with exit code 1; it last said: no such module");

    assertThat(measured.runs().getLast().seconds()).isEqualTo(3.5);
    Run ijen = measured.runs().getFirst();
    assertThat(ijen.library()).isEqualTo(Library.IJEN);
    Answer answer = ijen.answer();
    assertThat(answer.epochs()).hasSize(2).allMatch(epoch -> epoch.seconds() > 0);
    assertThat(answer.epochs().getLast().loss()).isLessThan(answer.epochs().getFirst().loss());
    assertThat(answer.test()).isBetween(0.05, 1.0); // after four steps
    assertThat(answer.evaluations()).containsOnlyKeys("batches of 256", "batches of 1000");
    assertThat(answer.memory()).isNotNull();
    // More threads, the same bits.
    assertThat(measured.runs().get(settings - 1).answer().test()).isEqualTo(answer.test());
  }

  private static String lastSetting() {
    int processors = Runtime.getRuntime().availableProcessors();
    return processors == 1 ? "1 thread" : processors + " threads";
  }

  private static Participant peer(Library library, List<String> command) {
    return new Participant(library, "1", command, Map.of(), List.of(), 0);
  }
}
