package ijen.kernel;

import ijen.random.Philox;

/// The specification of [RandomKernels], in `double`.
final class ReferenceRandoms implements RandomKernels {
  @Override
  public void dropoutMask(Buffer out, int n, double keep, long seed, long stream) {
    long threshold = Math.round(keep * 0x1p32);
    for (int i = 0; i < n; i++) {
      out.doubles()[out.offset + i] = word(seed, stream, i) < threshold ? 1 / keep : 0;
    }
  }

  @Override
  public void normals(Buffer out, int n, long seed, long stream, long from) {
    for (int i = 0; i < n; i++) {
      out.doubles()[out.offset + i] = normal(seed, stream, from + i);
    }
  }

  @Override
  public void addNormals(Buffer theta, int n, double scale, long seed, long stream, long from) {
    for (int i = 0; i < n; i++) {
      theta.doubles()[theta.offset + i] += scale * normal(seed, stream, from + i);
    }
  }

  @Override
  public double sumOfSquaredNormals(int n, long seed, long stream, long from) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = normal(seed, stream, from + i);
      sum += z * z;
    }
    return sum;
  }

  @Override
  public void addSigns(Buffer theta, int n, double scale, long seed, long stream, long from) {
    for (int i = 0; i < n; i++) {
      long index = from + i;
      boolean set = (word(seed, stream, index >>> 5) >>> (index & 31) & 1) == 1;
      theta.doubles()[theta.offset + i] += set ? -scale : scale;
    }
  }

  /// Word `index` of a stream, from 0 to 2³² − 1.
  private static long word(long seed, long stream, long index) {
    long half =
        (index & 2) == 0
            ? Philox.low(seed, stream, index >>> 2)
            : Philox.high(seed, stream, index >>> 2);
    return (index & 1) == 0 ? half & 0xFFFFFFFFL : half >>> 32;
  }

  /// Standard normal number `index` of a stream.
  private static double normal(long seed, long stream, long index) {
    long pair = (index >>> 5) * 16 + (index & 15);
    long a = word(seed, stream, 2 * pair);
    int b = (int) word(seed, stream, 2 * pair + 1);
    double u = ((a >>> 1) + 0.5) * 0x1p-31;
    double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
    double angle = Math.PI / 2 * 0x1p-30 * (b << 2 >> 2); // the lower thirty bits, signed
    boolean second = (index & 16) != 0;
    boolean swapped = (b >>> 30 & 1) == 1;
    double z = radius * (second == swapped ? StrictMath.cos(angle) : StrictMath.sin(angle));
    return b < 0 ? -z : z;
  }
}
