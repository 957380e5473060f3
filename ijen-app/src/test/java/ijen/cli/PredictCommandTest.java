package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.data.ByteImages;
import ijen.data.Digits;
import ijen.format.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir static Path folder;

  private static String runs = "";
  private static String model = "";
  private static ByteImages images = Digits.generate(20, 1);

  @BeforeAll
  static void train() throws IOException {
    runs = folder.resolve("runs").toString();
    Ran.piped("train", "--train-size", "1000", "--epochs", "5", "--lr", "0.2", "--runs", runs)
        .well();
    try (Stream<Path> all = Files.list(Path.of(runs))) {
      model =
          all.filter(Files::isDirectory)
              .findFirst()
              .orElseThrow()
              .resolve("model.safetensors")
              .toString();
    }
  }

  /// A sample as a file, enlarged, dark on light if wanted.
  private static Path file(String name, int index, boolean darkOnLight) throws IOException {
    int scale = 4;
    BufferedImage image = new BufferedImage(28 * scale, 28 * scale, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 28 * scale; y++) {
      for (int x = 0; x < 28 * scale; x++) {
        int grey = images.pixel(index, y / scale * 28 + x / scale);
        image.getRaster().setSample(x, y, 0, darkOnLight ? 255 - grey : grey);
      }
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void aSampleIsDrawnWithItsProbabilities() {
    Ran ran = Ran.piped("predict", model, "0", "1").well();
    assertThat(ran.out())
        .containsPattern("digits test 0: \\d, \\d+\\.\\d %, which is (right|wrong: it is \\d)")
        .containsPattern("(?m)[.:=+*#%@].* {3}7 +\\d+\\.\\d %")
        .contains("####")
        .doesNotContain("\u001b");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void onATerminalItIsDrawnInGreys() {
    Ran ran = Ran.on(true, Terminal.Colors.ALL, 80, "predict", model, "0");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("▀", "\u001b[38;2;", "█");
  }

  @Test
  void aFileIsUnderstoodAsTheSampleItShows() throws IOException {
    Ran sample = Ran.piped("predict", model, "--data", "digits", "--part", "train", "3", "--json");
    JsonObject expected = sample.well().json().getFirst();
    assertThat(expected.string("truthClass")).isEqualTo(images.classes().get(images.label(3)));

    Path light = file("light.png", 3, false);
    JsonObject same =
        Ran.piped("predict", model, light.toString(), "--json").well().json().getFirst();
    assertThat(same.numbers("probabilities")).containsExactly(expected.numbers("probabilities"));
    assertThat(same.string("note")).isEqualTo("112×112");

    Path dark = file("dark.png", 3, true);
    JsonObject inverted =
        Ran.piped("predict", model, dark.toString(), "--json").well().json().getFirst();
    assertThat(inverted.numbers("probabilities"))
        .containsExactly(expected.numbers("probabilities"));
    assertThat(inverted.string("note")).contains("inverted because its border is light");

    JsonObject left =
        Ran.piped("predict", model, dark.toString(), "--no-invert", "--json")
            .well()
            .json()
            .getFirst();
    assertThat(left.numbers("probabilities")).isNotEqualTo(expected.numbers("probabilities"));
    JsonObject forced =
        Ran.piped("predict", model, light.toString(), "--invert", "--json")
            .well()
            .json()
            .getFirst();
    assertThat(forced.numbers("probabilities")).containsExactly(left.numbers("probabilities"));
  }

  @Test
  void aFolderIsTakenInTheOrderOfItsNames() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    for (int i : new int[] {2, 0, 1}) {
      Files.move(file("x.png", i, false), images.resolve(i + ".png"));
    }
    Files.writeString(images.resolve("note.txt"), "no image");
    List<JsonObject> answers =
        Ran.piped("predict", model, images.toString(), "--json").well().json();
    assertThat(answers.stream().map(answer -> answer.string("what")))
        .containsExactly(
            images.resolve("0.png").toString(),
            images.resolve("1.png").toString(),
            images.resolve("2.png").toString());
  }

  @Test
  void whatCannotBeAskedIsExplained() throws IOException {
    Ran missing = Ran.piped("predict", model, "none.png");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).isEqualTo("ijen predict: none.png: there is no such file\n");
    Ran far = Ran.piped("predict", model, "5000");
    assertThat(far.err()).contains("digits test: expected a sample from 0 to 1999, got 5000");
    Ran points = Ran.piped("predict", model, "--data", "moons", "0");
    assertThat(points.code()).isEqualTo(1);
    assertThat(points.err())
        .isEqualTo("ijen predict: the model takes samples [28, 28], those of moons test are [2]\n");
    Path alone = Files.copy(Path.of(model), folder.resolve("alone.safetensors"));
    Ran unknown = Ran.piped("predict", alone.toString(), "0");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("does not say what it was trained on: give --data");
    Ran noRun = Ran.piped("predict", "nothing", "0", "--runs", runs);
    assertThat(noRun.err()).contains("run 'nothing': there is none of this name");
  }

  @Test
  void evaluatingGivesWhatTheTrainingGave() throws IOException {
    Ran ran = Ran.piped("evaluate", "--runs", runs, "--json").well();
    JsonObject evaluation = ran.json().getFirst();
    JsonObject shown = Ran.piped("runs", "show", "--runs", runs, "--json").well().json().getFirst();
    assertThat(evaluation.number("accuracy")).isEqualTo(shown.number("testAccuracy"));
    assertThat(evaluation.number("loss")).isEqualTo(shown.number("testLoss"));
    assertThat(evaluation.string("thetaSha256")).isEqualTo(shown.string("thetaSha256"));
    assertThat(evaluation.objects("classes")).hasSize(10);
    long samples = evaluation.objects("classes").stream().mapToLong(c -> c.whole("samples")).sum();
    assertThat(samples).isEqualTo(2000);
    assertThat(ran.out()).contains("\"confusion\":[[");

    assertThat(Ran.piped("evaluate", model, "--part", "train").well().out())
        .contains("on 1,000 samples of digits train", "precision", "is, taken for");
    Ran wrong = Ran.piped("evaluate", model, "--data", "moons");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err())
        .contains("the model takes samples [28, 28], those of moons test are [2]");
  }

  @Test
  void anAutoencoderIsARunLikeAnyOther() throws IOException {
    String place = folder.resolve("drawn").toString();
    Ran.piped(
            "train",
            "--train-size",
            "200",
            "--test-size",
            "50",
            "--reconstruct",
            "--hidden",
            "16",
            "--loss",
            "mean-squared-error",
            "--normalise",
            "centre",
            "--epochs",
            "2",
            "--runs",
            place)
        .well();
    JsonObject shown =
        Ran.piped("runs", "show", "--runs", place, "--json").well().json().getFirst();
    Ran ran = Ran.piped("evaluate", "--runs", place, "--json").well();
    assertThat(ran.json().getFirst().number("loss")).isEqualTo(shown.number("testLoss"));
    assertThat(ran.out()).doesNotContain("accuracy", "confusion", "classes");
    assertThat(Ran.piped("evaluate", "--runs", place).well().out())
        .matches("(?s)loss 0\\.\\d{4} on 50 samples of digits test\\Rmodel .*safetensors\\R");
    Path run;
    try (Stream<Path> all = Files.list(Path.of(place))) {
      run = all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    Path alone =
        Files.copy(run.resolve("model.safetensors"), folder.resolve("drawn-alone.safetensors"));
    JsonObject again =
        Ran.piped("evaluate", alone.toString(), "--data", "digits", "--test-size", "50", "--json")
            .well()
            .json()
            .getFirst();
    assertThat(again.number("loss")).isEqualTo(shown.number("testLoss"));

    assertThat(Ran.piped("predict", run.toString(), "0").well().out().lines())
        .contains("digits test 0, and as the model draws it")
        .anyMatch(line -> line.length() > 31 && !line.substring(31).isBlank())
        .allMatch(line -> line.length() <= 80);
    JsonObject answer =
        Ran.piped("predict", run.toString(), "0", "--json").well().json().getFirst();
    assertThat(answer.numbers("values")).hasSize(784);
    assertThat(answer.has("truth")).isFalse();

    for (String name : List.of("drawn.onnx", "drawn.npz", "drawn.safetensors")) {
      String file = folder.resolve(name).toString();
      assertThat(Ran.piped("export", run.toString(), file).well().out()).contains(" bytes, of ");
    }
    assertThat(Ran.piped("report", run.toString()).well().out()).endsWith("report.html\n");
    assertThat(Files.readString(run.resolve("report.html"))).doesNotContain("NaN");
    assertThat(Ran.piped("check", run.toString()).well().out()).contains("dense1.weight");
    Ran other = Ran.piped("evaluate", run.toString(), "--data", "moons");
    assertThat(other.err())
        .isEqualTo(
            "ijen evaluate: the model takes samples [28, 28], those of moons test are [2]\n");
  }

  @Test
  void aReportCanBeMadeAnew() throws IOException {
    Path report = Path.of(model).resolveSibling("report.html");
    Files.delete(report);
    assertThat(Ran.piped("report", "--runs", runs).well().out()).isEqualTo(report + "\n");
    assertThat(report).isNotEmptyFile();
  }
}
