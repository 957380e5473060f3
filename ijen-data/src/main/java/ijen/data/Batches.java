package ijen.data;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.kernel.Precision;
import ijen.random.RandomStream;
import java.util.List;
import java.util.Objects;

/// The way through a data set, epoch after epoch, batch after batch.
///
/// The order of an epoch is a pure function of the seed and the epoch's number, so that a run can
/// begin anywhere, also in the middle of an epoch, and sees what an uninterrupted run would have
/// seen. Filling a batch allocates nothing; only indices are shuffled, in place, when another epoch
/// begins.
///
/// Keeps the order of one epoch at a time, and therefore belongs to one thread.
public final class Batches {
  /// How many samples to expect at a time where a batch has fewer, see [Batch.Source#expect].
  private static final int AHEAD = 8;

  private final Dataset dataset;
  private final int batchSize;
  private final boolean shuffle;
  private final long seed;
  private final int stepsPerEpoch;
  private final int[] order;
  private long orderedEpoch;

  private Batches(Dataset dataset, int batchSize, boolean shuffle, long seed, boolean dropLast) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("expected a batch size of 1 or more, got " + batchSize);
    }
    int size = dataset.size();
    if (dropLast && batchSize > size) {
      throw new IllegalArgumentException(
          "%s: its %s samples do not fill one batch of %s, and smaller ones are to be dropped"
              .formatted(dataset.name(), size, batchSize));
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.seed = seed;
    this.stepsPerEpoch = size / batchSize + (dropLast || size % batchSize == 0 ? 0 : 1);
    this.order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    this.orderedEpoch = -1;
  }

  /// The way through `dataset` in batches of `batchSize`.
  ///
  /// @param shuffle whether each epoch has a random order of its own
  /// @param seed what the random orders are drawn from
  /// @param dropLast whether a last, smaller batch is left out
  public static Batches of(
      Dataset dataset, int batchSize, boolean shuffle, long seed, boolean dropLast) {
    return new Batches(dataset, batchSize, shuffle, seed, dropLast);
  }

  /// The way through `dataset` in its own order, every sample once: for measuring.
  public static Batches inOrder(Dataset dataset, int batchSize) {
    return new Batches(dataset, batchSize, false, 0, false);
  }

  /// The data set.
  public Dataset dataset() {
    return dataset;
  }

  /// The largest number of samples in a batch.
  public int batchSize() {
    return batchSize;
  }

  /// How many batches an epoch has.
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /// How many samples batch `stepInEpoch` has: the batch size, or what is left for the last one.
  public int rows(int stepInEpoch) {
    Objects.checkIndex(stepInEpoch, stepsPerEpoch);
    return Math.min(batchSize, order.length - stepInEpoch * batchSize);
  }

  /// The number, in the data set, of the sample in row `row` of batch `stepInEpoch` of epoch
  /// `epoch`.
  public int index(long epoch, int stepInEpoch, int row) {
    Objects.checkIndex(row, rows(stepInEpoch));
    arrange(epoch);
    return order[stepInEpoch * batchSize + row];
  }

  /// A batch with room for the features and targets of this data set.
  public Batch allocate(Precision precision) {
    return new Batch(
        precision,
        batchSize,
        List.of(Form.batched(dataset.features()), Form.batched(dataset.target())));
  }

  /// Fills `into` with batch `stepInEpoch` of epoch `epoch`, both counted from 0.
  ///
  /// @param globalStep the training step for which random ops will draw
  /// @throws IllegalArgumentException if the samples do not fit the batch
  public void load(long epoch, int stepInEpoch, long globalStep, Batch into) {
    int rows = rows(stepInEpoch);
    int first = stepInEpoch * batchSize;
    arrange(epoch);
    into.begin(rows, globalStep);
    if (first % AHEAD < batchSize && batchSize < AHEAD) {
      expect(first, Math.min(first + AHEAD + batchSize - 1, order.length));
    }
    dataset.gather(order, first, rows, into);
  }

  private void expect(int from, int to) {
    for (int i = from; i < to; i++) {
      dataset.expect(order[i]);
    }
  }

  private void arrange(long epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("expected an epoch of 0 or more, got " + epoch);
    }
    if (shuffle && epoch != orderedEpoch) {
      RandomStream.of(seed, "shuffle", epoch).permute(order);
      orderedEpoch = epoch;
    }
  }
}
