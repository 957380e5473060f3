package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import ijen.nn.Initializers;
import ijen.recipe.Study;
import ijen.recipe.TrainConfig;
import ijen.recipe.Variant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMlpPeerTest {
  @TempDir Path folder;

  /// What it measures again are the references of that recipe: it has to train the same.
  @Test
  void itsNetworksAreThoseOfTheRecipe() throws Exception {
    Study study = Study.ofShelf("fashion-mlp").orElseThrow();
    List<JsonObject> networks = ListedScript.of("fashion_mlp_peer.py", folder);
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
}
