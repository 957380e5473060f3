package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums down `n` neighbouring columns of a matrix, for normalisations; the sums lie in small arrays
/// that stay in the first-level cache.
///
/// A sum over rows takes four rows at a time where it can, `s += (x₀ + x₁) + (x₂ + x₃)`, and the up
/// to three that remain one by one; after every [#CHUNK] rows what there is goes to a total with a
/// second number for what the first one's rounding lost. The order depends on the number of rows
/// alone.
final class FloatColumnSums {
  /// Columns that are done together: 32 rows of them fit the first-level cache, and the sums fit
  /// the scratch memory of a [Split].
  static final int BLOCK = 128;

  /// Rows between two additions to the total.
  private static final int CHUNK = 256;

  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatColumnSums() {}

  /// `into[c] = Σ_r x[r,c]`. `room` is for 2·[#BLOCK] numbers.
  static void sum(
      float[] xs, int xo, int stride, int rows, float[] into, int at, float[] room, int ro, int n) {
    boolean chunks = rows > CHUNK;
    clear(room, ro, chunks, n);
    Arrays.fill(into, at, at + n, 0f);
    for (int from = 0; from < rows; from += CHUNK) {
      int to = Math.min(from + CHUNK, rows);
      int r = from;
      for (; r + 4 <= to; r += 4) {
        sum4(xs, xo + r * stride, stride, into, at, n);
      }
      for (; r < to; r++) {
        FloatElements.add(into, at, xs, xo + r * stride, into, at, n);
      }
      if (chunks) {
        addExactly(into, at, room, ro, n);
      }
    }
    total(chunks, room, ro, into, at, n);
  }

  /// `into[c] = Σ_r (x[r,c] − mean[c])²`.
  static void squares(
      float[] xs,
      int xo,
      int stride,
      int rows,
      float[] ms,
      int mo,
      float[] into,
      int at,
      float[] room,
      int ro,
      int n) {
    boolean chunks = rows > CHUNK;
    clear(room, ro, chunks, n);
    Arrays.fill(into, at, at + n, 0f);
    for (int from = 0; from < rows; from += CHUNK) {
      int to = Math.min(from + CHUNK, rows);
      int r = from;
      for (; r + 4 <= to; r += 4) {
        squares4(xs, xo + r * stride, stride, ms, mo, into, at, n);
      }
      for (; r < to; r++) {
        squares1(xs, xo + r * stride, ms, mo, into, at, n);
      }
      if (chunks) {
        addExactly(into, at, room, ro, n);
      }
    }
    total(chunks, room, ro, into, at, n);
  }

  /// `sums[c] = Σ_r d[r,c]` and `products[c] = Σ_r d[r,c]·(x[r,c] − mean[c])`. With `masked`, d is
  /// first set to 0 where [FloatColumns#apply] with the factors `fs` and shifts `bs` gives 0.
  /// `room` is for 4·[#BLOCK] numbers.
  static void sums(
      float[] xs,
      int xo,
      float[] ds,
      int dd,
      int stride,
      int rows,
      float[] ms,
      int mo,
      boolean masked,
      float[] fs,
      int fo,
      float[] bs,
      int bo,
      float[] sums,
      int so,
      float[] products,
      int po,
      float[] room,
      int ro,
      int n) {
    boolean chunks = rows > CHUNK;
    clear(room, ro, chunks, n);
    clear(room, ro + 2 * BLOCK, chunks, n);
    Arrays.fill(sums, so, so + n, 0f);
    Arrays.fill(products, po, po + n, 0f);
    for (int from = 0; from < rows; from += CHUNK) {
      int to = Math.min(from + CHUNK, rows);
      int r = from;
      for (; r + 4 <= to; r += 4) {
        int x = xo + r * stride;
        int d = dd + r * stride;
        if (masked) {
          masked4(xs, x, ds, d, stride, ms, mo, fs, fo, bs, bo, sums, so, products, po, n);
        } else {
          sums4(xs, x, ds, d, stride, ms, mo, sums, so, products, po, n);
        }
      }
      for (; r < to; r++) {
        int x = xo + r * stride;
        int d = dd + r * stride;
        if (masked) {
          FloatColumns.mask(xs, x, ms, mo, fs, fo, bs, bo, ds, d, n);
        }
        FloatElements.add(sums, so, ds, d, sums, so, n);
        products1(xs, x, ds, d, ms, mo, products, po, n);
      }
      if (chunks) {
        addExactly(sums, so, room, ro, n);
        addExactly(products, po, room, ro + 2 * BLOCK, n);
      }
    }
    total(chunks, room, ro, sums, so, n);
    total(chunks, room, ro + 2 * BLOCK, products, po, n);
  }

  /// `into[c] = Σ_r d[r,c]·(x[r,c] − mean[r])·inverse[r]`.
  static void rowProducts(
      float[] xs,
      int xo,
      float[] ds,
      int dd,
      int stride,
      int rows,
      float[] ms,
      int mo,
      float[] rs,
      int ro,
      float[] into,
      int at,
      float[] room,
      int room0,
      int n) {
    boolean chunks = rows > CHUNK;
    clear(room, room0, chunks, n);
    Arrays.fill(into, at, at + n, 0f);
    for (int from = 0; from < rows; from += CHUNK) {
      int to = Math.min(from + CHUNK, rows);
      for (int r = from; r < to; r++) {
        int i = r * stride;
        rowProducts1(xs, xo + i, ms[mo + r], rs[ro + r], ds, dd + i, into, at, n);
      }
      if (chunks) {
        addExactly(into, at, room, room0, n);
      }
    }
    total(chunks, room, room0, into, at, n);
  }

  private static void clear(float[] room, int ro, boolean chunks, int n) {
    if (chunks) {
      Arrays.fill(room, ro, ro + n, 0f);
      Arrays.fill(room, ro + BLOCK, ro + BLOCK + n, 0f);
    }
  }

  private static void total(boolean chunks, float[] room, int ro, float[] into, int at, int n) {
    if (chunks) {
      FloatElements.add(room, ro, room, ro + BLOCK, into, at, n);
    }
  }

  /// Adds to totals, and what is lost by that to the second numbers: Knuth's two-sum. What was
  /// added begins anew at zero.
  private static void addExactly(float[] as, int ao, float[] room, int ro, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a = FloatVector.fromArray(F, as, ao + i);
      FloatVector t = FloatVector.fromArray(F, room, ro + i);
      FloatVector s = t.add(a);
      FloatVector b = s.sub(t);
      FloatVector lost = t.sub(s.sub(b)).add(a.sub(b));
      s.intoArray(room, ro + i);
      FloatVector.fromArray(F, room, ro + BLOCK + i).add(lost).intoArray(room, ro + BLOCK + i);
    }
    for (; i < n; i++) {
      float a = as[ao + i];
      float t = room[ro + i];
      float s = t + a;
      float b = s - t;
      room[ro + i] = s;
      room[ro + BLOCK + i] += (t - (s - b)) + (a - b);
    }
    Arrays.fill(as, ao, ao + n, 0f);
  }

  private static void sum4(float[] xs, int x0, int stride, float[] ss, int so, int n) {
    int x1 = x0 + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a =
          FloatVector.fromArray(F, xs, x0 + i).add(FloatVector.fromArray(F, xs, x1 + i));
      FloatVector b =
          FloatVector.fromArray(F, xs, x2 + i).add(FloatVector.fromArray(F, xs, x3 + i));
      FloatVector.fromArray(F, ss, so + i).add(a.add(b)).intoArray(ss, so + i);
    }
    for (; i < n; i++) {
      ss[so + i] += (xs[x0 + i] + xs[x1 + i]) + (xs[x2 + i] + xs[x3 + i]);
    }
  }

  private static void squares4(
      float[] xs, int x0, int stride, float[] ms, int mo, float[] ss, int so, int n) {
    int x1 = x0 + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector m = FloatVector.fromArray(F, ms, mo + i);
      FloatVector a = FloatVector.fromArray(F, xs, x0 + i).sub(m);
      FloatVector b = FloatVector.fromArray(F, xs, x1 + i).sub(m);
      FloatVector c = FloatVector.fromArray(F, xs, x2 + i).sub(m);
      FloatVector d = FloatVector.fromArray(F, xs, x3 + i).sub(m);
      FloatVector s = b.fma(b, a.mul(a)).add(d.fma(d, c.mul(c)));
      FloatVector.fromArray(F, ss, so + i).add(s).intoArray(ss, so + i);
    }
    for (; i < n; i++) {
      float m = ms[mo + i];
      float a = xs[x0 + i] - m;
      float b = xs[x1 + i] - m;
      float c = xs[x2 + i] - m;
      float d = xs[x3 + i] - m;
      ss[so + i] += Math.fma(b, b, a * a) + Math.fma(d, d, c * c);
    }
  }

  private static void squares1(float[] xs, int xo, float[] ms, int mo, float[] ss, int so, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a =
          FloatVector.fromArray(F, xs, xo + i).sub(FloatVector.fromArray(F, ms, mo + i));
      a.fma(a, FloatVector.fromArray(F, ss, so + i)).intoArray(ss, so + i);
    }
    for (; i < n; i++) {
      float a = xs[xo + i] - ms[mo + i];
      ss[so + i] = Math.fma(a, a, ss[so + i]);
    }
  }

  private static void sums4(
      float[] xs,
      int x0,
      float[] ds,
      int d0,
      int stride,
      float[] ms,
      int mo,
      float[] ss,
      int so,
      float[] ps,
      int po,
      int n) {
    int x1 = x0 + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    int d1 = d0 + stride;
    int d2 = d1 + stride;
    int d3 = d2 + stride;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector m = FloatVector.fromArray(F, ms, mo + i);
      FloatVector a0 = FloatVector.fromArray(F, xs, x0 + i).sub(m);
      FloatVector a1 = FloatVector.fromArray(F, xs, x1 + i).sub(m);
      FloatVector a2 = FloatVector.fromArray(F, xs, x2 + i).sub(m);
      FloatVector a3 = FloatVector.fromArray(F, xs, x3 + i).sub(m);
      FloatVector e0 = FloatVector.fromArray(F, ds, d0 + i);
      FloatVector e1 = FloatVector.fromArray(F, ds, d1 + i);
      FloatVector e2 = FloatVector.fromArray(F, ds, d2 + i);
      FloatVector e3 = FloatVector.fromArray(F, ds, d3 + i);
      FloatVector.fromArray(F, ss, so + i).add(e0.add(e1).add(e2.add(e3))).intoArray(ss, so + i);
      FloatVector.fromArray(F, ps, po + i)
          .add(e1.fma(a1, e0.mul(a0)).add(e3.fma(a3, e2.mul(a2))))
          .intoArray(ps, po + i);
    }
    for (; i < n; i++) {
      float m = ms[mo + i];
      float a0 = xs[x0 + i] - m;
      float a1 = xs[x1 + i] - m;
      float a2 = xs[x2 + i] - m;
      float a3 = xs[x3 + i] - m;
      float e0 = ds[d0 + i];
      float e1 = ds[d1 + i];
      float e2 = ds[d2 + i];
      float e3 = ds[d3 + i];
      ss[so + i] += (e0 + e1) + (e2 + e3);
      ps[po + i] += Math.fma(e1, a1, e0 * a0) + Math.fma(e3, a3, e2 * a2);
    }
  }

  private static void masked4(
      float[] xs,
      int x0,
      float[] ds,
      int d0,
      int stride,
      float[] ms,
      int mo,
      float[] fs,
      int fo,
      float[] bs,
      int bo,
      float[] ss,
      int so,
      float[] ps,
      int po,
      int n) {
    int x1 = x0 + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    int d1 = d0 + stride;
    int d2 = d1 + stride;
    int d3 = d2 + stride;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector m = FloatVector.fromArray(F, ms, mo + i);
      FloatVector f = FloatVector.fromArray(F, fs, fo + i);
      FloatVector b = FloatVector.fromArray(F, bs, bo + i);
      FloatVector a0 = FloatVector.fromArray(F, xs, x0 + i).sub(m);
      FloatVector a1 = FloatVector.fromArray(F, xs, x1 + i).sub(m);
      FloatVector a2 = FloatVector.fromArray(F, xs, x2 + i).sub(m);
      FloatVector a3 = FloatVector.fromArray(F, xs, x3 + i).sub(m);
      FloatVector e0 = FloatVector.fromArray(F, ds, d0 + i).blend(0, a0.fma(f, b).compare(LE, 0));
      FloatVector e1 = FloatVector.fromArray(F, ds, d1 + i).blend(0, a1.fma(f, b).compare(LE, 0));
      FloatVector e2 = FloatVector.fromArray(F, ds, d2 + i).blend(0, a2.fma(f, b).compare(LE, 0));
      FloatVector e3 = FloatVector.fromArray(F, ds, d3 + i).blend(0, a3.fma(f, b).compare(LE, 0));
      e0.intoArray(ds, d0 + i);
      e1.intoArray(ds, d1 + i);
      e2.intoArray(ds, d2 + i);
      e3.intoArray(ds, d3 + i);
      FloatVector.fromArray(F, ss, so + i).add(e0.add(e1).add(e2.add(e3))).intoArray(ss, so + i);
      FloatVector.fromArray(F, ps, po + i)
          .add(e1.fma(a1, e0.mul(a0)).add(e3.fma(a3, e2.mul(a2))))
          .intoArray(ps, po + i);
    }
    for (; i < n; i++) {
      float m = ms[mo + i];
      float a0 = xs[x0 + i] - m;
      float a1 = xs[x1 + i] - m;
      float a2 = xs[x2 + i] - m;
      float a3 = xs[x3 + i] - m;
      float e0 = Math.fma(a0, fs[fo + i], bs[bo + i]) <= 0 ? 0 : ds[d0 + i];
      float e1 = Math.fma(a1, fs[fo + i], bs[bo + i]) <= 0 ? 0 : ds[d1 + i];
      float e2 = Math.fma(a2, fs[fo + i], bs[bo + i]) <= 0 ? 0 : ds[d2 + i];
      float e3 = Math.fma(a3, fs[fo + i], bs[bo + i]) <= 0 ? 0 : ds[d3 + i];
      ds[d0 + i] = e0;
      ds[d1 + i] = e1;
      ds[d2 + i] = e2;
      ds[d3 + i] = e3;
      ss[so + i] += (e0 + e1) + (e2 + e3);
      ps[po + i] += Math.fma(e1, a1, e0 * a0) + Math.fma(e3, a3, e2 * a2);
    }
  }

  private static void products1(
      float[] xs, int xo, float[] ds, int dd, float[] ms, int mo, float[] ss, int so, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a =
          FloatVector.fromArray(F, xs, xo + i).sub(FloatVector.fromArray(F, ms, mo + i));
      FloatVector.fromArray(F, ds, dd + i)
          .fma(a, FloatVector.fromArray(F, ss, so + i))
          .intoArray(ss, so + i);
    }
    for (; i < n; i++) {
      ss[so + i] = Math.fma(ds[dd + i], xs[xo + i] - ms[mo + i], ss[so + i]);
    }
  }

  private static void rowProducts1(
      float[] xs,
      int xo,
      float mean,
      float inverse,
      float[] ds,
      int dd,
      float[] ss,
      int so,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a = FloatVector.fromArray(F, xs, xo + i).sub(mean).mul(inverse);
      FloatVector.fromArray(F, ds, dd + i)
          .fma(a, FloatVector.fromArray(F, ss, so + i))
          .intoArray(ss, so + i);
    }
    for (; i < n; i++) {
      ss[so + i] = Math.fma(ds[dd + i], (xs[xo + i] - mean) * inverse, ss[so + i]);
    }
  }
}
