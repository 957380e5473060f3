package ijen.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A mirror on the loopback interface that behaves as badly as it is told to.
final class Mirror implements AutoCloseable {
  /// What it does with a request.
  enum Manner {
    /// Sends the file, or the part that was asked for.
    GOOD,
    /// Sends the whole file, whatever part was asked for.
    NO_RANGES,
    /// Sends half of what it promised, then cuts the connection; the next request is served well.
    CUT_ONCE,
    /// Sends half of what it promised, always.
    CUT_ALWAYS,
    /// Sends a file of the right length with one wrong byte.
    WRONG_BYTE,
    /// Promises a file of another length.
    WRONG_LENGTH,
    /// Sends an endless file without saying how long it is.
    ENDLESS,
    /// Says that a file has moved here, and moves it again.
    REDIRECTS,
    /// Sends a few bytes, then nothing for longer than anybody waits.
    SILENT,
    /// Says that there is no such file.
    MISSING,
    /// Answers a request for a part with another part.
    WRONG_RANGE
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files;
  private final Manner manner;
  final List<String> requests = new CopyOnWriteArrayList<>();

  Mirror(Manner manner, Map<String, byte[]> files) throws IOException {
    this.manner = manner;
    this.files = files;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + (range == null ? "" : " " + range));
    byte[] file = files.get(path.substring(path.lastIndexOf('/') + 1));
    try (exchange) {
      if (manner == Manner.MISSING || file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (manner == Manner.REDIRECTS) {
        exchange.getResponseHeaders().set("Location", path);
        exchange.sendResponseHeaders(302, -1);
      } else {
        send(exchange, file, range);
      }
    }
  }

  private void send(HttpExchange exchange, byte[] file, String range) throws IOException {
    int from =
        range == null || manner == Manner.NO_RANGES
            ? 0
            : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from > 0) {
      int claimed = manner == Manner.WRONG_RANGE ? from - 1 : from;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + claimed + "-" + (file.length - 1) + "/" + file.length);
    }
    int status = from > 0 ? 206 : 200;
    byte[] rest = Arrays.copyOfRange(file, from, file.length);
    boolean cut =
        manner == Manner.CUT_ALWAYS || (manner == Manner.CUT_ONCE && requests.size() == 1);
    switch (manner) {
      case WRONG_LENGTH -> exchange.sendResponseHeaders(status, rest.length + 7L);
      case ENDLESS -> exchange.sendResponseHeaders(status, 0);
      default -> exchange.sendResponseHeaders(status, rest.length);
    }
    OutputStream out = exchange.getResponseBody();
    if (manner == Manner.WRONG_BYTE) {
      rest[rest.length / 2] ^= 1;
    }
    if (cut || manner == Manner.SILENT) {
      out.write(rest, 0, rest.length / 2);
      out.flush();
      if (manner == Manner.SILENT) {
        pause();
      }
      return; // closing the exchange with bytes still due cuts the connection
    }
    do {
      out.write(rest);
    } while (manner == Manner.ENDLESS);
  }

  private static void pause() {
    try {
      Thread.sleep(5_000);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
