package ijen.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Spaces, their dimensions and configurations.
class SpaceTest {

  private static void fails(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void dimensionsAreChecked() {
    fails(
        () -> Dimension.choice("a"),
        "choice 'a': expected one value or more, all different, got []");
    fails(
        () -> Dimension.choice("a", 1, "1"),
        "choice 'a': expected one value or more, all different, got [1, 1]");
    fails(
        () -> Dimension.whole("n", 3, 2),
        "whole 'n': expected bounds within ±2^53, the lower not above the upper, got 3 to 2");
    fails(
        () -> Dimension.whole("n", 0, Long.MAX_VALUE),
        "whole 'n': expected bounds within ±2^53, the lower not above the upper, got 0 to"
            + " 9223372036854775807");
    fails(
        () -> Dimension.whole("n", 1, 9).inSteps(0),
        "whole 'n': expected a step of 1 or more, got 0");
    fails(
        () -> Dimension.whole("n", 1, 9).inSteps(2).inLog(),
        "whole 'n': expected a step of 1 in the logarithm, got 2");
    fails(
        () -> Dimension.whole("n", 0, 9).inLog(),
        "whole 'n': expected numbers of 1 or more in the logarithm, got 0 to 9");
    fails(
        () -> Dimension.real("r", 1, 1),
        "real 'r': expected finite bounds, the lower below the upper, got 1.0 to 1.0");
    fails(
        () -> Dimension.real("r", Double.NaN, 1),
        "real 'r': expected finite bounds, the lower below the upper, got NaN to 1.0");
    fails(
        () -> Dimension.real("r", 0, 1).inSteps(2),
        "real 'r': expected a step above 0 that fits between 0.0 and 1.0, or 0 for none, got 2.0");
    fails(
        () -> Dimension.real("r", 0, 1).inLog(),
        "real 'r': expected numbers above 0 without a step in the logarithm, got 0.0 to 1.0, step"
            + " 0.0");
  }

  @Test
  void valuesAreChecked() {
    fails(
        () -> Dimension.choice("a", "x", "y").check("z"),
        "choice 'a': expected one of [x, y], got 'z'");
    Whole odd = Dimension.whole("n", 1, 8).inSteps(2);
    for (String good : List.of("1", "3", "7")) {
      odd.check(good);
    }
    for (String bad : List.of("2", "9", "-1", "01", "+3", "3.0", "", "8")) {
      fails(
          () -> odd.check(bad),
          "whole 'n': expected a whole number from 1 to 8 in steps of 2, got '" + bad + "'");
    }
    Real tenths = Dimension.real("r", 0, 1).inSteps(0.1);
    tenths.check("0.3");
    for (String bad : List.of("0.30000000000000004", "0.35", "1.1", "NaN", "1", "x")) {
      fails(
          () -> tenths.check(bad),
          "real 'r': expected a number from 0.0 to 1.0 in steps of 0.1, got '" + bad + "'");
    }
  }

  @Test
  void stepsAreReckonedInDecimal() {
    Real tenths = Dimension.real("r", 0, 1).inSteps(0.1);
    assertThat(tenths.count()).isEqualTo(OptionalLong.of(11));
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      values.add(tenths.value(i));
    }
    assertThat(values)
        .containsExactly(
            "0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0");
    assertThat(Dimension.whole("n", 10, 45).inSteps(10).count()).isEqualTo(OptionalLong.of(4));
    assertThat(Dimension.real("r", 0, 1).count()).isEmpty();
  }

  /// Through `at` and back: each value has the middle of the part of [0, 1) that leads to it.
  @Test
  void positionIsTheMiddleOfWhatLeadsToAValue() {
    for (Dimension dimension :
        List.of(
            Dimension.choice("c", "a", "b", "c", "d", "e"),
            Dimension.whole("n", -3, 11).inSteps(3),
            Dimension.whole("l", 1, 20).inLog(),
            Dimension.real("s", 0.25, 1.5).inSteps(0.25))) {
      double from = 0;
      for (int i = 0; i < dimension.count().getAsLong(); i++) {
        String value = dimension.value(i);
        double to = from + 2 * (dimension.position(value) - from);
        assertThat(dimension.at(from + 1e-9)).as("%s %s", dimension, value).isEqualTo(value);
        assertThat(dimension.at(to - 1e-9)).as("%s %s", dimension, value).isEqualTo(value);
        from = to;
      }
      assertThat(from).as("%s", dimension).isCloseTo(1, within(1e-12));
    }
    for (Real real : List.of(Dimension.real("r", -2, 5), Dimension.real("l", 1e-6, 1e3).inLog())) {
      for (double u = 0; u < 1; u += 0.01) {
        assertThat(real.position(real.at(u))).isCloseTo(u, within(1e-12));
      }
      assertThat(real.at(0)).isEqualTo(Double.toString(real.low()));
      assertThat(Double.parseDouble(real.at(0x1.fffffffffffffp-1)))
          .isLessThanOrEqualTo(real.high());
    }
  }

  @Test
  void logarithmIsEvenlySpread() {
    Real rate = Dimension.real("rate", 1e-4, 1).inLog();
    assertThat(Double.parseDouble(rate.at(0.25))).isCloseTo(1e-3, within(1e-15));
    assertThat(Double.parseDouble(rate.at(0.5))).isCloseTo(1e-2, within(1e-14));
    // 1 has ln 1.5 − ln 0.5 of ln 4.5 − ln 0.5
    Whole whole = Dimension.whole("n", 1, 4).inLog();
    assertThat(whole.position("1")).isCloseTo(Math.log(3) / Math.log(9) / 2, within(1e-15));
  }

  @Test
  void spacesAreChecked() {
    Choice a = Dimension.choice("a", "x", "y");
    Dimension real = Dimension.real("r", 0, 1);
    fails(() -> Space.of(), "space: expected one dimension or more, got none");
    fails(
        () -> Space.of(a, Dimension.whole("a", 1, 2)),
        "space: expected names that differ, got 'a' twice");
    fails(
        () -> Space.of(Dimension.whole("n", 1, 2).when("a", "x"), a),
        "'n' when 'a': expected a choice or whole number before it, got none of that name among"
            + " []");
    fails(
        () -> Space.of(real, Dimension.whole("n", 1, 2).when("r", 0.5)),
        "'n' when 'r': expected a choice or whole number before it, got a real number");
    fails(
        () -> Space.of(a, Dimension.whole("n", 1, 2).when("a", "z")),
        "'n' when choice 'a': expected one of [x, y], got 'z'");
    fails(
        () -> Dimension.whole("n", 1, 2).when("a"),
        "when 'a': expected one value or more, got none");
  }

  @Test
  void configurationsAreChecked() {
    Space space =
        Space.of(
            Dimension.choice("a", "x", "y"),
            Dimension.whole("n", 1, 5).when("a", "x"),
            Dimension.whole("m", 1, 5).when("n", 2));
    space.check(Checks.configuration("a", "y"));
    space.check(Checks.configuration("a", "x", "n", "3"));
    space.check(Checks.configuration("a", "x", "n", "2", "m", "5"));
    fails(
        () -> space.check(Checks.configuration("a", "x")),
        "configuration {a=x}: expected a value for 'n', got none");
    fails(
        () -> space.check(Checks.configuration("a", "y", "n", "1")),
        "configuration {a=y, n=1}: expected values for [a] only, got some for [n]");
    fails(
        () -> space.check(Checks.configuration("a", "x", "n", "9")),
        "whole 'n': expected a whole number from 1 to 5, got '9'");
  }

  /// All configurations, counted and listed, against nested loops.
  @Test
  void countsAndListsWithConditions() {
    Space space =
        Space.of(
            Dimension.choice("a", "x", "y", "z"),
            Dimension.whole("n", 1, 4).when("a", "x", "y"),
            Dimension.real("r", 0, 1).inSteps(0.5).when("n", 2, 3),
            Dimension.choice("c", "p", "q"),
            Dimension.whole("m", 0, 2).when("a", "z"));
    Set<Configuration> expected = new LinkedHashSet<>();
    for (String a : List.of("x", "y", "z")) {
      for (int n = 1; n <= (a.equals("z") ? 1 : 4); n++) {
        for (int r = 0; r < (a.equals("z") || n == 1 || n == 4 ? 1 : 3); r++) {
          for (String c : List.of("p", "q")) {
            for (int m = 0; m < (a.equals("z") ? 3 : 1); m++) {
              List<String> pairs = new ArrayList<>(List.of("a", a));
              if (!a.equals("z")) {
                pairs.addAll(List.of("n", "" + n));
                if (n == 2 || n == 3) {
                  pairs.addAll(List.of("r", "" + r / 2.0));
                }
              }
              pairs.addAll(List.of("c", c));
              if (a.equals("z")) {
                pairs.addAll(List.of("m", "" + m));
              }
              expected.add(Checks.configuration(pairs.toArray(String[]::new)));
            }
          }
        }
      }
    }
    assertThat(space.size()).isEqualTo(OptionalLong.of(expected.size()));
    List<Configuration> listed = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      listed.add(space.configuration(i));
      space.check(listed.getLast());
    }
    assertThat(listed).containsExactlyElementsOf(expected);
    assertThatThrownBy(() -> space.configuration(expected.size()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void largeSpacesAreCountedAtOnce() {
    Dimension[] many = new Dimension[9];
    for (int i = 0; i < many.length; i++) {
      many[i] = Dimension.whole("n" + i, 1, 100);
    }
    assertThat(Space.of(many).size()).isEqualTo(OptionalLong.of(1_000_000_000_000_000_000L));
    Dimension[] more = Arrays.copyOf(many, 10);
    more[9] = Dimension.whole("last", 1, 100).when("n0", 7);
    // (99 + 100)·100⁸
    assertThat(Space.of(more).size()).isEqualTo(OptionalLong.of(1_990_000_000_000_000_000L));
    more[9] = Dimension.whole("last", 1, 100);
    assertThat(Space.of(more).size()).isEqualTo(OptionalLong.of(Long.MAX_VALUE));
    assertThat(Space.of(more).configuration(12345).text("last")).isEqualTo("46");
    assertThat(Space.of(Dimension.real("r", 0, 1)).size()).isEmpty();
  }

  @Test
  void configurationsReadBackTheSame() {
    long seed = Long.getLong("ijen.seed", 20261122);
    RandomGenerator random = RandomStream.of(seed, "configurations", 0).generator();
    for (int i = 0; i < 1000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      Configuration c =
          Checks.configuration("rate", Double.toString(number), "wörd \"\\\n", "a=b, {c}");
      Configuration back = Configuration.parse(c.json());
      assertThat(back).as("seed %d", seed).isEqualTo(c).hasSameHashCodeAs(c);
      assertThat(back.real("rate")).isEqualTo(number);
      assertThat(List.copyOf(back.values().keySet())).isEqualTo(List.copyOf(c.values().keySet()));
    }
    Configuration c = Checks.configuration("layers", "3", "rate", "0.01", "act", "relu");
    assertThat(c).hasToString("layers=3, rate=0.01, act=relu");
    assertThat(c.json()).isEqualTo("{\"layers\":\"3\",\"rate\":\"0.01\",\"act\":\"relu\"}");
    assertThat(c.whole("layers")).isEqualTo(3);
    assertThat(c.real("rate")).isEqualTo(0.01);
    fails(() -> c.text("x"), "expected one of the dimensions [layers, rate, act], got 'x'");
    fails(() -> c.real("act"), "'act': expected a number, got 'relu'");
    fails(() -> c.whole("rate"), "'rate': expected a whole number of 32 bits, got '0.01'");
  }

  @Test
  void forPeopleNumbersHaveFourDigits() {
    Configuration one =
        Checks.configuration(
            "a", "0.047107616917806856",
            "b", "4.52998889545158E-4",
            "c", "9.1234567E-12",
            "d", "123456.789",
            "e", "0.00001",
            "f", "1234567",
            "g", "lecun-uniform(0.57735)",
            "h", "-0.123456");
    assertThat(one.brief())
        .isEqualTo(
            "a=0.04711, b=0.000453, c=9.123E-12, d=123457, e=0.00001, f=1234567,"
                + " g=lecun-uniform(0.57735), h=-0.1235");
    assertThat(one.brief("h")).isEqualTo("-0.1235");
    assertThat(one.toString()).contains("a=0.047107616917806856");
  }
}
