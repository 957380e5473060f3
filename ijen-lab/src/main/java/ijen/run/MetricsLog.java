package ijen.run;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A file of measurements, one JSON object a line, that only grows.
///
/// A line counts when its line feed is there. Each line is handed to the system at once and as a
/// whole, so a killed process loses nothing that [#append] returned from; what a crash of the
/// machine left of a last line is not read, and is cut off when appending goes on.
///
/// May be used by several threads; by one process at a time, which [RunFolder#claim()] sees to.
public final class MetricsLog implements Closeable {
  private static final byte LINE_FEED = '\n';
  private static final int BLOCK = 1 << 13;

  /// Larger files are refused in reading: 256 MiB.
  static final long MOST_BYTES = 1L << 28;

  private final Path file;
  private final FileChannel channel;
  private long end;

  private MetricsLog(Path file, FileChannel channel, long end) {
    this.file = file;
    this.channel = channel;
    this.end = end;
  }

  /// Opens a file to append to, or makes it.
  static MetricsLog open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      long end = endOfLastLine(channel);
      channel.truncate(end);
      return new MetricsLog(file, channel, end);
    } catch (Throwable failure) {
      channel.close();
      throw failure;
    }
  }

  /// Appends what an epoch has measured.
  public void append(EpochRow row) throws IOException {
    append(row.toJson());
  }

  /// Appends an object of any content; its key `event` says what kind of line it is.
  public synchronized void append(Map<String, ?> object) throws IOException {
    byte[] line = (Json.line(object) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(line);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, end + bytes.position());
      }
    } catch (IOException failure) {
      try {
        channel.truncate(end); // a full disk leaves no half line behind
      } catch (IOException suppressed) {
        failure.addSuppressed(suppressed);
      }
      throw new IOException(file + ": the measurement could not be written", failure);
    }
    end += line.length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// The objects of all whole lines; none if there is no such file.
  static List<JsonObject> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new IOException(
          "%s: expected at most %s bytes of measurements, got %s"
              .formatted(file, MOST_BYTES, size));
    }
    byte[] bytes = Files.readAllBytes(file);
    List<JsonObject> objects = new ArrayList<>();
    int start = 0;
    int number = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == LINE_FEED) {
        String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        if (!line.isBlank()) {
          objects.add(Json.object(line, file + " line " + number));
        }
        start = i + 1;
        number++;
      }
    }
    return objects;
  }

  /// The epochs among the lines, in order. When an epoch was measured again after a resumption, the
  /// later line counts.
  static List<EpochRow> epochs(Path file) throws IOException {
    TreeMap<Integer, EpochRow> rows = new TreeMap<>();
    for (JsonObject object : read(file)) {
      if (EpochRow.isOne(object)) {
        EpochRow row = EpochRow.of(object);
        rows.put(row.epoch(), row);
      }
    }
    return List.copyOf(rows.values());
  }

  /// What was measured within epochs, in order. When a step was measured again after a resumption,
  /// the later line counts.
  static List<StepRow> steps(Path file) throws IOException {
    TreeMap<Long, StepRow> rows = new TreeMap<>();
    for (JsonObject object : read(file)) {
      if (StepRow.isOne(object)) {
        StepRow row = StepRow.of(object);
        rows.put(row.step(), row);
      }
    }
    return List.copyOf(rows.values());
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long blockEnd = channel.size();
    while (blockEnd > 0) {
      long start = Math.max(0, blockEnd - BLOCK);
      block.clear().limit((int) (blockEnd - start));
      while (block.hasRemaining()) {
        if (channel.read(block, start + block.position()) < 0) {
          throw new IOException("the file became shorter while it was read");
        }
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == LINE_FEED) {
          return start + i + 1;
        }
      }
      blockEnd = start;
    }
    return 0;
  }
}
