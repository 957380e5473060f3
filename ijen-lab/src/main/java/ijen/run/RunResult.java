package ijen.run;

import ijen.format.json.JsonObject;
import ijen.metric.Confusion;
import ijen.metric.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a run ended: the content of `result.json`.
///
/// Begin with [#of] and add what is known: a run of two-dimensional points has no mistakes to show,
/// one without classes no confusion.
///
/// **Units:** `epochs` and `steps` count what has been done in all, over every resumption;
/// `seconds` is the training time and `samplesPerSecond` its rate; `bestEpoch` counts from 1;
/// `thetaSha256` is the hash of the final parameters' bytes in hexadecimal, empty if unknown.
public record RunResult(
    RunStatus status,
    String message,
    Work work,
    Map<String, Score> scores,
    Trained trained,
    Decisions decisions) {
  /// What was done, in all.
  public record Work(int epochs, long steps, double seconds, double samplesPerSecond) {
    static final Work NONE = new Work(0, 0, 0, 0);
  }

  /// The network: its layers, the hash of its final parameters, and its best epoch.
  public record Trained(List<LayerRow> layers, String thetaSha256, @Nullable Integer bestEpoch) {
    static final Trained NOTHING = new Trained(List.of(), "", null);

    public Trained {
      layers = List.copyOf(layers);
    }

    /// How many parameters there are.
    public long parameters() {
      return layers.stream().mapToLong(LayerRow::parameters).sum();
    }

    /// How many running statistics there are beside them.
    public long statistics() {
      return layers.stream().mapToLong(LayerRow::statistics).sum();
    }
  }

  /// What was taken for what on the test data, and the worst of it.
  public record Decisions(
      List<String> classes, @Nullable Confusion confusion, List<Mistake> mistakes) {
    static final Decisions NONE = new Decisions(List.of(), null, List.of());

    public Decisions {
      classes = List.copyOf(classes);
      mistakes = List.copyOf(mistakes);
      if (confusion != null && confusion.classes() != classes.size()) {
        throw new IllegalArgumentException(
            "result: the confusion has %s classes, but there are %s names"
                .formatted(confusion.classes(), classes.size()));
      }
      for (Mistake mistake : mistakes) {
        if (Math.min(mistake.truth(), mistake.predicted()) < 0
            || Math.max(mistake.truth(), mistake.predicted()) >= classes.size()) {
          throw new IllegalArgumentException(
              "result: mistake %s speaks of classes %s and %s, but there are %s names"
                  .formatted(
                      mistake.index(), mistake.truth(), mistake.predicted(), classes.size()));
        }
      }
    }
  }

  /// The usual parts of the data, the keys of scores.
  public static final String TRAIN = "train";

  public static final String VALIDATION = "validation";
  public static final String TEST = "test";

  /// A table of more examples than this is not believed.
  private static final long MOST_COUNTED = 100_000_000;

  public RunResult {
    if (status == RunStatus.RUNNING) {
      throw new IllegalArgumentException("result: a run that is still running has no result");
    }
    scores = Scores.copy(scores);
  }

  /// An ending and nothing else yet.
  public static RunResult of(RunStatus status) {
    return new RunResult(status, "", Work.NONE, Map.of(), Trained.NOTHING, Decisions.NONE);
  }

  /// Why it ended so, in a sentence: what failed, or how to resume.
  public RunResult withMessage(String message) {
    return new RunResult(status, message, work, scores, trained, decisions);
  }

  /// What was done, and how fast.
  public RunResult withWork(int epochs, long steps, double seconds, double samplesPerSecond) {
    Work done = new Work(epochs, steps, seconds, samplesPerSecond);
    return new RunResult(status, message, done, scores, trained, decisions);
  }

  /// The final score on one part of the data, beside those there are.
  public RunResult withScore(String split, Score score) {
    Map<String, Score> more = new LinkedHashMap<>(scores);
    more.put(split, score);
    return new RunResult(status, message, work, more, trained, decisions);
  }

  /// The network, and the hash of its final parameters.
  public RunResult withNetwork(List<LayerRow> layers, String thetaSha256) {
    Trained network = new Trained(layers, thetaSha256, trained.bestEpoch);
    return new RunResult(status, message, work, scores, network, decisions);
  }

  /// The epoch whose checkpoint is kept as the best.
  public RunResult withBestEpoch(int bestEpoch) {
    Trained network = new Trained(trained.layers, trained.thetaSha256, bestEpoch);
    return new RunResult(status, message, work, scores, network, decisions);
  }

  /// What was taken for what on the test data, and the worst of it.
  public RunResult withConfusion(
      List<String> classes, Confusion confusion, List<Mistake> mistakes) {
    Decisions made = new Decisions(classes, confusion, mistakes);
    return new RunResult(status, message, work, scores, trained, made);
  }

  /// The file's content.
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("status", status.toString());
    json.put("message", message);
    json.put("epochs", work.epochs);
    json.put("steps", work.steps);
    json.put("seconds", work.seconds);
    json.put("samplesPerSecond", work.samplesPerSecond);
    if (trained.bestEpoch != null) {
      json.put("bestEpoch", trained.bestEpoch);
    }
    json.put("scores", Scores.toJson(scores));
    json.put("thetaSha256", trained.thetaSha256);
    json.put("parameters", trained.parameters());
    json.put("statistics", trained.statistics());
    json.put("layers", trained.layers.stream().map(LayerRow::toJson).toList());
    if (decisions.confusion != null) {
      json.put("classes", decisions.classes);
      json.put("confusion", List.of(decisions.confusion.counts()));
      json.put("mistakes", decisions.mistakes.stream().map(Mistake::toJson).toList());
    }
    return json;
  }

  /// The result that a file's content describes. Keys that are not known are passed over.
  ///
  /// @throws ijen.format.json.JsonException if something is missing or is not what it should be
  public static RunResult of(JsonObject json) {
    List<String> classes = json.has("classes") ? json.strings("classes") : List.of();
    Confusion confusion = json.has("confusion") ? confusion(json, classes.size()) : null;
    List<Mistake> mistakes =
        json.has("mistakes")
            ? json.objects("mistakes").stream().map(m -> Mistake.of(m, classes.size())).toList()
            : List.of();
    return new RunResult(
        RunStatus.ended(json),
        json.has("message") ? json.string("message") : "",
        new Work(
            json.integer("epochs"),
            json.whole("steps"),
            json.number("seconds"),
            json.number("samplesPerSecond")),
        Scores.of(json.object("scores")),
        new Trained(
            json.objects("layers").stream().map(LayerRow::of).toList(),
            json.has("thetaSha256") ? json.string("thetaSha256") : "",
            json.has("bestEpoch") ? json.integer("bestEpoch") : null),
        new Decisions(classes, confusion, mistakes));
  }

  private static Confusion confusion(JsonObject json, int classes) {
    String expected =
        "%s arrays of %s counts, at most %s in all, as there are %s classes"
            .formatted(classes, classes, MOST_COUNTED, classes);
    if (classes < 2
        || !(json.asMap().get("confusion") instanceof List<?> rows)
        || rows.size() != classes) {
      throw json.wrong("confusion", expected);
    }
    Confusion confusion = new Confusion(classes);
    long total = 0;
    for (int truth = 0; truth < classes; truth++) {
      if (!(rows.get(truth) instanceof List<?> row) || row.size() != classes) {
        throw json.wrong("confusion", expected);
      }
      for (int decision = 0; decision < classes; decision++) {
        if (!(row.get(decision) instanceof Long count)
            || count < 0
            || count > MOST_COUNTED - total) {
          throw json.wrong("confusion", expected);
        }
        total += count;
        confusion.add(truth, decision, count);
      }
    }
    return confusion;
  }
}
