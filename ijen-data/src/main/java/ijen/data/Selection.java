package ijen.data;

import ijen.graph.Batch;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;
import java.util.stream.IntStream;

/// A view of chosen samples of another data set, in a chosen order.
final class Selection implements Dataset {
  private final Dataset base;
  private final String name;
  private final int[] indices; // of the base

  private Selection(Dataset base, String name, int[] indices) {
    this.base = base;
    this.name = name;
    this.indices = indices;
  }

  static Selection of(Dataset base, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException(base.name() + ": expected 1 or more samples, got none");
    }
    int size = base.size();
    for (int index : indices) {
      if (index < 0 || index >= size) {
        throw new IllegalArgumentException(
            base.name() + ": expected samples from 0 to " + (size - 1) + ", got " + index);
      }
    }
    return new Selection(base, base.name(), indices.clone());
  }

  static Dataset of(Dataset base, String name) {
    return new Selection(base, name, IntStream.range(0, base.size()).toArray());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return indices.length;
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
  public int label(int index) {
    return base.label(indices[index]);
  }

  @Override
  public void putFeatures(int index, int row, Buffer into) {
    base.putFeatures(indices[index], row, into);
  }

  @Override
  public void putTarget(int index, int row, Buffer into) {
    base.putTarget(indices[index], row, into);
  }

  @Override
  public void putRow(int index, int row, Batch into) {
    base.putRow(indices[index], row, into);
  }

  @Override
  public void expect(int index) {
    base.expect(indices[index]);
  }

  @Override
  public Scaling scaling() {
    return base.scaling();
  }

  @Override
  public boolean hasImages() {
    return base.hasImages();
  }

  @Override
  public byte[] image(int index) {
    return base.image(indices[index]);
  }

  @Override
  public Dataset select(int... indices) {
    Selection outer = of(this, indices);
    int[] straight = outer.indices;
    for (int i = 0; i < straight.length; i++) {
      straight[i] = this.indices[straight[i]];
    }
    return new Selection(base, name, straight); // one view deep, however often samples are selected
  }

  @Override
  public Dataset withName(String name) {
    return new Selection(base, name, indices);
  }

  @Override
  public String toString() {
    return name + ", " + size() + " samples";
  }
}
