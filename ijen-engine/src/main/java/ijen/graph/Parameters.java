package ijen.graph;

import ijen.kernel.Precision;
import ijen.random.RandomStream;
import java.util.Iterator;
import java.util.List;

/// The layout of a parameter vector: which tensor lies where. It holds no values. Beside it, for a
/// [Theta], goes that of the running [#statistics].
public final class Parameters implements Iterable<Parameter> {
  private final List<Parameter> all;
  private final int size;
  private final Statistics statistics;

  Parameters(List<Parameter> all, List<Statistic> statistics) {
    this.all = List.copyOf(all);
    this.statistics = new Statistics(statistics);
    this.size = all.isEmpty() ? 0 : all.getLast().end();
  }

  /// The number of tensors.
  public int count() {
    return all.size();
  }

  /// The number of scalars, the vector's length.
  public int size() {
    return size;
  }

  /// Parameter number `index`.
  public Parameter get(int index) {
    return all.get(index);
  }

  /// The parameter of that name.
  ///
  /// @throws IllegalArgumentException if there is none, naming those there are
  public Parameter get(String name) {
    for (Parameter parameter : all) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    throw new IllegalArgumentException(
        "no parameter '" + name + "'; there are " + all.stream().map(Parameter::name).toList());
  }

  /// All parameters, in the order of the vector.
  public List<Parameter> list() {
    return all;
  }

  /// The layout of the running statistics beside the vector.
  public Statistics statistics() {
    return statistics;
  }

  @Override
  public Iterator<Parameter> iterator() {
    return all.iterator();
  }

  /// A new θ with every parameter's first values. Each parameter draws from a stream of its own
  /// name, so that adding a layer does not change how the others begin; values are drawn in double
  /// and rounded once, so that both precisions begin alike.
  public Theta initialize(Precision precision, long seed) {
    Theta theta = new Theta(this, precision);
    for (Parameter parameter : all) {
      parameter
          .initializer()
          .fill(
              theta.slice(parameter),
              parameter.shape(),
              RandomStream.of(seed, "initialize " + parameter.name(), 0));
    }
    return theta;
  }
}
