package ijen.graph;

import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The samples of one step: a buffer for each input of a graph, filled again and again.
///
/// By convention input 0 holds the features and input 1 the targets. A target that is a class is
/// held as its number: exact in `float` up to 2²⁴.
public final class Batch {
  /// Samples by their numbers, which a batch can be filled with.
  @FunctionalInterface
  public interface Source {
    /// Writes all inputs of sample `index` to row `row` of `into`. Several threads do this at the
    /// same time, each for rows of its own. Allocates nothing.
    void putRow(int index, int row, Batch into);

    /// Hears that sample `index` will be asked for soon, and may fetch it from far memory: waiting
    /// for several samples at the same time is shorter than for one after the other.
    default void expect(int index) {}
  }

  /// How many samples to expect at a time: so many fit any cache, more gain nothing.
  private static final int AHEAD = 8;

  /// What a number costs to gather, in additions: the sample is seldom in a cache.
  private static final int WORK = 6;

  private final Kernels kernels;
  private final int capacity;
  private final List<Form> forms;
  private final Buffer[] inputs;
  private final long work;
  private int rows;
  private long step;

  private final Kernels.Rows gathering = this::gather; // made once: gathering allocates nothing
  private Source source = (index, row, into) -> {};
  private int[] indices = {};
  private int from;

  /// Room for `capacity` samples with one input for each of `forms`, filled by the caller's thread.
  public Batch(Precision precision, int capacity, List<Form> forms) {
    this(precision, Kernels.reference(), capacity, forms);
  }

  /// Room for `capacity` samples with one input for each of `forms`, filled by the threads of
  /// `kernels`, and therefore by nobody while they compute.
  public Batch(Kernels kernels, int capacity, List<Form> forms) {
    this(kernels.precision(), kernels, capacity, forms);
  }

  private Batch(Precision precision, Kernels kernels, int capacity, List<Form> forms) {
    if (capacity < 1) {
      throw new IllegalArgumentException("expected a batch of 1 or more samples, got " + capacity);
    }
    this.kernels = kernels;
    this.capacity = capacity;
    this.forms = List.copyOf(forms);
    List<Buffer> buffers = new ArrayList<>();
    long numbers = 0;
    for (Form form : forms) {
      buffers.add(Buffer.allocate(precision, form.elements(capacity)));
      numbers += form.shape().size();
    }
    this.inputs = buffers.toArray(Buffer[]::new);
    this.work = WORK * numbers;
    this.rows = capacity;
  }

  /// The most samples it can hold.
  public int capacity() {
    return capacity;
  }

  /// How many samples it holds now.
  public int rows() {
    return rows;
  }

  /// The training step for which random ops draw: within one step they always draw the same.
  public long step() {
    return step;
  }

  /// States what the batch holds from now on: `rows` samples, for the training step `step`.
  ///
  /// @throws IllegalArgumentException if there are fewer than 1 or more than the capacity
  public void begin(int rows, long step) {
    if (rows < 1 || rows > capacity) {
      throw new IllegalArgumentException(
          "expected 1 to " + capacity + " samples in this batch, got " + rows);
    }
    this.rows = rows;
    this.step = step;
  }

  /// Writes the samples `indices[from … from + rows − 1]` of `source` to rows 0 … rows − 1.
  ///
  /// @throws IndexOutOfBoundsException if there are not so many indices or rows
  public void gather(Source source, int[] indices, int from, int rows) {
    Objects.checkFromIndexSize(from, rows, indices.length);
    Objects.checkFromIndexSize(0, rows, capacity);
    this.source = source;
    this.indices = indices;
    this.from = from;
    kernels.forRows(gathering, rows, rows * work);
  }

  private void gather(int begin, int end) {
    for (int row = begin, block; row < end; row = block) {
      block = Math.min(row + AHEAD, end);
      for (int r = row; r < block && block - row > 1; r++) {
        source.expect(indices[from + r]);
      }
      for (int r = row; r < block; r++) {
        source.putRow(indices[from + r], r, this);
      }
    }
  }

  /// How many inputs there are.
  public int inputs() {
    return inputs.length;
  }

  /// The form of input `i`.
  public Form form(int i) {
    return forms.get(i);
  }

  /// The numbers of input `i`, sample after sample.
  public Buffer input(int i) {
    return inputs[Objects.checkIndex(i, inputs.length)];
  }

  /// Input 0.
  public Buffer features() {
    return input(0);
  }

  /// Input 1.
  public Buffer targets() {
    return input(1);
  }
}
