package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.random.RandomStream;
import ijen.testing.Allocation;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every data set must do, whatever it is made of.
abstract class DatasetContract {
  static final long SEED = Long.getLong("ijen.seed", 7);

  /// The data set under test: small, with at least 5 samples that are not all equal.
  abstract Dataset subject();

  private static Batch batch(Dataset data, Precision precision, int capacity) {
    return new Batch(
        precision, capacity, List.of(Form.batched(data.features()), Form.batched(data.target())));
  }

  private static float[] target(Dataset data, int index) {
    float[] target = new float[data.target().size()];
    data.putTarget(index, 0, Buffer.of(target));
    return target;
  }

  @Test
  void gathersTheChosenSamplesInTheChosenOrder() {
    Dataset data = subject();
    RandomGenerator random = RandomStream.of(SEED, "indices", 0).generator();
    int[] indices = random.ints(9, 0, data.size()).toArray();
    for (Precision precision : Precision.values()) {
      Batch batch = batch(data, precision, 6);
      batch.begin(5, 0);
      data.gather(indices, 3, 5, batch);
      int width = data.features().size();
      for (int row = 0; row < 5; row++) {
        String what = "row " + row + ", seed " + SEED;
        Buffer features = batch.features().slice(row * width, width);
        assertThat(features.toFloats()).as(what).isEqualTo(data.sample(indices[3 + row]));
        Buffer targets = batch.targets().slice(row * data.target().size(), data.target().size());
        assertThat(targets.toFloats()).as(what).isEqualTo(target(data, indices[3 + row]));
      }
    }
  }

  @Test
  void severalThreadsGatherTheSame() {
    Dataset data = subject();
    int rows = 40_000 / (data.features().size() + data.target().size()) + 1;
    int[] indices =
        RandomStream.of(SEED, "rows", 0).generator().ints(rows, 0, data.size()).toArray();
    Batch one = batch(data, Precision.FLOAT, rows);
    data.gather(indices, 0, rows, one);
    try (Workers workers = Workers.of(3)) {
      Batch three =
          new Batch(
              Kernels.vector(workers),
              rows,
              List.of(Form.batched(data.features()), Form.batched(data.target())));
      data.gather(indices, 0, rows, three);
      assertThat(three.features().toFloats()).isEqualTo(one.features().toFloats());
      assertThat(three.targets().toFloats()).isEqualTo(one.targets().toFloats());
    }
  }

  @Test
  void feedsAnInputOfAnotherShapeButEqualSize() {
    Dataset data = subject();
    Batch flat =
        new Batch(
            Precision.FLOAT,
            2,
            List.of(
                Form.batched(Shape.of(1, data.features().size(), 1)),
                Form.batched(Shape.of(1, data.target().size()))));
    data.gather(new int[] {1, 0}, 0, 2, flat);
    assertThat(flat.features().slice(0, data.features().size()).toFloats())
        .isEqualTo(data.sample(1));
  }

  @Test
  void fillsABatchThatHasNoTargets() {
    Dataset data = subject();
    Batch batch = new Batch(Precision.FLOAT, 1, List.of(Form.batched(data.features())));
    data.gather(new int[] {2}, 0, 1, batch);
    assertThat(batch.features().toFloats()).isEqualTo(data.sample(2));
  }

  @Test
  void refusesABatchThatDoesNotFit() {
    Dataset data = subject();
    int width = data.features().size();
    int depth = data.target().size();
    int[] all = {0, 1, 2};
    Batch wide =
        new Batch(
            Precision.FLOAT,
            3,
            List.of(Form.batched(Shape.of(width + 1)), Form.batched(data.target())));
    assertThatThrownBy(() -> data.gather(all, 0, 3, wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s: its features %s have %s numbers, but the batch's input 0 [%s] has room for %s"
                .formatted(data.name(), data.features(), width, width + 1, width + 1));
    Batch deep =
        new Batch(
            Precision.FLOAT,
            3,
            List.of(Form.batched(data.features()), Form.batched(Shape.of(depth + 9))));
    assertThatThrownBy(() -> data.gather(all, 0, 3, deep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "%s: its target %s has %s numbers, but the batch's input 1 [%s] has room for %s"
                .formatted(data.name(), data.target(), depth, depth + 9, depth + 9));
    assertThatThrownBy(() -> data.gather(all, 0, 3, batch(data, Precision.FLOAT, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(data.name() + ": 3 samples do not fit a batch of at most 2");
    assertThatThrownBy(() -> data.gather(all, 1, 3, batch(data, Precision.FLOAT, 3)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesSamplesThatAreNotThere() {
    Dataset data = subject();
    Batch batch = batch(data, Precision.FLOAT, 1);
    for (int index : new int[] {-1, data.size()}) {
      assertThatThrownBy(() -> data.gather(new int[] {index}, 0, 1, batch))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void gatheringAllocatesNothing() {
    Dataset data = subject();
    Batch batch = batch(data, Precision.FLOAT, 4);
    int[] indices = {3, 0, 2, 2};
    Allocation.assertNone(
        "1,000 batches", 1_000, () -> data.gather(indices, 0, indices.length, batch));
  }

  @Test
  void labelsAreClassesOrRefused() {
    Dataset data = subject();
    if (data.classes().isEmpty()) {
      assertThatThrownBy(() -> data.label(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              data.name()
                  + ": expected targets that are classes, these are numbers of shape "
                  + data.target());
      assertThatThrownBy(data::oneHot).isInstanceOf(IllegalStateException.class);
      return;
    }
    int[] counts = new int[data.classes().size()];
    for (int i = 0; i < data.size(); i++) {
      assertThat(data.label(i)).isBetween(0, data.classes().size() - 1);
      counts[data.label(i)]++;
    }
    assertThat(data.classCounts()).isEqualTo(counts);
  }

  @Test
  void imagesAreGivenOrRefused() {
    Dataset data = subject();
    if (data.hasImages()) {
      assertThat(data.image(0)).hasSize(data.features().size());
      data.image(0)[0]++; // a copy: the data set does not change
      assertThat(data.image(0)).isEqualTo(data.image(0));
    } else {
      assertThatThrownBy(() -> data.image(0))
          .hasMessage(data.name() + ": expected images, got samples of shape " + data.features());
    }
  }

  @Test
  void viewsShowTheSameSamples() {
    Dataset data = subject();
    Dataset view = data.select(4, 1, 1, 3).slice(1, 3).withName("view");
    assertThat(view.name()).isEqualTo("view");
    assertThat(view.size()).isEqualTo(3);
    int[] expected = {1, 1, 3};
    for (int i = 0; i < 3; i++) {
      assertThat(view.sample(i)).isEqualTo(data.sample(expected[i]));
      assertThat(target(view, i)).isEqualTo(target(data, expected[i]));
    }
    assertThat(data.take(2).size()).isEqualTo(2);
    assertThat(data.take(2).sample(1)).isEqualTo(data.sample(1));
    assertThatThrownBy(() -> data.take(data.size() + 1))
        .hasMessage(
            "%s: expected 1 or more of its %s samples, got %s from number 0 on"
                .formatted(data.name(), data.size(), data.size() + 1));
    assertThatThrownBy(() -> data.take(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> data.slice(3, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(data::select).hasMessageEndingWith("expected 1 or more samples, got none");
    assertThatThrownBy(() -> data.select(0, data.size()))
        .hasMessageEndingWith(
            "expected samples from 0 to " + (data.size() - 1) + ", got " + data.size());
  }

  @Test
  void theChecksumIsThatOfTheSamples() {
    Dataset data = subject();
    assertThat(data.sha256()).matches("[0-9a-f]{64}").isEqualTo(data.sha256());
    assertThat(data.withName("another name").sha256()).isEqualTo(data.sha256());
    assertThat(data.take(data.size()).sha256()).isEqualTo(data.sha256());
    assertThat(data.take(data.size() - 1).sha256()).isNotEqualTo(data.sha256());
    int different = 1;
    while (Arrays.equals(data.sample(0), data.sample(different))) {
      different++;
    }
    assertThat(data.select(0, different).sha256()).isNotEqualTo(data.select(different, 0).sha256());
  }
}
