package ijen.data;

import ijen.format.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Brings a published file into a folder: from the first mirror that has it, whole and unchanged or
/// not at all.
///
/// What arrives goes into a file ending with `.part`, which a later attempt continues. Only when
/// its checksum is right does it get its name. Each connection waits for a bounded time and each
/// mirror is tried a bounded number of times.
final class Download {
  private static final Object ONE_AT_A_TIME = new Object();

  /// How patient to be.
  ///
  /// @param connect how long to wait for a connection
  /// @param silence how long to wait for the next bytes
  /// @param rounds how often to go through the mirrors
  /// @param pause how long to wait between two rounds
  record Patience(Duration connect, Duration silence, int rounds, Duration pause) {
    static Patience defaults() {
      return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), 2, Duration.ofSeconds(1));
    }
  }

  private final List<URI> mirrors;
  private final Patience patience;
  private final DownloadListener listener;

  /// @param mirrors folders on the network, each address ending with a slash
  Download(List<URI> mirrors, Patience patience, DownloadListener listener) {
    this.mirrors = List.copyOf(mirrors);
    this.patience = patience;
    this.listener = listener;
  }

  /// Brings `file` into `folder`, which is made if necessary; does nothing if it is there already.
  ///
  /// @throws IOException if no mirror delivers it; the message has each mirror's reason
  void fetch(PublishedFile file, Path folder) throws IOException {
    Files.createDirectories(folder);
    synchronized (ONE_AT_A_TIME) { // a file lock holds off other programs, not other threads
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        if (!held.isValid()) {
          throw new IOException(folder + ": cannot be locked");
        }
        if (!Files.exists(folder.resolve(file.name()))) {
          fetchFromAny(file, folder);
        }
      }
    }
  }

  private void fetchFromAny(PublishedFile file, Path folder) throws IOException {
    Set<String> reasons = new LinkedHashSet<>();
    for (int round = 0; round < patience.rounds(); round++) {
      if (round > 0) {
        rest();
      }
      for (URI mirror : mirrors) {
        try {
          fetchFrom(mirror.resolve(file.name()), file, folder);
          return;
        } catch (InterruptedIOException interrupted) {
          if (Thread.currentThread().isInterrupted()) {
            throw interrupted;
          }
          reasons.add(mirror.resolve(file.name()) + ": " + reason(interrupted)); // a time-out
        } catch (IOException failed) {
          reasons.add(mirror.resolve(file.name()) + ": " + reason(failed));
        }
      }
    }
    throw new IOException(String.join("; ", reasons));
  }

  private static String reason(IOException failure) {
    String kind = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    return message == null
        ? kind
        : failure.getClass() == IOException.class ? message : kind + " (" + message + ")";
  }

  private void rest() throws IOException {
    try {
      Thread.sleep(patience.pause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void fetchFrom(URI address, PublishedFile file, Path folder) throws IOException {
    Path part = folder.resolve(file.name() + ".part");
    long have = Files.exists(part) ? Files.size(part) : 0;
    if (have > file.bytes()) {
      Files.delete(part);
      have = 0;
    }
    if (have < file.bytes()) {
      transfer(address, file, part, have);
    }
    String sha256 = Checksum.of(part);
    if (!sha256.equals(file.sha256())) {
      Files.delete(part);
      throw new IOException(
          "expected a file with SHA-256 " + file.sha256() + ", got one with " + sha256);
    }
    AtomicFile.publish(part, folder.resolve(file.name()));
  }

  private void transfer(URI address, PublishedFile file, Path part, long have) throws IOException {
    HttpURLConnection connection = open(address);
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
    }
    try {
      int status = connection.getResponseCode();
      if (have > 0 && status == 416) {
        Files.delete(part);
      }
      if (status != 200 && status != 206) {
        throw new IOException("the server answered " + status);
      }
      boolean resumed = status == 206;
      if (resumed && !isFrom(have, connection.getHeaderField("Content-Range"))) {
        throw new IOException("the server sent another part than bytes " + have + " and on");
      }
      long expected = file.bytes() - (resumed ? have : 0);
      long offered = connection.getContentLengthLong();
      if (offered >= 0 && offered != expected) {
        throw new IOException("expected " + expected + " bytes, the server offers " + offered);
      }
      copy(connection, file, part, resumed ? have : 0);
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection open(URI address) throws IOException {
    URLConnection connection = address.toURL().openConnection();
    if (!(connection instanceof HttpURLConnection http)) {
      throw new IOException("expected an address with http or https");
    }
    http.setConnectTimeout((int) patience.connect().toMillis());
    http.setReadTimeout((int) patience.silence().toMillis());
    http.setUseCaches(false);
    http.setRequestProperty("User-Agent", "ijen");
    http.setRequestProperty("Accept-Encoding", "identity"); // the file is gzipped itself
    return http;
  }

  private static boolean isFrom(long have, String contentRange) {
    return contentRange != null && contentRange.strip().startsWith("bytes " + have + "-");
  }

  private void copy(HttpURLConnection connection, PublishedFile file, Path part, long from)
      throws IOException {
    StandardOpenOption how =
        from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    byte[] buffer = new byte[1 << 16];
    long have = from;
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      listener.progress(file.name(), have, file.bytes());
      for (int got; (got = in.read(buffer)) >= 0; ) {
        have += got;
        if (have > file.bytes()) {
          throw new IOException("expected " + file.bytes() + " bytes, the server sent more");
        }
        out.write(buffer, 0, got);
        listener.progress(file.name(), have, file.bytes());
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted");
        }
      }
    }
    if (have < file.bytes()) {
      throw new IOException(
          "expected " + file.bytes() + " bytes, the connection ended after " + have);
    }
  }
}
