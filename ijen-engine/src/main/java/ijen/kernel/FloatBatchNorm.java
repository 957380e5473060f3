package ijen.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Batch normalisation over a range of channels: of features by blocks of columns
/// ([FloatColumnSums], [FloatColumns]), of images by strips of positions ([FloatStrips]).
///
/// One object serves all calls, and holds the operands of the present one. All passes over a block
/// or channel follow one another, so that all but the first find it in a cache.
final class FloatBatchNorm implements Split.Part {
  private enum Direction {
    FORWARD,
    GRADIENT,
    TANGENT
  }

  private static final int BLOCK = FloatColumnSums.BLOCK;
  private static final Buffer NONE = Buffer.of(new float[0]);

  private Direction direction = Direction.FORWARD;
  private Buffer x = NONE;
  private @Nullable Buffer d; // or the tangent of x
  private Buffer scale = NONE;
  private Buffer shift = NONE;
  private Buffer mean = NONE;
  private Buffer variance = NONE;
  private Buffer inverse = NONE;
  private @Nullable Buffer scaleToo; // its gradient, or its tangent
  private @Nullable Buffer shiftToo;
  private @Nullable Buffer out;
  private boolean given;
  private boolean rectified;
  private float epsilon;
  private int rows;
  private int channels;
  private int positions;

  void forward(
      Buffer x,
      Buffer scale,
      Buffer shift,
      double epsilon,
      boolean given,
      Buffer mean,
      Buffer variance,
      Buffer inverse,
      boolean rectified,
      Buffer y) {
    of(Direction.FORWARD, x, scale, shift, given, mean, inverse, rectified, y);
    this.epsilon = (float) epsilon;
    this.variance = variance;
  }

  void gradient(
      Buffer x,
      Buffer d,
      Buffer scale,
      Buffer shift,
      boolean given,
      Buffer mean,
      Buffer inverse,
      boolean rectified,
      @Nullable Buffer out,
      Buffer scaleGradient,
      Buffer shiftGradient) {
    of(Direction.GRADIENT, x, scale, shift, given, mean, inverse, rectified, out);
    this.d = d;
    this.scaleToo = scaleGradient;
    this.shiftToo = shiftGradient;
  }

  void tangent(
      Buffer x,
      @Nullable Buffer t,
      Buffer scale,
      @Nullable Buffer scaleTangent,
      Buffer shift,
      @Nullable Buffer shiftTangent,
      boolean given,
      Buffer mean,
      Buffer inverse,
      boolean rectified,
      Buffer out) {
    of(Direction.TANGENT, x, scale, shift, given, mean, inverse, rectified, out);
    this.d = t;
    this.scaleToo = scaleTangent;
    this.shiftToo = shiftTangent;
  }

  private void of(
      Direction direction,
      Buffer x,
      Buffer scale,
      Buffer shift,
      boolean given,
      Buffer mean,
      Buffer inverse,
      boolean rectified,
      @Nullable Buffer out) {
    this.direction = direction;
    this.x = x;
    this.scale = scale;
    this.shift = shift;
    this.given = given;
    this.mean = mean;
    this.inverse = inverse;
    this.rectified = rectified;
    this.out = out;
  }

  void sizes(int rows, int channels, int positions) {
    this.rows = rows;
    this.channels = channels;
    this.positions = positions;
  }

  @Override
  public void run(Split operands, float[] scratch, int from, int to) {
    if (positions > 1) {
      for (int c = from; c < to; c++) {
        switch (direction) {
          case FORWARD -> forwardChannel(c);
          case GRADIENT -> gradientChannel(c);
          case TANGENT -> tangentChannel(c);
        }
      }
      return;
    }
    for (int c = from; c < to; c += BLOCK) {
      int n = Math.min(BLOCK, to - c);
      switch (direction) {
        case FORWARD -> forwardColumns(scratch, c, n);
        case GRADIENT -> gradientColumns(scratch, c, n);
        case TANGENT -> tangentColumns(scratch, c, n);
      }
    }
  }

  // ---------------------------------------------------------------- features

  private void forwardColumns(float[] scratch, int c, int n) {
    float[] xs = x.floats();
    float[] ms = mean.floats();
    float[] vs = variance.floats();
    int xo = x.offset + c;
    int mo = mean.offset + c;
    int vo = variance.offset + c;
    if (!given) {
      FloatColumnSums.sum(xs, xo, channels, rows, ms, mo, scratch, BLOCK, n);
      FloatColumns.divide(ms, mo, rows, ms, mo, n);
      FloatColumnSums.squares(xs, xo, channels, rows, ms, mo, vs, vo, scratch, BLOCK, n);
      FloatColumns.divide(vs, vo, rows, vs, vo, n);
    }
    FloatColumns.inverseRoot(vs, vo, epsilon, inverse.floats(), inverse.offset + c, n);
    factors(scratch, c, n);
    float limit = rectified ? 0 : Float.NaN;
    float[] ys = present(out).floats();
    int yo = present(out).offset + c;
    float[] bs = shift.floats();
    int bo = shift.offset + c;
    FloatColumns.apply(xs, xo, ms, mo, scratch, 0, bs, bo, limit, ys, yo, channels, rows, n);
  }

  /// γ·r of each column, at the beginning of the scratch memory.
  private void factors(float[] scratch, int c, int n) {
    FloatElements.multiply(
        scale.floats(), scale.offset + c, inverse.floats(), inverse.offset + c, scratch, 0, n);
  }

  private void gradientColumns(float[] scratch, int c, int n) {
    Buffer d = present(this.d);
    factors(scratch, c, n);
    Buffer sum = present(shiftToo);
    Buffer product = present(scaleToo);
    float[] products = product.floats();
    sums(d, rectified, sum.floats(), sum.offset + c, products, product.offset + c, scratch, c, n);
    if (out != null) {
      levelAndSlope(sum.floats(), sum.offset + c, products, product.offset + c, scratch, c, n);
      combine(d, scratch, c, n);
    }
  }

  /// `Σ d`, and `r·Σ d·(x − μ)`, of what is left of d if it is `masked` by the ReLU.
  private void sums(
      Buffer d,
      boolean masked,
      float[] sums,
      int so,
      float[] products,
      int po,
      float[] scratch,
      int c,
      int n) {
    FloatColumnSums.sums(
        x.floats(),
        x.offset + c,
        d.floats(),
        d.offset + c,
        channels,
        rows,
        mean.floats(),
        mean.offset + c,
        masked,
        scratch,
        0,
        shift.floats(),
        shift.offset + c,
        sums,
        so,
        products,
        po,
        scratch,
        3 * BLOCK,
        n);
    FloatElements.multiply(products, po, inverse.floats(), inverse.offset + c, products, po, n);
  }

  /// Level and slope of each column in the scratch memory, behind the factors γ·r: what `γ·r·(d −
  /// (sum + (x − μ)·r·product) / N)` has beside γ·r·d; 0 where mean and variance are given.
  private void levelAndSlope(
      float[] sums, int so, float[] products, int po, float[] scratch, int c, int n) {
    int level = BLOCK;
    int slope = 2 * BLOCK;
    if (given) {
      Arrays.fill(scratch, level, 3 * BLOCK, 0f);
      return;
    }
    FloatColumns.through(scratch, 0, sums, so, rows, scratch, level, n);
    FloatColumns.through(scratch, 0, products, po, rows, scratch, slope, n);
    FloatElements.multiply(scratch, slope, inverse.floats(), inverse.offset + c, scratch, slope, n);
  }

  /// `out = factor·d + slope·(x − μ) + level`, the three of each column in the scratch memory.
  private void combine(Buffer d, float[] scratch, int c, int n) {
    float[] xs = x.floats();
    float[] ds = d.floats();
    float[] ms = mean.floats();
    float[] os = present(out).floats();
    int xo = x.offset + c;
    int dd = d.offset + c;
    int mo = mean.offset + c;
    int oo = present(out).offset + c;
    int level = BLOCK;
    int slope = 2 * BLOCK;
    FloatColumns.combine(
        xs, xo, ms, mo, ds, dd, scratch, 0, scratch, slope, scratch, level, os, oo, channels, rows,
        n);
  }

  private void mask(Buffer d, float[] factors, int c, int n) {
    float[] ms = mean.floats();
    float[] bs = shift.floats();
    int mo = mean.offset + c;
    int bo = shift.offset + c;
    for (int r = 0; r < rows; r++) {
      int at = r * channels + c;
      FloatColumns.mask(
          x.floats(), x.offset + at, ms, mo, factors, 0, bs, bo, d.floats(), d.offset + at, n);
    }
  }

  private void tangentColumns(float[] scratch, int c, int n) {
    int level = BLOCK;
    int slope = 2 * BLOCK;
    Buffer t = d == null ? x : d;
    if (d == null) { // x times 0
      Arrays.fill(scratch, 0, 3 * BLOCK, 0f);
    } else {
      factors(scratch, c, n);
      if (!given) { // the sums lie where level and slope will be
        sums(t, false, scratch, level, scratch, slope, scratch, c, n);
      }
      levelAndSlope(scratch, level, scratch, slope, scratch, c, n);
    }
    if (shiftToo != null) {
      FloatElements.add(scratch, level, shiftToo.floats(), shiftToo.offset + c, scratch, level, n);
    }
    if (scaleToo != null) {
      int room = 3 * BLOCK;
      FloatElements.multiply(
          scaleToo.floats(),
          scaleToo.offset + c,
          inverse.floats(),
          inverse.offset + c,
          scratch,
          room,
          n);
      FloatElements.add(scratch, slope, scratch, room, scratch, slope, n);
    }
    combine(t, scratch, c, n);
    if (rectified) {
      factors(scratch, c, n);
      mask(present(out), scratch, c, n);
    }
  }

  // ------------------------------------------------------------------ images

  private void forwardChannel(int c) {
    float[] xs = x.floats();
    double count = (double) rows * positions;
    if (!given) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += FloatStrips.sum(xs, x.offset + at(r, c), positions);
      }
      float m = (float) (sum / count);
      double squares = 0;
      for (int r = 0; r < rows; r++) {
        squares += FloatStrips.squares(xs, x.offset + at(r, c), m, positions);
      }
      mean.floats()[mean.offset + c] = m;
      variance.floats()[variance.offset + c] = (float) (squares / count);
    }
    float v = variance.floats()[variance.offset + c] + epsilon;
    float r0 = 1 / (float) Math.sqrt(v);
    inverse.floats()[inverse.offset + c] = r0;
    float m = mean.floats()[mean.offset + c];
    float factor = scale.floats()[scale.offset + c] * r0;
    float level = shift.floats()[shift.offset + c];
    float limit = rectified ? 0 : Float.NaN;
    Buffer y = present(out);
    for (int r = 0; r < rows; r++) {
      int i = at(r, c);
      FloatStrips.apply(
          xs, x.offset + i, m, factor, level, limit, y.floats(), y.offset + i, positions);
    }
  }

  private void gradientChannel(int c) {
    Buffer d = present(this.d);
    double sum = 0;
    double product = 0;
    for (int r = 0; r < rows; r++) {
      if (rectified) {
        mask(d, r, c);
      }
      sum += sum(d, r, c);
      product += product(d, r, c);
    }
    product *= inverse(c);
    present(shiftToo).floats()[present(shiftToo).offset + c] = (float) sum;
    present(scaleToo).floats()[present(scaleToo).offset + c] = (float) product;
    if (out != null) {
      double factor = factor(c);
      double count = (double) rows * positions;
      double level = given ? 0 : -factor * sum / count;
      double slope = given ? 0 : -factor * product / count * inverse(c);
      combine(d, c, (float) factor, (float) slope, (float) level);
    }
  }

  private void tangentChannel(int c) {
    double factor = 0;
    double level = shiftToo == null ? 0 : shiftToo.floats()[shiftToo.offset + c];
    double slope = scaleToo == null ? 0 : scaleToo.floats()[scaleToo.offset + c] * inverse(c);
    Buffer t = x;
    if (d != null) {
      t = d;
      factor = factor(c);
    }
    if (d != null && !given) {
      double sum = 0;
      double product = 0;
      for (int r = 0; r < rows; r++) {
        sum += sum(t, r, c);
        product += product(t, r, c);
      }
      double count = (double) rows * positions;
      level -= factor * sum / count;
      slope -= factor * product * inverse(c) / count * inverse(c);
    }
    combine(t, c, (float) factor, (float) slope, (float) level);
    for (int r = 0; r < rows && rectified; r++) {
      mask(present(out), r, c);
    }
  }

  private double inverse(int c) {
    return inverse.floats()[inverse.offset + c];
  }

  private float factor(int c) {
    return scale.floats()[scale.offset + c] * inverse.floats()[inverse.offset + c];
  }

  private double sum(Buffer d, int r, int c) {
    return FloatStrips.sum(d.floats(), d.offset + at(r, c), positions);
  }

  /// `Σ d·(x − μ)` over the strip.
  private double product(Buffer d, int r, int c) {
    float m = mean.floats()[mean.offset + c];
    int at = at(r, c);
    return FloatStrips.products(d.floats(), d.offset + at, x.floats(), x.offset + at, m, positions);
  }

  private void mask(Buffer d, int r, int c) {
    float m = mean.floats()[mean.offset + c];
    float level = shift.floats()[shift.offset + c];
    int at = at(r, c);
    FloatStrips.mask(
        x.floats(), x.offset + at, m, factor(c), level, d.floats(), d.offset + at, positions);
  }

  /// Where the strip of a row and channel begins.
  private int at(int r, int c) {
    return (r * channels + c) * positions;
  }

  private void combine(Buffer d, int c, float factor, float slope, float level) {
    Buffer out = present(this.out);
    float m = mean.floats()[mean.offset + c];
    for (int r = 0; r < rows; r++) {
      int at = at(r, c);
      FloatStrips.combine(
          x.floats(),
          x.offset + at,
          m,
          d.floats(),
          d.offset + at,
          factor,
          slope,
          level,
          out.floats(),
          out.offset + at,
          positions);
    }
  }

  private static Buffer present(@Nullable Buffer buffer) {
    if (buffer == null) {
      throw new IllegalStateException("a buffer that this direction needs is not there");
    }
    return buffer;
  }
}
