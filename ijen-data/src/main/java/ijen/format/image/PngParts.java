package ijen.format.image;

import ijen.format.FormatException;
import ijen.format.GzipStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/// Takes a PNG file apart and keeps what the pixels need: header, palette, transparency and data.
final class PngParts {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  /// The samples in a pixel by the colour type.
  private static final Map<Integer, Integer> SAMPLES = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);

  private final String file;
  private final ByteBuffer in;
  private final byte[] content;
  private final ByteArrayOutputStream kept;

  private PngParts(String file, byte[] content) {
    this.file = file;
    this.in = ByteBuffer.wrap(content);
    this.content = content;
    this.kept = new ByteArrayOutputStream(content.length);
  }

  static boolean begin(byte[] content) {
    return content.length >= SIGNATURE.length
        && ByteBuffer.wrap(content, 0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE));
  }

  static EncodedImage of(String file, byte[] content) throws FormatException {
    return new PngParts(file, content).image();
  }

  private EncodedImage image() throws FormatException {
    in.position(SIGNATURE.length);
    kept.writeBytes(SIGNATURE);
    int width = 0;
    int height = 0;
    int bitsPerPixel = 0;
    long data = 0;
    for (String type = ""; !type.equals("IEND"); ) {
      int start = in.position();
      type = chunk();
      if ((bitsPerPixel == 0) != type.equals("IHDR")) {
        throw wrong(start, "expected one chunk IHDR, before all others, got " + type);
      }
      int length = in.position() - start - 12;
      switch (type) {
        case "IHDR" -> {
          if (length != 13) {
            throw wrong(start, "expected 13 bytes in the chunk IHDR, got " + length);
          }
          width = in.getInt(start + 8);
          height = in.getInt(start + 12);
          bitsPerPixel = bitsPerPixel(start + 16);
        }
        case "IDAT" -> data += length;
        case "PLTE", "tRNS", "IEND" -> {}
        default -> {
          if (Character.isUpperCase(type.charAt(0))) {
            throw wrong(start, "expected no other critical chunk, got " + type);
          }
          continue; // ancillary ones may be skipped
        }
      }
      kept.write(content, start, in.position() - start);
    }
    EncodedImage.requireSize(file, width, height, data, bitsPerPixel, GzipStream.MOST_GROWTH);
    return new EncodedImage("png", width, height, kept.toByteArray());
  }

  /// Goes past a chunk and returns its type.
  private String chunk() throws FormatException {
    int start = in.position();
    if (in.remaining() < 12) {
      throw wrong(start, "expected another chunk, the file ends: it is truncated");
    }
    int length = in.getInt();
    if (length < 0 || length > in.remaining() - 8) {
      throw wrong(
          start,
          "expected a chunk within the file's "
              + content.length
              + " bytes, got one of "
              + Integer.toUnsignedString(length)
              + ": it is truncated or damaged");
    }
    for (int i = start + 4; i < start + 8; i++) {
      if (!Character.isLetter(content[i]) || content[i] < 0) {
        throw wrong(start, "expected a chunk's type of four letters");
      }
    }
    CRC32 checksum = new CRC32();
    checksum.update(content, start + 4, 4 + length);
    in.position(start + 8 + length);
    int claimed = in.getInt();
    if (claimed != (int) checksum.getValue()) {
      throw wrong(
          start,
          "expected a chunk with the checksum "
              + Integer.toHexString(claimed)
              + ", got one with "
              + Long.toHexString(checksum.getValue()));
    }
    return new String(content, start + 4, 4, StandardCharsets.US_ASCII);
  }

  private int bitsPerPixel(int at) throws FormatException {
    int depth = content[at] & 255;
    int color = content[at + 1] & 255;
    Integer samples = SAMPLES.get(color);
    boolean known =
        samples != null
            && switch (depth) {
              case 1, 2, 4 -> color == 0 || color == 3;
              case 8 -> true;
              case 16 -> color != 3;
              default -> false;
            };
    if (samples == null || !known) {
      throw wrong(at, "expected a pair of depth and colour type, got " + depth + " and " + color);
    }
    if (content[at + 2] != 0 || content[at + 3] != 0 || (content[at + 4] & 254) != 0) {
      throw wrong(at + 2, "expected compression 0, filter 0 and interlace 0 or 1");
    }
    return samples * depth;
  }

  private FormatException wrong(int at, String problem) {
    return new FormatException(file, "byte " + at + ": " + problem);
  }
}
