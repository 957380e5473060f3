package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.nn.Initializers;
import ijen.recipe.Study;
import ijen.recipe.TrainConfig;
import ijen.recipe.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMlpPeerTest {
  private static final String SCRIPT = "fashion_mlp_peer.py";

  @TempDir Path folder;

  /// What it measures again are the references of that recipe: it has to train the same.
  @Test
  void itsNetworksAreThoseOfTheRecipe() throws Exception {
    Study study = Study.ofShelf("fashion-mlp").orElseThrow();
    List<JsonObject> networks = listed();
    assertThat(networks.stream().map(network -> network.string("network")))
        .containsExactlyElementsOf(
            study.variants().stream()
                .filter(variant -> variant.recipe().config().faults().isEmpty())
                .map(Variant::name)
                .toList());
    for (JsonObject network : networks) {
      TrainConfig config = study.variant(network.string("network")).recipe().config();
      assertThat(config.network().hidden().stream().mapToLong(units -> units).toArray())
          .isEqualTo(network.wholes("hidden"));
      assertThat(config.network().dropout()).isEqualTo(network.number("dropout"));
      assertThat(config.network().init())
          .isEqualTo(Initializers.parse(network.truth("he") ? "he" : "normal(0.01)"));
      assertThat(config.network().activation()).isEqualTo("relu");
      assertThat(config.batch()).isEqualTo(network.integer("batch"));
      assertThat(config.optimizer().name()).isEqualTo("sgd");
      assertThat(config.optimizer().learningRate()).isEqualTo(network.number("rate"));
    }
  }

  private List<JsonObject> listed() throws Exception {
    Path script = folder.resolve(SCRIPT);
    try (InputStream in = Participants.class.getResourceAsStream(SCRIPT)) {
      Files.copy(Objects.requireNonNull(in, SCRIPT), script);
    }
    Process process;
    try {
      process = new ProcessBuilder("python3", "-B", script.toString(), "--list").start();
    } catch (IOException none) {
      return Assumptions.abort("python3 is not installed: " + none.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(complaints).isZero();
    return Arrays.stream(said.split("\n", -1))
        .filter(line -> !line.isBlank())
        .map(line -> Json.object(line, SCRIPT))
        .toList();
  }
}
