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
    int epochs,
    long steps,
    double seconds,
    double samplesPerSecond,
    @Nullable Integer bestEpoch,
    Map<String, Score> scores,
    String thetaSha256,
    List<LayerRow> layers,
    List<String> classes,
    @Nullable Confusion confusion,
    List<Mistake> mistakes) {
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
    layers = List.copyOf(layers);
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
                .formatted(mistake.index(), mistake.truth(), mistake.predicted(), classes.size()));
      }
    }
  }

  /// An ending and nothing else yet.
  public static RunResult of(RunStatus status) {
    return new RunResult(
        status, "", 0, 0, 0, 0, null, Map.of(), "", List.of(), List.of(), null, List.of());
  }

  /// Why it ended so, in a sentence: what failed, or how to resume.
  public RunResult withMessage(String message) {
    return new RunResult(
        status,
        message,
        epochs,
        steps,
        seconds,
        samplesPerSecond,
        bestEpoch,
        scores,
        thetaSha256,
        layers,
        classes,
        confusion,
        mistakes);
  }

  /// What was done, and how fast.
  public RunResult withWork(int epochs, long steps, double seconds, double samplesPerSecond) {
    return new RunResult(
        status,
        message,
        epochs,
        steps,
        seconds,
        samplesPerSecond,
        bestEpoch,
        scores,
        thetaSha256,
        layers,
        classes,
        confusion,
        mistakes);
  }

  /// The epoch whose checkpoint is kept as the best.
  public RunResult withBestEpoch(int bestEpoch) {
    return new RunResult(
        status,
        message,
        epochs,
        steps,
        seconds,
        samplesPerSecond,
        bestEpoch,
        scores,
        thetaSha256,
        layers,
        classes,
        confusion,
        mistakes);
  }

  /// The final score on one part of the data, beside those there are.
  public RunResult withScore(String split, Score score) {
    Map<String, Score> more = new LinkedHashMap<>(scores);
    more.put(split, score);
    return new RunResult(
        status,
        message,
        epochs,
        steps,
        seconds,
        samplesPerSecond,
        bestEpoch,
        more,
        thetaSha256,
        layers,
        classes,
        confusion,
        mistakes);
  }

  /// The network, and the hash of its final parameters.
  public RunResult withNetwork(List<LayerRow> layers, String thetaSha256) {
    return new RunResult(
        status,
        message,
        epochs,
        steps,
        seconds,
        samplesPerSecond,
        bestEpoch,
        scores,
        thetaSha256,
        layers,
        classes,
        confusion,
        mistakes);
  }

  /// What was taken for what on the test data, and the worst of it.
  public RunResult withConfusion(
      List<String> classes, Confusion confusion, List<Mistake> mistakes) {
    return new RunResult(
        status,
        message,
        epochs,
        steps,
        seconds,
        samplesPerSecond,
        bestEpoch,
        scores,
        thetaSha256,
        layers,
        classes,
        confusion,
        mistakes);
  }

  /// How many parameters the network has.
  public long parameters() {
    return layers.stream().mapToLong(LayerRow::parameters).sum();
  }

  /// The file's content.
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("status", status.toString());
    json.put("message", message);
    json.put("epochs", epochs);
    json.put("steps", steps);
    json.put("seconds", seconds);
    json.put("samplesPerSecond", samplesPerSecond);
    if (bestEpoch != null) {
      json.put("bestEpoch", bestEpoch);
    }
    json.put("scores", Scores.toJson(scores));
    json.put("thetaSha256", thetaSha256);
    json.put("parameters", parameters());
    json.put("layers", layers.stream().map(LayerRow::toJson).toList());
    if (confusion != null) {
      json.put("classes", classes);
      json.put("confusion", List.of(confusion.counts()));
      json.put("mistakes", mistakes.stream().map(Mistake::toJson).toList());
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
        json.integer("epochs"),
        json.whole("steps"),
        json.number("seconds"),
        json.number("samplesPerSecond"),
        json.has("bestEpoch") ? json.integer("bestEpoch") : null,
        Scores.of(json.object("scores")),
        json.has("thetaSha256") ? json.string("thetaSha256") : "",
        json.objects("layers").stream().map(LayerRow::of).toList(),
        classes,
        confusion,
        mistakes);
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
