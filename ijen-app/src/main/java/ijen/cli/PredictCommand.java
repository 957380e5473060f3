package ijen.cli;

import ijen.data.Dataset;
import ijen.format.json.Json;
import ijen.model.Model;
import ijen.model.Predictor;
import ijen.recipe.DataChoice;
import ijen.recipe.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen predict`
@Command(
    name = "predict",
    header = "Asks a trained model what it sees.",
    description = {
      "%nImages are made grey and fitted into the size that the model was trained on. Models are"
          + " trained on light shapes before a dark ground; an image with a light border is"
          + " therefore inverted, and that is said."
    },
    synopsisHeading = "%n",
    customSynopsis = "ijen predict [OPTION…] MODEL|RUN WHAT…",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen predict 20261121-093000 seven.png",
      "  ijen predict 20261121-093000 photographs/ --json",
      "  ijen predict model.safetensors --data fashion-mnist 42 43"
    })
final class PredictCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      index = "0",
      paramLabel = "MODEL|RUN",
      description = "a model file, or a run's name, its beginning, or its folder")
  String model = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "WHAT",
      description = "images, folders of images, or numbers of samples of the data set")
  List<String> what = List.of();

  @Mixin PartOptions part = new PartOptions();

  @Option(names = "--invert", description = "invert every image: it is dark on light")
  boolean invert;

  @Option(names = "--no-invert", description = "invert no image")
  boolean noInvert;

  @Option(names = "--json", description = "a JSON object for each answer, one a line")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();

  PredictCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    PredictCommand command = new PredictCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addTo(line.getCommandSpec(), DataChoice.settings());
    return line;
  }

  @Override
  public Integer call() throws IOException {
    if (invert && noInvert) {
      throw new UsageException("--invert and --no-invert: expected one of them");
    }
    ModelSource source = ModelSource.find(model, runs);
    Predictor predictor = source.model().predictor();
    boolean first = true;
    for (Question question : questions(source)) {
      Predictor.Prediction prediction =
          question.image() == null
              ? predictor.predict(question.features())
              : predictor.predictImage(question.image().pixels());
      Answer answer = answer(source.model(), question, prediction);
      if (json) {
        terminal.say(Json.line(answer.describe()));
      } else {
        if (!first) {
          terminal.say("");
        }
        answer.print(terminal);
      }
      first = false;
    }
    return 0;
  }

  private static Answer answer(Model model, Question question, Predictor.Prediction prediction) {
    GreyImage image = question.image();
    GreyImage drawn =
        image != null && model.reconstructs()
            ? new GreyImage(model.greys(prediction.values()), image.height(), image.width())
            : null;
    return new Answer(question, prediction, model.classes(), drawn);
  }

  private List<Question> questions(ModelSource source) throws IOException {
    boolean dataNamed = settings.recipe().settings().contains(Setting.DATA);
    List<Question> questions = new ArrayList<>();
    Dataset samples = null;
    for (String word : what) {
      boolean number = word.matches("\\d{1,9}");
      if (number && (dataNamed || !Files.exists(Path.of(word)))) {
        samples = samples == null ? samples(source) : samples;
        questions.add(Question.of(samples, Integer.parseInt(word)));
      } else if (dataNamed) {
        throw new UsageException("with --data, expected numbers of samples, got '" + word + "'");
      } else if (Files.isDirectory(Path.of(word))) {
        for (Path file : images(Path.of(word))) {
          questions.add(question(source.model(), file));
        }
      } else {
        questions.add(question(source.model(), Path.of(word)));
      }
    }
    return questions;
  }

  private Dataset samples(ModelSource source) {
    Dataset samples = part.of(source.data(settings.recipe()).open(data.options(terminal)));
    if (samples.features().size() != source.model().features().size()) {
      throw new IllegalArgumentException(
          "the model takes samples %s, those of %s are %s"
              .formatted(source.model().features(), samples.name(), samples.features()));
    }
    return samples;
  }

  private Question question(Model model, Path file) throws IOException {
    if (model.features().rank() != 2) {
      throw new IllegalArgumentException(
          file + ": the model takes " + model.features() + " numbers, no images");
    }
    GreyImage image = GreyImage.read(file);
    boolean light = image.border() > 127.5;
    boolean inverts = invert || (light && !noInvert);
    GreyImage fitted =
        (inverts ? image.inverted() : image)
            .fitted(model.features().dimension(0), model.features().dimension(1));
    String note =
        String.format(Locale.ROOT, "%d×%d", image.width(), image.height())
            + (inverts
                ? invert
                    ? ", inverted"
                    : ", inverted because its border is light (--no-invert leaves it)"
                : "");
    return new Question(file.toString(), note, -1, fitted, new float[0]);
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> images =
          files
              .filter(Files::isRegularFile)
              .filter(file -> {
                String name = file.toString().toLowerCase(Locale.ROOT);
                return GreyImage.ENDINGS.stream().anyMatch(end -> name.endsWith("." + end));
              })
              .sorted()
              .toList();
      if (images.isEmpty()) {
        throw new IOException(
            folder
                + ": expected images ("
                + String.join(", ", GreyImage.ENDINGS)
                + "), there are none");
      }
      return images;
    }
  }
}
