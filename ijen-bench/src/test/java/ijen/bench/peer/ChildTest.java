package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.bench.peer.Child.FailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChildTest {
  private static final String HEAD =
      "echo '{\"version\":\"7\",\"libraries\":[],\"product\":1,\"cpu\":0}';";

  private static Answer shell(String script, Map<String, String> environment, Duration patience)
      throws FailedException {
    return Child.run(
        List.of("/bin/sh", "-c", script, "peer"),
        List.of("word=1"),
        environment,
        script.contains("epoch") ? 1 : 0,
        patience);
  }

  private static Answer shell(String script) throws FailedException {
    return shell(script, Map.of(), Duration.ofSeconds(20));
  }

  @Test
  void answers() throws Exception {
    String epoch = "echo '{\"epoch\":0,\"seconds\":2,\"loss\":3,\"cpu\":0.5}';";
    Answer answer = shell(HEAD + epoch + "echo '{\"test\":0.5}'");
    assertThat(answer.epochs()).containsExactly(new Answer.Epoch(2, 3));
    assertThat(answer.test()).isEqualTo(0.5);
  }

  @Test
  void isGivenWordsAndVariables() throws Exception {
    String script =
        "echo '{\"version\":\"'$1,$OMP_NUM_THREADS,${HOME-none}'\",\"libraries\":[],\"product\":1,"
            + "\"cpu\":0}'";
    Map<String, String> environment = Map.of("OMP_NUM_THREADS", "2", "HOME", "");
    assertThat(shell(script, environment, Duration.ofSeconds(20)).version())
        .isEqualTo("word=1,2,none");
  }

  @Test
  void oneThatDiesIsExplained() {
    assertThatThrownBy(() -> shell(HEAD + "echo no memory >&2; exit 3"))
        .isInstanceOf(FailedException.class)
        .hasMessage("ended with exit code 3; it last said: no memory");
    assertThatThrownBy(() -> shell(HEAD + "kill -9 $$")).hasMessage("ended with exit code 137");
    assertThatThrownBy(() -> shell(HEAD + "echo '{\"epoch\":0,'"))
        .hasMessageStartingWith("answer:1:");
    assertThatThrownBy(() ->
            Child.run(List.of("/no/such/program"), List.of(), Map.of(), 0, Duration.ofSeconds(1)))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void oneThatNeverEndsIsEnded(@TempDir Path folder) throws Exception {
    Path pids = folder.resolve("pids");
    String script = HEAD + "sleep 600 & echo $! $$ > " + pids + "; echo working; wait";
    assertThatThrownBy(() -> shell(script, Map.of(), Duration.ofSeconds(1)))
        .isInstanceOf(FailedException.class)
        .hasMessage("did not end within 1 s and was ended; it last said: working");
    for (String pid : Files.readString(pids).strip().split(" ", -1)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(left -> left.onExit().join());
    }
  }
}
