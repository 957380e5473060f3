package ijen.data;

import ijen.graph.Batch;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;

/// A view of another data set whose targets are its features.
final class Reconstruction implements Dataset {
  private final Dataset base;

  Reconstruction(Dataset base) {
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
  public Shape target() {
    return base.features();
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  @Override
  public void putFeatures(int index, int row, Buffer into) {
    base.putFeatures(index, row, into);
  }

  @Override
  public void putTarget(int index, int row, Buffer into) {
    base.putFeatures(index, row, into);
  }

  /// The target is copied from the features, which are still in the cache, not made twice.
  @Override
  public void putRow(int index, int row, Batch into) {
    base.putFeatures(index, row, into.features());
    if (into.inputs() > 1) {
      int width = base.features().size();
      into.targets().put(row * width, into.features(), row * width, width);
    }
  }

  @Override
  public void expect(int index) {
    base.expect(index);
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
