package ijen.op;

import ijen.graph.Form;
import ijen.graph.Shape;
import ijen.kernel.Window;
import java.util.List;

/// What ops of images ask of the forms of their inputs.
final class ImageForms {
  /// More numbers in one sample's padded image could not be counted by an `int` everywhere.
  private static final long MOST = Integer.MAX_VALUE / 4;

  private ImageForms() {}

  /// Fails unless the form is one of images.
  static void image(Form x) {
    if (x.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "input " + x.shape() + ": expected an image, [channels, height, width]");
    }
  }

  /// The shape of a convolution's weight, shared by the batch, whose last two dimensions are the
  /// window's.
  static Shape weight(Form w, Window window, String first) {
    Shape shape = w.shape();
    if (w.batched()
        || shape.rank() != 4
        || shape.dimension(2) != window.height()
        || shape.dimension(3) != window.width()) {
      throw new IllegalArgumentException(
          "weight "
              + w
              + ": expected "
              + first
              + ", "
              + window.height()
              + ", "
              + window.width()
              + "], the same for all");
    }
    return shape;
  }

  /// Fails unless there is one bias for each output.
  static void bias(Form b, int outputs) {
    if (b.batched() || b.shape().rank() != 1 || b.shape().size() != outputs) {
      throw new IllegalArgumentException(
          "bias " + b + " does not fit the weight: expected [" + outputs + "]");
    }
  }

  /// The shape of what comes out of a window that moves over x, `channels` deep.
  static Shape seen(Form x, Window window, int channels) {
    padded(x, window);
    int rows = window.outputRows(x.shape().dimension(1));
    int columns = window.outputColumns(x.shape().dimension(2));
    if (rows < 1 || columns < 1) {
      String gaps = window.dilation() == 1 ? "" : " and dilation " + window.dilation();
      throw new IllegalArgumentException(
          "input "
              + x.shape()
              + " is smaller than the kernel "
              + window.kernel()
              + " with padding "
              + window.padding()
              + gaps
              + ": expected a larger image, a smaller kernel or more padding");
    }
    return Shape.of(channels, rows, columns);
  }

  /// Fails if the padded image has too many numbers.
  static void padded(Form x, Window window) {
    long around =
        2L * window.padding() + 2L * Math.max(window.height(), window.width()) * window.dilation();
    double numbers =
        (double) x.shape().dimension(0)
            * (x.shape().dimension(1) + around)
            * (x.shape().dimension(2) + around);
    if (numbers > MOST) {
      throw new IllegalArgumentException(
          "input "
              + x.shape()
              + " with padding "
              + window.padding()
              + " has more than "
              + MOST
              + " numbers: expected a smaller image or less padding");
    }
  }

  /// Fails unless the window is one for pooling.
  static void pooling(String op, Window window) {
    if (window.dilation() != 1
        || window.padding() > window.height() / 2
        || window.padding() > window.width() / 2) {
      throw new IllegalArgumentException(
          op
              + ": expected a padding of at most half the kernel "
              + window.kernel()
              + " and no dilation, got padding "
              + window.padding()
              + " and dilation "
              + window.dilation());
    }
  }

  /// The form of a pooled image.
  static Form pooled(List<Form> inputs, Window window) {
    Form x = Forms.only(inputs);
    image(x);
    return x.withShape(seen(x, window, x.shape().dimension(0)));
  }

  /// Fails unless images can be made larger by `factor`.
  static void factor(String op, int factor) {
    if (factor < 1 || factor > 1 << 15) {
      throw new IllegalArgumentException(
          op + ": expected a factor of 1 to " + (1 << 15) + ", got " + factor);
    }
  }

  /// The form of a larger image.
  static Form upsampled(List<Form> inputs, int factor) {
    Form x = Forms.only(inputs);
    image(x);
    int rows = Math.multiplyExact(x.shape().dimension(1), factor);
    int columns = Math.multiplyExact(x.shape().dimension(2), factor);
    return x.withShape(Shape.of(x.shape().dimension(0), rows, columns));
  }
}
