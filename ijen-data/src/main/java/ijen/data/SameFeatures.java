package ijen.data;

import ijen.graph.Shape;
import ijen.kernel.Buffer;

/// A view of another data set with its features, and targets of its own.
abstract class SameFeatures implements Dataset {
  final Dataset base;

  SameFeatures(Dataset base) {
    this.base = base;
  }

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
  public void putFeatures(int index, int row, Buffer into) {
    base.putFeatures(index, row, into);
  }

  @Override
  public void expect(int index) {
    base.expect(index);
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
    return base.image(index);
  }

  @Override
  public String toString() {
    return name() + ", " + size() + " samples";
  }
}
