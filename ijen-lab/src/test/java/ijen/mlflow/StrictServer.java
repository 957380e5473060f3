package ijen.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ijen.format.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.mlflow.api.proto.Service;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Message;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/// A tracking server on this machine that is as strict as MLflow's: requests are read by the
/// official message types, which refuse unknown fields and wrong types, and then checked by the
/// rules of MLflow's handlers and stores.
///
/// **Source:** `mlflow/server/handlers.py`, `mlflow/utils/validation.py` of MLflow 2.
final class StrictServer implements Closeable {
  private static final Pattern NAME = Pattern.compile("[/\\w.\\- ]+");
  private static final Pattern RUN = Pattern.compile("[a-zA-Z0-9][\\w\\-]{0,255}");

  private final HttpServer http;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Map<String, String> experiments = new ConcurrentHashMap<>();

  /// The runs, by id.
  final Map<String, Run> runs = new ConcurrentHashMap<>();

  /// What was asked for: methods, in order.
  final List<String> calls = new CopyOnWriteArrayList<>();

  /// The header with who asks, of the last request.
  volatile String authorization = "";

  /// How long an answer takes.
  volatile long delayMillis;

  /// An HTTP status that all requests get; 0 for none.
  volatile int broken;

  /// Whether an experiment that is looked for appears between that and the attempt to make it.
  volatile boolean race;

  /// A run as the server has it.
  static final class Run {
    final Map<String, String> parameters = new LinkedHashMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    final List<MlflowMetric> metrics = new ArrayList<>();
    String experiment = "";
    String name = "";
    String status = "RUNNING";
    long start;
    long end;
  }

  /// An error as MLflow has them.
  private static final class Refused extends Exception {
    final int status;
    final String code;

    Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  StrictServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.setExecutor(workers);
    http.start();
  }

  String address() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  /// The only run.
  Run run() {
    return runs.values().iterator().next();
  }

  @Override
  public void close() {
    http.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      calls.add(path.substring(path.lastIndexOf("mlflow/") + 7));
      authorization =
          String.valueOf(exchange.getRequestHeaders().getOrDefault("Authorization", List.of("")));
      if (delayMillis > 0) {
        Thread.sleep(delayMillis);
      }
      if (broken != 0) {
        answer(exchange, broken, "<html>out of order</html>");
        return;
      }
      try {
        String text = new String(body, StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean isGet = path.endsWith("/get-by-name");
        if (!exchange.getRequestMethod().equals(isGet ? "GET" : "POST")) {
          answer(exchange, 405, "<html>method not allowed</html>");
          return;
        }
        if (!isGet && !"application/json".equals(type)) {
          throw invalid("Bad Request. Content-Type must be application/json");
        }
        Map<String, ?> content =
            switch (path) {
              case "/api/2.0/mlflow/experiments/get-by-name" ->
                  find(exchange.getRequestURI().getRawQuery());
              case "/api/2.0/mlflow/experiments/create" ->
                  create(read(text, Service.CreateExperiment.newBuilder()).build());
              case "/api/2.0/mlflow/runs/create" ->
                  begin(read(text, Service.CreateRun.newBuilder()).build());
              case "/api/2.0/mlflow/runs/log-batch" ->
                  log(text, read(text, Service.LogBatch.newBuilder()).build());
              case "/api/2.0/mlflow/runs/set-tag" ->
                  tag(read(text, Service.SetTag.newBuilder()).build());
              case "/api/2.0/mlflow/runs/update" ->
                  update(read(text, Service.UpdateRun.newBuilder()).build());
              default -> null;
            };
        answer(exchange, content == null ? 404 : 200, content == null ? "" : Json.line(content));
      } catch (Refused e) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error_code", e.code);
        error.put("message", e.getMessage());
        answer(exchange, e.status, Json.line(error));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static <B extends Message.Builder> B read(String text, B builder) throws Refused {
    try {
      JsonFormat.parser().merge(text, builder);
      return builder;
    } catch (InvalidProtocolBufferException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static Refused invalid(String message) {
    return new Refused(400, "INVALID_PARAMETER_VALUE", message);
  }

  private static Refused missing(String message) {
    return new Refused(404, "RESOURCE_DOES_NOT_EXIST", message);
  }

  private static String required(String field, String value) throws Refused {
    if (value.isEmpty()) {
      throw invalid("Missing value for required parameter '" + field + "'");
    }
    return value;
  }

  private Map<String, ?> find(String query) throws Refused {
    Map<String, String> arguments = new HashMap<>();
    for (String one : query.split("&", -1)) {
      String[] pair = one.split("=", 2);
      arguments.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    String name = required("experiment_name", arguments.getOrDefault("experiment_name", ""));
    String id = experiments.get(name);
    if (id == null) {
      if (race) {
        experiments.put(name, "7");
      }
      throw missing("Could not find experiment with name '" + name + "'");
    }
    return Map.of(
        "experiment",
        Map.of("experiment_id", id, "name", name, "lifecycle_stage", "active", "tags", List.of()));
  }

  private Map<String, ?> create(Service.CreateExperiment request) throws Refused {
    String name = required("name", request.getName());
    String id = Integer.toString(experiments.size() + 1);
    if (experiments.putIfAbsent(name, id) != null) {
      throw new Refused(
          400, "RESOURCE_ALREADY_EXISTS", "Experiment(name=" + name + ") already exists.");
    }
    return Map.of("experiment_id", id);
  }

  private Map<String, ?> begin(Service.CreateRun request) throws Refused {
    if (!experiments.containsValue(required("experiment_id", request.getExperimentId()))) {
      throw missing("No Experiment with id=" + request.getExperimentId() + " exists");
    }
    Run run = new Run();
    run.experiment = request.getExperimentId();
    run.name = request.getRunName();
    run.start = request.getStartTime();
    for (Service.RunTag tag : request.getTagsList()) {
      put(run.tags, "Tag", tag.getKey(), tag.getValue(), 5000);
    }
    String id = "%032x".formatted(runs.size() + 0xabcL);
    runs.put(id, run);
    return Map.of("run", Map.of("info", Map.of("run_id", id, "run_uuid", id, "status", "RUNNING")));
  }

  private Run run(String id) throws Refused {
    if (!RUN.matcher(required("run_id", id)).matches()) {
      throw invalid("Invalid run ID: '" + id + "'");
    }
    Run run = runs.get(id);
    if (run == null) {
      throw missing("Run with id=" + id + " not found");
    }
    return run;
  }

  private Map<String, ?> log(String text, Service.LogBatch request) throws Refused {
    if (text.length() > 1_000_000) {
      throw invalid("Batched logging API requests must be at most 1000000 bytes");
    }
    most("metrics", request.getMetricsCount(), 1000);
    most("params", request.getParamsCount(), 100);
    most("tags", request.getTagsCount(), 100);
    most(
        "metrics, params, and tags",
        request.getMetricsCount() + request.getParamsCount() + request.getTagsCount(),
        1000);
    Run run = run(request.getRunId());
    synchronized (run) {
      Map<String, String> parameters = new LinkedHashMap<>(run.parameters);
      for (Service.Param param : request.getParamsList()) {
        String old = parameters.get(param.getKey());
        if (old != null && !old.equals(param.getValue())) {
          throw invalid("Changing param values is not allowed. Param with key='" + param.getKey());
        }
        put(parameters, "Param", param.getKey(), param.getValue(), 500);
      }
      for (Service.Metric metric : request.getMetricsList()) {
        if (!metric.hasKey() || !metric.hasValue() || !metric.hasTimestamp()) {
          throw invalid("Missing value for required parameter 'metrics'");
        }
        name("Metric", metric.getKey());
        if (metric.getTimestamp() < 0) {
          throw invalid("Got invalid timestamp");
        }
      }
      for (Service.Metric metric : request.getMetricsList()) {
        run.metrics.add(
            new MlflowMetric(
                metric.getKey(), metric.getValue(), metric.getTimestamp(), metric.getStep()));
      }
      for (Service.RunTag tag : request.getTagsList()) {
        put(run.tags, "Tag", tag.getKey(), tag.getValue(), 5000);
      }
      run.parameters.putAll(parameters);
    }
    return Map.of();
  }

  private static void most(String what, int count, int most) throws Refused {
    if (count > most) {
      throw invalid("A batch logging request can contain at most " + most + " " + what);
    }
  }

  /// Lengths are those of the oldest servers of version 2, as a client should keep to them.
  private static void put(
      Map<String, String> into, String what, String key, String value, int longest) throws Refused {
    name(what, key);
    if (value.length() > longest) {
      throw invalid(what + " value had length " + value.length() + ", which exceeded " + longest);
    }
    into.put(key, value);
  }

  private static void name(String what, String key) throws Refused {
    if (!NAME.matcher(required("key", key)).matches()
        || key.length() > 250
        || key.startsWith("/")
        || key.contains("..")
        || key.contains("//")) {
      throw invalid("Invalid " + what + " name: '" + key + "'");
    }
  }

  private Map<String, ?> tag(Service.SetTag request) throws Refused {
    Run run = run(request.getRunId());
    synchronized (run) {
      put(run.tags, "Tag", request.getKey(), request.getValue(), 5000);
    }
    return Map.of();
  }

  private Map<String, ?> update(Service.UpdateRun request) throws Refused {
    Run run = run(request.getRunId());
    synchronized (run) {
      run.status = request.getStatus().name();
      run.end = request.getEndTime();
    }
    return Map.of("run_info", Map.of("run_id", request.getRunId(), "status", run.status));
  }
}
