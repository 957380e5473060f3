package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Shape;
import ijen.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static final ByteImages THOUSAND = Digits.generate(1_000, 1);

  @Nested
  class AsADataset extends DatasetContract {
    @Override
    Dataset subject() {
      return Digits.generate(12, 1);
    }
  }

  @Test
  void bitsAreTheSameEverywhere() {
    assertThat(THOUSAND.sha256())
        .isEqualTo("b0cae8ad5316195f9087275f621a79d59cf040e198c17c0f24f8ae73dc4c96f8");
    assertThat(Digits.open(Options.defaults().withTestSize(1_000)).test().sha256())
        .isEqualTo("0d57c8cf56b4f5553f219b4076baa1a4406e80e53b17b35a45f2d411720d8087");
  }

  @Test
  void anImageDependsOnSeedAndIndexAlone() {
    ByteImages few = Digits.generate(123, 1);
    assertThat(few.sha256()).isEqualTo(THOUSAND.take(123).sha256());
    byte[] alone = new byte[784];
    new DigitWriter().write(few.label(122), RandomStream.of(1, "digits train", 122), alone, 0);
    assertThat(alone).isEqualTo(THOUSAND.image(122));
    assertThat(Digits.generate(123, 2).sha256()).isNotEqualTo(few.sha256());
  }

  @Test
  void trainingAndTestImagesAreOthers() {
    Options options = Options.defaults().withTrainSize(500).withTestSize(500);
    TrainTest both = Digits.open(options);
    Set<String> train = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      train.add(Arrays.toString(both.train().image(i)));
    }
    assertThat(train).hasSize(500);
    for (int i = 0; i < 500; i++) {
      assertThat(train).doesNotContain(Arrays.toString(both.test().image(i)));
    }
  }

  @Test
  void everyTenImagesHaveEveryDigitOnce() {
    int sorted = 0;
    for (int ten = 0; ten < 100; ten++) {
      int[] labels = new int[10];
      for (int k = 0; k < 10; k++) {
        labels[k] = THOUSAND.label(10 * ten + k);
      }
      int[] order = labels.clone();
      Arrays.sort(order);
      assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      sorted += Arrays.equals(order, labels) ? 1 : 0;
    }
    assertThat(sorted).isZero();
    assertThat(Digits.generate(1_003, 1).classCounts()).contains(100, 101).doesNotContain(99, 102);
  }

  @Test
  void imagesAreNeitherEmptyNorClipped() {
    for (int i = 0; i < THOUSAND.size(); i++) {
      int ink = 0;
      int most = 0;
      for (int p = 0; p < 784; p++) {
        int value = THOUSAND.pixel(i, p);
        ink += value;
        most = Math.max(most, value);
        boolean edge = p < 28 || p >= 756 || p % 28 == 0 || p % 28 == 27;
        if (edge) {
          assertThat(value).as("edge pixel %d of image %d", p, i).isLessThan(64);
        }
      }
      assertThat(most).as("brightest pixel of image %d", i).isGreaterThan(120);
      assertThat(ink / 255.0).as("ink of image %d", i).isBetween(15.0, 320.0);
    }
  }

  @Test
  void theInkIsInTheMiddle() {
    for (int i = 0; i < THOUSAND.size(); i++) {
      double ink = 0;
      double x = 0;
      double y = 0;
      for (int p = 0; p < 784; p++) {
        double value = THOUSAND.pixel(i, p);
        ink += value;
        int row = p / 28;
        x += value * (p % 28 + 0.5);
        y += value * (row + 0.5);
      }
      assertThat(x / ink).as("column of the ink of image %d", i).isBetween(10.0, 18.0);
      assertThat(y / ink).as("row of the ink of image %d", i).isBetween(10.0, 18.0);
    }
  }

  /// A digit's nearest neighbour is mostly the same digit, and not always: neither noise nor
  /// copies.
  @Test
  void neighboursAreAlikeButNotTheSame() {
    int right = 0;
    int[] rightOf = new int[10];
    for (int i = 800; i < 1_000; i++) {
      int nearest = -1;
      int smallest = Integer.MAX_VALUE;
      for (int j = 0; j < 800; j++) {
        int distance = 0; // at most 784 · 255²
        for (int p = 0; p < 784 && distance < smallest; p++) {
          int difference = THOUSAND.pixel(i, p) - THOUSAND.pixel(j, p);
          distance += difference * difference;
        }
        if (distance < smallest) {
          smallest = distance;
          nearest = j;
        }
      }
      assertThat(Math.sqrt(smallest))
          .as("distance of image %d to its nearest", i)
          .isGreaterThan(300);
      if (THOUSAND.label(nearest) == THOUSAND.label(i)) {
        right++;
        rightOf[THOUSAND.label(i)]++;
      }
    }
    assertThat(right).as("of 200 nearest neighbours, right").isBetween(150, 195);
    for (int digit = 0; digit < 10; digit++) {
      assertThat(rightOf[digit])
          .as("of 20 nearest neighbours of %d, right", digit)
          .isGreaterThan(8);
    }
  }

  @Test
  void everySkeletonIsSound() {
    assertThat(DigitSkeleton.ALL).hasSize(10).allMatch(ways -> ways.size() >= 4);
    for (var ways : DigitSkeleton.ALL) {
      for (DigitSkeleton skeleton : ways) {
        assertThat(skeleton.weight()).isPositive();
        for (double[] stroke : skeleton.strokes()) {
          assertThat(stroke.length % 2).isZero();
          assertThat(stroke.length).isBetween(6, 64);
          for (double coordinate : stroke) {
            assertThat(coordinate).isBetween(0.0, 1.0);
          }
        }
      }
    }
  }

  @Test
  void theDefaultsAre10000And2000() {
    ByteImages train = Digits.train();
    ByteImages test = Digits.test();
    assertThat(train.size()).isEqualTo(10_000);
    assertThat(test.size()).isEqualTo(2_000);
    assertThat(train.features()).isEqualTo(Shape.of(28, 28));
    assertThat(train.take(1_000).sha256()).isEqualTo(THOUSAND.sha256());
    assertThat(test.name()).isEqualTo("digits test");
    assertThatThrownBy(() -> Digits.generate(0, 1))
        .hasMessage("expected 1 to 2739137 digits, got 0");
  }
}
