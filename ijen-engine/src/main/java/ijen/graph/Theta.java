package ijen.graph;

import ijen.kernel.Buffer;
import ijen.kernel.Precision;

/// The point: the values of all parameters of a network, and beside them its running statistics.
///
/// The statistics are a second flat array, of length 0 for most networks. They go where θ goes,
/// into copies, files and checksums, but no gradient, direction or optimiser's vector has them.
public final class Theta extends ParameterVector {
  private final Buffer statistics;
  private final Buffer[] statisticSlices;

  /// A vector of zeros with the given layout; the statistics have their first values.
  public Theta(Parameters parameters, Precision precision) {
    super(parameters, precision);
    Statistics layout = parameters.statistics();
    this.statistics = Buffer.allocate(precision, layout.size());
    this.statisticSlices = new Buffer[layout.count()];
    for (Statistic statistic : layout) {
      Buffer slice = statistics.slice(statistic.offset(), statistic.size());
      slice.fill(statistic.initial());
      statisticSlices[statistic.index()] = slice;
    }
  }

  /// The running statistics, in the order of their layout; shared, not copied.
  public Buffer statistics() {
    return statistics;
  }

  /// The numbers of one statistic; shared, not copied.
  public Buffer slice(Statistic statistic) {
    return statisticSlices[statistic.index()];
  }

  Buffer statisticSlice(int index) {
    return statisticSlices[index];
  }

  /// A copy of this point, in the same or another precision.
  public Theta copy(Precision precision) {
    Theta copy = new Theta(parameters(), precision);
    copy.copyFrom(this);
    return copy;
  }

  /// Takes over all scalars of `source`, which has the same layout; if it is a point, its
  /// statistics too.
  @Override
  public void copyFrom(ParameterVector source) {
    super.copyFrom(source);
    if (source instanceof Theta theta) {
      statistics.copyFrom(theta.statistics);
    }
  }

  /// The SHA-256 of all scalars, then of all statistics, in the form of [ParameterVector#sha256].
  @Override
  public String sha256() {
    return sha256(values(), statistics);
  }
}
