package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.format.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindLrCommandTest {
  private static final String[] MOONS = {"--data", "moons", "--train-size", "200", "--hidden", "8"};

  @TempDir Path folder;

  private static String[] words(String first, String[] middle, String... last) {
    return Stream.of(Stream.of(first), Stream.of(middle), Stream.of(last))
        .flatMap(s -> s)
        .toArray(String[]::new);
  }

  /// The command that was proposed, as words.
  private static List<String> proposed(Ran ran) {
    String line = ran.out().lines().toList().getLast();
    assertThat(line).startsWith("  ./ijen train ");
    return List.of(line.strip().substring("./ijen ".length()).split(" "));
  }

  private void works(List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--epochs", "1", "--runs", folder.resolve("runs").toString()));
    Ran.piped(arguments.toArray(String[]::new)).well();
  }

  @Test
  void aRateIsSuggestedWithTheCommandThatTrainsWithIt() {
    Ran ran =
        Ran.piped(words("find-lr", MOONS, "--optimizer", "adam", "--no-shuffle", "--lr", "7"))
            .well();
    assertThat(ran.out())
        .startsWith("moons, 8 relu\nadam, batch 64, ")
        .contains("rate  ", "  loss", "#######", "  suggestion\n", "lowest")
        .containsPattern("\n *0\\.000001  +\\d\\.\\d+  #+\n")
        .containsPattern("\nsuggestion  0\\.\\d{1,4}\n");
    List<String> command = proposed(ran);
    assertThat(command.subList(0, command.size() - 1))
        .containsExactly(
            "train",
            "--data",
            "moons",
            "--train-size",
            "200",
            "--hidden",
            "8",
            "--optimizer",
            "adam",
            "--no-shuffle",
            "--lr");
    assertThat(Double.parseDouble(command.getLast())).isBetween(1e-3, 1.0);
    works(command);
  }

  @Test
  void aProgramMayReadItAndAFigureShowsIt() throws IOException {
    for (String ending : List.of("svg", "png")) {
      Path figure = folder.resolve("rates." + ending);
      Ran ran =
          Ran.piped(
                  words(
                      "find-lr",
                      MOONS,
                      "--json",
                      "--from",
                      "1e-4",
                      "--to",
                      "1",
                      "--steps",
                      "50",
                      "--figure",
                      figure.toString()))
              .well();
      assertThat(ran.out().lines()).hasSize(1);
      JsonObject object = ran.json().getFirst();
      assertThat(object.string("what")).isEqualTo("moons, 8 relu");
      assertThat(object.string("optimizer")).isEqualTo("sgd");
      assertThat(object.string("ending")).isEqualTo("all 50 steps were taken");
      double suggestion = object.number("suggestion");
      assertThat(suggestion).isBetween(1e-3, 1.0);
      assertThat(object.number("lowest")).isGreaterThanOrEqualTo(suggestion);
      assertThat(object.strings("command")).startsWith("./ijen", "train", "--data", "moons");
      assertThat(Double.parseDouble(object.strings("command").getLast()))
          .isCloseTo(suggestion, within(0.05 * suggestion));
      assertThat((List<?>) object.asMap().get("curve")).hasSize(50);
      byte[] drawn = Files.readAllBytes(figure);
      if (ending.equals("svg")) {
        assertThat(Files.readString(figure))
            .contains("Loss while the rate rises: moons, 8 relu", "suggested: 0.");
      } else {
        assertThat(drawn).startsWith(0x89, 'P', 'N', 'G');
      }
    }
  }

  private Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  @Test
  void aTrainedRunIsLeftAsItIs() throws IOException {
    Path runs = folder.resolve("own");
    Ran.piped(
            words(
                "train",
                MOONS,
                "--batch-norm",
                "--normalise",
                "standardise",
                "--epochs",
                "20",
                "--runs",
                runs.toString()))
        .well();
    Map<String, byte[]> before = files(runs);
    Path model;
    try (Stream<Path> all = Files.walk(runs)) {
      model = all.filter(f -> f.endsWith("model.safetensors")).findFirst().orElseThrow();
    }
    String id = runs.relativize(model).getName(0).toString();
    Ran ran = Ran.piped("find-lr", id, "--to", "1e6", "--runs", runs.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith(model.toString())
        .contains("diverged")
        .doesNotContain("train ");
    Ran ofModel = Ran.piped("find-lr", model.toString(), "--to", "1e6", "--json");
    assertThat(ofModel.json().getFirst().strings("command")).isEmpty();
    Map<String, byte[]> after = files(runs);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
  }

  private static String newest(String runs) {
    return Ran.piped("runs", "list", "--json", "--runs", runs).json().getFirst().string("run");
  }

  /// Begun from the weights that were learned, with samples scaled as they were.
  @Test
  void aModelsFirstLossIsTheOneThatItReached() {
    String runs = folder.resolve("runs").toString();
    Ran.piped(words("train", MOONS, "--normalise", "standardise", "--epochs", "30", "--runs", runs))
        .well();
    JsonObject found =
        Ran.piped(
                "find-lr", newest(runs), "--batch", "all", "--steps", "2", "--json", "--runs", runs)
            .json()
            .getFirst();
    JsonObject measured =
        Ran.piped("evaluate", "--part", "train", "--json", "--runs", runs).json().getFirst();
    assertThat(found.number("before")).isCloseTo(measured.number("loss"), within(1e-6));
    assertThat(found.number("before")).isLessThan(0.5);
  }

  @Test
  void recipesAreReadAndTypedSettingsCountMore() throws IOException {
    Path recipe =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            data: moons
            train-size: 200
            optimizer: "adam:learning-rate=0.5,beta2=0.99"
            variants: {small: {hidden: [4]}, large: {hidden: [16]}}
            """);
    Ran ran = Ran.piped("find-lr", recipe.toString(), "--variant", "small", "--batch", "32").well();
    assertThat(ran.out()).startsWith("moons, 4 relu\nadam, batch 32, ");
    List<String> command = proposed(ran);
    assertThat(command.subList(0, command.size() - 1))
        .containsExactly(
            "train", recipe.toString(), "--variant", "small", "--batch", "32", "--optimizer");
    assertThat(command.getLast()).matches("adam:learning-rate=0\\.\\d+,beta2=0\\.99");
    works(command);

    Ran several = Ran.piped("find-lr", recipe.toString());
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("small, large");
    Ran none = Ran.piped("find-lr", "--variant", "small");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .startsWith("ijen find-lr: --variant: expected a recipe that has variants, got none\n");
  }

  @Test
  void whereTheLossCannotFallNothingIsSuggested() {
    Ran ran = Ran.piped(words("find-lr", MOONS, "--init", "zeros", "--no-bias"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("all 200 steps were taken", "no suggestion: the loss never fell")
        .doesNotContain("./ijen train");
  }

  @Test
  void wrongUsageIsExplained() {
    Ran figure = Ran.piped(words("find-lr", MOONS, "--figure", "rates.pdf"));
    assertThat(figure.code()).isEqualTo(2);
    assertThat(figure.err())
        .startsWith(
            "ijen find-lr: --figure: expected a file that ends with .svg or .png, got rates.pdf");
    Ran search = Ran.piped(words("find-lr", MOONS, "--optimizer", "lbfgs"));
    assertThat(search.code()).isEqualTo(1);
    assertThat(search.err())
        .isEqualTo(
            "ijen find-lr: learning-rate finder: expected an optimizer whose steps are as long as"
                + " the rate says, got lbfgs, which searches for their length along a line\n");
    Ran order = Ran.piped(words("find-lr", MOONS, "--from", "1", "--to", "0.1"));
    assertThat(order.code()).isEqualTo(1);
    assertThat(order.err()).contains("expected rates above 0, the lower first, got 1.0 and 0.1");
  }
}
