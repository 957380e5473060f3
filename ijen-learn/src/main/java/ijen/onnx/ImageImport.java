package ijen.onnx;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.graph.Shape;
import ijen.kernel.Window;
import ijen.nn.Conv;
import ijen.nn.ConvTranspose;
import ijen.nn.Layer;
import ijen.nn.Pool;
import ijen.nn.Upsample;
import java.util.List;
import java.util.stream.LongStream;

/// The layers that operators of images are: what moves a window, and what enlarges.
final class ImageImport {
  private final Operands operands;
  private final Settings settings;
  private final Shape shape;

  ImageImport(Operands operands) {
    this.operands = operands;
    this.settings = operands.settings();
    this.shape = operands.shape();
  }

  /// `Conv`.
  Layer conv() throws FormatException {
    Constant w = image(operands.weight(1));
    Conv conv =
        Conv.of(w.dimension(0), window(w.dimension(2), w.dimension(3)))
            .withDilation(settings.same("dilations", 2, 1))
            .withGroups(Math.toIntExact(settings.whole("group", 1)));
    if (shape.rank() != 3 || w.dimension(1) != shape.dimension(0) / conv.groups()) {
      throw operands.wrong("the weight " + w + " does not fit samples " + shape);
    }
    operands.parameter(w, w.dimensions());
    return bias(conv.outputs()) ? conv : conv.withoutBias();
  }

  /// `ConvTranspose`.
  Layer convTranspose() throws FormatException {
    Constant w = image(operands.weight(1));
    int groups = Math.toIntExact(settings.whole("group", 1));
    ConvTranspose conv =
        ConvTranspose.of(
                Math.multiplyExact(w.dimension(1), groups), window(w.dimension(2), w.dimension(3)))
            .withDilation(settings.same("dilations", 2, 1))
            .withOutputPadding(settings.same("output_padding", 2, 0))
            .withGroups(groups);
    if (shape.rank() != 3 || w.dimension(0) != shape.dimension(0)) {
      throw operands.wrong("the weight " + w + " does not fit samples " + shape);
    }
    operands.parameter(w, w.dimensions());
    return bias(conv.outputs()) ? conv : conv.withoutBias();
  }

  /// Takes the third input as bias, if there is one.
  private boolean bias(int outputs) throws FormatException {
    Constant b = operands.optional(2);
    if (b != null) {
      operands.parameter(b, outputs);
    }
    return b != null;
  }

  /// `MaxPool` or `AveragePool`.
  Layer pool(Pool.Of kind) throws FormatException {
    settings.only("ceil_mode", 0);
    List<Long> kernel = settings.wholes("kernel_shape");
    if (kernel.size() != 2) {
      throw operands.wrong("expected a kernel_shape of height and width, got " + kernel);
    }
    Window window =
        window(Math.toIntExact(kernel.get(0)), Math.toIntExact(kernel.get(1)))
            .withDilation(settings.same("dilations", 2, 1));
    if (kind == Pool.Of.MAX) {
      settings.only("storage_order", 0);
    } else if (settings.whole("count_include_pad", 0) == 0 && window.padding() > 0) {
      throw operands.wrong("expected padding to count (count_include_pad of 1), or none");
    }
    return new Pool(kind, padded(window));
  }

  /// The window with the zeros that a Pad before it put on all four sides.
  private Window padded(Window window) throws FormatException {
    Constant pads = operands.padding();
    if (pads == null) {
      return window;
    }
    boolean fits = pads.tensor().dtype() == Dtype.I64 && pads.size() == 8;
    List<Long> all =
        fits ? LongStream.of(pads.tensor().longs()).boxed().toList() : List.of(0L, 0L, -1L);
    long p = all.get(2);
    if (!all.equals(List.of(0L, 0L, p, p, 0L, 0L, p, p)) || window.padding() != 0) {
      throw operands.wrong(
          "is padded by " + pads + ": expected as many zeros on all four sides of images");
    }
    return window.withPadding(Math.toIntExact(p));
  }

  /// The window of a convolution or pooling, without its dilation.
  private Window window(int height, int width) throws FormatException {
    String padding = settings.text("auto_pad", "NOTSET");
    if (!padding.equals("NOTSET")) {
      throw operands.wrong(
          "expected pads as numbers (auto_pad NOTSET), got " + Wiring.shown(padding));
    }
    List<Long> kernel = settings.wholes("kernel_shape", height, width);
    if (!kernel.equals(List.of((long) height, (long) width))) {
      throw operands.wrong("the kernel_shape " + kernel + " is not that of the weight");
    }
    return Window.of(height, width)
        .withStride(settings.same("strides", 2, 1))
        .withPadding(settings.same("pads", 4, 0));
  }

  /// `Resize`.
  Layer resize() throws FormatException {
    String mode = settings.text("mode", "nearest");
    String coordinates = settings.text("coordinate_transformation_mode", "half_pixel");
    String nearest = settings.text("nearest_mode", "round_prefer_floor");
    settings.number("cubic_coeff_a", -0.75); // without meaning for the other modes
    settings.only("exclude_outside", 0);
    settings.number("extrapolation_value", 0);
    boolean half = coordinates.equals("half_pixel") || coordinates.equals("pytorch_half_pixel");
    boolean linear = mode.equals("linear") && half;
    boolean squares =
        mode.equals("nearest")
            && ((half && nearest.equals("round_prefer_floor"))
                || (coordinates.equals("asymmetric") && nearest.equals("floor")));
    if (!linear && !squares) {
      throw operands.wrong(
          "expected the mode linear with half_pixel, or nearest with asymmetric and floor, got "
              + Wiring.shown(mode + " with " + coordinates + " and " + nearest));
    }
    return new Upsample(factor(), linear);
  }

  /// By how much a Resize enlarges, given by its scales or by its sizes.
  private int factor() throws FormatException {
    Constant scales = operands.constant(2);
    Constant sizes = operands.constant(3);
    double[] factors = new double[2];
    if (shape.rank() != 3) {
      throw operands.wrong("expected images, got samples " + shape);
    }
    if (scales != null && scales.isFloat() && scales.size() == 4) {
      float[] all = scales.tensor().floats();
      if (all[0] == 1 && all[1] == 1) {
        factors = new double[] {all[2], all[3]};
      }
    } else if (sizes != null && sizes.tensor().dtype() == Dtype.I64 && sizes.size() == 4) {
      long[] all = sizes.tensor().longs();
      for (int i = 0; i < 2; i++) {
        factors[i] = (double) all[2 + i] / shape.dimension(1 + i);
      }
    }
    if (factors[0] != factors[1] || factors[0] != (int) factors[0] || factors[0] < 1) {
      throw operands.wrong(
          "expected height and width to grow by the same whole factor, and no more");
    }
    return (int) factors[0];
  }

  private Constant image(Constant constant) throws FormatException {
    if (constant.rank() != 4) {
      throw operands.wrong(
          "expected a weight of four dimensions, as only images are convolved, got " + constant);
    }
    return constant;
  }
}
