package ijen.data;

import ijen.graph.Batch;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;

/// A view of another data set whose targets are its features.
final class Reconstruction extends SameFeatures {
  Reconstruction(Dataset base) {
    super(base);
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
}
