package ijen.bench.kernel;

import java.util.List;
import java.util.OptionalDouble;

/// What was measured of one case.
///
/// @param of the case
/// @param timings by ascending number of threads; one only, if the kernel does not use more
record KernelRow(KernelCase of, List<Timing> timings) {
  KernelRow {
    timings = List.copyOf(timings);
  }

  /// How many times faster than one thread, best by best; empty if either was not measured.
  OptionalDouble speedUp(int threads) {
    OptionalDouble one = best(1);
    OptionalDouble many = best(threads);
    return threads > 1 && one.isPresent() && many.isPresent()
        ? OptionalDouble.of(one.getAsDouble() / many.getAsDouble())
        : OptionalDouble.empty();
  }

  private OptionalDouble best(int threads) {
    return timings.stream()
        .filter(each -> each.threads() == threads)
        .mapToDouble(Timing::best)
        .findFirst();
  }
}
