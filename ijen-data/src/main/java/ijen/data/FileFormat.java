package ijen.data;

import ijen.format.FormatException;
import ijen.format.GzipStream;
import ijen.format.TableBuilder;
import ijen.format.ZipArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// The formats of files that data come in, told apart by what stands in a file, whatever it is
/// called.
public enum FileFormat {
  /// One array, as MNIST's files are, plain or gzipped.
  IDX("IDX"),
  /// One array of NumPy.
  NPY("NPY"),
  /// Several arrays of NumPy in a zip archive.
  NPZ("NPZ"),
  /// Data sets of numbers in groups.
  HDF5("HDF5"),
  /// Named tensors.
  SAFETENSORS("safetensors"),
  /// Records of one or two label bytes and 3,072 bytes of pixels.
  CIFAR("CIFAR"),
  /// A table with typed columns, as OpenML serves it, plain or gzipped.
  ARFF("ARFF"),
  /// A table of numbers and words, plain or gzipped.
  CSV("CSV"),
  /// PNG and JPEG images in folders of their classes, in a zip archive: what [ImageFolder] reads.
  IMAGE_FOLDER("images in a zip archive");

  private static final int ENOUGH = 4096;
  private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final byte[] HDF = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final byte[] ZIP = {'P', 'K'};
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};

  private final String title;

  FileFormat(String title) {
    this.title = title;
  }

  /// The format of a file.
  ///
  /// @throws FormatException if it is none of these
  /// @throws IOException if the file cannot be read
  public static FileFormat of(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": expected a file of data, but this is no ordinary file");
    }
    long length = Files.size(file);
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(ENOUGH);
    }
    if (begins(start, GZIP)) {
      return unzipped(file, start);
    }
    if (begins(start, NUMPY)) {
      return NPY;
    }
    if (begins(start, ZIP)) {
      return archived(file);
    }
    if (begins(start, HDF)) {
      return HDF5;
    }
    if (isSafetensors(start, length)) {
      return SAFETENSORS;
    }
    if (isIdx(start)) {
      return IDX;
    }
    if (isText(start)) {
      return table(start);
    }
    if (length > 0 && (length % 3073 == 0 || length % 3074 == 0)) {
      return CIFAR;
    }
    throw unknown(file, start);
  }

  /// An archive's format, by the names of its members; whether they are what these say is for those
  /// to find out who read them.
  private static FileFormat archived(Path file) throws IOException {
    try (ZipArchive zip = ZipArchive.open(file)) {
      Set<String> names = zip.names();
      if (!names.isEmpty() && names.stream().allMatch(name -> name.endsWith(".npy"))) {
        return NPZ;
      }
      if (names.stream().anyMatch(ZipTree::isImage)) {
        return IMAGE_FOLDER;
      }
      throw new FormatException(
          file.toString(),
          "expected a zip archive of NumPy's arrays (.npy), or of PNG and JPEG images in folders of"
              + " their classes, got "
              + (names.isEmpty()
                  ? "an empty one"
                  : "one of "
                      + TableBuilder.shown(names.stream().limit(8).toList().toString())
                      + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : "")));
    }
  }

  private static FileFormat unzipped(Path file, byte[] start) throws IOException {
    byte[] plain;
    try (GzipStream in = new GzipStream(file.toString(), new ByteArrayInputStream(start))) {
      plain = new byte[ENOUGH];
      int count = 0;
      try {
        for (int got; count < ENOUGH && (got = in.read(plain, count, ENOUGH - count)) >= 0; ) {
          count += got;
        }
      } catch (FormatException ended) {
        if (count == 0) { // else the rest of the file is what is missing
          throw ended;
        }
      }
      plain = Arrays.copyOf(plain, count);
    }
    if (isIdx(plain)) {
      return IDX;
    }
    if (isText(plain)) {
      return table(plain);
    }
    throw unknown(file, plain);
  }

  private static FormatException unknown(Path file, byte[] start) {
    return new FormatException(
        file.toString(),
        "expected a file of data ("
            + String.join(", ", Arrays.stream(values()).map(format -> format.title).toList())
            + "), got "
            + (start.length == 0
                ? "an empty one"
                : "one that begins with the bytes " + hex(start)));
  }

  private static String hex(byte[] start) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(8, start.length); i++) {
      text.append(String.format(Locale.ROOT, i == 0 ? "%02x" : " %02x", start[i]));
    }
    return text.toString();
  }

  private static boolean begins(byte[] start, byte[] magic) {
    return start.length >= magic.length
        && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
  }

  private static boolean isIdx(byte[] start) {
    return start.length >= 4
        && start[0] == 0
        && start[1] == 0
        && start[2] >= 0x08
        && start[2] <= 0x0E;
  }

  /// The length of a header that fits the file, and a brace where it begins.
  private static boolean isSafetensors(byte[] start, long length) {
    if (start.length < 10 || start[8] != '{') {
      return false;
    }
    long header = 0;
    for (int i = 7; i >= 0; i--) {
      header = (header << 8) | (start[i] & 255);
    }
    return header >= 2 && header <= length - 8;
  }

  /// No control characters but those that text has.
  private static boolean isText(byte[] start) {
    for (byte b : start) {
      if ((b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') || b == 0x7F) {
        return false;
      }
    }
    return start.length > 0;
  }

  /// ARFF begins with `@relation`, after comments, if any.
  private static FileFormat table(byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8);
    return text.lines()
            .map(line -> line.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
            .filter(line -> !line.isEmpty() && !line.startsWith("%"))
            .findFirst()
            .orElse("")
            .startsWith("@relation")
        ? ARFF
        : CSV;
  }

  /// What people call it.
  @Override
  public String toString() {
    return title;
  }
}
