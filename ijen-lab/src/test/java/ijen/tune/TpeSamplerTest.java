package ijen.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tree-structured Parzen estimator against its rules, worked by hand, and against random
/// search.
class TpeSamplerTest {
  private static final Real TEN = Dimension.real("x", 0, 10);

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "10, 1", "11, 2", "30, 3", "70, 7", "249, 25", "250, 25", "9999, 25"})
  void goodAreATenth(int n, int good) {
    assertThat(GoodBad.good(n)).isEqualTo(good);
  }

  @Test
  void splitsByValueThenByHowFarPrunedOnesCame() {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      trials.add(Checks.complete(i, number(i), new double[] {5, 1, 4, 2, 2, 9}[i]));
    }
    trials.add(pruned(6, 1, 0.1)); // came less far than the next ones
    trials.add(pruned(7, 3, 0.9, 0.8));
    trials.add(pruned(8, 3, 0.9, 0.7));
    trials.add(Trial.begin(9, number(9)).failed("no", 0)); // of no use
    trials.add(pruned(10, 0)); // came nowhere
    trials.add(pruned(11, 3, Double.NaN, Double.NaN));
    List<Configuration> pending = List.of(number(12), number(13));
    History low = new History(Goal.MINIMISE, trials, pending);
    // 11 are usable: two are good. 1 is the best; of the equal 3 and 4 the earlier.
    assertThat(GoodBad.of(low, true).good()).containsExactly(number(1), number(3));
    assertThat(GoodBad.of(low, true).bad())
        .containsExactly(
            number(0),
            number(2),
            number(4),
            number(5),
            number(6),
            number(7),
            number(8),
            number(10),
            number(11),
            number(12),
            number(13));
    assertThat(GoodBad.of(low, false).bad()).doesNotContainAnyElementsOf(pending).hasSize(9);
    History high = new History(Goal.MAXIMISE, trials, pending);
    assertThat(GoodBad.of(high, true).good()).containsExactly(number(0), number(5));
    // Pruned ones only: 8 before 7 before 11 before 6 before 10.
    History ended = new History(Goal.MINIMISE, trials.subList(6, 12), List.of());
    assertThat(GoodBad.of(ended, true).good()).containsExactly(number(8));
    List<Trial> more = new ArrayList<>(trials.subList(6, 12));
    for (int i = 20; i < 26; i++) {
      more.add(pruned(i, 0));
    }
    assertThat(GoodBad.of(new History(Goal.MINIMISE, more, List.of()), true).good())
        .containsExactly(number(7), number(8));
  }

  private static Configuration number(int number) {
    return Checks.configuration("x", "" + number);
  }

  private static Trial pruned(int number, int last, double... values) {
    Trial trial = Trial.begin(number, number(number));
    for (int i = 0; i < values.length; i++) {
      trial = trial.reported(last - values.length + 1 + i, values[i]);
    }
    return trial.pruned(0);
  }

  @Test
  void oldObservationsCountLess() {
    assertThat(Mixture.weights(0)).containsExactly(1);
    assertThat(Mixture.weights(3)).containsExactly(1, 1, 1, 1);
    assertThat(Mixture.weights(25)).containsOnly(1).hasSize(26);
    double[] one = Mixture.weights(26);
    assertThat(one[0]).isEqualTo(1 / 26.0);
    assertThat(Arrays.copyOfRange(one, 1, 27)).containsOnly(1);
    double[] five = Mixture.weights(30); // 1/30 … 1 in five steps
    for (int k = 0; k < 5; k++) {
      assertThat(five[k]).isCloseTo(1 / 30.0 + k * 29 / 30.0 / 4, within(1e-15));
    }
    assertThat(Arrays.copyOfRange(five, 5, 31)).containsOnly(1);
  }

  @Test
  void kernelsAloneAreAsWideAsTheLargerGap() {
    // Means 2, 3, 8 and the prior's 5: gaps 1 inwards; 1 and 2; 3 inwards. At least 10/(1 + 4) = 2.
    NumberKernels kernels = NumberKernels.alone(Axis.of(TEN), numbers(8.0, 2.0, 3.0));
    assertThat(widths(kernels)).containsExactly(3, 2, 2, 10);
    // 1 to the prior's mean, but at least 10/(1 + 2).
    assertThat(widths(NumberKernels.alone(Axis.of(TEN), numbers(4.0))))
        .containsExactly(10 / 3.0, 10);
    assertThat(widths(NumberKernels.alone(Axis.of(TEN), numbers()))).containsExactly(10);
    // Twice the same: the first looks at 4, the second at the prior's 5, an end looks inwards.
    assertThat(widths(NumberKernels.alone(Axis.of(TEN), numbers(9.0, 4.0, 4.0, 0.0))))
        .containsExactly(4, 4, 10 / 6.0, 4, 10);
    double[] many = new double[200];
    Arrays.setAll(many, i -> i / 20.0);
    assertThat(widths(NumberKernels.alone(Axis.of(TEN), many)))
        .startsWith(0.1, 0.1)
        .endsWith(0.1, 10); // a hundredth, however many there are
  }

  @Test
  void kernelsTogetherAreEquallyWide() {
    double[] observed = new double[20];
    Arrays.setAll(observed, i -> i / 3.0);
    NumberKernels kernels = NumberKernels.joint(Axis.of(TEN), observed, 2);
    assertThat(kernels.width(0)).isCloseTo(10 * 0.2 * Math.pow(20, -1.0 / 6), within(1e-14));
    assertThat(kernels.width(19)).isEqualTo(kernels.width(0));
    assertThat(kernels.width(20)).isEqualTo(10);
    assertThat(NumberKernels.joint(Axis.of(TEN), numbers(1.0), 2).width(0))
        .isEqualTo(10 / 3.0); // at least 10/(1 + 2)
  }

  private static double[] numbers(double... numbers) {
    return numbers;
  }

  private static double[] widths(NumberKernels kernels) {
    double[] widths = new double[kernels.count()];
    Arrays.setAll(widths, kernels::width);
    return widths;
  }

  /// Against the formulas, evaluated by a program of its own.
  @Test
  void densitiesAreThoseOfTheFormulas() {
    Mixture real = alone(NumberKernels.alone(Axis.of(TEN), numbers(4.0)));
    assertThat(real.log(List.of("6.0"))).isCloseTo(-2.200884053882652, within(1e-13));

    Whole five = Dimension.whole("n", 1, 5);
    Mixture whole = alone(NumberKernels.alone(Axis.of(five), numbers(4, 2)));
    double[] logs = {
      -1.8429113391111636,
      -1.5128858873391204,
      -1.4157569750924124,
      -1.5128858873391207,
      -1.8429113391111633
    };
    for (int v = 1; v <= 5; v++) {
      assertThat(whole.log(List.of("" + v))).isCloseTo(logs[v - 1], within(1e-13));
    }
    Whole eight = Dimension.whole("n", 1, 8).inLog();
    Mixture log = alone(NumberKernels.alone(Axis.of(eight), numbers(4)));
    assertThat(log.log(List.of("3"))).isCloseTo(-1.9092594082577177, within(1e-13));

    // N = 4 kernels: an observation has 1/4 + 1 of 7/4 for itself and 1/4 of 7/4 for each other.
    Choice three = Dimension.choice("c", "a", "b", "c");
    Mixture choice = alone(new ChoiceKernels(three, List.of("a", "a", "b")));
    assertThat(Math.exp(choice.log(List.of("a"))))
        .isCloseTo((5 / 7.0 + 5 / 7.0 + 1 / 7.0 + 1 / 3.0) / 4, within(1e-15));
    assertThat(Math.exp(choice.log(List.of("b"))))
        .isCloseTo((1 / 7.0 + 1 / 7.0 + 5 / 7.0 + 1 / 3.0) / 4, within(1e-15));
    assertThat(Math.exp(choice.log(List.of("c"))))
        .isCloseTo((3 / 7.0 + 1 / 3.0) / 4, within(1e-15));

    // Together the kernels belong to each other: a with 4, b with 2.
    ChoiceKernels letters = new ChoiceKernels(three, List.of("a", "b"));
    Mixture both =
        new Mixture(List.of(NumberKernels.joint(Axis.of(five), numbers(4, 2), 2), letters));
    double a4 = Math.exp(both.log(List.of("4", "a")));
    double a2 = Math.exp(both.log(List.of("2", "a")));
    assertThat(a4).isCloseTo(Math.exp(both.log(List.of("2", "b"))), within(1e-15));
    assertThat(a4).isGreaterThan(1.3 * a2);
  }

  private static Mixture alone(Kernels kernels) {
    return new Mixture(List.of(kernels));
  }

  /// What is drawn has the density that is said, and both fill the range and nothing else.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void densityIntegratesToOneAndIsDrawnFrom(boolean joint) {
    RandomStream random = RandomStream.of(5, "observations", 0);
    for (Dimension dimension :
        List.of(
            TEN,
            Dimension.real("l", 1e-6, 1).inLog(),
            Dimension.real("s", 0, 1).inSteps(0.125),
            Dimension.whole("n", 3, 40).inSteps(3),
            Dimension.whole("w", 1, 30).inLog(),
            Dimension.choice("c", "p", "q", "r"))) {
      List<String> observed = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        double u = random.uniform(i);
        observed.add(dimension.at(i < 5 ? 0.999 : u * u));
      }
      Mixture mixture =
          switch (dimension) {
            case Choice it -> alone(new ChoiceKernels(it, observed));
            case Whole it -> numbers(Axis.of(it), observed, joint);
            case Real it -> numbers(Axis.of(it), observed, joint);
          };
      int bins = (int) dimension.count().orElse(12);
      double[] shares = new double[bins];
      if (dimension.count().isPresent()) {
        for (int i = 0; i < bins; i++) {
          shares[i] = Math.exp(mixture.log(List.of(dimension.value(i))));
        }
      } else {
        Axis axis = Axis.of((Real) dimension);
        int steps = 400; // Simpson's rule within each bin
        double h = axis.width() / bins / steps;
        for (int i = 0; i < bins; i++) {
          for (int j = 0; j <= steps; j++) {
            double factor = j == 0 || j == steps ? 1 : j % 2 == 1 ? 4 : 2;
            double u = (i + (double) j / steps) / bins;
            shares[i] += factor * h / 3 * Math.exp(mixture.log(List.of(axis.at(u))));
          }
        }
      }
      assertThat(Arrays.stream(shares).sum()).as("%s", dimension).isCloseTo(1, within(1e-7));
      long[] counts = new long[bins];
      DoubleSupplier draws = supplier(RandomStream.of(6, dimension.name(), 0));
      for (int i = 0; i < 20_000; i++) {
        String value = mixture.draw(draws).getFirst();
        dimension.check(value);
        double u = dimension.position(value);
        counts[dimension.count().isPresent() ? index(dimension, value) : (int) (u * bins)]++;
      }
      assertThat(Checks.chiSquare(counts, shares))
          .as("%s", dimension)
          .isLessThan(Checks.most(bins));
    }
  }

  private static int index(Dimension dimension, String value) {
    int i = 0;
    while (!dimension.value(i).equals(value)) {
      i++;
    }
    return i;
  }

  private static Mixture numbers(Axis axis, List<String> observed, boolean joint) {
    double[] numbers = observed.stream().mapToDouble(Double::parseDouble).toArray();
    return alone(
        joint ? NumberKernels.joint(axis, numbers, 3) : NumberKernels.alone(axis, numbers));
  }

  private static DoubleSupplier supplier(RandomStream stream) {
    long[] next = {0};
    return () -> stream.uniform(next[0]++);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void learnsInSpacesWithConditions(boolean multivariate) {
    Space space = Checks.mixed();
    TpeSampler tpe = TpeSampler.of(2).withMultivariate(multivariate);
    Search search = Search.of(space, tpe).withTrials(80);
    SearchResult result = search.run((c, reporter) -> Checks.loss(c));
    result.trials().forEach(trial -> space.check(trial.configuration()));
    assertThat(result.count(Trial.State.COMPLETE)).isEqualTo(80);
    double first = mean(result.trials().subList(0, 18));
    assertThat(mean(result.trials().subList(50, 80))).isLessThan(first / 2);
    // With lag 8, the first that knows 10 trials is trial 17.
    List<Trial> random = Search.of(space, new RandomSampler(2)).run((c, r) -> 0).trials();
    for (int n = 0; n <= 17; n++) {
      assertThat(result.trials().get(n).configuration().equals(random.get(n).configuration()))
          .as("trial %d", n)
          .isEqualTo(n < 17);
    }
  }

  private static double mean(List<Trial> trials) {
    return trials.stream().mapToDouble(Trial::value).average().orElseThrow();
  }

  static double quadratic(Configuration c) {
    return Math.pow(c.real("x") - 0.3, 2) + Math.pow(c.real("y") + 0.2, 2);
  }

  static double branin(Configuration c) {
    double x = 15 * (c.real("x") + 1) / 2 - 5;
    double y = 15 * (c.real("y") + 1) / 2;
    double a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  /// In the median over 20 seeds, by trial 100.
  @ParameterizedTest
  @CsvSource({"false, 1", "true, 1", "false, 8", "true, 8"})
  void isBetterThanRandom(boolean multivariate, int lag) {
    Space square = Space.of(Dimension.real("x", -1, 1), Dimension.real("y", -1, 1));
    for (ToDoubleFunction<Configuration> function :
        List.<ToDoubleFunction<Configuration>>of(
            TpeSamplerTest::quadratic, TpeSamplerTest::branin)) {
      double[] tpe = new double[20];
      double[] random = new double[20];
      for (int seed = 0; seed < 20; seed++) {
        Sampler learns = TpeSampler.of(seed).withMultivariate(multivariate);
        tpe[seed] = best(square, learns, lag, function);
        random[seed] = best(square, new RandomSampler(seed), lag, function);
      }
      Arrays.sort(tpe);
      Arrays.sort(random);
      assertThat(tpe[9] + tpe[10]).isLessThan(random[9] + random[10]);
    }
  }

  private static double best(
      Space space, Sampler sampler, int lag, ToDoubleFunction<Configuration> function) {
    Search search = Search.of(space, sampler).withTrials(100).withLag(lag);
    return search.run((c, reporter) -> function.applyAsDouble(c)).best().orElseThrow().value();
  }

  @Test
  void proposesInMilliseconds() {
    Space space = Checks.mixed();
    List<Trial> trials = new ArrayList<>();
    for (int n = 0; n < 1000; n++) {
      History nothing = new History(Goal.MINIMISE, List.of(), List.of());
      Configuration c = new RandomSampler(9).suggest(space, n, nothing);
      trials.add(Checks.complete(n, c, Checks.loss(c)));
    }
    History history = new History(Goal.MINIMISE, trials, List.of());
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    for (boolean multivariate : new boolean[] {false, true}) {
      TpeSampler tpe = TpeSampler.of(1).withMultivariate(multivariate);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 150; i++) {
        long start = thread.getCurrentThreadCpuTime(); // others may use the machine
        space.check(tpe.suggest(space, 1000 + i, history));
        least = Math.min(least, thread.getCurrentThreadCpuTime() - start);
      }
      assertThat(least * 1e-6).as("milliseconds").isLessThan(5);
    }
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> TpeSampler.of(1).withStartup(0))
        .hasMessage(
            "tpe: expected 1 or more trials to start with and 1 or more candidates, got 0 and 24");
    assertThatThrownBy(() -> TpeSampler.of(1).withCandidates(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
