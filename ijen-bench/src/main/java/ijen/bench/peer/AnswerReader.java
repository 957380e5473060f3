package ijen.bench.peer;

import ijen.bench.peer.Child.FailedException;
import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts an [Answer] together from the lines that a process says.
///
/// A line that begins with `{` is an object, told apart by its first key:
///
/// | line | when |
/// |---|---|
/// | `{"version":…,"libraries":[…],"product":…,"cpu":…}` | first |
/// | `{"epoch":0,"seconds":…,"loss":…,"cpu":…}` | after each epoch |
/// | `{"test":…}` | after all |
/// | `{"evaluation":"batches of 1000","passes":[…]}` | after that, if passes were asked for |
/// | `{"bytesPerStep":…,"heapBefore":…,"heapAfter":…}` | if it knows |
///
/// `cpu` is the processor time that the process has used so far. All other lines are noise, of
/// which the last are kept for the case that it fails.
final class AnswerReader {
  private static final int MOST_NOISE = 5;

  private final List<String> noise = new ArrayList<>();
  private final List<Answer.Epoch> epochs = new ArrayList<>();
  private final Map<String, Double> evaluations = new LinkedHashMap<>();
  private @Nullable JsonObject head;
  private double test = Double.NaN;
  private Answer.@Nullable Memory memory;
  private @Nullable Moment first;
  private @Nullable Moment last;

  /// What the machine and the process had done when a line came.
  private record Moment(CpuTime machine, double own) {}

  /// Takes the next line, which came at that time.
  ///
  /// @throws JsonException if it begins as an object and is none, or lacks something
  /// @throws FailedException if it is none of the known lines
  void accept(String line, CpuTime now) throws FailedException {
    if (!line.startsWith("{")) {
      noise.add(line.strip());
      if (noise.size() > MOST_NOISE) {
        noise.removeFirst();
      }
      return;
    }
    JsonObject object = Json.object(line, "answer");
    switch (object.keys().stream().findFirst().orElse("")) {
      case "version" -> {
        head = object;
        first = new Moment(now, object.number("cpu"));
      }
      case "epoch" -> {
        if (object.integer("epoch") != epochs.size()) {
          throw object.wrong("epoch", "the number " + epochs.size());
        }
        double loss = object.has("loss") ? object.number("loss") : Double.NaN;
        epochs.add(new Answer.Epoch(object.number("seconds"), loss));
        last = new Moment(now, object.number("cpu"));
      }
      case "test" -> test = object.number("test");
      case "evaluation" ->
          evaluations.put(
              object.string("evaluation"), Spread.of(object.numbers("passes")).median());
      case "bytesPerStep" ->
          memory =
              new Answer.Memory(
                  object.number("bytesPerStep"),
                  object.whole("heapBefore"),
                  object.whole("heapAfter"));
      default ->
          throw new FailedException("answer: expected one of the known lines, got " + object);
    }
  }

  /// The last lines that were no answer, on one line.
  String noise() {
    return String.join(" | ", noise);
  }

  /// The whole answer.
  ///
  /// @param jobEpochs how many epochs were asked for; none if only who it is
  /// @throws FailedException if something is missing
  Answer answer(int jobEpochs) throws FailedException {
    JsonObject begun = head;
    if (begun == null) {
      throw new FailedException("answer: expected a line with the version first, got none");
    }
    if (epochs.size() != jobEpochs || (Double.isNaN(test) && jobEpochs > 0)) {
      throw new FailedException(
          "answer: expected %s epochs and a test result, got %s and %s"
              .formatted(jobEpochs, epochs.size(), Double.isNaN(test) ? "none" : test));
    }
    return new Answer(
        begun.string("version"),
        begun.strings("libraries"),
        begun.number("product"),
        epochs,
        test,
        evaluations,
        memory,
        first == null || last == null
            ? Double.NaN
            : last.machine.foreignSince(first.machine, last.own - first.own));
  }
}
