package ijen.bench.workload;

import ijen.data.ByteImages;
import ijen.data.Dataset;
import ijen.data.TrainTest;
import ijen.graph.Shape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// A data set as plain files, so that every participant begins with the same bytes and none has to
/// understand a format: `train-images` and `test-images` hold a byte a pixel, `train-labels` and
/// `test-labels` a byte a sample.
public final class SampleFiles {
  private SampleFiles() {}

  /// Writes both parts to a folder.
  ///
  /// @throws IllegalArgumentException if the samples are no images in at most 256 classes
  public static void write(TrainTest data, Path folder) throws IOException {
    write(data.train(), folder, "train");
    write(data.test(), folder, "test");
  }

  private static void write(Dataset data, Path folder, String part) throws IOException {
    if (!data.hasImages() || data.classes().isEmpty() || data.classes().size() > 256) {
      throw new IllegalArgumentException(
          data.name() + ": expected images in 1 to 256 classes to be measured on");
    }
    byte[] labels = new byte[data.size()];
    try (OutputStream images =
        new BufferedOutputStream(
            Files.newOutputStream(folder.resolve(part + "-images")), 1 << 16)) {
      for (int i = 0; i < labels.length; i++) {
        images.write(data.image(i));
        labels[i] = (byte) data.label(i);
      }
    }
    Files.write(folder.resolve(part + "-labels"), labels);
  }

  /// Reads a part, `train` or `test`; images stay bytes until they are gathered.
  static ByteImages read(Path folder, String part, int width, int classes) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(part + "-labels"));
    int[] labels = IntStream.range(0, bytes.length).map(i -> bytes[i] & 255).toArray();
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    byte[] pixels = Files.readAllBytes(folder.resolve(part + "-images"));
    return ByteImages.of(part, Shape.of(width), pixels, labels, names);
  }
}
