package ijen.bench.workload;

import ijen.data.FileFormat;
import ijen.data.TrainTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// What is loaded: MNIST in one of the formats that people have it in.
public enum LoadedFormat {
  /// The four files as they were published.
  IDX("IDX, .gz", "60,000 and 10,000 images"),
  /// Four files of NumPy.
  NPY("NPY", "60,000 and 10,000 images"),
  /// Compressed chunks.
  HDF5("HDF5, gzip", "60,000 and 10,000 images"),
  /// `label,pixel0,…`. A part of the images: text is read so slowly that all would tell no more.
  CSV("CSV", "5,000 images");

  private static final int ROWS = 5_000;

  private final String title;
  private final String samples;

  LoadedFormat(String title, String samples) {
    this.title = title;
    this.samples = samples;
  }

  public String title() {
    return title;
  }

  /// How much is loaded.
  public String samples() {
    return samples;
  }

  /// The name in a job.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Where the file or the files lie, written first if they are not those that were published.
  ///
  /// @param published the folder of the four files
  /// @param folder where others may be written
  public Path place(TrainTest data, Path published, Path folder) throws IOException {
    Path place = folder.resolve("loaded-" + word());
    return switch (this) {
      case IDX -> {
        if (Files.isRegularFile(published.resolve("train-images-idx3-ubyte.gz"))) {
          yield published;
        }
        data.saveTo(place, FileFormat.IDX);
        yield place;
      }
      case NPY -> {
        data.saveTo(place, FileFormat.NPY);
        yield place;
      }
      case HDF5 -> {
        Path file = folder.resolve("loaded.h5");
        data.save(file);
        yield file;
      }
      case CSV -> {
        Path file = folder.resolve("loaded.csv");
        data.train().take(Math.min(ROWS, data.train().size())).save(file);
        yield file;
      }
    };
  }

  /// The bytes of a file, or of the files in a folder.
  public static long bytes(Path place) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
