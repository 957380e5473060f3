package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.data.Options;
import ijen.run.RunStore;
import ijen.study.Judgement;
import ijen.study.StudyResult;
import ijen.study.StudyRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The studies that come with Ijen.
class ShelfTest {
  static List<String> names() {
    return Study.shelf();
  }

  @Test
  void theyAreFoundByName() {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(8).doesNotHaveDuplicates();
    assertThat(Study.ofShelf("mnist-softmax").orElseThrow().name()).isEqualTo("mnist-softmax");
    assertThat(Study.ofShelf("studies")).isEmpty();
    assertThat(Study.ofShelf("../recipe/mnist-softmax")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachSaysWhatIsAskedAndExpected(String name) {
    Study study = Study.ofShelf(name).orElseThrow();
    assertThat(study.name()).isEqualTo(name);
    assertThat(study.title()).isNotBlank();
    assertThat(study.question()).endsWith("?");
    assertThat(study.source()).matches("S[0-4].*");
    assertThat(study.seeds()).isEqualTo(Study.SEEDS);
    for (Variant variant : study.variants()) {
      TrainConfig config = variant.recipe().config();
      assertThat(config.seed()).isEqualTo(1);
      assertThat(config.data().name()).matches("mnist|fashion-mnist");
      assertThat(variant.title().isEmpty()).isEqualTo(study.variants().size() == 1);
    }
    Set<String> spokenOf = study.claims().stream().map(Claim::variant).collect(Collectors.toSet());
    assertThat(study.claims()).isNotEmpty();
    assertThat(study.claims().stream().map(Claim::expectation))
        .as("something can fail")
        .anyMatch(expectation -> !(expectation instanceof Expectation.Nothing));
    assertThat(spokenOf).isSubsetOf(study.variants().stream().map(Variant::name).toList());
  }

  /// The same networks, losses and rules, on few of the built-in digits: each number that is
  /// claimed is measured, and no training fails.
  @ParameterizedTest
  @MethodSource("names")
  void eachRunsAndMeasuresWhatItClaims(String name, @TempDir Path folder) throws IOException {
    Study study =
        Study.ofShelf(name)
            .orElseThrow()
            .withSeeds(1)
            .with(List.of("data=digits", "train-size=96", "test-size=32"), "test");
    StudyResult result =
        new StudyRun(study, Options.defaults().withOffline(true), 2)
            .run(RunStore.at(folder), (variant, run, done, all) -> {}, () -> false);
    assertThat(result.judgements()).hasSameSizeAs(study.claims());
    for (Judgement judgement : result.judgements()) {
      assertThat(judgement.isMeasured()).as("%s", judgement).isTrue();
      assertThat(judgement.diverged()).as("%s", judgement).isZero();
    }
  }
}
