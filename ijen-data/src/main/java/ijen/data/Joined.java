package ijen.data;

import ijen.graph.Batch;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;

/// A view of the samples of one data set and, after them, those of another of the same kind.
final class Joined implements Dataset {
  private final Dataset first;
  private final Dataset second;

  Joined(Dataset first, Dataset second) {
    requireSame(first, second, "features", first.features(), second.features());
    requireSame(first, second, "target", first.target(), second.target());
    requireSame(first, second, "classes", first.classes(), second.classes());
    requireSame(first, second, "scaling", first.scaling(), second.scaling());
    Math.addExact(first.size(), second.size());
    this.first = first;
    this.second = second;
  }

  private static void requireSame(Dataset first, Dataset second, String what, Object a, Object b) {
    if (!a.equals(b)) {
      throw new IllegalArgumentException(
          "%s and %s cannot be joined: expected the same %s, got %s and %s"
              .formatted(first.name(), second.name(), what, a, b));
    }
  }

  private boolean isFirst(int index) {
    return index < first.size();
  }

  private Dataset of(int index) {
    return isFirst(index) ? first : second;
  }

  private int place(int index) {
    return isFirst(index) ? index : index - first.size();
  }

  @Override
  public String name() {
    return first.name() + " and " + second.name();
  }

  @Override
  public int size() {
    return first.size() + second.size();
  }

  @Override
  public Shape features() {
    return first.features();
  }

  @Override
  public Shape target() {
    return first.target();
  }

  @Override
  public List<String> classes() {
    return first.classes();
  }

  @Override
  public int label(int index) {
    return classes().isEmpty() ? Dataset.super.label(index) : of(index).label(place(index));
  }

  @Override
  public void putFeatures(int index, int row, Buffer into) {
    of(index).putFeatures(place(index), row, into);
  }

  @Override
  public void putTarget(int index, int row, Buffer into) {
    of(index).putTarget(place(index), row, into);
  }

  @Override
  public void putRow(int index, int row, Batch into) {
    of(index).putRow(place(index), row, into);
  }

  @Override
  public void expect(int index) {
    of(index).expect(place(index));
  }

  @Override
  public Scaling scaling() {
    return first.scaling();
  }

  @Override
  public boolean hasImages() {
    return first.hasImages() && second.hasImages();
  }

  @Override
  public byte[] image(int index) {
    return hasImages() ? of(index).image(place(index)) : Dataset.super.image(index);
  }

  @Override
  public String toString() {
    return name() + ", " + size() + " samples";
  }
}
