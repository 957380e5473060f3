package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsWhatWasMeant() {
    assertThat(Nearest.to("epoch", Setting.keys())).contains("epochs");
    assertThat(Nearest.to("epcohs", Setting.keys())).contains("epochs");
    assertThat(Nearest.to("learningRate", Setting.keys())).contains("lr");
    assertThat(Nearest.to("early_stop", Setting.keys())).contains("early-stop");
    assertThat(Nearest.to("patience", Setting.keys())).contains("early-stop");
    assertThat(Nearest.to("trian", List.of("train", "data", "runs"))).contains("train");
  }

  @Test
  void saysNothingWhereNothingIsNear() {
    assertThat(Nearest.to("banana", Setting.keys())).isEmpty();
    assertThat(Nearest.to("x", Setting.keys())).isEmpty();
    assertThat(Nearest.to("", Setting.keys())).isEmpty();
    assertThat(Nearest.to("e".repeat(1000), Setting.keys())).isEmpty();
    assertThat(Nearest.to("learning_rate", List.of("data", "runs"))).isEmpty();
    assertThat(Nearest.hint("banana", Setting.keys())).isEmpty();
  }

  @Test
  void everySynonymLeadsToASetting() {
    for (String word : List.of("optimiser", "batch-size", "l2", "title", "scheduler", "dataset")) {
      assertThat(Nearest.to(word, Setting.keys())).as(word).isPresent();
    }
  }
}
