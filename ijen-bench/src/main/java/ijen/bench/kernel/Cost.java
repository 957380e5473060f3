package ijen.bench.kernel;

import ijen.bench.machine.Limits;

/// What one call costs at least, in the unit of what limits it.
///
/// @param bound what the call is held against
/// @param amount floating-point operations, or bytes read and written
/// @param workingSet the bytes of all operands together, which decide from which cache they come
record Cost(Bound bound, double amount, double workingSet) {
  /// What limits a call at best.
  enum Bound {
    /// The multiply-add peak.
    ARITHMETIC("GFLOP/s"),
    /// The copy bandwidth at the call's working set.
    COPY("GB/s"),
    /// The bandwidth of updating in place at the call's working set.
    UPDATE("GB/s"),
    /// Nothing that was measured.
    NONE("");

    private final String unit;

    Bound(String unit) {
      this.unit = unit;
    }

    /// The unit of its rates.
    String unit() {
      return unit;
    }
  }

  /// `multiplyAdds` fused multiply-adds, each of two operations.
  static Cost multiplyAdds(double multiplyAdds) {
    return new Cost(Bound.ARITHMETIC, 2 * multiplyAdds, 0);
  }

  /// `bytes` read or written by each call, on operands of `workingSet` bytes.
  static Cost copying(double bytes, double workingSet) {
    return new Cost(Bound.COPY, bytes, workingSet);
  }

  /// The same for a call that changes its operands in place.
  static Cost updating(double bytes, double workingSet) {
    return new Cost(Bound.UPDATE, bytes, workingSet);
  }

  /// No limit to be held against.
  static Cost none() {
    return new Cost(Bound.NONE, 0, 0);
  }

  /// 10⁹ operations or bytes a second, for a call that takes `seconds`; NaN without a limit.
  double rate(double seconds) {
    return bound == Bound.NONE ? Double.NaN : amount / seconds / 1e9;
  }

  /// The same as a part of what the machine can do; NaN without a limit.
  double share(double seconds, Limits limits) {
    Limits.Bandwidth memory = limits.bandwidth(workingSet / limits.threads());
    return switch (bound) {
      case ARITHMETIC -> rate(seconds) / limits.gigaflops();
      case COPY -> rate(seconds) / memory.copy();
      case UPDATE -> rate(seconds) / memory.update();
      case NONE -> Double.NaN;
    };
  }
}
