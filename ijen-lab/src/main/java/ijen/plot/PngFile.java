package ijen.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Writes an image as PNG that says how large it is on paper and what it shows.
///
/// **Source:** Portable Network Graphics (PNG) Specification, third edition, W3C 2025: the chunks
/// `pHYs` and `iTXt`.
final class PngFile {
  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final double INCHES_PER_METRE = 1 / 0.0254;

  private PngFile() {}

  static byte[] of(BufferedImage image, int dotsPerInch, String title, String description) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
    if (!writers.hasNext()) {
      throw new IllegalStateException("this JDK has no writer of PNG images");
    }
    ImageWriter writer = writers.next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    // A stream in memory, or ImageIO would go through a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      IIOMetadata about =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      IIOMetadataNode root = new IIOMetadataNode(FORMAT);
      String dots = Long.toString(Math.round(dotsPerInch * INCHES_PER_METRE));
      root.appendChild(
          node(
              "pHYs",
              "pixelsPerUnitXAxis",
              dots,
              "pixelsPerUnitYAxis",
              dots,
              "unitSpecifier",
              "meter"));
      IIOMetadataNode texts = new IIOMetadataNode("iTXt");
      texts.appendChild(text("Title", title));
      texts.appendChild(text("Description", description));
      root.appendChild(texts);
      about.mergeTree(FORMAT, root);
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, about));
    } catch (IOException impossibleInMemory) {
      throw new UncheckedIOException(impossibleInMemory);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static IIOMetadataNode text(String keyword, String text) {
    return node(
        "iTXtEntry",
        "keyword",
        keyword,
        "compressionFlag",
        "FALSE",
        "compressionMethod",
        "0",
        "languageTag",
        "en",
        "translatedKeyword",
        "",
        "text",
        text);
  }

  private static IIOMetadataNode node(String name, String... attributes) {
    IIOMetadataNode node = new IIOMetadataNode(name);
    for (int i = 0; i < attributes.length; i += 2) {
      node.setAttribute(attributes[i], attributes[i + 1]);
    }
    return node;
  }
}
