package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ToysTest {
  @Nested
  class Moons extends DatasetContract {
    @Override
    Dataset subject() {
      return Toys.moons(10, 0.1, 1);
    }
  }

  @Test
  void moonsLieOnHalfCircles() {
    Dataset data = Toys.moons(200, 0, 1);
    for (int i = 0; i < data.size(); i++) {
      double x = data.sample(i)[0] - data.label(i);
      double y = data.sample(i)[1] - 0.5 * data.label(i);
      assertThat(Math.hypot(x, y)).isCloseTo(1, within(1e-6));
      assertThat(data.label(i) == 0 ? y : -y).isGreaterThan(-1e-6);
    }
  }

  @Test
  void circlesLieAroundEachOther() {
    Dataset data = Toys.circles(200, 0, 1);
    for (int i = 0; i < data.size(); i++) {
      double radius = Math.hypot(data.sample(i)[0], data.sample(i)[1]);
      assertThat(radius).isCloseTo(data.label(i) == 0 ? 1 : 0.5, within(1e-6));
    }
  }

  @Test
  void spiralArmsAreHalfATurnApart() {
    Dataset data = Toys.spirals(400, 0, 1);
    for (int i = 0; i < data.size(); i++) {
      double x = data.sample(i)[0];
      double y = data.sample(i)[1];
      double radius = Math.hypot(x, y);
      assertThat(radius).isBetween(0.1 - 1e-6, 1 + 1e-6);
      double turns = Math.atan2(y, x) / (2 * Math.PI) - 1.5 * radius - 0.5 * data.label(i);
      assertThat(turns - Math.rint(turns)).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void xorIsDecidedByTheSigns() {
    Dataset data = Toys.xor(400, 0, 1);
    int[] quadrants = new int[4];
    for (int i = 0; i < data.size(); i++) {
      float x = data.sample(i)[0];
      float y = data.sample(i)[1];
      assertThat(Math.max(Math.abs(x), Math.abs(y))).isLessThanOrEqualTo(1);
      assertThat(data.label(i)).isEqualTo(x * y > 0 ? 0 : 1);
      quadrants[(x > 0 ? 1 : 0) + (y > 0 ? 2 : 0)]++;
    }
    for (int count : quadrants) {
      assertThat(count).isBetween(60, 140);
    }
  }

  @Test
  void noiseHasTheGivenDeviation() {
    int size = 4_000;
    Dataset clean = Toys.circles(size, 0, 9);
    Dataset noisy = Toys.circles(size, 0.25, 9);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < 2; k++) {
        double noise = noisy.sample(i)[k] - clean.sample(i)[k];
        sum += noise;
        squares += noise * noise;
      }
    }
    assertThat(sum / (2 * size)).isCloseTo(0, within(0.015));
    assertThat(Math.sqrt(squares / (2 * size))).isCloseTo(0.25, within(0.01));
  }

  @Test
  void pointsDependOnSeedAndIndexAlone() {
    assertThat(Toys.moons(50, 0.1, 1).sha256()).isEqualTo(Toys.moons(80, 0.1, 1).take(50).sha256());
    assertThat(Toys.moons(50, 0.1, 1).sha256()).isNotEqualTo(Toys.moons(50, 0.1, 2).sha256());
    TrainTest both = Datasets.open("moons", Options.defaults().withTrainSize(50).withTestSize(50));
    assertThat(both.train().sha256()).isNotEqualTo(both.test().sha256());
    assertThat(both.train().classCounts()).containsExactly(25, 25);
  }

  @Test
  void bitsAreTheSameEverywhere() {
    assertThat(Toys.moons(1000, 0.1, 1).sha256())
        .isEqualTo("ebabd6d60810ccc9b28d2246aec39e12441ca259f9f2e5023e606b9a79c9329d");
    assertThat(Toys.circles(1000, 0.05, 1).sha256())
        .isEqualTo("0779f02b6e5dbf197c468f7ce7b63793dc5a7dbece8d4eac06c303540c699df7");
    assertThat(Toys.spirals(1000, 0.03, 1).sha256())
        .isEqualTo("feaac5130d624700adc0d028992774c82f619489bdc748cab3663deff46fc1ca");
    assertThat(Toys.xor(1000, 0.05, 1).sha256())
        .isEqualTo("32d46750986baf54adb81f1c3cd97bcabbd2a395afce0ec4fdd413d261f5a42c");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Toys.xor(0, 0.1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Toys.xor(1, -0.1, 1))
        .hasMessage("expected noise of 0 or more, got -0.1");
  }
}
