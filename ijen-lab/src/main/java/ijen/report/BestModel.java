package ijen.report;

import ijen.data.Options;
import ijen.plot.Digits;
import ijen.recipe.DataChoice;
import ijen.recipe.Recipe;
import ijen.study.SeedRun;
import java.io.IOException;
import java.util.Optional;

/// What the trainings that came out best have to show: the decisions, weights or reconstructions of
/// their first seed's model.
final class BestModel {
  private final Trainings trainings;
  private final boolean several;
  private final Plates plates;
  private final Optional<Reconstructions> drawn;

  private BestModel(
      Trainings trainings, boolean several, Plates plates, Optional<Reconstructions> drawn) {
    this.trainings = trainings;
    this.several = several;
    this.plates = plates;
    this.drawn = drawn;
  }

  /// Of these trainings; the figures are added to `plates`.
  ///
  /// @param several whether there are others beside them
  /// @param options how to open the data, from which images are drawn again
  static BestModel of(Trainings trainings, boolean several, Plates plates, Options options)
      throws IOException {
    plates.add("confusion", StudyFigures.confusion(trainings));
    plates.add("mistakes", StudyFigures.mistakes(trainings));
    plates.add("weights", StudyFigures.weights(trainings));
    SeedRun first = trainings.runs().getFirst();
    DataChoice data = Recipe.read(first.folder().configFile()).config().data();
    Optional<Reconstructions> drawn =
        data.reconstruct()
            ? Reconstructions.of(trainings, data.open(options).test())
            : Optional.empty();
    drawn.ifPresent(some -> {
      plates.add("reconstructions", some.images());
      plates.add("errors", some.errors());
      plates.add("latent", some.latent().map(LatentSpace::chart));
    });
    return new BestModel(trainings, several, plates, drawn);
  }

  /// Adds a section for each kind of thing that there is to show.
  void addTo(Page page) {
    if (drawn.isPresent()) {
      page.section("reconstructions", "What is drawn again", reconstructions());
    }
    if (plates.has("weights")) {
      page.section("weights", "What the weights look like", weights());
    }
    if (plates.has("confusion") || plates.has("mistakes")) {
      page.section("mistakes", "What is confused", mistakes());
    }
  }

  private String model() {
    long seed = trainings.runs().getFirst().seed();
    return several ? " of “%s” (seed %s)".formatted(trainings.name(), seed) : " of seed " + seed;
  }

  private Html weights() {
    Html html = new Html();
    plates.write(
        "weights",
        "The weights of the model"
            + model()
            + ", a picture for each output: where a pixel is blue, brightness there speaks for the"
            + " class; where it is rust, against it.",
        html);
    return html;
  }

  private Html mistakes() {
    Html html = new Html();
    plates.write(
        "confusion",
        "The decisions of the model"
            + model()
            + " on the test data: rows are the true classes, columns what they were taken for; the"
            + " shade grows with the square root of the share, so that rare mistakes can be seen.",
        html);
    plates.write(
        "mistakes",
        "The test examples with the highest loss among those that the model"
            + model()
            + " takes for a wrong class, the worst first: the true class, what it was taken for,"
            + " the probability given to that, and the example's number in the test data, from 0.",
        html);
    return html;
  }

  private Html reconstructions() {
    Html html = new Html();
    plates.write(
        "reconstructions",
        "The first test image of each class and what the model" + model() + " makes of it.",
        html);
    plates.write("errors", "The mean loss over the test images of each class.", html);
    drawn
        .flatMap(Reconstructions::latent)
        .ifPresent(latent ->
            plates.write(
                "latent",
                latent.width() == 2
                    ? "The two numbers that the model" + model() + " keeps of an image."
                    : "The %d numbers that the model%s keeps of an image, seen along their first two principal directions: these have %s %% of the variance."
                        .formatted(latent.width(), model(), Digits.fixed(100 * latent.share(), 1)),
                html));
    return html;
  }
}
