package ijen.graph;

import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The samples of one step: a buffer for each input of a graph, filled again and again.
///
/// By convention input 0 holds the features and input 1 the targets. A target that is a class is
/// held as its number: exact in `float` up to 2²⁴.
public final class Batch {
  private final int capacity;
  private final List<Form> forms;
  private final Buffer[] inputs;
  private int rows;
  private long step;

  /// Room for `capacity` samples with one input for each of `forms`.
  public Batch(Precision precision, int capacity, List<Form> forms) {
    if (capacity < 1) {
      throw new IllegalArgumentException("expected a batch of 1 or more samples, got " + capacity);
    }
    this.capacity = capacity;
    this.forms = List.copyOf(forms);
    List<Buffer> buffers = new ArrayList<>();
    for (Form form : forms) {
      buffers.add(Buffer.allocate(precision, form.elements(capacity)));
    }
    this.inputs = buffers.toArray(Buffer[]::new);
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
