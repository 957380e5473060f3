package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static final List<String> NAMES =
      List.of("digits", "mnist", "fashion-mnist", "moons", "early-stop");

  @Test
  void findsWhatWasMeant() {
    assertThat(Spelling.nearest("digts", NAMES)).contains("digits");
    assertThat(Spelling.nearest("msint", NAMES))
        .isEmpty(); // two swaps are too many in five letters
    assertThat(Spelling.nearest("mnits", NAMES)).contains("mnist");
    assertThat(Spelling.nearest("Early_Stop", NAMES)).contains("early-stop");
    assertThat(Spelling.nearest("fashion", NAMES)).contains("fashion-mnist");
    assertThat(Spelling.nearest("fashionmnist", NAMES)).contains("fashion-mnist");
  }

  @Test
  void guessesNothingFromNothing() {
    assertThat(Spelling.nearest("", NAMES)).isEmpty();
    assertThat(Spelling.nearest("banana", NAMES)).isEmpty();
    assertThat(Spelling.nearest("m".repeat(1000), NAMES)).isEmpty();
    assertThat(Spelling.nearest("mnist", List.of())).isEmpty();
  }
}
