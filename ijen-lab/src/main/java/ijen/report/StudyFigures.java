package ijen.report;

import ijen.graph.Parameter;
import ijen.kernel.Buffer;
import ijen.metric.Confusion;
import ijen.metric.Replicates;
import ijen.model.Model;
import ijen.nn.Dense;
import ijen.plot.Axis;
import ijen.plot.Figure;
import ijen.plot.RowChart;
import ijen.plot.RowChart.Estimate;
import ijen.plot.SignedImages;
import ijen.recipe.Claim;
import ijen.recipe.Expectation;
import ijen.recipe.Measure;
import ijen.run.Mistake;
import ijen.run.RunResult;
import ijen.study.SeedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The figures of trainings that are compared, but for their curves.
final class StudyFigures {
  static final Measure TEST_ACCURACY = Measure.parse("test accuracy");
  static final Measure TEST_LOSS = Measure.parse("test loss");

  private static final String MEASURED = "measured";
  private static final String PUBLISHED = "published";
  private static final int MOST_MISTAKES = 18;

  private StudyFigures() {}

  /// The number by which trainings are compared: test accuracy, or where nothing is decided, test
  /// loss; empty if no training has either.
  static Optional<Measure> yardstick(List<Trainings> all) {
    for (Measure measure : List.of(TEST_ACCURACY, TEST_LOSS)) {
      if (all.stream().anyMatch(one -> one.has(measure))) {
        return Optional.of(measure);
      }
    }
    return Optional.empty();
  }

  /// The trainings that came out best on average, none of them diverged.
  static Optional<Trainings> best(List<Trainings> all) {
    Optional<Measure> yardstick = yardstick(all);
    if (yardstick.isEmpty()) {
      return Optional.empty();
    }
    Measure measure = yardstick.get();
    Comparator<Trainings> byMean = Comparator.comparingDouble(one -> one.measure(measure).mean());
    return all.stream()
        .filter(one -> one.has(measure))
        .max(measure.kind() == Measure.Kind.LOSS ? byMean.reversed() : byMean);
  }

  /// The final test accuracies (or losses) with their intervals, beside what others say of them.
  ///
  /// @param claims those of each of `all`, in their order; empty lists where nothing is claimed
  static Optional<Figure> forest(List<Trainings> all, List<List<Claim>> claims) {
    Optional<Measure> yardstick = yardstick(all);
    if (yardstick.isEmpty()) {
      return Optional.empty();
    }
    Measure measure = yardstick.get();
    Set<String> sources = new LinkedHashSet<>(List.of(MEASURED));
    for (List<Claim> some : claims) {
      for (Claim claim : some) {
        if (claim.measure().equals(measure)) {
          claim.published().ifPresent(value -> sources.add(PUBLISHED));
          if (claim.expectation() instanceof Expectation.Agrees agrees) {
            sources.add(agrees.of());
          }
        }
      }
    }
    List<RowChart.Row> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      List<Estimate> estimates = new ArrayList<>();
      for (String source : sources) {
        estimates.add(
            source.equals(MEASURED)
                ? measured(all.get(i), measure)
                : claimed(claims.get(i), measure, source));
      }
      rows.add(new RowChart.Row(all.get(i).name(), estimates));
    }
    String title = "Final " + measure;
    RowChart chart =
        RowChart.intervals(title, Axis.linear(measure.toString()), List.copyOf(sources), rows);
    boolean several = all.stream().anyMatch(one -> one.runs().size() > 1);
    return Optional.of(
        chart.withWidth(760).withNote(several ? "mean and 95 % interval over seeds" : ""));
  }

  private static Estimate measured(Trainings one, Measure measure) {
    Replicates values = one.measure(measure);
    if (!values.isFinite()) {
      return Estimate.NONE;
    }
    return values.runs() == 1
        ? Estimate.of(values.mean())
        : Estimate.of(values.mean(), values.halfWidth());
  }

  private static Estimate claimed(List<Claim> claims, Measure measure, String source) {
    for (Claim claim : claims) {
      if (!claim.measure().equals(measure)) {
        continue;
      }
      if (source.equals(PUBLISHED) && claim.published().isPresent()) {
        return Estimate.of(claim.published().get());
      }
      if (claim.expectation() instanceof Expectation.Agrees agrees && agrees.of().equals(source)) {
        Replicates.Summary other = agrees.other();
        return other.runs() == 1
            ? Estimate.of(other.mean())
            : Estimate.of(other.mean(), other.halfWidth());
      }
    }
    return Estimate.NONE;
  }

  /// What the first of these trainings takes for what.
  static Optional<Figure> confusion(Trainings one) {
    RunResult.Decisions decisions = one.runs().getFirst().result().decisions();
    Confusion confusion = decisions.confusion();
    return confusion == null
        ? Optional.empty()
        : Optional.of(RunFigures.confusion(decisions.classes(), confusion));
  }

  /// The worst mistakes of the first of these trainings.
  static Optional<Figure> mistakes(Trainings one) {
    RunResult.Decisions decisions = one.runs().getFirst().result().decisions();
    List<Mistake> worst = decisions.mistakes().stream().limit(MOST_MISTAKES).toList();
    return worst.isEmpty()
        ? Optional.empty()
        : Optional.of(RunFigures.mistakes(decisions.classes(), worst));
  }

  /// The weights of the first of these trainings as images; empty where the network is not linear,
  /// its samples are no images, or there is no model.
  static Optional<Figure> weights(Trainings one) throws IOException {
    Optional<Model> read = model(one.runs().getFirst());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Model model = read.get();
    long dense = model.network().layers().stream().filter(layer -> layer instanceof Dense).count();
    boolean plain = dense == 1 && model.network().layers().getFirst() instanceof Dense;
    if (!plain || model.features().rank() != 2 || model.classes().isEmpty()) {
      return Optional.empty();
    }
    Parameter weight = model.theta().parameters().get("dense1.weight");
    int inputs = weight.shape().dimension(-1);
    int outputs = weight.size() / inputs;
    List<String> names =
        outputs == model.classes().size() ? model.classes() : List.of(model.classes().getLast());
    List<float[]> images = new ArrayList<>();
    for (int k = 0; k < outputs; k++) {
      Buffer row = model.theta().values().slice(weight.offset() + k * inputs, inputs);
      images.add(row.toFloats());
    }
    return names.size() == outputs
        ? Optional.of(
            SignedImages.weights(
                "Weights of the first seed's model",
                names,
                images,
                model.features().dimension(0),
                model.features().dimension(1)))
        : Optional.empty();
  }

  private static Optional<Model> model(SeedRun run) throws IOException {
    return Files.exists(run.folder().modelFile())
        ? Optional.of(Model.load(run.folder().modelFile()))
        : Optional.empty();
  }
}
