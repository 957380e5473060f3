package ijen.graph;

import java.util.Iterator;
import java.util.List;

/// The layout of the running statistics beside θ: which tensor lies where. It holds no values.
public final class Statistics implements Iterable<Statistic> {
  private final List<Statistic> all;
  private final int size;

  Statistics(List<Statistic> all) {
    this.all = List.copyOf(all);
    this.size = all.isEmpty() ? 0 : all.getLast().end();
  }

  /// The number of tensors.
  public int count() {
    return all.size();
  }

  /// The number of scalars, the array's length; 0 for a network without statistics.
  public int size() {
    return size;
  }

  /// The statistic of that name.
  ///
  /// @throws IllegalArgumentException if there is none, naming those there are
  public Statistic get(String name) {
    for (Statistic statistic : all) {
      if (statistic.name().equals(name)) {
        return statistic;
      }
    }
    throw new IllegalArgumentException(
        "no statistic '" + name + "'; there are " + all.stream().map(Statistic::name).toList());
  }

  /// All statistics, in the order of the array.
  public List<Statistic> list() {
    return all;
  }

  @Override
  public Iterator<Statistic> iterator() {
    return all.iterator();
  }
}
