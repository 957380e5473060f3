package ijen.mlflow;

import ijen.format.Excerpt;
import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An MLflow tracking server.
///
/// Values that exceed what every version of the server takes are cut.
///
/// **Throws:** [MlflowException] if the server refuses, another [IOException] if it cannot be
/// reached or does not answer in time.
///
/// **Source:** MLflow's REST API, version 2.0.
public final class MlflowServer {
  /// How many metrics a call of [#log] may have.
  public static final int MOST_METRICS = 1000;

  private static final int MOST_WORDS = 100;
  private static final int LONGEST_VALUE = 500;
  private static final String MISSING = "RESOURCE_DOES_NOT_EXIST";
  private static final String THERE = "RESOURCE_ALREADY_EXISTS";
  private static final long LARGEST_ANSWER = 1 << 20;

  private final URI root;
  private final String authorization;
  private final Duration patience;
  private final HttpClient http;

  private MlflowServer(URI root, String authorization, Duration patience) {
    this.root = root;
    this.authorization = authorization;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// The server at an address, such as `http://localhost:5000`.
  ///
  /// @param environment where `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and
  ///   `MLFLOW_TRACKING_PASSWORD`, may stand, which are used as MLflow's own client does
  /// @throws IllegalArgumentException if it is no such address
  public static MlflowServer of(String address, Map<String, String> environment) {
    URI root;
    try {
      root = new URI(address.replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw wrong(address);
    }
    boolean isHttp = "http".equals(root.getScheme()) || "https".equals(root.getScheme());
    if (!isHttp
        || root.getHost() == null
        || root.getUserInfo() != null
        || root.getQuery() != null
        || root.getFragment() != null) {
      throw wrong(address);
    }
    return new MlflowServer(root, authorization(environment), Duration.ofSeconds(5));
  }

  private static IllegalArgumentException wrong(String address) {
    return new IllegalArgumentException(
        "MLflow server '%s': expected an address such as http://localhost:5000; who needs a password sets MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"
            .formatted(address.replaceFirst("//.*@", "//…@")));
  }

  private static String authorization(Map<String, String> environment) {
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    if (!user.isEmpty()) {
      String both = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
      byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }
    return token.isEmpty() ? "" : "Bearer " + token;
  }

  /// The same with another limit to how long an answer is waited for; it is five seconds otherwise.
  public MlflowServer withPatience(Duration patience) {
    return new MlflowServer(root, authorization, patience);
  }

  /// The id of the experiment of that name, which is made if there is none.
  public String experiment(String name) throws IOException, InterruptedException {
    try {
      return find(name);
    } catch (MlflowException e) {
      if (!e.code().equals(MISSING)) {
        throw e;
      }
    }
    try {
      return post("experiments/create", Map.of("name", name)).string("experiment_id");
    } catch (MlflowException e) {
      if (!e.code().equals(THERE)) {
        throw e;
      }
      return find(name); // somebody else was quicker
    }
  }

  private String find(String name) throws IOException, InterruptedException {
    String query = "?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    return send(request("experiments/get-by-name" + query).GET())
        .object("experiment")
        .string("experiment_id");
  }

  /// Begins a run, and returns its id.
  public String begin(String experiment, String name, long millis, Map<String, String> tags)
      throws IOException, InterruptedException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("experiment_id", experiment);
    content.put("run_name", cut(name));
    content.put("start_time", millis);
    content.put("tags", words(tags));
    return post("runs/create", content).object("run").object("info").string("run_id");
  }

  /// Logs parameters, as many calls as it takes; the same ones may be logged again.
  public void parameters(String run, Map<String, String> parameters)
      throws IOException, InterruptedException {
    List<Map<String, Object>> all = words(parameters);
    for (int from = 0; from < all.size(); from += MOST_WORDS) {
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("run_id", run);
      content.put("params", all.subList(from, Math.min(from + MOST_WORDS, all.size())));
      post("runs/log-batch", content);
    }
  }

  /// Logs at most [#MOST_METRICS] numbers.
  public void log(String run, List<MlflowMetric> metrics) throws IOException, InterruptedException {
    if (metrics.size() > MOST_METRICS) {
      throw new IllegalArgumentException(
          "MLflow: expected at most " + MOST_METRICS + " metrics, got " + metrics.size());
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("run_id", run);
    content.put("metrics", metrics.stream().map(MlflowMetric::toJson).toList());
    post("runs/log-batch", content);
  }

  /// Gives a run a tag.
  public void tag(String run, String key, String value) throws IOException, InterruptedException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("run_id", run);
    content.put("key", key);
    content.put("value", cut(value));
    post("runs/set-tag", content);
  }

  /// Ends a run.
  public void end(String run, MlflowStatus status, long millis)
      throws IOException, InterruptedException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("run_id", run);
    content.put("status", status.name());
    content.put("end_time", millis);
    post("runs/update", content);
  }

  /// The page of a run, for people.
  public String page(String experiment, String run) {
    return root + "/#/experiments/" + experiment + "/runs/" + run;
  }

  private static List<Map<String, Object>> words(Map<String, String> words) {
    List<Map<String, Object>> list = new ArrayList<>();
    words.forEach((key, value) -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("key", key);
      one.put("value", cut(value));
      list.add(one);
    });
    return list;
  }

  private static String cut(String value) {
    if (value.length() <= LONGEST_VALUE) {
      return value;
    }
    int end = LONGEST_VALUE - 1;
    return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  private JsonObject post(String method, Map<String, ?> content)
      throws IOException, InterruptedException {
    return send(
        request(method)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(content))));
  }

  private HttpRequest.Builder request(String method) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + "/api/2.0/mlflow/" + method)).timeout(patience);
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  private JsonObject send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer =
          http.send(
              request.build(),
              BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER));
    } catch (HttpTimeoutException e) {
      throw new IOException("no answer within " + patience.toSeconds() + " s", e);
    } catch (ConnectException e) {
      throw new IOException("cannot be reached", e);
    }
    if (answer.statusCode() / 100 != 2) {
      throw refused(answer);
    }
    try {
      return Json.object(answer.body(), "answer");
    } catch (JsonException e) {
      throw new MlflowException(
          "expected JSON, got '" + Excerpt.of(answer.body(), 60) + "'", "", true);
    }
  }

  private static MlflowException refused(HttpResponse<String> answer) {
    int status = answer.statusCode();
    boolean isFinal = status / 100 != 5 && status != 429 && status != 408;
    try {
      JsonObject json = Json.object(answer.body(), "answer");
      String code = json.string("error_code");
      String message = json.has("message") ? json.string("message") : "";
      return new MlflowException(code + ": " + Excerpt.of(message, 200), code, isFinal);
    } catch (JsonException e) {
      return new MlflowException("HTTP status " + status, "", isFinal);
    }
  }

  /// Its address.
  @Override
  public String toString() {
    return root.toString();
  }
}
