package ijen.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Shares of the variance, of functions for which they are known.
class ImportanceTest {

  /// Every configuration of a countable space, so often that each tree of the forest sees all.
  private static List<Trial> all(Space space, ToDoubleFunction<Configuration> function) {
    List<Trial> trials = new ArrayList<>();
    for (int copy = 0; copy < 20; copy++) {
      for (long i = 0; i < space.size().getAsLong(); i++) {
        Configuration c = space.configuration(i);
        trials.add(Checks.complete(trials.size(), c, function.applyAsDouble(c)));
      }
    }
    return trials;
  }

  private static List<Trial> random(
      Space space, int count, ToDoubleFunction<Configuration> function) {
    History nothing = new History(Goal.MINIMISE, List.of(), List.of());
    List<Trial> trials = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Configuration c = new RandomSampler(4).suggest(space, n, nothing);
      trials.add(Checks.complete(n, c, function.applyAsDouble(c)));
    }
    return trials;
  }

  private static Map<String, Double> shares(Space space, List<Trial> trials) {
    List<Importance> shares = Importance.of(space, trials, 1);
    assertThat(shares).extracting(Importance::dimension).isEqualTo(space.names());
    return shares.stream().collect(Collectors.toMap(Importance::dimension, Importance::share));
  }

  /// Var(3a) = 9·2 and Var(b) = 2/3; the letter adds 0 or 1 or 5, with variance 14/3.
  @Test
  void additiveFunctionsHaveTheirExactShares() {
    Space space =
        Space.of(
            Dimension.whole("a", 0, 4),
            Dimension.whole("b", 0, 2),
            Dimension.choice("c", "x", "y", "z"),
            Dimension.choice("dead", "p", "q"));
    Map<String, Double> shares =
        shares(
            space,
            all(
                space,
                c ->
                    3 * c.whole("a")
                        + c.whole("b")
                        + List.of(0, 5, 1).get("xyz".indexOf(c.text("c")))));
    double sum = 18 + 2.0 / 3 + 14.0 / 3;
    assertThat(shares.get("a")).isCloseTo(18 / sum, within(1e-9));
    assertThat(shares.get("b")).isCloseTo(2 / 3.0 / sum, within(1e-9));
    assertThat(shares.get("c")).isCloseTo(14 / 3.0 / sum, within(1e-9));
    assertThat(shares.get("dead")).isCloseTo(0, within(1e-9));
  }

  @Test
  void interplayBelongsToNobody() {
    Space space = Space.of(Dimension.choice("a", 0, 1), Dimension.choice("b", 0, 1));
    Map<String, Double> shares =
        shares(space, all(space, c -> c.whole("a") == c.whole("b") ? 1 : 0));
    assertThat(shares.values()).allSatisfy(it -> assertThat(it).isCloseTo(0, within(1e-9)));
  }

  /// Var 2x = 1/3 and Var y² = 4/45, for x in [0, 1] twice, y in [0, 1].
  @Test
  void continuousFunctionsNearly() {
    Space space =
        Space.of(
            Dimension.real("x", 0, 1),
            Dimension.real("y", 1e-4, 1).inLog(),
            Dimension.real("dead", 0, 1));
    Map<String, Double> shares =
        shares(
            space,
            random(
                space, 400, c -> 2 * c.real("x") + Math.pow(1 + Math.log10(c.real("y")) / 4, 2)));
    double sum = 1 / 3.0 + 4 / 45.0;
    assertThat(shares.get("x")).isCloseTo(1 / 3.0 / sum, within(0.04));
    assertThat(shares.get("y")).isCloseTo(4 / 45.0 / sum, within(0.04));
    assertThat(shares.get("dead")).isLessThan(0.01);
  }

  /// Where trials lie closer does not count: the space is measured, not the trials.
  @Test
  void doesNotDependOnWhereTrialsAre() {
    Space space = Space.of(Dimension.real("x", 0, 1), Dimension.real("y", 0, 1));
    ToDoubleFunction<Configuration> function = c -> c.real("x") + c.real("y");
    List<Trial> trials = random(space, 300, function);
    for (Trial trial : random(space, 300, function)) {
      String near = Double.toString(trial.configuration().real("x") / 10);
      Configuration c = Checks.configuration("x", near, "y", trial.configuration().text("y"));
      trials.add(Checks.complete(trials.size(), c, function.applyAsDouble(c)));
    }
    Map<String, Double> shares = shares(space, trials);
    assertThat(shares.get("x")).isCloseTo(0.5, within(0.05));
    assertThat(shares.get("y")).isCloseTo(0.5, within(0.05));
  }

  @Test
  void conditionalDimensionsAmongTheTrialsThatHaveThem() {
    Space space =
        Space.of(
            Dimension.choice("a", "with", "without"),
            Dimension.whole("n", 0, 3).when("a", "with"),
            Dimension.whole("m", 0, 1));
    // With: 3n + m, of variance 9·5/4 + 1/4.
    Map<String, Double> shares =
        shares(space, all(space, c -> (c.has("n") ? 3 * c.whole("n") : 40) + c.whole("m")));
    assertThat(shares.get("n")).isCloseTo(45 / 46.0, within(1e-9));
    assertThat(shares.get("a")).isGreaterThan(0.9);
  }

  @Test
  void nothingFromNothing() {
    Space space = Space.of(Dimension.real("x", 0, 1));
    assertThat(shares(space, List.of())).containsEntry("x", 0.0);
    assertThat(shares(space, random(space, 1, c -> 1))).containsEntry("x", 0.0);
    assertThat(shares(space, random(space, 9, c -> 7))).containsEntry("x", 0.0);
    List<Trial> trials = new ArrayList<>(random(space, 50, c -> c.real("x")));
    Map<String, Double> before = shares(space, trials);
    trials.add(Checks.complete(50, Checks.configuration("x", "0.5"), Double.POSITIVE_INFINITY));
    trials.add(Trial.begin(51, Checks.configuration("x", "0.5")).failed("no", 0));
    trials.add(Trial.begin(52, Checks.configuration("x", "0.5")).pruned(0));
    assertThat(shares(space, trials)).isEqualTo(before);
    trials.add(Checks.complete(53, Checks.configuration("y", "0.5"), 1));
    assertThatThrownBy(() -> shares(space, trials)).isInstanceOf(IllegalArgumentException.class);
  }
}
