package ijen.bench.workload;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A workload as it is told to a process, Ijen's or a peer's: words `key=value`, which any language
/// reads in three lines.
///
/// @param width numbers in a sample
/// @param classes classes that the data has
/// @param threads how many threads may compute
/// @param data a folder of [SampleFiles]
public record Job(
    Workload workload, int width, int classes, Effort effort, int threads, long seed, Path data) {

  /// The job in words; a peer needs to know nothing else.
  public List<String> words() {
    String layers =
        workload.layers(width, classes).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    return List.of(
        "workload=" + workload,
        "kind=" + workload.kind().word(),
        "layers=" + layers,
        "classes=" + classes,
        "loss=" + (workload.copies() ? "squared-error" : "cross-entropy"),
        "batch=" + workload.batch(),
        "optimizer=" + workload.optimizer().name(),
        "rate=" + workload.optimizer().learningRate(),
        "decay=" + workload.decay(),
        "momentum=" + workload.momentum(),
        "dropout=" + Workload.DROPOUT,
        "warmup=" + effort.warmup(),
        "epochs=" + effort.epochs(),
        "passes=" + effort.passes(),
        "threads=" + threads,
        "seed=" + seed,
        "data=" + data);
  }

  /// The job that [#words] told.
  static Job of(String... words) {
    Map<String, String> map = map(words);
    return new Job(
        Workload.valueOf(word(map, "workload")),
        Integer.parseInt(word(map, "layers").split(",", 2)[0]),
        whole(map, "classes"),
        new Effort(whole(map, "warmup"), whole(map, "epochs"), whole(map, "passes")),
        whole(map, "threads"),
        whole(map, "seed"),
        Path.of(word(map, "data")));
  }

  static Map<String, String> map(String... words) {
    Map<String, String> map = new HashMap<>();
    for (String word : words) {
      String[] parts = word.split("=", 2);
      map.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return map;
  }

  private static int whole(Map<String, String> map, String key) {
    return Integer.parseInt(word(map, key));
  }

  static String word(Map<String, String> map, String key) {
    String word = map.get(key);
    if (word == null) {
      throw new IllegalArgumentException("job: expected a word " + key + "=…, got " + map.keySet());
    }
    return word;
  }
}
