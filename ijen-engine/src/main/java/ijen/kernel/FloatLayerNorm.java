package ijen.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Layer normalisation over a range of rows ([FloatStrips]), and the sums of its gradient over a
/// range of columns ([FloatColumnSums]).
///
/// One object serves all calls, and holds the operands of the present one.
final class FloatLayerNorm implements Split.Part {
  private enum Direction {
    FORWARD,
    SUMS,
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
  private Buffer inverse = NONE;
  private @Nullable Buffer scaleToo; // its gradient, or its tangent
  private @Nullable Buffer shiftToo;
  private Buffer out = NONE;
  private double epsilon;

  FloatLayerNorm forward(
      Buffer x, Buffer scale, Buffer shift, double epsilon, Buffer mean, Buffer inverse, Buffer y) {
    of(Direction.FORWARD, x, mean, inverse);
    this.scale = scale;
    this.shift = shift;
    this.epsilon = epsilon;
    this.out = y;
    return this;
  }

  FloatLayerNorm sums(
      Buffer x, Buffer d, Buffer mean, Buffer inverse, Buffer scaleGradient, Buffer shiftGradient) {
    of(Direction.SUMS, x, mean, inverse);
    this.d = d;
    this.scaleToo = scaleGradient;
    this.shiftToo = shiftGradient;
    return this;
  }

  FloatLayerNorm gradient(
      Buffer x, Buffer d, Buffer scale, Buffer mean, Buffer inverse, Buffer out) {
    of(Direction.GRADIENT, x, mean, inverse);
    this.d = d;
    this.scale = scale;
    this.out = out;
    return this;
  }

  FloatLayerNorm tangent(
      Buffer x,
      @Nullable Buffer t,
      Buffer scale,
      @Nullable Buffer scaleTangent,
      @Nullable Buffer shiftTangent,
      Buffer mean,
      Buffer inverse,
      Buffer out) {
    of(Direction.TANGENT, x, mean, inverse);
    this.d = t;
    this.scale = scale;
    this.scaleToo = scaleTangent;
    this.shiftToo = shiftTangent;
    this.out = out;
    return this;
  }

  private void of(Direction direction, Buffer x, Buffer mean, Buffer inverse) {
    this.direction = direction;
    this.x = x;
    this.mean = mean;
    this.inverse = inverse;
  }

  @Override
  public void run(Split s, float[] scratch, int from, int to) {
    switch (direction) {
      case FORWARD -> forward(s.columns, from, to);
      case SUMS -> {
        for (int c = from; c < to; c += BLOCK) {
          sums(s.rows, s.columns, scratch, c, Math.min(BLOCK, to - c));
        }
      }
      case GRADIENT -> gradient(s.columns, from, to);
      case TANGENT -> tangent(s.columns, from, to);
    }
  }

  private void forward(int columns, int from, int to) {
    float[] xs = x.floats();
    for (int r = from; r < to; r++) {
      int xo = x.offset + r * columns;
      float m = (float) (FloatStrips.sum(xs, xo, columns) / columns);
      double variance = FloatStrips.squares(xs, xo, m, columns) / columns;
      float r0 = (float) (1 / Math.sqrt(variance + epsilon));
      mean.floats()[mean.offset + r] = m;
      inverse.floats()[inverse.offset + r] = r0;
      FloatStrips.applyRow(
          xs,
          xo,
          m,
          r0,
          scale.floats(),
          scale.offset,
          shift.floats(),
          shift.offset,
          out.floats(),
          out.offset + r * columns,
          columns);
    }
  }

  private void sums(int rows, int columns, float[] scratch, int c, int n) {
    Buffer d = present(this.d);
    Buffer sum = present(shiftToo);
    Buffer product = present(scaleToo);
    int dd = d.offset + c;
    FloatColumnSums.sum(d.floats(), dd, columns, rows, sum.floats(), sum.offset + c, scratch, 0, n);
    FloatColumnSums.rowProducts(
        x.floats(),
        x.offset + c,
        d.floats(),
        dd,
        columns,
        rows,
        mean.floats(),
        mean.offset,
        inverse.floats(),
        inverse.offset,
        product.floats(),
        product.offset + c,
        scratch,
        0,
        n);
  }

  private void gradient(int columns, int from, int to) {
    float[] os = out.floats();
    float[] ds = present(d).floats();
    for (int r = from; r < to; r++) {
      int oo = out.offset + r * columns;
      int dd = present(d).offset + r * columns;
      FloatElements.multiply(ds, dd, scale.floats(), scale.offset, os, oo, columns);
      project(os, oo, r, columns);
    }
  }

  /// `out = r·(g − Σg/n − (x − μ)·r²·Σg(x − μ)/n)` for a row g.
  private void project(float[] gs, int go, int r, int columns) {
    int xo = x.offset + r * columns;
    float m = mean.floats()[mean.offset + r];
    double r0 = inverse.floats()[inverse.offset + r];
    double sum = FloatStrips.sum(gs, go, columns) / columns;
    double product = FloatStrips.products(gs, go, x.floats(), xo, m, columns) / columns;
    FloatStrips.combine(
        x.floats(),
        xo,
        m,
        gs,
        go,
        (float) r0,
        (float) (-r0 * r0 * r0 * product),
        (float) (-r0 * sum),
        out.floats(),
        out.offset + r * columns,
        columns);
  }

  private void tangent(int columns, int from, int to) {
    float[] os = out.floats();
    for (int r = from; r < to; r++) {
      int oo = out.offset + r * columns;
      if (d == null) {
        Arrays.fill(os, oo, oo + columns, 0f);
      } else {
        project(d.floats(), d.offset + r * columns, r, columns);
        FloatElements.multiply(os, oo, scale.floats(), scale.offset, os, oo, columns);
      }
      if (scaleToo != null) {
        float m = mean.floats()[mean.offset + r];
        float r0 = inverse.floats()[inverse.offset + r];
        int xo = x.offset + r * columns;
        FloatStrips.addRow(
            x.floats(), xo, m, r0, scaleToo.floats(), scaleToo.offset, os, oo, columns);
      }
      if (shiftToo != null) {
        FloatElements.add(os, oo, shiftToo.floats(), shiftToo.offset, os, oo, columns);
      }
    }
  }

  private static Buffer present(@Nullable Buffer buffer) {
    if (buffer == null) {
      throw new IllegalStateException("a buffer that this direction needs is not there");
    }
    return buffer;
  }
}
