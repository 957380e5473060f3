package ijen.cli;

import ijen.graph.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// A grey image, one byte a pixel, 0 black to 255 white.
///
/// **Shapes:** pixels `[height, width]`, row by row.
final class GreyImage {
  /// What can be read.
  static final List<String> ENDINGS = List.of("png", "jpg", "jpeg", "gif", "bmp");

  private static final long MOST_PIXELS = 100_000_000;

  private final byte[] pixels;
  private final int height;
  private final int width;

  /// An image over the given pixels, which stay shared.
  GreyImage(byte[] pixels, int height, int width) {
    if (pixels.length != (long) height * width) {
      throw new IllegalArgumentException(
          "image: expected " + height + " × " + width + " pixels, got " + pixels.length);
    }
    this.pixels = pixels;
    this.height = height;
    this.width = width;
  }

  /// The pixels, shared.
  byte[] pixels() {
    return pixels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /// The image of a sample.
  static GreyImage of(byte[] pixels, Shape features) {
    return new GreyImage(pixels, features.dimension(0), features.dimension(1));
  }

  /// Reads a PNG, JPEG, GIF or BMP file; what is transparent becomes white, as on paper.
  ///
  /// **Source:** the weights of red, green and blue are those of Rec. ITU-R BT.601.
  ///
  /// @throws IOException if it cannot be read, is no image, or is too large
  static GreyImage read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": there is no such file");
    }
    ImageIO.setUseCache(false);
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(
            file
                + ": expected an image ("
                + String.join(", ", ENDINGS).toUpperCase(Locale.ROOT)
                + ")");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        // The size is known before anything is allocated.
        long size = (long) reader.getWidth(0) * reader.getHeight(0);
        if (size > MOST_PIXELS) {
          throw new IOException("expected at most " + MOST_PIXELS + " pixels, got " + size);
        }
        return of(reader.read(0));
      } catch (IOException | RuntimeException e) {
        throw new IOException(file + ": cannot be read as an image: " + e.getMessage(), e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static GreyImage of(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    byte[] pixels = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int argb = image.getRGB(x, y);
        int alpha = argb >>> 24;
        // Java takes grey values for linear light and would brighten them on the way to RGB.
        int value = grey ? sample(image, x, y) : luma(argb);
        pixels[y * width + x] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
    return new GreyImage(pixels, height, width);
  }

  /// The grey value as the file has it, in eight bits.
  private static int sample(BufferedImage image, int x, int y) {
    int bits = image.getColorModel().getComponentSize(0);
    return image.getRaster().getSample(x, y, 0) * 255 / ((1 << bits) - 1);
  }

  private static int luma(int argb) {
    return (299 * (argb >> 16 & 255) + 587 * (argb >> 8 & 255) + 114 * (argb & 255) + 500) / 1000;
  }

  /// The mean of the outermost pixels: what the background probably is.
  double border() {
    long sum = 0;
    int count = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (y == 0 || x == 0 || y == height - 1 || x == width - 1) {
          sum += pixels[y * width + x] & 255;
          count++;
        }
      }
    }
    return (double) sum / count;
  }

  /// Black for white and white for black.
  GreyImage inverted() {
    byte[] other = new byte[pixels.length];
    for (int i = 0; i < other.length; i++) {
      other[i] = (byte) (255 - (pixels[i] & 255));
    }
    return new GreyImage(other, height, width);
  }

  /// The image in a frame of that size: as large as it goes in there, in the middle, its sides in
  /// their proportion, the rest as bright as its border.
  GreyImage fitted(int frameHeight, int frameWidth) {
    double scale = Math.min((double) frameHeight / height, (double) frameWidth / width);
    int h = Math.clamp(Math.round(height * scale), 1, frameHeight);
    int w = Math.clamp(Math.round(width * scale), 1, frameWidth);
    GreyImage inner = resized(h, w);
    byte[] frame = new byte[frameHeight * frameWidth];
    java.util.Arrays.fill(frame, (byte) Math.round(border()));
    int top = (frameHeight - h) / 2;
    int left = (frameWidth - w) / 2;
    for (int y = 0; y < h; y++) {
      System.arraycopy(inner.pixels, y * w, frame, (top + y) * frameWidth + left, w);
    }
    return new GreyImage(frame, frameHeight, frameWidth);
  }

  /// The image with another number of pixels: each is the mean of the area that it covers.
  GreyImage resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    double[] rows = new double[newHeight * width]; // first down, then across
    for (int y = 0; y < newHeight; y++) {
      double from = (double) y * height / newHeight;
      double to = (double) (y + 1) * height / newHeight;
      for (int i = (int) from; i < Math.min(height, Math.ceil(to)); i++) {
        double part = (Math.min(i + 1, to) - Math.max(i, from)) / (to - from);
        for (int x = 0; x < width; x++) {
          rows[y * width + x] += part * (pixels[i * width + x] & 255);
        }
      }
    }
    byte[] result = new byte[newHeight * newWidth];
    for (int x = 0; x < newWidth; x++) {
      double from = (double) x * width / newWidth;
      double to = (double) (x + 1) * width / newWidth;
      for (int y = 0; y < newHeight; y++) {
        double sum = 0;
        for (int i = (int) from; i < Math.min(width, Math.ceil(to)); i++) {
          sum += (Math.min(i + 1, to) - Math.max(i, from)) / (to - from) * rows[y * width + i];
        }
        result[y * newWidth + x] = (byte) Math.clamp(Math.round(sum), 0, 255);
      }
    }
    return new GreyImage(result, newHeight, newWidth);
  }

  /// The image as lines of text, two rows of pixels a line: half blocks in shades of grey where
  /// there are colours, otherwise letters that are more or less black.
  List<String> lines(Terminal terminal) {
    int most = Math.max(8, terminal.width() - 2);
    if (width > most) {
      return resized(Math.max(1, (int) ((long) height * most / width)), most).lines(terminal);
    }
    List<String> lines = new java.util.ArrayList<>();
    for (int y = 0; y < height; y += 2) {
      lines.add(terminal.hasColors() && terminal.unicode() ? blocks(y, terminal) : letters(y));
    }
    return lines;
  }

  private String letters(int y) {
    String shades = " .:-=+*#%@";
    StringBuilder line = new StringBuilder();
    for (int x = 0; x < width; x++) {
      int sum = grey(y, x) + grey(Math.min(y + 1, height - 1), x);
      line.append(shades.charAt(Math.min(shades.length() - 1, sum * shades.length() / 511)));
    }
    return line.toString();
  }

  private String blocks(int y, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    String last = "";
    for (int x = 0; x < width; x++) {
      String color = "\u001b[38;" + color(grey(y, x), terminal);
      color += y + 1 < height ? ";48;" + color(grey(y + 1, x), terminal) + "m" : ";49m";
      line.append(color.equals(last) ? "" : color).append('▀');
      last = color;
    }
    return line.append("\u001b[0m").toString();
  }

  private static String color(int grey, Terminal terminal) {
    if (terminal.colors() == Terminal.Colors.ALL) {
      return "2;" + grey + ";" + grey + ";" + grey;
    }
    // The table's greys go from 8 to 238 in steps of 10; black and white are elsewhere.
    int index = grey < 4 ? 16 : grey > 246 ? 231 : 232 + Math.clamp((grey - 3) / 10, 0, 23);
    return "5;" + index;
  }

  private int grey(int y, int x) {
    return pixels[y * width + x] & 255;
  }
}
