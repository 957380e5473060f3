package ijen.bench.report;

import ijen.bench.peer.Answer;
import ijen.bench.peer.Blas;
import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Spread;
import ijen.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// [Results] as maps and lists, for programs: what the tables say, and every epoch of every run.
public final class ResultsJson {
  private ResultsJson() {}

  public static Map<String, @Nullable Object> of(Results results) {
    BenchReport report = new BenchReport(results);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("environment", results.environment());
    map.put("machine", results.machine().json());
    map.put("repetitions", results.repetitions());
    Results.Data data = results.data();
    map.put("data", object("name", data.name(), "train", data.train(), "test", data.test()));
    map.put("problems", report.problems());
    map.put("warnings", report.warnings());
    map.put(
        "workloads", results.workloads().stream().map(each -> workload(results, each)).toList());
    map.put(
        "evaluations",
        results.evaluations().entrySet().stream()
            .map(each ->
                object(
                    "participant", each.getKey().word(),
                    "setting", each.getValue().setting().toString(),
                    "how", each.getValue().how(),
                    "seconds", spread(each.getValue().seconds())))
            .toList());
    Results.ColdStart cold = results.cold();
    if (cold != null) {
      map.put("coldStart", object("help", cold.help(), "train", cold.train()));
    }
    LoadingTimes loading = results.loading();
    if (loading != null) {
      map.put("loading", loading.json());
    }
    map.put("participants", results.participants().stream().map(ResultsJson::participant).toList());
    map.put("runs", results.runs().stream().map(ResultsJson::run).toList());
    return map;
  }

  private static Map<String, @Nullable Object> workload(Results results, Workload workload) {
    Results.Data data = results.data();
    Map<String, @Nullable Object> map =
        object(
            "workload", workload,
            "network", workload.text(data.width(), data.classes()),
            "multiplyAddsPerSample", workload.multiplyAdds(data.width(), data.classes()),
            "floor", workload.floor());
    Entry ijen = results.best(workload, Library.IJEN).orElse(null);
    Entry peer = results.bestPeer(workload).orElse(null);
    if (ijen != null) {
      map.put("ijen", entry(ijen));
      map.put("arithmeticAlone", results.arithmeticAlone(workload, ijen.setting().threads()));
    }
    if (peer != null) {
      map.put("bestPeer", entry(peer));
    }
    if (ijen != null && peer != null) {
      map.put("ratio", peer.seconds().median() / ijen.seconds().median());
    }
    return map;
  }

  private static Map<String, @Nullable Object> entry(Entry entry) {
    return object(
        "participant", entry.library().word(),
        "threads", entry.setting().threads(),
        "passiveWaiting", entry.setting().passive(),
        "seconds", spread(entry.seconds()),
        "foreignCpu", entry.foreign());
  }

  private static Map<String, @Nullable Object> run(Run run) {
    Answer answer = run.answer();
    Map<String, @Nullable Object> map =
        object(
            "workload", run.workload(),
            "participant", run.library().word(),
            "threads", run.setting().threads(),
            "passiveWaiting", run.setting().passive(),
            "warmupEpochs", run.warmup(),
            "epochSeconds", answer.epochs().stream().map(Answer.Epoch::seconds).toList(),
            "losses", answer.epochs().stream().map(Answer.Epoch::loss).toList(),
            "test", answer.test(),
            "evaluations", answer.evaluations(),
            "foreignCpu", answer.foreign());
    Answer.Memory memory = answer.memory();
    if (memory != null) {
      map.put("bytesPerStep", memory.bytesPerStep());
      map.put("heapBefore", memory.heapBefore());
      map.put("heapAfter", memory.heapAfter());
    }
    return map;
  }

  private static Map<String, @Nullable Object> participant(Participant participant) {
    return object(
        "participant", participant.library().word(),
        "title", participant.title(),
        "blas", Blas.name(participant.libraries()),
        "libraries", participant.libraries(),
        "productGigaflops", participant.product());
  }

  private static Map<String, @Nullable Object> spread(Spread spread) {
    return object("median", spread.median(), "least", spread.least(), "most", spread.most());
  }

  private static Map<String, @Nullable Object> object(Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
