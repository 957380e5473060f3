package ijen.bench;

import ijen.bench.peer.Library;
import ijen.bench.workload.Effort;
import ijen.bench.workload.Workload;
import ijen.cli.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is measured, and how often.
final class ChoiceOptions {
  @Option(
      names = "--repetitions",
      paramLabel = "COUNT",
      description = "how often each is measured (default: 3)")
  @Nullable Integer repetitions;

  @Option(
      names = "--epochs",
      paramLabel = "COUNT",
      description = "how many epochs are timed (default: 3; 1 of G and of a quick run)")
  @Nullable Integer epochs;

  @Option(
      names = "--warmup",
      paramLabel = "COUNT",
      description = "how many epochs come before those (default: 1)")
  @Nullable Integer warmup;

  @Option(
      names = "--workloads",
      split = ",",
      paramLabel = "LETTER",
      description = "which trainings, of A to H (default: all)")
  List<String> workloads = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "which libraries, of torch, numpy, djl and smile, or none (default: all)")
  List<String> peers = List.of();

  @Option(
      names = "--quick",
      description = "one repetition of one epoch, with the setting that is usually best")
  boolean quick;

  int repetitions() {
    return atLeast(1, "--repetitions", repetitions, quick ? 1 : 3);
  }

  /// Whether nothing was left out.
  boolean isAll() {
    return workloads.isEmpty();
  }

  /// The workloads in their order, and how much of each.
  Map<Workload, Effort> efforts() {
    Map<Workload, Effort> efforts = new LinkedHashMap<>();
    for (Workload workload : workloads()) {
      Effort usual = Effort.of(workload, quick);
      efforts.put(
          workload,
          usual.withEpochs(
              atLeast(0, "--warmup", warmup, usual.warmup()),
              atLeast(1, "--epochs", epochs, usual.epochs())));
    }
    return efforts;
  }

  private static int atLeast(int least, String option, @Nullable Integer given, int usual) {
    if (given != null && given < least) {
      throw new UsageException("%s: expected %s or more, got %s".formatted(option, least, given));
    }
    return given == null ? usual : given;
  }

  private List<Workload> workloads() {
    List<Workload> all = List.of(Workload.values());
    return workloads.isEmpty() ? all : chosen("--workloads", workloads, all, Workload::name);
  }

  /// The libraries in their order.
  List<Library> peers() {
    if (peers.stream().anyMatch(word -> word.strip().equalsIgnoreCase("none"))) {
      if (peers.size() > 1) {
        throw new UsageException("--peers: expected none or some, got " + String.join(",", peers));
      }
      return List.of();
    }
    return peers.isEmpty()
        ? Library.peers()
        : chosen("--peers", peers, Library.peers(), Library::word);
  }

  private static <T> List<T> chosen(
      String option, List<String> words, List<T> all, Function<T, String> name) {
    List<String> names = all.stream().map(name).toList();
    for (String word : words) {
      if (names.stream().noneMatch(each -> each.equalsIgnoreCase(word.strip()))) {
        throw new UsageException(
            "%s: expected of %s, got '%s'".formatted(option, String.join(", ", names), word));
      }
    }
    return all.stream()
        .filter(each -> words.stream().anyMatch(w -> w.strip().equalsIgnoreCase(name.apply(each))))
        .toList();
  }
}
