package ijen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunClaimTest {
  @TempDir Path temp;

  /// Another process: claims the run in its first argument, looks at it and tries to claim it
  /// again, after which it has to have it still; says so, and waits to be killed.
  static final class Other {
    public static void main(String[] arguments) throws Exception {
      RunFolder run = RunFolder.at(Path.of(arguments[0]));
      try (RunClaim claim = run.claim()) {
        if (run.status() != RunStatus.RUNNING) {
          throw new AssertionError(run.status());
        }
        try (RunClaim second = run.claim()) {
          throw new AssertionError(second);
        } catch (IOException refused) {
          System.out.println("claimed " + claim.getClass().getSimpleName());
        }
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void statusFollowsClaimAndResult() throws IOException {
    RunFolder run = RunStore.at(temp).create("a");
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
    try (RunClaim claim = run.claim()) {
      assertThat(claim).isNotNull();
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      assertThatThrownBy(run::claim)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " is working on it");
      run.writeResult(RunResult.of(RunStatus.INTERRUPTED));
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    }
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
    run.writeResult(RunResult.of(RunStatus.FINISHED));
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    run.writeResult(RunResult.of(RunStatus.FAILED));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    run.claim().close();
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aKilledProcessHoldsNothing() throws Exception {
    RunFolder run = RunStore.at(temp).create("a");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                run.path().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("claimed RunClaim");
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      assertThatThrownBy(run::claim).hasMessageContaining("process " + other.pid());
      other.destroyForcibly(); // kill -9: it cleans up nothing
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      other.destroyForcibly();
    }
    assertThat(temp.resolve(run.id()).resolve("running.json")).isNotEmptyFile();
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
    try (RunClaim claim = run.claim()) {
      assertThat(claim).isNotNull();
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void aNumberGivenToANewProcessIsNotMistaken() throws IOException {
    RunFolder run = RunStore.at(temp).create("a");
    long pid = ProcessHandle.current().pid();
    Path file = run.path().resolve("running.json");
    Files.writeString(file, "{\"pid\":" + pid + ",\"started\":\"2001-01-01T00:00:00Z\"}");
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
    for (String torn :
        new String[] {"{\"pid\":", "", "[]", "{\"pid\":\"x\"}", "{\"pid\":-5}", "{}"}) {
      Files.writeString(file, torn);
      assertThat(run.status()).as(torn).isEqualTo(RunStatus.INTERRUPTED);
    }
    Map<String, String> none = Map.of();
    run.writeConfig(none);
    assertThat(run.readConfig().keys()).isEmpty();
  }
}
