package ijen.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowServerTest {
  private StrictServer strict;
  private MlflowServer server;

  @BeforeEach
  void start() throws IOException {
    strict = new StrictServer();
    server = MlflowServer.of(strict.address() + "/", Map.of());
  }

  @AfterEach
  void stop() {
    strict.close();
  }

  private String begin() throws Exception {
    return server.begin(server.experiment("digits"), "run", 1234, Map.of("a.b", "c"));
  }

  @Test
  void anExperimentIsMadeOnce() throws Exception {
    String id = server.experiment("Größe 10×10 & more?");
    assertThat(server.experiment("Größe 10×10 & more?")).isEqualTo(id);
    assertThat(server.experiment("other")).isNotEqualTo(id);
    assertThat(strict.calls)
        .containsExactly(
            "experiments/get-by-name",
            "experiments/create",
            "experiments/get-by-name",
            "experiments/get-by-name",
            "experiments/create");
  }

  @Test
  void anExperimentThatSomebodyElseMakesMeanwhileIsTaken() throws Exception {
    strict.race = true;
    assertThat(server.experiment("digits")).isEqualTo("7");
  }

  @Test
  void aRunIsLogged() throws Exception {
    String run = begin();
    server.parameters(run, Map.of("lr", "0.1"));
    server.parameters(run, Map.of("lr", "0.1")); // the same again
    List<MlflowMetric> metrics =
        List.of(
            new MlflowMetric("test.accuracy", 0.5, 1000, 1),
            new MlflowMetric("test.loss", Double.NaN, 1000, 1),
            new MlflowMetric("train loss", Double.POSITIVE_INFINITY, 1000, 2),
            new MlflowMetric("zero", 0, 0, 0),
            new MlflowMetric("test/loss", Double.NEGATIVE_INFINITY, 1L << 41, 1L << 40));
    server.log(run, metrics);
    server.tag(run, "note", "well");
    server.end(run, MlflowStatus.KILLED, 5678);
    StrictServer.Run there = strict.run();
    assertThat(there.metrics).isEqualTo(metrics);
    assertThat(there.parameters).isEqualTo(Map.of("lr", "0.1"));
    assertThat(there.tags).isEqualTo(Map.of("a.b", "c", "note", "well"));
    assertThat(there.status).isEqualTo("KILLED");
    assertThat(there.start).isEqualTo(1234);
    assertThat(there.end).isEqualTo(5678);
    assertThat(there.name).isEqualTo("run");
    assertThat(server.page("1", run)).isEqualTo(strict.address() + "/#/experiments/1/runs/" + run);
  }

  @Test
  void limitsAreKept() throws Exception {
    String run = begin();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < 250; i++) {
      parameters.put("p" + i, "x".repeat(i * 5));
    }
    parameters.put("pairs", "x" + "😀".repeat(400));
    server.parameters(run, parameters);
    assertThat(strict.run().parameters).hasSize(251);
    assertThat(strict.run().parameters.get("p100")).isEqualTo("x".repeat(500));
    assertThat(strict.run().parameters.get("p101")).isEqualTo("x".repeat(499) + "…");
    assertThat(strict.run().parameters.get("pairs")).isEqualTo("x" + "😀".repeat(249) + "…");
    List<MlflowMetric> metrics = new ArrayList<>();
    for (int i = 0; i < 1001; i++) {
      metrics.add(new MlflowMetric("m", i, i, i));
    }
    server.log(run, metrics.subList(0, 1000));
    assertThat(strict.run().metrics).hasSize(1000);
    assertThatThrownBy(() -> server.log(run, metrics))
        .hasMessage("MLflow: expected at most 1000 metrics, got 1001");
  }

  @Test
  void whatTheServerRefusesIsSaid() throws Exception {
    begin();
    assertThatThrownBy(() -> server.log("unknown", List.of(new MlflowMetric("m", 1, 1, 1))))
        .isInstanceOfSatisfying(
            MlflowException.class,
            e -> {
              assertThat(e.code()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
              assertThat(e.isFinal()).isTrue();
              assertThat(e).hasMessage("RESOURCE_DOES_NOT_EXIST: Run with id=unknown not found");
            });
    assertThatThrownBy(() -> server.log("unknown", List.of(new MlflowMetric("m:", 1, 1, 1))))
        .hasMessageStartingWith("RESOURCE_DOES_NOT_EXIST");
    strict.broken = 503;
    assertThatThrownBy(() -> server.experiment("x"))
        .hasMessage("HTTP status 503")
        .isInstanceOfSatisfying(MlflowException.class, e -> assertThat(e.isFinal()).isFalse());
    strict.broken = 403;
    assertThatThrownBy(() -> server.experiment("x"))
        .isInstanceOfSatisfying(MlflowException.class, e -> assertThat(e.isFinal()).isTrue());
    strict.broken = 200; // a page of something else
    assertThatThrownBy(() -> server.experiment("x"))
        .hasMessageStartingWith("expected JSON, got '<html>");
  }

  @Test
  void aServerThatIsSlowOrDownIsGivenUp() {
    MlflowServer hasty = server.withPatience(Duration.ofMillis(100));
    strict.delayMillis = 5_000;
    assertThatThrownBy(() -> hasty.experiment("x")).hasMessageStartingWith("no answer within ");
    strict.close();
    assertThatThrownBy(() -> hasty.experiment("x")).hasMessage("cannot be reached");
  }

  @Test
  void whoAsksIsToldAsMlflowsOwnClientDoes() throws Exception {
    MlflowServer.of(strict.address(), Map.of("MLFLOW_TRACKING_TOKEN", "abc")).experiment("x");
    assertThat(strict.authorization).isEqualTo("[Bearer abc]");
    MlflowServer.of(
            strict.address(),
            Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "pass"))
        .experiment("x");
    assertThat(strict.authorization).isEqualTo("[Basic bWU6cGFzcw==]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:5000", "file:///tmp/mlruns", "http://", "http://a b", "http://x/?a=b"})
  void noAddress(String address) {
    assertThatThrownBy(() -> MlflowServer.of(address, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("MLflow server '" + address + "': expected an address such as");
  }

  @Test
  void aPasswordInAnAddressIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> MlflowServer.of("http://me:pass@host:5000", Map.of()))
        .hasMessageStartingWith("MLflow server 'http://…@host:5000': expected")
        .message()
        .doesNotContain("pass@");
  }
}
