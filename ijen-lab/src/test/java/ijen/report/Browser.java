package ijen.report;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Chromium without a screen, spoken to by its DevTools protocol over loopback.
///
/// **Source:** Chrome DevTools Protocol, domains Target, Page, Network, Log, Runtime.
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

  /// What happened when a page was opened.
  ///
  /// @param requests the addresses that were asked for, but for the page itself and data in it
  /// @param errors what the console has to complain of, warnings too
  /// @param images how many images there are
  /// @param drawn how many of them are decoded, and take room
  record Visit(List<String> requests, List<String> errors, int images, int drawn) {}

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private long last;

  private Browser(Process process, Path profile, String address) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .join();
  }

  /// The program, if it is installed.
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Starts it, with a profile of its own in `profile`.
  static Browser start(Path program, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        Thread.ofPlatform().daemon().start(() -> drain(said));
        return new Browser(process, profile, matcher.group(1));
      }
      lines.add(line);
    }
    throw new IOException("the browser ended at once: " + String.join("\n", lines));
  }

  /// Nobody else reads what it says, and it would wait for a reader.
  private static void drain(BufferedReader said) {
    try {
      while (said.readLine() != null) {}
    } catch (IOException closed) {
      return;
    }
  }

  /// Opens a page and looks at it once it is loaded.
  Visit open(Path page) throws Exception {
    String address = page.toUri().toString();
    String target =
        ask("Target.createTarget", Map.of("url", "about:blank"), "", null).string("targetId");
    String session =
        ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true), "", null)
            .string("sessionId");
    List<JsonObject> events = new ArrayList<>();
    for (String domain : List.of("Page", "Network", "Log", "Runtime")) {
      ask(domain + ".enable", Map.of(), session, events);
    }
    ask("Page.navigate", Map.of("url", address), session, events);
    while (events.stream().noneMatch(event -> is(event, "Page.loadEventFired"))) {
      events.add(next());
    }
    String decoded =
        evaluate(
            "Promise.all(Array.from(document.querySelectorAll('image,img'), i => i.decode().then(()"
                + " => (i.getBBox ? i.getBBox() : i.getBoundingClientRect()).width > 0, () =>"
                + " false))).then(all => all.length + ' ' + all.filter(drawn => drawn).length)",
            session,
            events);
    List<String> requests =
        events.stream()
            .filter(event -> is(event, "Network.requestWillBeSent"))
            .map(event -> event.object("params").object("request").string("url"))
            .filter(url -> !url.equals(address) && !url.startsWith("data:"))
            .toList();
    List<String> errors =
        events.stream()
            .filter(event ->
                is(event, "Log.entryAdded")
                    || is(event, "Runtime.consoleAPICalled")
                    || is(event, "Runtime.exceptionThrown"))
            .map(JsonObject::toString)
            .toList();
    ask("Target.closeTarget", Map.of("targetId", target), "", null);
    String[] counts = decoded.split(" ", -1);
    return new Visit(requests, errors, Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
  }

  private String evaluate(String expression, String session, List<JsonObject> events)
      throws Exception {
    return ask(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true),
            session,
            events)
        .object("result")
        .string("value");
  }

  private static boolean is(JsonObject event, String method) {
    return event.has("method") && event.string("method").equals(method);
  }

  /// Sends a command and waits for its answer; events that come before go to `events`.
  private JsonObject ask(
      String method,
      Map<String, Object> parameters,
      String session,
      @Nullable List<JsonObject> events)
      throws Exception {
    long id = ++last;
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(Json.line(message), true).join();
    while (true) {
      JsonObject answer = next();
      if (answer.has("id") && answer.whole("id") == id) {
        if (answer.has("error")) {
          throw new IOException(method + ": " + answer);
        }
        return answer.object("result");
      }
      if (events != null) {
        events.add(answer);
      }
    }
  }

  private JsonObject next() throws Exception {
    JsonObject message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new IOException("the browser has said nothing for " + PATIENCE_SECONDS + " s");
    }
    return message;
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean whole) {
      text.append(part);
      if (whole) {
        messages.add(Json.object(text.toString(), "DevTools"));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  /// Ends it, with all processes that it started.
  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join()); // or they would go on writing into the profile
    delete();
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
