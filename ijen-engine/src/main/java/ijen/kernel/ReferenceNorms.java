package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// The specification of [NormKernels]: `double`, one thread, plain loops.
final class ReferenceNorms implements NormKernels {

  @Override
  public void batch(
      Buffer x,
      Buffer scale,
      Buffer shift,
      double epsilon,
      boolean given,
      Buffer mean,
      Buffer variance,
      Buffer inverse,
      boolean rectified,
      Buffer y,
      int rows,
      int channels,
      int positions) {
    double count = (double) rows * positions;
    for (int c = 0; c < channels; c++) {
      if (!given) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
          for (int p = 0; p < positions; p++) {
            sum += x.get((r * channels + c) * positions + p);
          }
        }
        mean.set(c, sum / count);
        double squares = 0;
        for (int r = 0; r < rows; r++) {
          for (int p = 0; p < positions; p++) {
            double deviation = x.get((r * channels + c) * positions + p) - mean.get(c);
            squares += deviation * deviation;
          }
        }
        variance.set(c, squares / count);
      }
      inverse.set(c, 1 / Math.sqrt(variance.get(c) + epsilon));
      for (int r = 0; r < rows; r++) {
        for (int p = 0; p < positions; p++) {
          int i = (r * channels + c) * positions + p;
          double normal = (x.get(i) - mean.get(c)) * inverse.get(c);
          double value = scale.get(c) * normal + shift.get(c);
          y.set(i, rectified && value <= 0 ? 0 : value);
        }
      }
    }
  }

  @Override
  public void batchGradient(
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
      Buffer shiftGradient,
      int rows,
      int channels,
      int positions) {
    double count = (double) rows * positions;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double product = 0;
      for (int r = 0; r < rows; r++) {
        for (int p = 0; p < positions; p++) {
          int i = (r * channels + c) * positions + p;
          double normal = (x.get(i) - mean.get(c)) * inverse.get(c);
          if (rectified && scale.get(c) * normal + shift.get(c) <= 0) {
            d.set(i, 0);
          }
          sum += d.get(i);
          product += d.get(i) * normal;
        }
      }
      shiftGradient.set(c, sum);
      scaleGradient.set(c, product);
      for (int r = 0; r < rows && out != null; r++) {
        for (int p = 0; p < positions; p++) {
          int i = (r * channels + c) * positions + p;
          double normal = (x.get(i) - mean.get(c)) * inverse.get(c);
          double through = given ? 0 : sum / count + normal * product / count;
          out.set(i, scale.get(c) * inverse.get(c) * (d.get(i) - through));
        }
      }
    }
  }

  @Override
  public void batchTangent(
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
      Buffer out,
      int rows,
      int channels,
      int positions) {
    double count = (double) rows * positions;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double product = 0;
      for (int r = 0; r < rows && t != null; r++) {
        for (int p = 0; p < positions; p++) {
          int i = (r * channels + c) * positions + p;
          sum += t.get(i);
          product += t.get(i) * (x.get(i) - mean.get(c)) * inverse.get(c);
        }
      }
      for (int r = 0; r < rows; r++) {
        for (int p = 0; p < positions; p++) {
          int i = (r * channels + c) * positions + p;
          double normal = (x.get(i) - mean.get(c)) * inverse.get(c);
          double through = given ? 0 : sum / count + normal * product / count;
          double moved = t == null ? 0 : scale.get(c) * inverse.get(c) * (t.get(i) - through);
          moved += scaleTangent == null ? 0 : scaleTangent.get(c) * normal;
          moved += shiftTangent == null ? 0 : shiftTangent.get(c);
          boolean off = rectified && scale.get(c) * normal + shift.get(c) <= 0;
          out.set(i, off ? 0 : moved);
        }
      }
    }
  }

  @Override
  public void layer(
      Buffer x,
      Buffer scale,
      Buffer shift,
      double epsilon,
      Buffer mean,
      Buffer inverse,
      Buffer y,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += x.get(r * columns + c);
      }
      mean.set(r, sum / columns);
      double squares = 0;
      for (int c = 0; c < columns; c++) {
        double deviation = x.get(r * columns + c) - mean.get(r);
        squares += deviation * deviation;
      }
      inverse.set(r, 1 / Math.sqrt(squares / columns + epsilon));
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        double normal = (x.get(i) - mean.get(r)) * inverse.get(r);
        y.set(i, scale.get(c) * normal + shift.get(c));
      }
    }
  }

  @Override
  public void layerGradient(
      Buffer x,
      Buffer d,
      Buffer scale,
      Buffer mean,
      Buffer inverse,
      @Nullable Buffer out,
      Buffer scaleGradient,
      Buffer shiftGradient,
      int rows,
      int columns) {
    for (int c = 0; c < columns; c++) {
      double sum = 0;
      double product = 0;
      for (int r = 0; r < rows; r++) {
        int i = r * columns + c;
        sum += d.get(i);
        product += d.get(i) * (x.get(i) - mean.get(r)) * inverse.get(r);
      }
      shiftGradient.set(c, sum);
      scaleGradient.set(c, product);
    }
    for (int r = 0; r < rows && out != null; r++) {
      double sum = 0;
      double product = 0;
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        double g = d.get(i) * scale.get(c);
        sum += g;
        product += g * (x.get(i) - mean.get(r)) * inverse.get(r);
      }
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        double normal = (x.get(i) - mean.get(r)) * inverse.get(r);
        double through = sum / columns + normal * product / columns;
        out.set(i, inverse.get(r) * (d.get(i) * scale.get(c) - through));
      }
    }
  }

  @Override
  public void layerTangent(
      Buffer x,
      @Nullable Buffer t,
      Buffer scale,
      @Nullable Buffer scaleTangent,
      @Nullable Buffer shiftTangent,
      Buffer mean,
      Buffer inverse,
      Buffer out,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      double product = 0;
      for (int c = 0; c < columns && t != null; c++) {
        int i = r * columns + c;
        sum += t.get(i);
        product += t.get(i) * (x.get(i) - mean.get(r)) * inverse.get(r);
      }
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        double normal = (x.get(i) - mean.get(r)) * inverse.get(r);
        double through = sum / columns + normal * product / columns;
        double moved = t == null ? 0 : scale.get(c) * inverse.get(r) * (t.get(i) - through);
        moved += scaleTangent == null ? 0 : scaleTangent.get(c) * normal;
        moved += shiftTangent == null ? 0 : shiftTangent.get(c);
        out.set(i, moved);
      }
    }
  }
}
