package ijen.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.metric.Score;
import ijen.mlflow.MlflowLog.Description;
import ijen.train.EpochReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MlflowLogTest {
  private static final Description DESCRIPTION =
      new Description("digits", "20261121-093000-digits", Map.of("lr", "0.1"), Map.of("a", "b"));

  private StrictServer strict;

  @BeforeEach
  void start() throws IOException {
    strict = new StrictServer();
  }

  @AfterEach
  void stop() {
    strict.close();
  }

  private MlflowLog begin(Duration patience) {
    MlflowServer server = MlflowServer.of(strict.address(), Map.of()).withPatience(patience);
    return MlflowLog.begin(server, DESCRIPTION);
  }

  private static EpochReport epoch(int number) {
    Score score = new Score(number == 2 ? Double.NaN : 0.5, 0.9, 100);
    return new EpochReport(number, score, null, score, 0.1, 1.5, false);
  }

  private static void end(MlflowLog log) {
    log.ended(MlflowStatus.FINISHED, 3, Map.of("test", new Score(0.25, Double.NaN, 10)));
    log.close();
  }

  @Test
  void aTrainingIsThereInTheEnd() {
    MlflowLog log = begin(Duration.ofSeconds(20));
    for (int i = 1; i <= 3; i++) {
      log.epochEnded(epoch(i));
    }
    end(log);
    assertThat(log.warning()).isEmpty();
    assertThat(log.loss()).isEmpty();
    StrictServer.Run run = strict.run();
    assertThat(log.page().orElseThrow()).startsWith(strict.address() + "/#/experiments/");
    assertThat(run.name).isEqualTo("20261121-093000-digits");
    assertThat(run.parameters).isEqualTo(Map.of("lr", "0.1"));
    assertThat(run.tags).isEqualTo(Map.of("a", "b"));
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.end).isGreaterThanOrEqualTo(run.start);
    assertThat(run.metrics).hasSize(3 * 6 + 1);
    assertThat(run.metrics)
        .filteredOn(metric -> metric.key().equals("train.loss"))
        .extracting(MlflowMetric::value)
        .containsExactly(0.5, Double.NaN, 0.5);
    assertThat(run.metrics)
        .filteredOn(metric -> metric.key().equals("learning-rate"))
        .extracting(MlflowMetric::step)
        .containsExactly(1L, 2L, 3L);
    assertThat(run.metrics.getLast().key()).isEqualTo("final.test.loss");
  }

  @Test
  void aRunThatNobodyEndedWasStopped() {
    MlflowLog log = begin(Duration.ofSeconds(20));
    log.close();
    assertThat(strict.run().status).isEqualTo("KILLED");
  }

  @Test
  void aServerThatIsDownLosesEverythingAndHoldsNobodyUp() {
    strict.close();
    MlflowLog log = begin(Duration.ofSeconds(2));
    long start = System.nanoTime();
    for (int i = 1; i <= 5000; i++) {
      log.epochEnded(epoch(i)); // 30,000 numbers: more than may wait
    }
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
    end(log);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(8));
    assertThat(log.warning())
        .hasValue(
            "MLflow at "
                + strict.address()
                + ": cannot be reached; the training goes on, with all in its folder");
    assertThat(log.warning()).as("said once").isEmpty();
    assertThat(log.loss())
        .hasValue("MLflow at " + strict.address() + ": nothing was logged: cannot be reached");
  }

  @Test
  void aServerThatDoesNotAnswerHoldsNobodyUp() {
    strict.delayMillis = 60_000;
    MlflowLog log = begin(Duration.ofSeconds(1));
    long start = System.nanoTime();
    log.epochEnded(epoch(1));
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(1));
    end(log);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    assertThat(log.loss().orElseThrow()).endsWith("nothing was logged: no answer within 1 s");
  }

  @Test
  void whatWaitedIsLoggedWhenTheServerIsBack() throws Exception {
    strict.broken = 503;
    MlflowLog log = begin(Duration.ofSeconds(20));
    log.epochEnded(epoch(1));
    while (strict.calls.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    strict.broken = 0;
    log.epochEnded(epoch(2));
    end(log);
    assertThat(log.warning().orElseThrow()).contains("HTTP status 503");
    assertThat(log.loss()).isEmpty();
    assertThat(strict.run().metrics).hasSize(2 * 6 + 1);
  }

  @Test
  void aServerThatRefusesIsNotAskedAgain() throws Exception {
    strict.broken = 401;
    MlflowLog log = begin(Duration.ofSeconds(20));
    while (strict.calls.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    log.epochEnded(epoch(1));
    end(log);
    assertThat(strict.calls).hasSize(1);
    assertThat(log.loss().orElseThrow()).endsWith("nothing was logged: HTTP status 401");
  }

  /// The run is deleted while it is logged.
  @Test
  void whatIsLostIsCounted() throws Exception {
    MlflowLog log = begin(Duration.ofSeconds(20));
    log.epochEnded(epoch(1));
    while (strict.runs.isEmpty() || strict.run().metrics.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    strict.runs.clear();
    log.epochEnded(epoch(2));
    end(log);
    assertThat(log.loss().orElseThrow())
        .contains(": 7 of 13 numbers were not logged: RESOURCE_DOES_NOT_EXIST: Run with id=");
  }
}
