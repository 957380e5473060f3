package ijen.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final List<Form> FORMS =
      List.of(Form.batched(Shape.of(3)), Form.batched(Shape.scalar()));

  /// Sample i is 3i, 3i + 1, 3i + 2 with the target i.
  private static void put(int index, int row, Batch into) {
    for (int i = 0; i < 3; i++) {
      into.features().set(3 * row + i, 3 * index + i);
    }
    into.targets().set(row, index);
  }

  private static void verifyRow(Batch batch, int row, int index) {
    assertThat(batch.targets().get(row)).isEqualTo(index);
    for (int i = 0; i < 3; i++) {
      assertThat(batch.features().get(3 * row + i)).isEqualTo(3 * index + i);
    }
  }

  @Test
  void gathersTheChosenSamples() {
    for (Precision precision : Precision.values()) {
      Batch batch = new Batch(precision, 4, FORMS);
      batch.gather(BatchTest::put, new int[] {9, 5, 0, 5, 7}, 1, 3);
      verifyRow(batch, 0, 5);
      verifyRow(batch, 1, 0);
      verifyRow(batch, 2, 5);
      assertThat(batch.targets().get(3)).isZero();
    }
  }

  @Test
  void expectsSeveralSamplesBeforeItAsksForThem() {
    List<String> heard = new ArrayList<>();
    Batch.Source source =
        new Batch.Source() {
          @Override
          public void putRow(int index, int row, Batch into) {
            heard.add("put " + index);
          }

          @Override
          public void expect(int index) {
            heard.add("expect " + index);
          }
        };
    Batch batch = new Batch(Precision.FLOAT, 16, FORMS);
    batch.gather(source, new int[] {3, 1, 2}, 0, 3);
    assertThat(heard)
        .containsExactly("expect 3", "expect 1", "expect 2", "put 3", "put 1", "put 2");
    heard.clear();
    batch.gather(source, new int[9], 0, 9);
    assertThat(heard).hasSize(17); // the ninth is alone, and expected by being asked for
    assertThat(heard.subList(0, 8)).containsOnly("expect 0");
    assertThat(heard.subList(8, 17)).containsOnly("put 0");
  }

  @Test
  void manyRowsAreGatheredByAllThreads() {
    int rows = 40_000;
    int[] indices = new int[rows];
    for (int i = 0; i < rows; i++) {
      indices[i] = (int) (i * 7919L % rows);
    }
    try (Workers workers = Workers.of(3)) {
      Batch batch = new Batch(Kernels.vector(workers), rows, FORMS);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      batch.gather(
          (index, row, into) -> {
            threads.add(Thread.currentThread());
            put(index, row, into);
          },
          indices,
          0,
          rows);
      for (int row = 0; row < rows; row++) {
        verifyRow(batch, row, indices[row]);
      }
      assertThat(threads).hasSize(3).contains(Thread.currentThread());
      threads.clear();
      batch.gather((index, row, into) -> threads.add(Thread.currentThread()), indices, 0, 50);
      assertThat(threads).as("few rows").containsExactly(Thread.currentThread());
    }
  }

  @Test
  void aFailureInOneRowArrives() {
    int rows = 40_000;
    int[] indices = new int[rows];
    indices[rows - 1] = 1;
    Batch.Source source =
        (index, row, into) -> {
          if (index == 1) {
            throw new IllegalArgumentException("sample 1 is torn");
          }
        };
    try (Workers workers = Workers.of(2)) {
      for (Kernels kernels : List.of(Kernels.vector(workers), Kernels.reference())) {
        Batch batch = new Batch(kernels, rows, FORMS);
        assertThatThrownBy(() -> batch.gather(source, indices, 0, rows))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("sample 1 is torn");
        batch.gather(BatchTest::put, indices, 0, rows);
        verifyRow(batch, rows - 1, 1);
      }
    }
  }

  @Test
  void refusesRowsAndIndicesThatAreNotThere() {
    Batch batch = new Batch(Precision.FLOAT, 4, FORMS);
    assertThatThrownBy(() -> batch.gather(BatchTest::put, new int[5], 0, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batch.gather(BatchTest::put, new int[5], 3, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Batch(Precision.FLOAT, 0, FORMS))
        .hasMessage("expected a batch of 1 or more samples, got 0");
  }
}
