package ijen.format.image;

import ijen.format.FormatException;

/// An image before it is decoded: its size, and its bytes without anything that is not needed.
final class EncodedImage {
  final String format; // what the Java runtime calls it
  final int width;
  final int height;
  final byte[] bytes; // a file of that format

  EncodedImage(String format, int width, int height, byte[] bytes) {
    this.format = format;
    this.width = width;
    this.height = height;
    this.bytes = bytes;
  }

  /// Requires a size that is within the limit, and that so many bytes of pixels can hold.
  ///
  /// @param bitsPerPixel how few bits a pixel can take before compression
  /// @param growth how much compression can save at most
  static void requireSize(
      String file, long width, long height, long bytes, int bitsPerPixel, long growth)
      throws FormatException {
    if (width < 1 || height < 1 || width > ImageFile.MOST_PIXELS / height) {
      throw new FormatException(
          file,
          "expected an image of 1 to "
              + ImageFile.MOST_PIXELS
              + " pixels, got "
              + height
              + " × "
              + width);
    }
    if (width * height * bitsPerPixel / 8 > bytes * growth) {
      throw new FormatException(
          file,
          "expected no more pixels than its "
              + bytes
              + " bytes of them can hold, got "
              + height
              + " × "
              + width
              + ": it is truncated or its header wrong");
    }
  }
}
