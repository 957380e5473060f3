package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./ijen train --mlflow`. Whether MLflow takes what is sent is judged by the tests of
/// `ijen.mlflow`; here it is what a training sends.
@Timeout(60)
class MlflowCommandTest {
  @TempDir Path runs;

  private Ran train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "--data", "moons", "--train-size", "64", "--epochs", "2", "--runs"));
    words.add(runs.toString());
    words.addAll(List.of(more));
    return Ran.piped(words.toArray(String[]::new));
  }

  @Test
  void aTrainingIsLogged() throws IOException {
    List<JsonObject> asked = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (body.length > 0) {
            asked.add(Json.object(new String(body, StandardCharsets.UTF_8), "request"));
          }
          byte[] answer =
              Json.line(
                      Map.of(
                          "experiment",
                          Map.of("experiment_id", "3"),
                          "run",
                          Map.of("info", Map.of("run_id", "r1"))))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    String address = "http://localhost:" + server.getAddress().getPort();
    Ran ran = train("--mlflow", address, "--mlflow-experiment", "mine").well();
    server.stop(0);
    assertThat(ran.out()).endsWith("mlflow    " + address + "/#/experiments/3/runs/r1\n");
    assertThat(asked.getFirst().string("experiment_id")).isEqualTo("3");
    assertThat(asked.getFirst().string("run_name")).endsWith("-moons");
    assertThat(words(asked, "params")).contains("epochs=2", "data=moons", "batch=64");
    assertThat(asked.getFirst().objects("tags").stream().map(tag -> tag.string("key")))
        .contains("ijen.run", "ijen.command", "mlflow.source.name");
    List<String> metrics =
        asked.stream()
            .filter(request -> request.has("metrics"))
            .flatMap(request -> request.objects("metrics").stream())
            .map(metric -> metric.string("key") + " " + metric.whole("step"))
            .toList();
    assertThat(metrics)
        .contains("train.loss 1", "test.accuracy 2", "learning-rate 2", "final.test.accuracy 2");
    assertThat(asked.getLast().string("status")).isEqualTo("FINISHED");
  }

  private static List<String> words(List<JsonObject> asked, String key) {
    return asked.stream()
        .filter(request -> request.has(key))
        .flatMap(request -> request.objects(key).stream())
        .map(word -> word.string("key") + "=" + word.string("value"))
        .toList();
  }

  @Test
  void withoutTheServerATrainingGoesOn() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    String address = "http://localhost:" + closed;
    Ran ran = train("--mlflow", address);
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("report    ").doesNotContain("mlflow    ");
    assertThat(ran.err())
        .contains("MLflow at " + address + ": nothing was logged: cannot be reached");
  }

  @Test
  void wrongAddressesAreRefusedBeforeAnythingIsDone() {
    Ran wrong = train("--mlflow", "localhost:5000");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("--mlflow: MLflow server 'localhost:5000': expected an address");
    assertThat(train("--mlflow-experiment", "x").code()).isEqualTo(2);
    assertThat(runs).isEmptyDirectory();
  }
}
