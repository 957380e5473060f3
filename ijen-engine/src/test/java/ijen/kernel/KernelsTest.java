package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.kernel.Draw.Size;
import ijen.kernel.KernelCases.Case;
import ijen.testing.Allocation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kernel in `float` against its specification in `double`, and the promises of [Kernels].
///
/// Arguments are generated. A failure names its seed, and `-Dijen.seed=…` begins with it.
class KernelsTest {
  private static final long SEED = Long.getLong("ijen.seed", System.nanoTime());
  private static final int DRAWS = Integer.getInteger("ijen.draws", 200);
  private static final Workers ONE = Workers.of(1);
  private static final Workers TWO = Workers.of(2);
  private static final Workers THREE = Workers.of(3);

  @AfterAll
  static void closeWorkers() {
    ONE.close();
    TWO.close();
    THREE.close();
  }

  static Stream<String> methods() {
    return KernelCases.all().keySet().stream();
  }

  private static Check run(Case kernel, Kernels kernels, long seed, Size size, int alias) {
    Draw draw = new Draw(kernels, seed, size, alias);
    Check check = new Check();
    kernel.run(kernels, draw, check);
    draw.verifyGuards();
    return check;
  }

  private static Case named(String method) {
    return Objects.requireNonNull(KernelCases.all().get(method), method);
  }

  private static String replay(long seed) {
    return "replay with -Dijen.seed=" + seed;
  }

  /// The kernels that an interface has, and those of the groups that it leads to.
  private static Stream<String> kernelsOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .flatMap(method -> {
          Class<?> group = method.getReturnType();
          return group.isSealed() && group.isInterface()
              ? kernelsOf(group)
              : Stream.of(method.getName());
        });
  }

  @Test
  void everyMethodHasCase() {
    Set<String> expected = kernelsOf(Kernels.class).collect(Collectors.toCollection(TreeSet::new));
    expected.remove("precision");
    Set<String> listed =
        KernelCases.all().keySet().stream()
            .map(name -> name.replaceAll(" .*", "")) // one method, several functions
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void floatAgreesWithDouble(String method) {
    Case kernel = named(method);
    Kernels vector = Kernels.vector(TWO);
    Kernels reference = Kernels.reference();
    for (long seed = SEED; seed < SEED + DRAWS; seed++) {
      Check got = run(kernel, vector, seed, Size.SMALL, 0);
      Check want = run(kernel, reference, seed, Size.SMALL, 0);
      assertThat(got.compare(want)).as(replay(seed)).isNull();
    }
    Check got = run(kernel, vector, SEED, Size.LARGE, 0);
    Check want = run(kernel, reference, SEED, Size.LARGE, 0);
    assertThat(got.compare(want)).as("large: " + replay(SEED)).isNull();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void outputMayBeAnInput(String method) {
    Case kernel = named(method);
    for (Kernels kernels : new Kernels[] {Kernels.vector(TWO), Kernels.reference()}) {
      for (long seed = SEED; seed < SEED + 50; seed++) {
        Check apart = run(kernel, kernels, seed, Size.SMALL, 0);
        for (int alias = 1; alias <= 2; alias++) {
          Check shared = run(kernel, kernels, seed, Size.SMALL, alias);
          assertThat(shared.difference(apart)).as(replay(seed)).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void threadsDoNotChangeBits(String method) {
    Case kernel = named(method);
    for (long seed = SEED; seed < SEED + 3; seed++) {
      Check one = run(kernel, Kernels.vector(ONE), seed, Size.LARGE, 0);
      Check two = run(kernel, Kernels.vector(TWO), seed, Size.LARGE, 0);
      Check three = run(kernel, Kernels.vector(THREE), seed, Size.LARGE, 0);
      assertThat(two.difference(one)).as("2 threads: " + replay(seed)).isNull();
      assertThat(three.difference(one)).as("3 threads: " + replay(seed)).isNull();
      THREE.workAlone(true);
      Check alone = run(kernel, Kernels.vector(THREE), seed, Size.LARGE, 0);
      THREE.workAlone(false);
      assertThat(alone.difference(one)).as("1 of 3 threads: " + replay(seed)).isNull();
    }
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @MethodSource("methods")
  void warmCallsAllocateNothing(String method) {
    for (Kernels kernels : new Kernels[] {Kernels.vector(ONE), Kernels.vector(TWO)}) {
      for (Size size : Size.values()) {
        Draw draw =
            new Draw(kernels, 5, size, 0).calledBy(KernelsTest::callUntilNothingIsAllocated);
        named(method).run(kernels, draw, new Check());
      }
    }
  }

  private static void callUntilNothingIsAllocated(Runnable call) {
    Allocation.assertNone("100 calls", 100, call);
  }

  /// Short calls of every kernel after another, as a training step makes them: compiled into one
  /// piece of code, they are too much for the compiler's inlining, and must still not allocate.
  @Tag(Allocation.TAG)
  @Test
  void mixedCallsAllocateNothing() {
    Kernels k = Kernels.vector(ONE);
    List<Runnable> calls = new ArrayList<>();
    for (Case kernel : KernelCases.all().values()) {
      kernel.run(k, new Draw(k, 5, Size.SMALL, 0).calledBy(calls::add), new Check());
    }
    Runnable[] all = calls.toArray(Runnable[]::new);
    callUntilNothingIsAllocated(() -> {
      for (Runnable call : all) {
        call.run();
      }
    });
  }

  /// A row's result has the same bits whatever the other rows are, and however many.
  @Test
  void otherRowsDoNotChangeBits() {
    int columns = 23;
    Draw draw = new Draw(Kernels.vector(TWO), SEED, Size.SMALL, 0);
    Kernels k = draw.kernels;
    int rows = 300;
    Buffer x = draw.normal(rows * columns);
    Buffer q = draw.uniform(rows * columns, 0, 1);
    Buffer labels = draw.labels(rows, columns);
    float[] all = rowWise(k, x, q, labels, rows, columns, 0);
    for (int r = 0; r < rows; r += 37) {
      Buffer row = x.slice(r * columns, columns);
      Buffer distribution = q.slice(r * columns, columns);
      float[] alone = rowWise(k, row, distribution, labels.slice(r, 1), 1, columns, 0);
      assertThat(alone).as(replay(SEED)).isEqualTo(rowWise(k, x, q, labels, rows, columns, r));
    }
    assertThat(all).isEqualTo(rowWise(Kernels.vector(THREE), x, q, labels, rows, columns, 0));
  }

  /// All that row-wise kernels say of row `r`.
  private static float[] rowWise(
      Kernels k, Buffer x, Buffer q, Buffer labels, int rows, int columns, int r) {
    Buffer results = k.allocate(6 * columns + 5);
    Buffer matrix = k.allocate(rows * columns);
    Buffer second = k.allocate(rows * columns);
    Buffer vector = k.allocate(rows);
    Buffer row = matrix.slice(r * columns, columns);
    k.softmax(x, matrix, rows, columns);
    results.slice(0, columns).copyFrom(row);
    k.softmaxGradient(q, x, matrix, rows, columns);
    results.slice(columns, columns).copyFrom(row);
    k.losses().crossEntropy(x, labels, 0.1, matrix, vector, rows, columns);
    results.slice(2 * columns, columns).copyFrom(row);
    results.set(6 * columns, vector.get(r));
    k.losses().crossEntropyOfDistribution(x, q, 0.1, matrix, second, vector, rows, columns);
    results.slice(3 * columns, columns).copyFrom(row);
    results.slice(4 * columns, columns).copyFrom(second.slice(r * columns, columns));
    results.set(6 * columns + 1, vector.get(r));
    k.sumRows(x, 0.3, vector, rows, columns);
    results.set(6 * columns + 2, vector.get(r));
    k.dotRows(x, q, 0.3, vector, rows, columns);
    results.set(6 * columns + 3, vector.get(r));
    k.scaleRows(vector, x, 0.3, matrix, rows, columns);
    results.slice(5 * columns, columns).copyFrom(row);
    k.normRows(x, 1e-3, vector, rows, columns);
    results.set(6 * columns + 4, vector.get(r));
    return results.toFloats();
  }

  @Test
  void labelsAreChecked() {
    for (Kernels k : new Kernels[] {Kernels.vector(ONE), Kernels.reference()}) {
      Buffer logits = k.allocate(6);
      Buffer labels = k.allocate(2);
      Buffer delta = k.allocate(6);
      Buffer loss = k.allocate(2);
      delta.fill(5);
      for (double wrong : new double[] {3, -1, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
        labels.set(1, wrong);
        assertThatThrownBy(() -> k.losses().crossEntropy(logits, labels, 0, delta, loss, 2, 3))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "cross-entropy: row 1 has label %s; expected a class number from 0 to 2", wrong);
        assertThat(delta.toFloats()).as("not touched").containsOnly(5);
      }
    }
  }

  @Test
  void maskKeepsTheAskedFraction() {
    Kernels k = Kernels.vector(TWO);
    int n = 100_000;
    Buffer mask = k.allocate(n);
    for (double keep : new double[] {0.1, 0.5, 0.9, 1}) {
      k.randoms().dropoutMask(mask, n, keep, 11, 12);
      assertThat(k.sum(mask, n) / n).as("mean for keep %s", keep).isCloseTo(1, within(0.02));
    }
    float[] first = mask.toFloats();
    k.randoms().dropoutMask(mask, n, 0.5, 11, 12);
    float[] half = mask.toFloats();
    k.randoms().dropoutMask(mask, n, 0.5, 11, 13);
    assertThat(half).isNotEqualTo(first).isNotEqualTo(mask.toFloats());
  }

  @Test
  void divergedNetworkIsSeen() {
    for (Kernels k : new Kernels[] {Kernels.vector(ONE), Kernels.reference()}) {
      Buffer x = k.allocate(5);
      float[] numbers = {1, 3, Float.NaN, 9, Float.NaN};
      x.put(0, numbers, 0, 5);
      int[] largest = new int[1];
      k.argmaxRows(x, 1, 5, largest);
      assertThat(largest).containsExactly(2);
      k.argmaxRows(x.slice(0, 2), 1, 2, largest);
      assertThat(largest).containsExactly(1);
      Buffer rows = k.allocate(5 * 20);
      for (int row = 0; row < 20; row++) {
        rows.put(5 * row, numbers, 0, row == 7 ? 5 : 2);
      }
      int[] of = new int[20];
      k.argmaxRows(rows, 20, 5, of);
      for (int row = 0; row < 20; row++) {
        assertThat(of[row]).as("row %s", row).isEqualTo(row == 7 ? 2 : 1);
      }
      rows.fill(Double.NEGATIVE_INFINITY);
      k.argmaxRows(rows, 20, 5, of);
      assertThat(of).containsOnly(0);
      x.put(0, numbers, 0, 5);
      Buffer y = k.allocate(5);
      k.apply(Pointwise.RELU, x, y, 5);
      assertThat(y.get(2)).isNaN();
      k.softmax(x, y, 1, 5);
      assertThat(y.toFloats()).containsOnly(Float.NaN);
    }
  }
}
