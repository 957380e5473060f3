package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.model.Model;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks that PyTorch trained, and files that `ijen export` wrote, become models again.
class ImportCommandTest {
  @TempDir private static Path folder;

  private static final String BLOBS = fixture("blobs.npz");
  private static String runs = "";

  private static String fixture(String name) {
    try {
      return Path.of(Objects.requireNonNull(ImportCommandTest.class.getResource(name)).toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void train() {
    runs = folder.resolve("runs").toString();
    Ran.piped(
            "train",
            "--train-size",
            "500",
            "--test-size",
            "100",
            "--hidden",
            "20",
            "--dropout",
            "0.1",
            "--normalise",
            "centre",
            "--epochs",
            "2",
            "--runs",
            runs)
        .well();
  }

  /// Imports a file, and gives the path of the model.
  private static String imported(String name, String... options) {
    String to = folder.resolve(name + ".safetensors").toString();
    List<String> words = new ArrayList<>(List.of("import", fixture(name), to));
    words.addAll(Arrays.asList(options));
    Ran.piped(words.toArray(String[]::new)).well();
    return to;
  }

  /// The model decides as PyTorch does, with the same probabilities.
  private static void agrees(String model, String name) throws IOException {
    JsonObject expected = Json.object(Path.of(fixture("expected.json"))).object(name);
    JsonObject evaluation =
        Ran.piped("evaluate", model, "--data", BLOBS, "--json").well().json().getFirst();
    assertThat(evaluation.number("accuracy")).isCloseTo(expected.number("accuracy"), within(1e-12));
    List<?> rows = (List<?>) Objects.requireNonNull(expected.asMap().get("probabilities"));
    List<String> words = new ArrayList<>(List.of("predict", model, "--data", BLOBS, "--json"));
    for (int i = 0; i < rows.size(); i++) {
      words.add(Integer.toString(i));
    }
    List<JsonObject> answers = Ran.piped(words.toArray(String[]::new)).well().json();
    for (int i = 0; i < rows.size(); i++) {
      double[] probabilities = answers.get(i).numbers("probabilities");
      List<?> row = (List<?>) Objects.requireNonNull(rows.get(i));
      assertThat(probabilities).hasSize(row.size());
      for (int c = 0; c < probabilities.length; c++) {
        assertThat(probabilities[c])
            .as("%s, sample %d, class %d", name, i, c)
            .isCloseTo(((Number) row.get(c)).doubleValue(), within(1e-5));
      }
    }
  }

  @Test
  void onnxOfPyTorchIsEvaluated() throws IOException {
    String model = imported("net.onnx");
    agrees(model, "onnx");
    Model loaded = Model.load(Path.of(model));
    assertThat(loaded.classes()).containsExactly("0", "1", "2");
    assertThat(loaded.network().layers().getLast().kind()).isEqualTo("dense");
    assertThat(loaded.provenance())
        .containsEntry("imported", "net.onnx")
        .containsOnlyKeys("imported", "sha256");
    assertThat(loaded.provenance().get("sha256")).matches("[0-9a-f]{64}");
  }

  @Test
  void stateDictsOfPyTorchAreEvaluated() throws IOException {
    String model =
        imported(
            "state.safetensors",
            "--hidden",
            "8,8",
            "--activation",
            "tanh",
            "--data",
            BLOBS,
            "--mean",
            "5",
            "--deviation",
            "2.5");
    agrees(model, "state");
    assertThat(Model.load(Path.of(model)).scaling()).hasToString("x·0.4 − 2.0");
  }

  @Test
  void weightsOfH5pyAreEvaluated() throws IOException {
    String[] options = {"--hidden", "none", "--names", "w,b", "--features", "6", "--classes", "3"};
    agrees(imported("weights.hdf5", options), "softmax");
  }

  @Test
  void whatIsImportedIsSaid() throws IOException {
    String to = folder.resolve("said.safetensors").toString();
    String[] words = {"import", fixture("net.onnx"), to, "--classes", "low,middle,high"};
    assertThat(Ran.piped(words).well().out())
        .contains("dense1", "batch, 8", "samples   [6], scaled: none", "low, middle, high")
        .contains("imported  net.onnx", "the softmax at the end is left out")
        .contains("the output is taken for that of a cross-entropy")
        .containsPattern("model     .*said\\.safetensors: [0-9,]+ bytes");
    String[] json = Arrays.copyOf(words, words.length + 1);
    json[words.length] = "--json";
    JsonObject object = Ran.piped(json).well().json().getFirst();
    assertThat(object.strings("classes")).containsExactly("low", "middle", "high");
    assertThat(object.string("loss")).isEqualTo("cross-entropy");
    assertThat(object.object("provenance").string("imported")).isEqualTo("net.onnx");
    assertThat(object.string("thetaSha256")).isEqualTo(Model.load(Path.of(to)).theta().sha256());
  }

  @Test
  void whatWasExportedComesBack() throws IOException {
    String run = runOf(runs);
    JsonObject before = Ran.piped("evaluate", "--runs", runs, "--json").well().json().getFirst();
    for (String name : List.of("a.onnx", "a.npz", "a.h5", "columns.hdf5")) {
      String file = folder.resolve(name).toString();
      String model = folder.resolve(name + ".safetensors").toString();
      List<String> out = new ArrayList<>(List.of("export", file, "--runs", runs));
      List<String> in = new ArrayList<>(List.of("import", file, model, "--runs", runs));
      if (name.startsWith("columns")) {
        out.addAll(List.of("--names", "w1,b1,w2,b2", "--columns"));
        in.addAll(List.of("--names", "w1,b1,w2,b2"));
      }
      if (!name.endsWith(".onnx")) { // which says all that is needed
        in.addAll(List.of("--like", run));
      }
      Ran.piped(out.toArray(String[]::new)).well();
      Ran.piped(in.toArray(String[]::new)).well();
      JsonObject after =
          Ran.piped("evaluate", model, "--data", "digits", "--test-size", "100", "--json")
              .well()
              .json()
              .getFirst();
      Model again = Model.load(Path.of(model));
      assertThat(again.features()).as(name).hasToString("[28, 28]");
      assertThat(again.scaling().length()).as(name).isEqualTo(784);
      assertThat(after.string("thetaSha256")).as(name).isEqualTo(before.string("thetaSha256"));
      assertThat(after.number("loss")).as(name).isEqualTo(before.number("loss"));
      assertThat(after.number("accuracy")).as(name).isEqualTo(before.number("accuracy"));
    }
  }

  @Test
  void aTrainedModelSaysWhatMadeIt() throws IOException {
    String run = runOf(runs);
    Model model = Model.load(Path.of(runs, run, "model.safetensors"));
    assertThat(model.provenance())
        .containsEntry("run", run)
        .containsEntry("data", "digits train")
        .hasEntrySatisfying("dataSha256", sha256 -> assertThat(sha256).hasSize(64))
        .hasEntrySatisfying(
            "command",
            command -> assertThat(command).startsWith("./ijen train ").contains("--hidden 20"));
  }

  private static String runOf(String runs) throws IOException {
    try (Stream<Path> all = Files.list(Path.of(runs))) {
      return String.valueOf(all.filter(Files::isDirectory).findFirst().orElseThrow().getFileName());
    }
  }

  @Test
  void misfitsAreListed() {
    String to = folder.resolve("misfit.safetensors").toString();
    Ran ran =
        Ran.piped("import", fixture("state.safetensors"), to, "--hidden", "8,9", "--data", BLOBS);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .contains("of the tensors do not fit the network")
        .containsPattern("dense2\\.weight \\[9, 8\\] +fc2\\.weight \\[8, 8\\] +another shape");
    Ran names =
        Ran.piped(
            "import",
            fixture("weights.hdf5"),
            to,
            "--hidden",
            "none",
            "--data",
            BLOBS,
            "--names",
            "w,c");
    assertThat(names.code()).isEqualTo(1);
    assertThat(names.err()).contains("expected an array 'c' for dense1.bias [3]", "b F64 [3, 1]");
    Ran layers =
        Ran.piped(
            "import",
            fixture("state.safetensors"),
            to,
            "--hidden",
            "8,8",
            "--data",
            BLOBS,
            "--layers",
            "tail=dense3");
    assertThat(layers.err()).contains("expected a layer 'tail'", "'head'");
    Ran classes = Ran.piped("import", fixture("net.onnx"), to, "--classes", "a,b");
    assertThat(classes.code()).isEqualTo(1);
    assertThat(classes.err()).contains("output [3] decides between 3 classes, got 2: a, b");
    assertThat(Path.of(to)).doesNotExist();
  }

  @Test
  void layersMayBeNamed() throws IOException {
    String[] words = {"--hidden", "8,8", "--data", BLOBS, "--layers", ""};
    String sha256 =
        Model.load(Path.of(imported("state.safetensors", Arrays.copyOf(words, 4))))
            .theta()
            .sha256();
    words[5] = "head=dense3,fc2=dense2";
    String model = imported("state.safetensors", words);
    assertThat(Model.load(Path.of(model)).theta().sha256()).isEqualTo(sha256);
    words[5] = "fc2=dense1";
    List<String> wrong = new ArrayList<>(List.of("import", fixture("state.safetensors"), model));
    wrong.addAll(Arrays.asList(words));
    assertThat(Ran.piped(wrong.toArray(String[]::new)).err())
        .containsPattern("dense1\\.weight \\[8, 6\\] +fc2\\.weight \\[8, 8\\] +another shape");
  }

  @Test
  void brokenFilesLeaveWhatWasThere() throws IOException {
    Path to = Files.writeString(folder.resolve("precious.safetensors"), "precious");
    byte[] onnx = Files.readAllBytes(Path.of(fixture("net.onnx")));
    byte[] state = Files.readAllBytes(Path.of(fixture("state.safetensors")));
    byte[] zip = {'P', 'K', 3, 4, 0, 0};
    broken(to, "half.onnx", Arrays.copyOf(onnx, onnx.length / 2));
    broken(to, "half", Arrays.copyOf(onnx, onnx.length / 2));
    String[] linear = {"--hidden", "none", "--data", BLOBS};
    broken(to, "half.safetensors", Arrays.copyOf(state, state.length / 2), linear);
    broken(to, "empty", new byte[0], linear);
    broken(to, "archive.npz", zip, linear);
    Ran missing = Ran.piped("import", "missing.onnx", to.toString());
    assertThat(missing.err()).isEqualTo("ijen import: missing.onnx: there is no such file\n");
    assertThat(to).hasContent("precious");
  }

  private static void broken(Path to, String name, byte[] content, String... options)
      throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    List<String> words = new ArrayList<>(List.of("import", file.toString(), to.toString()));
    words.addAll(Arrays.asList(options));
    Ran ran = Ran.piped(words.toArray(String[]::new));
    assertThat(ran.code()).as(name).isEqualTo(1);
    assertThat(ran.err()).startsWith("ijen import: " + file);
  }

  @Test
  void wrongUsageIsExplained() {
    String state = fixture("state.safetensors");
    usage("holds parameters alone: expected --like MODEL|RUN, or --hidden", state, "m.safetensors");
    usage("ends with .safetensors, as models have it", state, "m.onnx", "--hidden", "none");
    usage("expected --data, or --features", state, "m.safetensors", "--hidden", "8");
    usage(
        "expected --data, or --classes",
        state,
        "m.safetensors",
        "--hidden",
        "8",
        "--features",
        "6");
    usage(
        "--like says which network", state, "m.safetensors", "--like", "x", "--activation", "relu");
    usage("--names and --layers", state, "m.safetensors", "--names", "a", "--layers", "a=b");
    usage("is an ONNX file", fixture("net.onnx"), "m.safetensors", "--hidden", "8");
    usage(
        "expected one number, or one for each",
        fixture("net.onnx"),
        "m.safetensors",
        "--mean",
        "1,2");
    usage(
        "--deviation: expected 1 number or 6, got 2",
        fixture("net.onnx"),
        "m.safetensors",
        "--mean",
        "1,2,3,4,5,6",
        "--deviation",
        "1,2");
    Ran export = Ran.piped("export", "m.onnx", "--columns", "--runs", runs);
    assertThat(export.code()).isEqualTo(2);
    assertThat(export.err()).contains("--names and --columns are for files that end with .npz");
  }

  private static void usage(String problem, String... arguments) {
    List<String> words = new ArrayList<>(List.of("import"));
    words.addAll(Arrays.asList(arguments));
    Ran ran = Ran.piped(words.toArray(String[]::new));
    assertThat(ran.err()).contains(problem);
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
  }
}
