package ijen.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.bench.kernel.KernelBenchmarks.Effort;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelBenchmarksTest {
  private static final Effort LEAST = new Effort(0, 2, 10);

  @Test
  void aCaseIsTimedInItsOwnJvm() {
    KernelRow row =
        KernelBenchmarks.row(KernelCases.named("products dX 16x40x10"), LEAST, new int[] {2, 1});
    assertThat(row.timings()).extracting(Timing::threads).containsExactly(1, 2);
    for (Timing timing : row.timings()) {
      assertThat(timing.best()).isPositive().isLessThanOrEqualTo(timing.median());
    }
    assertThat(row.speedUp(2)).isPresent();
    assertThat(row.speedUp(1)).isEmpty();
  }

  /// What stops a wrong answer too: a benchmark whose preparation fails.
  @Test
  void aCaseThatCannotBePreparedIsNotTimed() {
    KernelCase unknown =
        new KernelCase(
            "no",
            "such",
            "kernel",
            Cost.none(),
            true,
            0,
            DividedWork.cases().getFirst().preparation());
    assertThatThrownBy(() -> KernelBenchmarks.row(unknown, LEAST, new int[] {1}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'no such kernel' was not measured")
        .hasMessageContaining("no case 'no such kernel'");
  }

  @Test
  void patternsFindCases() {
    assertThat(KernelBenchmarks.matching("")).hasSameSizeAs(KernelCases.all());
    assertThat(KernelBenchmarks.matching("SQUARE (96|384)x"))
        .extracting(KernelCase::shape)
        .containsExactly("96x96x96", "384x384x384");
    assertThatThrownBy(() -> KernelBenchmarks.matching("squre"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'squre' fits none of the")
        .hasMessageContaining("products square 96x96x96");
    assertThatThrownBy(() -> KernelBenchmarks.matching("(")).hasMessageContaining("no pattern");
    assertThatThrownBy(() -> KernelBenchmarks.measure("square 96", line -> {}))
        .hasMessageContaining("expected numbers of threads");
  }

  @Test
  void flagsAreOursAsFarAsTheyChangeTheAnswer() {
    assertThat(
            KernelBenchmarks.flags(
                List.of(
                    "-XX:AOTCache=x", "-Xlog:disable", "-Xmx1g", "-Dijen.lanes=4", "-Dsecret=1")))
        .containsExactly(
            "-Xmx1g",
            "-Dijen.lanes=4",
            "-XX:-BackgroundCompilation",
            "--add-modules=jdk.incubator.vector",
            "--sun-misc-unsafe-memory-access=allow");
  }
}
