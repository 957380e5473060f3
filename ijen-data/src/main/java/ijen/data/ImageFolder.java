package ijen.data;

import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.format.image.ImageFile;
import ijen.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A folder of PNG and JPEG images, sorted into a folder for each class.
///
/// ```java
/// TrainTest pets = ImageFolder.of(Path.of("pets")).withSize(64, 64).open();
/// //   pets/train/cat/0001.jpg   pets/train/dog/0001.jpg   pets/test/cat/0001.jpg …
/// Dataset all = ImageFolder.of(Path.of("letters")).withColors(ImageFolder.Colors.GREY).read();
/// //   letters/a/first.png   letters/b/first.png …
/// ```
///
/// The order is that of the names, of classes and in each class of files, whatever order the disk
/// has them in; letters in it count by their numbers in Unicode. Names that begin with a dot, and
/// files that do not end with `.png`, `.jpg` or `.jpeg`, are left out. Links within the folder are
/// as good as files; one that leads out of it is an error. A zip archive of such a folder will do,
/// too.
///
/// **Shapes:** `[height, width]` for grey images, `[3, height, width]` for others; one for all.
///
/// @param folder the folder, or the zip archive
/// @param colors what images of different colours become
/// @param size the size that all images are given, `[height, width]`; empty if they must have one.
///   Shrinking takes means over areas, enlarging interpolates linearly; what is higher than wide is
///   squeezed, not cut.
public record ImageFolder(Path folder, Colors colors, Optional<Shape> size) {

  /// What images become.
  public enum Colors {
    /// As they are; all must be grey, or all not.
    AS_FILES,
    /// Grey: 0.299 red + 0.587 green + 0.114 blue, as in Rec. ITU-R BT.601.
    GREY,
    /// Red, green and blue, which are equal if the file is grey.
    RGB
  }

  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /// @throws IllegalArgumentException if the size is not that of an image
  public ImageFolder {
    if (size.isPresent()) {
      Shape wanted = size.get();
      if (wanted.rank() != 2 || wanted.size() > ImageFile.MOST_PIXELS) {
        throw new IllegalArgumentException(
            folder
                + ": expected a size [height, width] of at most "
                + ImageFile.MOST_PIXELS
                + " pixels, got "
                + wanted);
      }
    }
  }

  /// Images as they are.
  public static ImageFolder of(Path folder) {
    return new ImageFolder(folder, Colors.AS_FILES, Optional.empty());
  }

  /// With images of these colours.
  public ImageFolder withColors(Colors colors) {
    return new ImageFolder(folder, colors, size);
  }

  /// With images of this size.
  ///
  /// @throws IllegalArgumentException if no image has that size
  public ImageFolder withSize(int height, int width) {
    return new ImageFolder(folder, colors, Optional.of(Shape.of(height, width)));
  }

  /// Whether the classes are not directly in the folder, but in its folders `train` and `test`.
  ///
  /// @throws DataException if it cannot be read
  public boolean hasParts() {
    return inFolder(ImageFolder::hasParts);
  }

  private static boolean hasParts(FileTree tree) {
    return tree.isFolder("train") && tree.isFolder("test");
  }

  /// Reads the images in `train` and in `test`; the classes are those in `train`.
  ///
  /// @throws DataException if they are not there, cannot be read or do not fit each other
  public TrainTest open() {
    return inFolder(tree -> {
      if (!hasParts(tree)) {
        throw new DataException(
            folder
                + ": expected folders train and test in it; read() takes the folders that are"
                + " there for classes");
      }
      ImageFiles train = ImageFiles.in(tree, "train");
      ImageFiles test = ImageFiles.in(tree, "test");
      int[] labels = test.labels(train.classes());
      Images learned = images(train, null);
      Images measured = images(test, learned);
      return new TrainTest(
          learned.dataset(name() + " train", train.labels(train.classes()), train.classes()),
          measured.dataset(name() + " test", labels, train.classes()));
    });
  }

  /// Reads the images whose classes are the folders directly in this one.
  ///
  /// @throws DataException if they are not there, cannot be read or do not fit each other
  public ByteImages read() {
    return inFolder(tree -> {
      if (hasParts(tree)) {
        throw new DataException(
            folder + ": expected folders of classes, got train and test; open() reads both");
      }
      ImageFiles files = ImageFiles.in(tree, "");
      return images(files, null).dataset(name(), files.labels(files.classes()), files.classes());
    });
  }

  /// What reads a folder.
  @FunctionalInterface
  private interface Reading<T> {
    T in(FileTree tree) throws IOException;
  }

  private <T> T inFolder(Reading<T> reading) {
    try (FileTree tree = Files.isRegularFile(folder) ? ZipTree.open(folder) : FileTree.of(folder)) {
      return reading.in(tree);
    } catch (IOException wrong) {
      throw new DataException(
          folder + ": cannot be read as a folder of images: " + wrong.getMessage(), wrong);
    }
  }

  private String name() {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  /// Images of one shape.
  private static final class Images {
    final String first; // the file whose shape it is, as errors call it
    final int[] shape;
    final byte[] pixels;

    Images(String first, int[] shape, byte[] pixels) {
      this.first = first;
      this.shape = shape;
      this.pixels = pixels;
    }

    ByteImages dataset(String name, int[] labels, List<String> classes) {
      return ByteImages.of(name, Shape.of(shape), pixels, labels, classes);
    }
  }

  /// @param like images that these must be like; null if there are none
  private Images images(ImageFiles all, @Nullable Images like) throws IOException {
    List<String> files = all.files();
    Tensor image = image(all.tree(), files.getFirst());
    String first = like == null ? all.tree().shown(files.getFirst()) : like.first;
    int[] shape = like == null ? image.shape() : like.shape;
    int count = (int) Tensor.elements(shape);
    if ((long) count * files.size() > MOST_BYTES) {
      throw new DataException(
          "%s: %s images %s take %s bytes, expected at most %s: a smaller size may help"
              .formatted(
                  folder,
                  files.size(),
                  Arrays.toString(shape),
                  (long) count * files.size(),
                  MOST_BYTES));
    }
    byte[] pixels = new byte[count * files.size()];
    for (int i = 0; i < files.size(); i++) {
      Tensor next = i == 0 ? image : image(all.tree(), files.get(i));
      if (!Arrays.equals(next.shape(), shape)) {
        throw new DataException(misfit(all.tree().shown(files.get(i)), next.shape(), first, shape));
      }
      System.arraycopy(next.sharedBytes(), 0, pixels, i * count, count);
    }
    return new Images(first, shape, pixels);
  }

  private String misfit(String file, int[] shape, String first, int[] expected) {
    String what =
        "%s: expected an image %s, as %s is, got %s"
            .formatted(file, Arrays.toString(expected), first, Arrays.toString(shape));
    return shape.length == expected.length
        ? what + ": give all a size"
        : what + ": choose grey or RGB for all";
  }

  /// An image in the colours and the size that were asked for.
  private Tensor image(FileTree tree, String place) throws IOException {
    Tensor image = inColors(tree.image(place));
    return size.isEmpty()
        ? image
        : ImageResize.resize(image, size.get().dimension(0), size.get().dimension(1));
  }

  private Tensor inColors(Tensor image) {
    int[] shape = image.shape();
    boolean grey = shape.length == 2;
    if (colors == Colors.AS_FILES || grey == (colors == Colors.GREY)) {
      return image;
    }
    byte[] old = image.sharedBytes();
    int height = shape[shape.length - 2];
    int width = shape[shape.length - 1];
    int plane = height * width;
    if (grey) {
      byte[] values = new byte[3 * plane];
      for (int color = 0; color < 3; color++) {
        System.arraycopy(old, 0, values, color * plane, plane);
      }
      return Tensor.ofShared(Dtype.U8, values, 3, height, width);
    }
    byte[] values = new byte[plane];
    for (int i = 0; i < plane; i++) {
      int red = old[i] & 255;
      int green = old[plane + i] & 255;
      int blue = old[2 * plane + i] & 255;
      values[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return Tensor.ofShared(Dtype.U8, values, height, width);
  }
}
