package ijen.store;

import ijen.run.RunFolder;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes folders of runs without training anything.
final class StoreFiles {
  private StoreFiles() {}

  /// A finished run of two epochs under this name.
  static RunFolder run(RunStore store, String id, double lr, double accuracy) throws IOException {
    RunFolder run = store.folder(id);
    Files.createDirectories(run.path());
    run.writeConfig(
        Map.of(
            "title",
            id + " title",
            "command",
            List.of("./ijen", "train"),
            "data",
            "moons",
            "lr",
            lr,
            "hidden",
            List.of(8, 4)));
    Files.writeString(run.metricsFile(), epoch(1, accuracy / 2) + epoch(2, accuracy));
    Files.writeString(run.resultFile(), result(accuracy));
    return run;
  }

  static String epoch(int epoch, double accuracy) {
    return String.format(
        Locale.ROOT,
        """
        {"event": "epoch", "epoch": %d, "step": %d, "seconds": 0.5, "learningRate": 0.1, "scores": \
        {"train": {"loss": "NaN", "samples": 10}, \
        "test": {"loss": 0.5, "accuracy": %s, "samples": 10}}}
        """,
        epoch,
        10 * epoch,
        accuracy);
  }

  private static String result(double accuracy) {
    return """
    {"status": "finished", "message": "", "epochs": 2, "steps": 20, "seconds": 1.5,
     "samplesPerSecond": 100, "scores": {"test": {"loss": 0.25, "accuracy": %s, "samples": 10}},
     "thetaSha256": "abc", "parameters": 0, "layers": []}
    """
        .formatted(accuracy);
  }

  /// The bytes of all files below a folder, by their path.
  static Map<Path, byte[]> bytes(Path folder) throws IOException {
    Map<Path, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes.put(folder.relativize(file), Files.readAllBytes(file));
      }
    }
    return bytes;
  }
}
