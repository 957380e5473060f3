package ijen.format.image;

import ijen.format.Dtype;
import ijen.format.Tensor;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/// Takes the values out of a decoded image.
final class Pixels {
  private Pixels() {}

  static Tensor of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int plane = width * height;
    boolean grey = isGrey(image.getColorModel());
    byte[] values = new byte[grey ? plane : 3 * plane];
    int[] row = new int[4 * width]; // red, green, blue and opacity of each pixel
    for (int y = 0; y < height; y++) {
      read(image, y, row);
      for (int color = 0; color < (grey ? 1 : 3); color++) {
        int at = color * plane + y * width;
        for (int x = 0; x < width; x++) {
          int opacity = row[4 * x + 3];
          values[at + x] =
              (byte) ((row[4 * x + color] * opacity + 255 * (255 - opacity) + 127) / 255);
        }
      }
    }
    return grey
        ? Tensor.ofShared(Dtype.U8, values, height, width)
        : Tensor.ofShared(Dtype.U8, values, 3, height, width);
  }

  private static boolean isGrey(ColorModel model) {
    if (model instanceof IndexColorModel palette) {
      for (int i = 0; i < palette.getMapSize(); i++) {
        if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
          return false;
        }
      }
      return true;
    }
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /// Not by `getRGB` where it can be avoided: that converts colours, and takes grey values for
  /// linear light and brightens them.
  private static void read(BufferedImage image, int y, int[] row) {
    int width = image.getWidth();
    ColorModel model = image.getColorModel();
    if (!(model instanceof ComponentColorModel)) {
      for (int x = 0; x < width; x++) {
        int argb = image.getRGB(x, y);
        row[4 * x] = argb >> 16 & 255;
        row[4 * x + 1] = argb >> 8 & 255;
        row[4 * x + 2] = argb & 255;
        row[4 * x + 3] = argb >>> 24;
      }
      return;
    }
    Raster raster = image.getRaster();
    int colors = model.getNumColorComponents();
    int opacity = model.hasAlpha() ? colors : -1;
    int[] values = raster.getPixels(0, y, width, 1, (int[]) null);
    int bands = raster.getNumBands();
    for (int x = 0; x < width; x++) {
      for (int color = 0; color < 3; color++) {
        int band = colors == 1 ? 0 : color;
        row[4 * x + color] = eightBits(values[bands * x + band], model.getComponentSize(band));
      }
      row[4 * x + 3] =
          opacity < 0
              ? 255
              : eightBits(values[bands * x + opacity], model.getComponentSize(opacity));
    }
  }

  /// The same share of the range, rounded.
  private static int eightBits(int value, int bits) {
    int most = (1 << bits) - 1;
    return bits == 8 ? value : (int) ((2L * 255 * value + most) / (2L * most));
  }
}
