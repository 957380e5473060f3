package ijen.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// Where code allocates what, by the JVM's flight recorder.
final class AllocationSites {
  private static final String EVENT = "jdk.ObjectAllocationSample";
  private static final long PATIENCE = Duration.ofSeconds(3).toNanos();
  private static final int SITES = 8;
  private static final int FRAMES = 6;

  private AllocationSites() {}

  /// The most frequent places, a line each: a share of the bytes, a class, and the methods on top
  /// of the stack.
  static String of(Runnable code) {
    try {
      Path file = Files.createTempFile("allocation", ".jfr");
      try {
        record(code, file);
        return text(RecordingFile.readAllEvents(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void record(Runnable code, Path file) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable(EVENT).withStackTrace().with("throttle", "10000/s");
      recording.start();
      long start = System.nanoTime();
      do {
        run(code);
      } while (System.nanoTime() - start < PATIENCE);
      recording.stop();
      recording.dump(file);
    }
  }

  private static String text(List<RecordedEvent> events) {
    Map<String, Long> sites = new HashMap<>();
    long all = 0;
    for (RecordedEvent event : events) {
      if (!isOurs(event)) {
        continue; // of the recorder itself, or of another thread
      }
      long weight = event.getLong("weight");
      all += weight;
      sites.merge(site(event), weight, Long::sum);
    }
    if (all == 0) {
      return "nothing was allocated while this was recorded";
    }
    double whole = all;
    return sites.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SITES)
        .map(site -> "%3.0f %% %s".formatted(100 * site.getValue() / whole, site.getKey()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static boolean isOurs(RecordedEvent event) {
    return event.getStackTrace() != null
        && event.getStackTrace().getFrames().stream()
            .map(frame -> frame.getMethod())
            .anyMatch(method ->
                method.getName().equals("run")
                    && method.getType().getName().equals(AllocationSites.class.getName()));
  }

  /// The code, and a frame by which it is known.
  private static void run(Runnable code) {
    code.run();
  }

  private static String site(RecordedEvent event) {
    String type = event.getClass("objectClass").getName();
    return event.getStackTrace().getFrames().stream()
        .limit(FRAMES)
        .map(frame ->
            frame.getMethod().getType().getName()
                + "."
                + frame.getMethod().getName()
                + ":"
                + frame.getLineNumber())
        .collect(Collectors.joining(" < ", type + " at ", ""));
  }
}
