package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.data.Dataset;
import ijen.data.FashionMnist;
import ijen.data.Options;
import ijen.data.Split;
import ijen.data.TrainTest;
import ijen.format.AtomicFile;
import ijen.format.Tensor;
import ijen.format.json.JsonObject;
import ijen.format.npy.Npy;
import ijen.graph.Shape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A training gives the same θ, bit for bit, whichever format its data are read from: Fashion-MNIST
/// as it was published, and as it is after `ijen data convert` or as other programs write it.
class TrainFromFormatsTest {
  private static final String[] SOME = {"--train-size", "10000", "--test-size", "1000"};

  @TempDir static Path folder;
  private static TrainTest published;
  private static String whole; // θ's SHA-256
  private static String part;

  @BeforeAll
  static void trainFromThePublishedFiles() {
    String data = System.getenv("IJEN_DATA");
    assumeTrue(
        data != null && Files.isDirectory(Path.of(data, "fashion-mnist")),
        "formats are compared only where IJEN_DATA names a folder that has fashion-mnist");
    published = FashionMnist.open(Options.defaults().withOffline(true));
    whole = train("fashion-mnist");
    part = train("fashion-mnist", SOME);
    assertThat(part).isNotEqualTo(whole);
    assertThat(train(Path.of(data, "fashion-mnist").toString(), SOME)).isEqualTo(part);
  }

  /// All 70,000 images.
  @ParameterizedTest
  @ValueSource(strings = {"npy", "csv"})
  void allImagesTrainAlike(String format) throws IOException {
    Path to = folder.resolve(format);
    convert(to.toString(), "--format", format);
    isSame(TrainTest.open(to), published, true);
    assertThat(train(to.toString())).isEqualTo(whole);
  }

  /// 10,000 and 1,000 of them, to be quick. NPZ has no place for the names of classes.
  @ParameterizedTest
  @CsvSource({"idx,true", "fashion.npz,false", "fashion.h5,true", "fashion.safetensors,true"})
  void someImagesTrainAlike(String name, boolean named) throws IOException {
    Path to = folder.resolve(name);
    convert(to.toString(), SOME);
    isSame(TrainTest.open(to), some(), named);
    assertThat(train(to.toString())).isEqualTo(part);
  }

  /// As Keras' users save it: `int64` labels, images divided by 255 in `double` or in `float`.
  @ParameterizedTest
  @ValueSource(strings = {"double", "float"})
  void numbersFromZeroToOneTrainAlike(String type) throws IOException {
    Path to = Files.createDirectory(folder.resolve(type));
    for (String name : List.of("train", "test")) {
      Dataset samples = name.equals("train") ? some().train() : some().test();
      double[] pixels = new double[samples.size() * 784];
      float[] rounded = new float[pixels.length];
      long[] labels = new long[samples.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = samples.label(i);
        byte[] image = samples.image(i);
        for (int j = 0; j < 784; j++) {
          pixels[784 * i + j] = (image[j] & 255) / 255.0;
          rounded[784 * i + j] = (image[j] & 255) / 255f;
        }
      }
      int[] shape = {samples.size(), 28, 28};
      Npy.write(
          to.resolve("x_" + name + ".npy"),
          type.equals("double") ? Tensor.of(pixels, shape) : Tensor.of(rounded, shape));
      Npy.write(to.resolve("y_" + name + ".npy"), Tensor.of(labels, labels.length));
    }
    TrainTest both = TrainTest.open(to);
    assertThat(both.train().features()).isEqualTo(Shape.of(28, 28));
    assertThat(both.train().sample(7)).containsExactly(some().train().sample(7));
    assertThat(train(to.toString())).isEqualTo(part);
  }

  /// As OpenML has it: one table of both parts, `pixel1` to `pixel784` and then the class, from
  /// which a fifth would be held out; the parts are put into folders of their own here.
  @Test
  void openMlsTablesTrainAlike() throws IOException {
    Path to = Files.createDirectory(folder.resolve("arff"));
    arff(to.resolve("train.arff"), some().train());
    arff(to.resolve("test.arff"), some().test());
    TrainTest both = TrainTest.open(to);
    assertThat(both.train().hasImages()).isTrue();
    assertThat(both.train().sha256()).isEqualTo(some().train().sha256());
    assertThat(both.test().sha256()).isEqualTo(some().test().sha256());
    assertThat(train(to.toString())).isEqualTo(part);
  }

  /// A set that is not divided is divided alike, whichever format it is in.
  @Test
  void theSameFifthIsHeldOut() throws IOException {
    Dataset samples = some().test();
    Split split = Split.stratified(samples, 0.8, 1);
    List<Path> files = new ArrayList<>();
    for (String ending : List.of("npz", "h5", "csv", "csv.gz", "safetensors")) {
      files.add(folder.resolve("undivided." + ending));
      samples.save(files.getLast());
    }
    files.add(folder.resolve("undivided.arff"));
    arff(files.getLast(), samples);
    for (Path file : files) {
      TrainTest both = TrainTest.open(file);
      assertThat(both.train().sha256()).as("%s", file).isEqualTo(split.train().sha256());
      assertThat(both.test().sha256()).as("%s", file).isEqualTo(split.heldOut().sha256());
    }
  }

  private static TrainTest some() {
    return new TrainTest(published.train().take(10_000), published.test().take(1_000));
  }

  private static void convert(String to, String... more) {
    List<String> words = new ArrayList<>(List.of("data", "convert", "fashion-mnist", to));
    words.addAll(List.of(more));
    Ran.piped(words.toArray(String[]::new)).well();
  }

  private static void isSame(TrainTest both, TrainTest expected, boolean named) {
    assertThat(both.train().features()).isEqualTo(Shape.of(28, 28));
    assertThat(both.train().hasImages()).isTrue();
    assertThat(both.train().sha256()).isEqualTo(expected.train().sha256());
    assertThat(both.test().sha256()).isEqualTo(expected.test().sha256());
    List<String> names = expected.train().classes();
    assertThat(names).contains("Sneaker");
    assertThat(both.train().classes())
        .isEqualTo(named ? names : List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    assertThat(both.test().classes()).isEqualTo(both.train().classes());
  }

  /// θ's SHA-256 after an epoch of 784-40-10.
  private static String train(String data, String... more) {
    List<String> words = new ArrayList<>(List.of("train", "--data", data, "--hidden", "40"));
    words.addAll(List.of("--epochs", "1", "--batch", "64", "--seed", "7", "--json"));
    words.addAll(List.of("--runs", folder.resolve("runs").toString()));
    words.addAll(List.of(more));
    List<JsonObject> lines = Ran.piped(words.toArray(String[]::new)).well().json();
    return lines.getLast().string("thetaSha256");
  }

  private static void arff(Path file, Dataset samples) throws IOException {
    StringBuilder head = new StringBuilder("@relation Fashion-MNIST\n\n");
    for (int i = 1; i <= 784; i++) {
      head.append("@attribute pixel").append(i).append(" integer\n");
    }
    head.append("@attribute class {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}\n\n@data\n");
    AtomicFile.write(
        file,
        to -> {
          OutputStream out = new BufferedOutputStream(to, 1 << 16);
          out.write(head.toString().getBytes(StandardCharsets.UTF_8));
          StringBuilder row = new StringBuilder();
          for (int i = 0; i < samples.size(); i++) {
            row.setLength(0);
            for (byte pixel : samples.image(i)) {
              row.append(pixel & 255).append(',');
            }
            row.append(samples.label(i)).append('\n');
            out.write(row.toString().getBytes(StandardCharsets.US_ASCII));
          }
          out.flush();
        });
  }
}
