package ijen.format.image;

import ijen.format.FormatException;
import ijen.format.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads PNG and JPEG files; which of the two it is is seen from the content, not from the name.
///
/// Values are those of the file, in eight bits: colour profiles, gamma and the direction in which a
/// camera was held do not count. What is transparent becomes white, as on paper. Decoding JPEG is
/// not defined to the last bit; Java runtimes that were built with another library for it may
/// differ by one or two in a value.
///
/// **Shapes:** U8 `[height, width]` if all is grey by the file's header or palette, otherwise U8
/// `[3, height, width]`: red, green and blue after each other.
///
/// **Range:** files of at most [#MOST_BYTES] bytes and images of at most [#MOST_PIXELS] pixels, and
/// of no more than the file's bytes can hold. PNG of every kind; JPEG with 8 bits, grey or colour,
/// baseline or progressive.
public final class ImageFile {
  /// The longest file, in bytes.
  public static final int MOST_BYTES = 1 << 28;

  /// The most pixels of an image.
  public static final long MOST_PIXELS = 1 << 26;

  private ImageFile() {}

  /// Whether a name is that of an image which this class can read: one that ends with `.png`,
  /// `.jpg` or `.jpeg`, in lower or upper case.
  public static boolean hasName(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  /// Reads a file.
  ///
  /// @throws FormatException if it is no such image, damaged, or beyond the limits
  /// @throws IOException if it cannot be read
  public static Tensor read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected an image, but this is no ordinary file");
    }
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MOST_BYTES + 1);
    }
    return read(file.toString(), content);
  }

  /// Reads an image file that is already in memory; `name` is what errors call it.
  ///
  /// @throws FormatException if it is no such image, damaged, or beyond the limits
  public static Tensor read(String name, byte[] content) throws FormatException {
    if (content.length > MOST_BYTES) {
      throw new FormatException(name, "expected at most " + MOST_BYTES + " bytes, got more");
    }
    return Pixels.of(decode(name, encoded(name, content)));
  }

  private static EncodedImage encoded(String name, byte[] content) throws FormatException {
    if (PngParts.begin(content)) {
      return PngParts.of(name, content);
    }
    if (JpegParts.begin(content)) {
      return JpegParts.of(name, content);
    }
    throw new FormatException(
        name, "expected a PNG or JPEG image, which begins with 89 50 4e 47 or ff d8 ff");
  }

  private static BufferedImage decode(String name, EncodedImage encoded) throws FormatException {
    ImageReader reader = reader(encoded.format);
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded.bytes))) {
      reader.addIIOReadWarningListener((source, warning) -> {
        // For example that the data end too early. Broken data can give one for each block.
        throw new IllegalStateException(warning);
      });
      reader.setInput(in, true);
      if (reader.getWidth(0) != encoded.width || reader.getHeight(0) != encoded.height) {
        throw new IIOException("it has two sizes");
      }
      return reader.read(0);
    } catch (IOException | RuntimeException wrong) {
      throw new FormatException(
          name,
          "expected " + encoded.format + " data that can be decoded: " + wrong.getMessage(),
          wrong);
    } finally {
      reader.dispose();
    }
  }

  /// The runtime's own decoder, whatever others the class path may offer.
  private static ImageReader reader(String format) {
    for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(format); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (reader.getClass().getModule().equals(ImageIO.class.getModule())) {
        return reader;
      }
    }
    throw new IllegalStateException("this Java runtime cannot read " + format + " images");
  }
}
