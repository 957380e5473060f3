package ijen.bench.report;

import static ijen.bench.report.Fixed.ONE;
import static ijen.bench.report.Fixed.TWO;
import static ijen.bench.report.Fixed.results;
import static ijen.bench.report.Fixed.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.bench.peer.Library;
import ijen.bench.peer.Spread;
import ijen.bench.workload.Workload;
import org.junit.jupiter.api.Test;

class ResultsTest {
  @Test
  void theBestSettingIsOneThatWasRepeated() {
    Results results =
        results(
            run(Workload.A, Library.TORCH, ONE, 1.0, 0.8),
            run(Workload.A, Library.TORCH, ONE, 1.4, 0.8),
            run(Workload.A, Library.TORCH, TWO, 0.9, 0.8));
    Entry best = results.best(Workload.A, Library.TORCH).orElseThrow();
    assertThat(best.setting()).isEqualTo(ONE);
    assertThat(best.seconds()).isEqualTo(new Spread(1.2, 1.0, 1.4, 2));
    assertThat(best.firstEpoch().median()).isCloseTo(2.4, within(1e-12));
    assertThat(results.best(Workload.A, Library.NUMPY)).isEmpty();
    assertThat(results.bestPeer(Workload.D)).isEmpty();
  }

  @Test
  void onlyTheSameModelCanBeTheBestPeer() {
    Results results =
        results(
            run(Workload.G, Library.IJEN, ONE, 0.05, 0.8),
            run(Workload.G, Library.SMILE, ONE, 0.5, 0.8),
            run(Workload.G, Library.NUMPY, ONE, 2, 0.8),
            run(Workload.A, Library.SMILE, ONE, 0.9, 0.8),
            run(Workload.A, Library.TORCH, ONE, 1.1, 0.8));
    assertThat(results.bestPeer(Workload.G).orElseThrow().library()).isEqualTo(Library.NUMPY);
    assertThat(results.bestPeer(Workload.A).orElseThrow().library()).isEqualTo(Library.SMILE);
    assertThat(results.workloads()).containsExactly(Workload.A, Workload.G);
  }

  @Test
  void arithmeticAloneIsByThePeakOfTheThreads() {
    double flops = 2.0 * 605_696 * 60_000;
    assertThat(results().arithmeticAlone(Workload.D, 1)).isCloseTo(flops / 100e9, within(1e-9));
    assertThat(results().arithmeticAlone(Workload.D, 2)).isCloseTo(flops / 200e9, within(1e-9));
  }

  @Test
  void learningIsHeldToBandMedianAndLoss() {
    Run good = run(Workload.D, Library.IJEN, ONE, 1, 0.83);
    Run alike = run(Workload.D, Library.TORCH, ONE, 1, 0.84);
    assertThat(Learning.problems(results(good, alike))).isEmpty();
    Run third = run(Workload.D, Library.DJL, ONE, 1, 0.82);
    Run wild = run(Workload.D, Library.NUMPY, ONE, 1, 0.10);
    assertThat(Learning.problems(results(good, alike, third, wild)))
        .containsExactly(
            "D: NumPy, 1 thread: expected a test result from 0.74 to 0.92, got 0.1000");
    Run far = run(Workload.D, Library.NUMPY, ONE, 1, 0.75);
    assertThat(Learning.problems(results(good, alike, third, far)))
        .containsExactly(
            "D: NumPy, 1 thread: its test result 0.7500 is more than 0.07 from the median of all,"
                + " 0.8250");
    Run other = run(Workload.D, Library.NUMPY, ONE, 1, 0.83, 0.6, 0);
    assertThat(Learning.problems(results(good, alike, third, other)))
        .containsExactly(
            "D: NumPy, 1 thread: its loss 0.6000 over the last epoch is more than 10 % from the"
                + " median of all, 0.5000");
    Run silent = run(Workload.D, Library.SMILE, ONE, 1, 0.83, Double.NaN, 0);
    assertThat(Learning.problems(results(good, alike, silent))).isEmpty();
  }

  @Test
  void figuresHaveThreeDigits() {
    assertThat(Figures.three(0.03141)).isEqualTo("0.0314");
    assertThat(Figures.three(0.9996)).isEqualTo("1.00");
    assertThat(Figures.three(8)).isEqualTo("8.00");
    assertThat(Figures.three(12.34)).isEqualTo("12.3");
    assertThat(Figures.three(1234.4)).isEqualTo("1,234");
    assertThat(Figures.perSecond(60_000, 0.1234)).isEqualTo("486,000");
    assertThat(Figures.perSecond(10, 3)).isEqualTo("3");
    assertThat(Figures.percent(0.256)).isEqualTo("26 %");
    assertThat(Figures.percent(Double.NaN)).isEqualTo("?");
    assertThat(Figures.withRange(Spread.of(1, 2, 3))).isEqualTo("2.00 (1.00–3.00)");
    assertThat(Figures.withRange(Spread.of(1))).isEqualTo("1.00");
  }
}
