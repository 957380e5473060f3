package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Batch;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.random.RandomStream;
import ijen.testing.Allocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
  /// Sample i has the feature i.
  private static Dataset numbers(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }
    return RealSamples.regression("numbers", Shape.of(1), values, Shape.scalar(), values);
  }

  private static List<Integer> epoch(Batches batches, long epoch) {
    Batch batch = batches.allocate(Precision.FLOAT);
    List<Integer> seen = new ArrayList<>();
    for (int step = 0; step < batches.stepsPerEpoch(); step++) {
      batches.load(epoch, step, 100 + step, batch);
      assertThat(batch.rows()).isEqualTo(batches.rows(step));
      assertThat(batch.step()).isEqualTo(100 + step);
      for (int row = 0; row < batch.rows(); row++) {
        assertThat(batch.targets().get(row)).isEqualTo(batch.features().get(row));
        assertThat(batches.index(epoch, step, row)).isEqualTo((int) batch.features().get(row));
        seen.add((int) batch.features().get(row));
      }
    }
    return seen;
  }

  @ParameterizedTest
  @CsvSource({
    "10, 3, false, 4, 1",
    "10, 3, true,  3, 3",
    "9,  3, false, 3, 3",
    "9,  3, true,  3, 3",
    "1,  8, false, 1, 1",
    "8,  8, true,  1, 8",
    "7,  1, false, 7, 1"
  })
  void anEpochIsCutIntoBatches(int size, int batchSize, boolean dropLast, int steps, int last) {
    Batches batches = Batches.of(numbers(size), batchSize, true, 5, dropLast);
    assertThat(batches.stepsPerEpoch()).isEqualTo(steps);
    assertThat(batches.rows(steps - 1)).isEqualTo(last);
    List<Integer> seen = epoch(batches, 0);
    assertThat(seen).doesNotHaveDuplicates().hasSize((steps - 1) * batchSize + last);
    assertThatThrownBy(() -> batches.rows(steps)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void everySampleComesOnceAnEpochInAnOrderOfItsOwn() {
    Batches batches = Batches.of(numbers(100), 32, true, 5, false);
    List<Integer> first = epoch(batches, 0);
    List<Integer> second = epoch(batches, 1);
    List<Integer> all = IntStream.range(0, 100).boxed().toList();
    assertThat(first).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThat(second).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(first);
    assertThat(epoch(Batches.of(numbers(100), 32, true, 6, false), 0)).isNotEqualTo(first);
  }

  @Test
  void theOrderDependsOnSeedAndEpochAlone() {
    Dataset data = numbers(50);
    List<List<Integer>> epochs = new ArrayList<>();
    Batches straight = Batches.of(data, 8, true, 5, false);
    for (int e = 0; e < 4; e++) {
      epochs.add(epoch(straight, e));
    }
    Batches jumping = Batches.of(data, 8, true, 5, false);
    for (int e : new int[] {3, 1, 1, 0, 2}) {
      assertThat(epoch(jumping, e)).isEqualTo(epochs.get(e));
    }
    Batches resumed = Batches.of(data, 8, true, 5, false);
    Batch batch = resumed.allocate(Precision.DOUBLE);
    resumed.load(2, 4, 18, batch); // in the middle of an epoch, without what was before
    for (int row = 0; row < batch.rows(); row++) {
      assertThat((int) batch.features().get(row)).isEqualTo(epochs.get(2).get(4 * 8 + row));
    }
    int[] order = new int[50];
    RandomStream.of(5, "shuffle", 3).permute(order);
    assertThat(epochs.get(3)).isEqualTo(IntStream.of(order).boxed().toList());
  }

  @Test
  void withoutShufflingTheOrderIsTheDataSets() {
    Batches batches = Batches.inOrder(numbers(10), 4);
    List<Integer> all = IntStream.range(0, 10).boxed().toList();
    assertThat(epoch(batches, 0)).isEqualTo(all);
    assertThat(epoch(batches, 7)).isEqualTo(all);
  }

  /// Numbers that note which of them are expected, and fail if one was not.
  private record Expecting(Dataset base, BitSet expected) implements Dataset {
    @Override
    public String name() {
      return base.name();
    }

    @Override
    public int size() {
      return base.size();
    }

    @Override
    public Shape features() {
      return base.features();
    }

    @Override
    public Shape target() {
      return base.target();
    }

    @Override
    public List<String> classes() {
      return base.classes();
    }

    @Override
    public void expect(int index) {
      expected.set(index);
    }

    @Override
    public void putFeatures(int index, int row, Buffer into) {
      assertThat(expected.get(index)).as("sample %s was expected", index).isTrue();
      base.putFeatures(index, row, into);
    }

    @Override
    public void putTarget(int index, int row, Buffer into) {
      base.putTarget(index, row, into);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "5", "7", "8", "10"})
  void samplesAreExpectedBeforeTheyAreGathered(int batchSize) {
    Dataset data = new Expecting(numbers(50), new BitSet());
    assertThat(epoch(Batches.of(data, batchSize, true, 5, false), 0)).hasSize(50);
  }

  @Tag(Allocation.TAG)
  @Test
  void stepsAllocateNothing() {
    Batches batches = Batches.of(Digits.generate(200, 1), 64, true, 1, false);
    Batch batch = batches.allocate(Precision.FLOAT);
    int[] step = {0};
    Allocation.assertNone(
        "4,000 batches",
        4_000,
        () -> {
          batches.load(3, step[0] % batches.stepsPerEpoch(), step[0], batch);
          step[0]++;
        });
  }

  @Tag(Allocation.TAG)
  @Test
  void aNewEpochAllocatesOneSmallObjectAtMost() {
    Batches batches = Batches.of(numbers(1000), 64, true, 1, false);
    Batch batch = batches.allocate(Precision.FLOAT);
    int[] epoch = {0};
    Allocation.assertAtMost(
        32L * 1_000, "1,000 epochs", 1_000, () -> batches.load(epoch[0]++, 0, 0, batch));
  }

  @Test
  void refusesWhatCannotBe() {
    Dataset data = numbers(10);
    assertThatThrownBy(() -> Batches.of(data, 0, true, 1, false))
        .hasMessage("expected a batch size of 1 or more, got 0");
    assertThatThrownBy(() -> Batches.of(data, 11, true, 1, true))
        .hasMessage(
            "numbers: its 10 samples do not fill one batch of 11, and smaller ones are to be"
                + " dropped");
    Batches batches = Batches.of(data, 4, true, 1, false);
    Batch batch = batches.allocate(Precision.FLOAT);
    assertThatThrownBy(() -> batches.load(-1, 0, 0, batch))
        .hasMessage("expected an epoch of 0 or more, got -1");
    assertThatThrownBy(() -> batches.load(0, 3, 0, batch))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
