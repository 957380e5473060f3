package ijen.data;

import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.ByteScale;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Grey images with classes, kept in memory as one byte a pixel.
///
/// A byte b becomes the number b / 255, rounded correctly, when a batch is gathered. Any further
/// scaling is that of [#scaled], which a model remembers.
public final class ByteImages implements Dataset {
  private static final int CACHE_LINE = 64;
  private static final ByteScale FRACTION = ByteScale.of(1 / 255.0, 0);

  private final String name;
  private final Shape features;
  private final byte[] pixels;
  private final int[] labels;
  private final List<String> classes;

  private ByteImages(
      String name, Shape features, byte[] pixels, int[] labels, List<String> classes) {
    this.name = name;
    this.features = features;
    this.pixels = pixels;
    this.labels = labels;
    this.classes = classes;
  }

  /// Images over the given pixels, image after image, which stay shared.
  ///
  /// @throws IllegalArgumentException if there are no images, the numbers of pixels and labels do
  ///   not agree, or a label is no class
  public static ByteImages of(
      String name, Shape features, byte[] pixels, int[] labels, List<String> classes) {
    if (labels.length == 0) {
      throw new IllegalArgumentException(name + ": expected 1 or more images, got none");
    }
    if (pixels.length != (long) labels.length * features.size()) {
      throw new IllegalArgumentException(
          "%s: expected %s pixels for %s images of shape %s, got %s"
              .formatted(
                  name,
                  (long) labels.length * features.size(),
                  labels.length,
                  features,
                  pixels.length));
    }
    List<String> names = List.copyOf(classes);
    int[] own = labels.clone();
    for (int i = 0; i < own.length; i++) {
      if (own[i] < 0 || own[i] >= names.size()) {
        throw new IllegalArgumentException(
            "%s: expected labels from 0 to %s, got %s for image %s"
                .formatted(name, names.size() - 1, own[i], i));
      }
    }
    return new ByteImages(name, features, pixels, own, names);
  }

  /// Images and labels as files hold them; the images' bytes stay shared.
  ///
  /// @throws IllegalArgumentException if they are not bytes, or do not fit each other
  public static ByteImages of(String name, Tensor images, Tensor labels, List<String> classes) {
    int[] dimensions = images.shape();
    if (images.dtype() != Dtype.U8 || dimensions.length < 2) {
      throw new IllegalArgumentException(
          name + ": expected images as U8 [count, height, width], got " + images);
    }
    if (labels.dtype() != Dtype.U8 || labels.shape().length != 1) {
      throw new IllegalArgumentException(name + ": expected labels as U8 [count], got " + labels);
    }
    if (dimensions[0] != labels.elements()) {
      throw new IllegalArgumentException(
          "%s: expected a label for each image, got images %s and labels %s"
              .formatted(name, images, labels));
    }
    Shape features = Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
    return of(name, features, images.sharedBytes(), labels.ints(), classes);
  }

  @Override
  public ByteImages withName(String name) {
    return new ByteImages(name, features, pixels, labels, classes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape features() {
    return features;
  }

  @Override
  public Shape target() {
    return Shape.scalar();
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void putFeatures(int index, int row, Buffer into) {
    Objects.checkIndex(index, labels.length);
    int size = features.size();
    into.putBytes(row * size, pixels, index * size, size, FRACTION);
  }

  /// Reads a byte of each cache line.
  @Override
  public void expect(int index) {
    int size = features.size();
    int end = Objects.checkIndex(index, labels.length) * size + size;
    int sum = pixels[end - 1];
    for (int i = end - size; i < end; i += CACHE_LINE) {
      sum += pixels[i];
    }
    if (sum == Integer.MIN_VALUE) { // no sum of these: it is asked for so that they are read
      throw new AssertionError(sum);
    }
  }

  @Override
  public boolean hasImages() {
    return features.rank() == 2;
  }

  @Override
  public byte[] image(int index) {
    int at = Objects.checkIndex(index, labels.length) * features.size();
    return Arrays.copyOfRange(pixels, at, at + features.size());
  }

  /// Pixel `i` of an image, 0 to 255, counted row by row.
  public int pixel(int index, int i) {
    Objects.checkIndex(index, labels.length);
    return pixels[index * features.size() + Objects.checkIndex(i, features.size())] & 255;
  }

  @Override
  public String toString() {
    return name + ", " + size() + " images " + features;
  }
}
