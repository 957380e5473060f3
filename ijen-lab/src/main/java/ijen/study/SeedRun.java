package ijen.study;

import ijen.metric.Score;
import ijen.recipe.Measure;
import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import ijen.run.StepRow;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// One training of a variant.
///
/// @param seed its seed
/// @param folder where everything about it is
/// @param result how it ended
/// @param epochs what was measured after epochs
/// @param steps what was measured in the middle of epochs
/// @param trainingSamples how many samples an epoch has
public record SeedRun(
    long seed,
    RunFolder folder,
    RunResult result,
    List<EpochRow> epochs,
    List<StepRow> steps,
    int trainingSamples) {
  public SeedRun {
    epochs = List.copyOf(epochs);
    steps = List.copyOf(steps);
  }

  static SeedRun read(long seed, RunFolder folder, int trainingSamples) throws IOException {
    RunResult result =
        folder
            .readResult()
            .orElseThrow(() -> new IOException(folder.path() + ": the run has no result"));
    return new SeedRun(
        seed, folder, result, folder.readEpochs(), folder.readSteps(), trainingSamples);
  }

  /// Whether the loss was no longer a number at some step.
  public boolean diverged() {
    return result.status() == RunStatus.FAILED;
  }

  /// What it came to; NaN if it diverged, or where that was not measured.
  public double measure(Measure measure) {
    if (diverged()) {
      return Double.NaN;
    }
    ToDoubleFunction<Score> value =
        measure.kind() == Measure.Kind.LOSS ? Score::loss : Score::accuracy;
    return switch (measure.kind()) {
      case STEPS -> result.work().steps();
      case SAMPLES -> (double) result.work().epochs() * trainingSamples;
      case PARAMETERS -> result.trained().parameters();
      case LOSS, ACCURACY ->
          measure.best()
              ? best(scores(measure.part()).mapToDouble(value), measure.kind())
              : score(measure).map(value::applyAsDouble).orElse(Double.NaN);
    };
  }

  private Optional<Score> score(Measure measure) {
    return measure.epoch().isPresent()
        ? epochs.stream()
            .filter(row -> row.epoch() == measure.epoch().get())
            .findFirst()
            .map(row -> row.scores().get(measure.part()))
        : Optional.ofNullable(result.scores().get(measure.score()));
  }

  private Stream<Score> scores(String part) {
    return epochs.stream().map(row -> row.scores().get(part)).filter(Objects::nonNull);
  }

  private static double best(DoubleStream values, Measure.Kind kind) {
    return (kind == Measure.Kind.LOSS ? values.min() : values.max()).orElse(Double.NaN);
  }
}
