package ijen.data;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;

/// A view of another data set with other targets, made of its classes.
final class Retargeted extends SameFeatures {
  private final List<String> classes;
  private final int[] newClass;
  private final boolean oneHot;
  private final Shape target;

  private Retargeted(Dataset base, List<String> classes, int[] newClass, boolean oneHot) {
    super(base);
    this.classes = classes;
    this.newClass = newClass;
    this.oneHot = oneHot;
    this.target = oneHot ? Shape.of(classes.size()) : Shape.scalar();
  }

  static Dataset classes(Dataset base, int[] newClass, List<String> newClasses) {
    int before = requireClasses(base);
    if (newClass.length != before) {
      throw new IllegalArgumentException(
          base.name()
              + ": expected a new class for each of "
              + before
              + ", got "
              + newClass.length);
    }
    for (int c = 0; c < before; c++) {
      if (newClass[c] < 0 || newClass[c] >= newClasses.size()) {
        throw new IllegalArgumentException(
            base.name()
                + ": expected a new class from 0 to "
                + (newClasses.size() - 1)
                + " for class "
                + c
                + ", got "
                + newClass[c]);
      }
    }
    return new Retargeted(base, List.copyOf(newClasses), newClass.clone(), false);
  }

  static Dataset oneHot(Dataset base) {
    requireClasses(base);
    return new Retargeted(base, base.classes(), new int[0], true);
  }

  private static int requireClasses(Dataset base) {
    if (base.classes().isEmpty() || base.target().rank() != 0) {
      throw new IllegalStateException(
          base.name() + ": expected targets that are classes, got shape " + base.target());
    }
    return base.classes().size();
  }

  @Override
  public Shape target() {
    return target;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return oneHot ? base.label(index) : newClass[base.label(index)];
  }

  @Override
  public void putTarget(int index, int row, Buffer into) {
    if (!oneHot) {
      into.set(row, label(index));
      return;
    }
    int width = classes.size();
    int own = label(index);
    for (int c = 0; c < width; c++) {
      into.set(row * width + c, c == own ? 1 : 0);
    }
  }
}
