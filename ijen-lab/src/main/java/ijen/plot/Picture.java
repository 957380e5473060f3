package ijen.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// A small image, grey or in colour, one unsigned byte a channel.
///
/// **Shapes:** pixels `[height, width, channels]`, row by row; one channel is grey (0 black, 255
/// white), three are red, green, blue.
public final class Picture {
  private final int height;
  private final int width;
  private final int channels;
  private final byte[] pixels;

  private Picture(int height, int width, int channels, byte[] pixels) {
    if (height < 1 || width < 1 || (long) height * width * channels != pixels.length) {
      throw new IllegalArgumentException(
          "picture: expected %s bytes for %s × %s pixels of %s channels, got %s"
              .formatted((long) height * width * channels, height, width, channels, pixels.length));
    }
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels.clone();
  }

  /// A grey image. **Shapes:** pixels `[height, width]`.
  public static Picture grey(byte[] pixels, int height, int width) {
    return new Picture(height, width, 1, pixels);
  }

  /// A colour image. **Shapes:** pixels `[height, width, 3]`.
  public static Picture rgb(byte[] pixels, int height, int width) {
    return new Picture(height, width, 3, pixels);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /// 1 for grey, 3 for colour.
  public int channels() {
    return channels;
  }

  /// A copy of the pixels.
  public byte[] pixels() {
    return pixels.clone();
  }

  /// The image as Java2D holds it.
  BufferedImage image() {
    boolean grey = channels == 1;
    BufferedImage image =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width * channels];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = pixels[y * row.length + i] & 0xFF;
      }
      image.getRaster().setPixels(0, y, width, 1, row); // the raster: no colour conversion
    }
    return image;
  }

  /// The image as a PNG file.
  public byte[] png() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    // A stream in memory, or ImageIO would go through a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      if (!ImageIO.write(image(), "png", out)) {
        throw new IllegalStateException("this JDK has no writer of PNG images");
      }
    } catch (IOException impossibleInMemory) {
      throw new UncheckedIOException(impossibleInMemory);
    }
    return file.toByteArray();
  }

  /// The PNG file as an address that carries its own content.
  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && height == picture.height
        && width == picture.width
        && channels == picture.channels
        && Arrays.equals(pixels, picture.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "Picture[%s × %s, %s]".formatted(height, width, channels == 1 ? "grey" : "colour");
  }
}
