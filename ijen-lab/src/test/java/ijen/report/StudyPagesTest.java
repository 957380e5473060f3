package ijen.report;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.data.Options;
import ijen.recipe.Study;
import ijen.run.RunStore;
import ijen.study.StudyResult;
import ijen.study.StudyRun;
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

class StudyPagesTest {
  private static final Options OPTIONS = Options.defaults().withOffline(true);
  private static final String TWO =
      """
      title: Mean or sum
      question: Which is it, a_b or a|b?
      source: a source
      seeds: 2
      data: digits
      train-size: 300
      test-size: 100
      hidden: none
      batch: 50
      epochs: 2
      variants:
        mean: {title: by the mean}
        sum: {title: by the sum, reduction: sum, lr: 0.002}
      expect:
        - {variant: mean, measure: samples, published: 600, within: 0, why: two | epochs}
        - {variant: sum, measure: test accuracy, at-most: 0.01}
        - {variant: sum, measure: test loss}
      departures:
        - {source: it took the sum, instead: the mean is taken, variant: sum}
      """;
  private static final String ONE =
      """
      title: One alone
      seeds: 1
      data: digits
      train-size: 100
      test-size: 50
      hidden: none
      epochs: 1
      expect:
        - {measure: steps, published: 2, within: 0}
      """;

  @TempDir Path temp;

  @Test
  void theSameStudiesGiveTheSamePages() throws IOException {
    Map<String, String> files = written("one", TWO, ONE);
    assertThat(written("two", TWO, ONE)).isEqualTo(files);
    assertThat(files)
        .containsOnlyKeys(
            "README.md",
            "study0.md",
            "study0-final.svg",
            "study0-accuracy-test.svg",
            "study1.md",
            "study1-final.svg",
            "study1-accuracy.svg");
    assertThat(files.get("README.md"))
        .contains(
            "| [study0](study0.md) | Mean or sum | 4 | 1 of 2 | **not as expected** |\n",
            "| [study1](study1.md) | One alone | 1 | 1 of 1 | as expected |\n");
    assertThat(files.get("study0.md"))
        .startsWith("# Mean or sum\n\n[All experiments](README.md)\n\nWhich is it, a\\_b or a|b?\n")
        .contains(
            "\nSource: a source.\n",
            "\n| by the mean: samples | 600 | 600 | – | 600 | held | two \\| epochs |\n",
            " | ≤ 0.01 | not held | ",
            "\n![Final test accuracy](study0-final.svg)\n",
            "\nThe source: it took the sum\n",
            "\nMeasured: “by the sum” less “by the mean”, which differs in ");
  }

  @Test
  void oneStudyHasNoIndex() throws IOException {
    Map<String, String> files = written("alone", ONE);
    assertThat(files).doesNotContainKey("README.md");
    assertThat(files.get("study0.md")).startsWith("# One alone\n\n```sh\n");
  }

  private Map<String, String> written(String folder, String... studies) throws IOException {
    List<StudyResult> results = new ArrayList<>();
    for (int i = 0; i < studies.length; i++) {
      Study study = Study.parse(studies[i], "study" + i + ".yaml");
      results.add(
          new StudyRun(study, OPTIONS, 2)
              .run(
                  RunStore.at(temp.resolve(folder + "-runs")),
                  (variant, run, done, all) -> assertThat(done).isBetween(1, all),
                  () -> false));
    }
    Path pages = temp.resolve(folder);
    StudyPages.write(pages, results);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(pages)) {
      for (Path file : all.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return files;
  }
}
