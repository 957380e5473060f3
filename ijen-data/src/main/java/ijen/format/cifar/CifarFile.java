package ijen.format.cifar;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The images and labels of one or more CIFAR files.
///
/// ```java
/// CifarFile test = CifarFile.read(folder.resolve("test_batch.bin"));
/// ByteImages.of("test", test.images(), test.labels(), test.kind().classes());
/// ```
///
/// The files say nowhere what they are: the length decides, which is a multiple of 3073 bytes for
/// CIFAR-10 and of 3074 for CIFAR-100; where it is both, the labels decide. Then every label must
/// be that of a class.
///
/// **Range:** at most [#MOST_IMAGES] images in all.
public final class CifarFile {
  /// The most images: their bytes fit one array.
  public static final int MOST_IMAGES = (Integer.MAX_VALUE - 8) / (3 * 32 * 32);

  /// Bytes of an image.
  static final int PIXELS = 3 * 32 * 32;

  private static final int BUFFER = 1 << 16;

  private final CifarKind kind;
  private final Tensor images;
  private final Tensor labels;
  private final Optional<Tensor> superLabels;

  private CifarFile(CifarKind kind, byte[] images, byte[] labels, byte[] superLabels) {
    this.kind = kind;
    this.images = Tensor.ofShared(Dtype.U8, images, labels.length, 3, 32, 32);
    this.labels = Tensor.ofShared(Dtype.U8, labels, labels.length);
    this.superLabels =
        superLabels.length == 0
            ? Optional.empty()
            : Optional.of(Tensor.ofShared(Dtype.U8, superLabels, labels.length));
  }

  /// Reads a file.
  ///
  /// @throws FormatException if it is no CIFAR file
  /// @throws IOException if it cannot be read
  public static CifarFile read(Path file) throws IOException {
    return read(List.of(file));
  }

  /// Reads the files of one set, such as the five that CIFAR-10 is to be trained on, in that order.
  ///
  /// @throws IllegalArgumentException if there are none
  /// @throws FormatException if one is no CIFAR file, or they are of both kinds
  /// @throws IOException if one cannot be read
  public static CifarFile read(List<Path> files) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IOException(file + ": expected a CIFAR file, but this is no ordinary file");
      }
      sources.add(
          new Source(
              file.toString(),
              Files.size(file),
              () -> new BufferedInputStream(Files.newInputStream(file), BUFFER)));
    }
    return readAll(sources);
  }

  /// Reads a file that is already in memory; `name` is what errors call it.
  ///
  /// @throws FormatException if it is no CIFAR file
  public static CifarFile read(String name, byte[] content) throws IOException {
    return readAll(
        List.of(new Source(name, content.length, () -> new ByteArrayInputStream(content))));
  }

  /// Opens a file again and again.
  @FunctionalInterface
  private interface Opener {
    InputStream open() throws IOException;
  }

  private record Source(String name, long length, Opener opener) {}

  private static CifarFile readAll(List<Source> sources) throws IOException {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("CIFAR: expected 1 or more files, got none");
    }
    CifarKind kind = kind(sources.getFirst());
    long images = 0;
    for (Source source : sources) {
      if (source.length == 0 || source.length % kind.recordBytes() != 0) {
        throw new FormatException(
            source.name,
            "expected records of "
                + kind.recordBytes()
                + " bytes, as "
                + sources.getFirst().name
                + " has, got "
                + source.length
                + " bytes");
      }
      images += source.length / kind.recordBytes();
    }
    if (images > MOST_IMAGES) {
      throw new FormatException(
          sources.getFirst().name,
          "expected at most " + MOST_IMAGES + " images in all, got " + images);
    }
    byte[] pixels = new byte[(int) images * PIXELS];
    byte[] labels = new byte[(int) images];
    byte[] superLabels = new byte[kind.labelBytes() == 1 ? 0 : (int) images];
    int classes = kind.classes().size();
    int superclasses = kind.superclasses().size();
    int image = 0;
    for (Source source : sources) {
      int end = image + (int) (source.length / kind.recordBytes());
      try (InputStream in = source.opener.open()) {
        for (long at = 0; image < end; image++, at += kind.recordBytes()) {
          if (superLabels.length > 0) {
            superLabels[image] = label(source, in, at, superclasses, "superclass");
          }
          long place = at + kind.labelBytes() - 1;
          labels[image] = label(source, in, place, classes, "class");
          if (in.readNBytes(pixels, image * PIXELS, PIXELS) < PIXELS) {
            throw shortened(source);
          }
        }
      }
    }
    return new CifarFile(kind, pixels, labels, superLabels);
  }

  private static CifarKind kind(Source source) throws IOException {
    List<CifarKind> possible = new ArrayList<>();
    for (CifarKind kind : CifarKind.values()) {
      if (source.length > 0 && source.length % kind.recordBytes() == 0) {
        possible.add(kind);
      }
    }
    if (possible.isEmpty()) {
      throw new FormatException(
          source.name,
          "expected a CIFAR file of 1 or more records of 3073 bytes (CIFAR-10) or 3074 (CIFAR-100),"
              + " got "
              + source.length
              + " bytes");
    }
    return possible.size() == 1 || hasLabelsOf(CifarKind.CIFAR_10, source)
        ? possible.getFirst()
        : CifarKind.CIFAR_100;
  }

  private static boolean hasLabelsOf(CifarKind kind, Source source) throws IOException {
    int classes = kind.classes().size();
    try (InputStream in = source.opener.open()) {
      for (long at = 0; at < source.length; at += kind.recordBytes()) {
        int label = in.read();
        if (label < 0) {
          throw shortened(source);
        }
        if (label >= classes) {
          return false;
        }
        in.skipNBytes(PIXELS);
      }
    }
    return true;
  }

  private static byte label(Source source, InputStream in, long at, int classes, String what)
      throws IOException {
    int label = in.read();
    if (label < 0) {
      throw shortened(source);
    }
    if (label >= classes) {
      throw new FormatException(
          source.name,
          "byte "
              + at
              + ": expected the number of a "
              + what
              + ", 0 to "
              + (classes - 1)
              + ", got "
              + label);
    }
    return (byte) label;
  }

  private static FormatException shortened(Source source) {
    return new FormatException(
        source.name, "expected " + source.length + " bytes, it was shortened while it was read");
  }

  /// Which set this is.
  public CifarKind kind() {
    return kind;
  }

  /// The images, red, green and blue after each other.
  ///
  /// **Shapes:** U8 `[n, 3, 32, 32]`.
  public Tensor images() {
    return images;
  }

  /// The number of each image's class.
  ///
  /// **Shapes:** U8 `[n]`.
  public Tensor labels() {
    return labels;
  }

  /// The number of each image's superclass; nothing for CIFAR-10.
  ///
  /// **Shapes:** U8 `[n]`.
  public Optional<Tensor> superLabels() {
    return superLabels;
  }

  /// For example `CIFAR_10, U8 [10000, 3, 32, 32]`.
  @Override
  public String toString() {
    return kind + ", " + images;
  }
}
