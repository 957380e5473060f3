package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import ijen.recipe.SearchPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionSearchPeerTest {
  @TempDir Path folder;

  /// It trains what the searches that come with Ijen train, but for what they search.
  @Test
  void itsSettingsAreThoseOfTheSearches() throws Exception {
    JsonObject listed = ListedScript.of("fashion_search_peer.py", folder).getFirst();
    for (String name : List.of("fashion-search", "fashion-search-enhanced")) {
      assertThat(SearchPlan.ofShelf(name).orElseThrow().describe().get("settings"))
          .isEqualTo(listed.asMap());
    }
  }
}
