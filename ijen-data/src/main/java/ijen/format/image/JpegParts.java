package ijen.format.image;

import ijen.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Takes a JPEG file apart and keeps what the pixels need: tables, header and scans.
final class JpegParts {
  /// How few bits a block of 8 × 8 pixels can take: a pixel of one bit, 64 times compressed.
  private static final int MOST_GROWTH = 64;

  /// The most scans. Each may go through all pixels again for a few bytes; real images have about
  /// ten.
  private static final int MOST_SCANS = 500;

  private static final byte[] JFIF_HEADER = {
    (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final String file;
  private final byte[] content;
  private final ByteArrayOutputStream kept;
  private int next;

  private int width;
  private int height;
  private boolean namesRgb; // by the names of its components
  private boolean jfif;
  private boolean adobe;

  private JpegParts(String file, byte[] content) {
    this.file = file;
    this.content = content;
    this.kept = new ByteArrayOutputStream(content.length);
  }

  static boolean begin(byte[] content) {
    return content.length >= 3
        && content[0] == (byte) 0xFF
        && content[1] == (byte) 0xD8
        && content[2] == (byte) 0xFF;
  }

  static EncodedImage of(String file, byte[] content) throws FormatException {
    return new JpegParts(file, content).image();
  }

  private EncodedImage image() throws FormatException {
    next = 2;
    while (segment()) {
      // up to the first scan
    }
    if (height == 0) {
      throw wrong(next, "expected the size of the image before its first scan, got none");
    }
    int scans = 0;
    for (int i = next; i < content.length - 1; i++) {
      if (content[i] == (byte) 0xFF && content[i + 1] == (byte) 0xDA && ++scans > MOST_SCANS) {
        throw wrong(i, "expected at most " + MOST_SCANS + " scans");
      }
    }
    int data = content.length - next;
    EncodedImage.requireSize(file, width, height, data, 8, 8 * MOST_GROWTH);
    ByteArrayOutputStream all = new ByteArrayOutputStream(kept.size() + data + 32);
    all.write(content, 0, 2);
    if (jfif || !(adobe || namesRgb)) {
      // Without it the runtime would take some colours for red, green and blue that are not.
      all.writeBytes(JFIF_HEADER);
    }
    all.writeBytes(kept.toByteArray());
    all.write(content, next, data);
    return new EncodedImage("jpeg", width, height, all.toByteArray());
  }

  /// Goes past a segment, unless it is the beginning of a scan.
  private boolean segment() throws FormatException {
    int start = next;
    while (next < content.length - 1 && content[next] == -1 && content[next + 1] == -1) {
      next++; // any number of these may stand before a marker
    }
    if (next > content.length - 4) {
      throw wrong(next, "expected another segment, the file ends: it is truncated");
    }
    if (content[next] != -1) {
      throw wrong(next, "expected a marker, ff, got " + Integer.toHexString(content[next] & 255));
    }
    int marker = content[next + 1] & 255;
    if (marker == 0xDA) {
      return false;
    }
    if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD9)) {
      throw wrong(next, "expected a segment, got the marker ff " + Integer.toHexString(marker));
    }
    int body = next + 4;
    int length = unsignedShort(next + 2);
    if (length < 2 || length > content.length - next - 2) {
      throw wrong(
          next,
          "expected a segment within the file's "
              + content.length
              + " bytes, got one of "
              + length
              + ": it is truncated or damaged");
    }
    next += 2 + length;
    boolean tables = marker == 0xC4 || marker == 0xDB || marker == 0xDD;
    boolean frame = marker >= 0xC0 && marker <= 0xCF && !tables && marker != 0xC8;
    if (frame) {
      frame(marker, body, next);
    }
    jfif |= marker == 0xE0 && begins(body, "JFIF\0");
    boolean colors = marker == 0xEE && begins(body, "Adobe");
    adobe |= colors;
    if (tables || frame || colors) {
      kept.write(content, start, next - start);
    }
    return true;
  }

  private void frame(int marker, int body, int end) throws FormatException {
    int at = body - 4;
    if (marker > 0xC2) {
      throw wrong(
          at,
          "expected a baseline, extended or progressive image, ff c0 to ff c2, got ff "
              + Integer.toHexString(marker));
    }
    if (height > 0) {
      throw wrong(at, "expected one image, got another");
    }
    if (end - body < 6 || end - body != 6 + 3 * (content[body + 5] & 255)) {
      throw wrong(at, "expected the image's header to have 3 bytes for each of its colours");
    }
    int depth = content[body] & 255;
    height = unsignedShort(body + 1);
    width = unsignedShort(body + 3);
    int colors = content[body + 5] & 255;
    if (depth != 8 || (colors != 1 && colors != 3)) {
      throw wrong(
          at,
          "expected 1 or 3 colours of 8 bits, got "
              + colors
              + " of "
              + depth
              + (colors == 4 ? ": inks; save it with red, green and blue" : ""));
    }
    if (width == 0 || height == 0) {
      throw wrong(at, "expected an image of 1 or more pixels, got " + height + " × " + width);
    }
    namesRgb =
        colors == 3
            && content[body + 6] == 'R'
            && content[body + 9] == 'G'
            && content[body + 12] == 'B';
  }

  private boolean begins(int at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    return at + wanted.length <= content.length
        && Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private int unsignedShort(int at) {
    return (content[at] & 255) << 8 | (content[at + 1] & 255);
  }

  private FormatException wrong(int at, String problem) {
    return new FormatException(file, "byte " + at + ": " + problem);
  }
}
