package ijen.data;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;

/// A view of another data set with its features scaled.
final class Scaled extends SameFeatures {
  private final Scaling own;

  Scaled(Dataset base, Scaling own) {
    super(base);
    this.own = own.requireFit(base.features());
  }

  @Override
  public Scaling scaling() {
    return base.scaling().then(own);
  }

  @Override
  public void putFeatures(int index, int row, Buffer into) {
    int width = base.features().size();
    base.putFeatures(index, row, into);
    own.apply(into, row * width, width);
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
    return base.label(index);
  }

  @Override
  public void putTarget(int index, int row, Buffer into) {
    base.putTarget(index, row, into);
  }
}
