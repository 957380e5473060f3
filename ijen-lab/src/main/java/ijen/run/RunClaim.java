package ijen.run;

import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The word of one process that a run is its own, for as long as it works on it.
///
/// `running.json` names the process by number and start time, for anyone who looks; a lock of the
/// operating system on that file, which ends with the process however it ends, keeps a second one
/// away. Closing the claim empties the file. It is never deleted: another process may have it open
/// already, and would then lock a file that nobody else sees.
public final class RunClaim implements Closeable {
  /// The lock lies behind the content: on some systems a locked part cannot be read by others.
  private static final long LOCKED_BYTE = 1L << 40;

  /// A process's start time is derived from the system's, which may be corrected meanwhile.
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(10);

  /// The files that this process has claimed, which it must not open again, not even to read: on
  /// POSIX systems a process loses its locks on a file with the first of its descriptors for that
  /// file that it closes. Who opens such a file holds this set's monitor.
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private RunClaim(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  static RunClaim of(Path file) throws IOException {
    synchronized (HELD) {
      Path real = real(file);
      if (HELD.contains(real)) {
        throw taken(file);
      }
      RunClaim claim = locked(real);
      HELD.add(real);
      return claim;
    }
  }

  private static Path real(Path file) throws IOException {
    return file.toAbsolutePath().resolveSibling("").toRealPath().resolve(file.getFileName());
  }

  private static RunClaim locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw taken(file);
      }
      ProcessHandle self = ProcessHandle.current();
      Map<String, Object> holder = new LinkedHashMap<>();
      holder.put("pid", self.pid());
      self.info().startInstant().ifPresent(start -> holder.put("started", start.toString()));
      ByteBuffer content =
          ByteBuffer.wrap((Json.line(holder) + "\n").getBytes(StandardCharsets.UTF_8));
      channel.truncate(0);
      while (content.hasRemaining()) {
        channel.write(content);
      }
      return new RunClaim(file, channel, lock);
    } catch (Throwable failure) {
      channel.close();
      throw failure;
    }
  }

  /// Gives the run free.
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        try (channel;
            lock) {
          channel.truncate(0);
        } finally {
          HELD.remove(file);
        }
      }
    }
  }

  /// The living process that claims to work on the run.
  static Optional<ProcessHandle> holder(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Optional.empty();
    }
    synchronized (HELD) {
      return HELD.contains(real(file)) ? Optional.of(ProcessHandle.current()) : named(file);
    }
  }

  private static Optional<ProcessHandle> named(Path file) throws IOException {
    try {
      JsonObject json = Json.object(file);
      Optional<Instant> started =
          json.has("started")
              ? Optional.of(Instant.parse(json.string("started")))
              : Optional.empty();
      return ProcessHandle.of(json.whole("pid"))
          .filter(ProcessHandle::isAlive)
          .filter(process -> isSame(process.info().startInstant(), started));
    } catch (JsonException | DateTimeParseException torn) {
      return Optional.empty(); // caught while it was being written, or by a crash
    }
  }

  private static boolean isSame(Optional<Instant> now, Optional<Instant> then) {
    return now.isEmpty()
        || then.isEmpty()
        || Duration.between(now.get(), then.get()).abs().compareTo(CLOCK_SLACK) < 0;
  }

  private static IOException taken(Path file) throws IOException {
    String who = holder(file).map(process -> "process " + process.pid()).orElse("another process");
    return new IOException(
        "run %s: %s is working on it; stop that one first, or wait for its end"
            .formatted(file.toAbsolutePath().getParent(), who));
  }
}
