package ijen.kernel;

/// What an unsigned byte becomes as a number: `b·scale + shift` for b = 0 … 255, computed in
/// `double` and rounded once to `float`.
///
/// The 256 numbers stand in a table. Reading it costs a cycle a byte, so where possible they are
/// computed anew, many at a time, as `fma(b, high, base) + fma(b, low, rest)`. Here `scale = high +
/// low` and `shift = base + rest`, cut so that `b·high + base` has no error in `float`; what
/// remains is so small that its own does not show. For nearly every scaling this gives the table's
/// 256 numbers bit by bit, which is looked at once, when it is made; the table itself serves the
/// others.
public final class ByteScale {
  private static final int BYTES = 256;

  /// Data can be read, and reference kernels run, where the SIMD module is not there.
  private static final boolean SIMD =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private final float[] table;
  private final float high;
  private final float low;
  private final float base;
  private final float rest;
  private final boolean computed;

  private ByteScale(double scale, double shift) {
    this.table = new float[BYTES];
    double largest = 0;
    for (int b = 0; b < BYTES; b++) {
      table[b] = (float) (b * scale + shift);
      if (!Float.isFinite(table[b])) {
        throw new IllegalArgumentException(
            "expected a finite scaling, got scale " + scale + " and shift " + shift);
      }
      largest = Math.max(largest, Math.abs(table[b]));
    }
    // All multiples of the grid that b·high + base can be are floats: two units of the largest.
    double grid = 2 * Math.ulp((float) largest);
    this.high = (float) (Math.rint(scale / grid) * grid);
    this.low = (float) (scale - high);
    this.base = (float) (Math.rint(shift / grid) * grid);
    this.rest = (float) (shift - base);
    this.computed = SIMD && formulaGivesTable();
  }

  /// The scaling by `scale` and `shift`.
  ///
  /// @throws IllegalArgumentException if a value does not fit a `float`
  public static ByteScale of(double scale, double shift) {
    return new ByteScale(scale, shift);
  }

  private boolean formulaGivesTable() {
    for (int b = 0; b < BYTES; b++) {
      float value = Math.fma(b, high, base) + Math.fma(b, low, rest);
      if (Float.floatToRawIntBits(value) != Float.floatToRawIntBits(table[b])) {
        return false;
      }
    }
    return true;
  }

  /// What byte `b`, from 0 to 255, becomes.
  public float value(int b) {
    return table[b];
  }

  /// Whether the numbers are computed, and not read from the table.
  boolean isComputed() {
    return computed;
  }

  /// Scales `n` bytes from `from` on to `out` from `at` on.
  void apply(byte[] source, int from, float[] out, int at, int n) {
    if (computed) {
      FloatBytes.scale(source, from, high, low, base, rest, out, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        out[at + i] = table[source[from + i] & 255];
      }
    }
  }

  /// The same `float` numbers, as `double`.
  void apply(byte[] source, int from, double[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] = table[source[from + i] & 255];
    }
  }
}
