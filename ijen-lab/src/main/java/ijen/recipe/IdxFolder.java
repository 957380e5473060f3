package ijen.recipe;

import ijen.data.ByteImages;
import ijen.data.DataException;
import ijen.data.Dataset;
import ijen.data.TrainTest;
import ijen.format.Tensor;
import ijen.format.idx.IdxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A data set of one's own: a folder with four IDX files named as MNIST's are, plain or gzipped, of
/// grey images of any size. A file `classes.txt` with a name a line gives the classes names;
/// without it they are numbers.
final class IdxFolder {
  private IdxFolder() {}

  static TrainTest open(Path folder, Optional<Integer> trainSize, Optional<Integer> testSize) {
    Path trainImages = file(folder, "train-images-idx3-ubyte");
    Path trainLabels = file(folder, "train-labels-idx1-ubyte");
    Path testImages = file(folder, "t10k-images-idx3-ubyte");
    Path testLabels = file(folder, "t10k-labels-idx1-ubyte");
    Path at = folder;
    try {
      Tensor labels = IdxFile.read(trainLabels);
      List<String> classes = classes(folder, labels);
      String name = String.valueOf(folder.getFileName());
      Dataset train = ByteImages.of(name + " train", IdxFile.read(trainImages), labels, classes);
      Dataset test =
          ByteImages.of(
              name + " test", IdxFile.read(testImages), IdxFile.read(testLabels), classes);
      return new TrainTest(
          trainSize.isPresent() ? train.take(trainSize.get()) : train,
          testSize.isPresent() ? test.take(testSize.get()) : test);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(at + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<String> classes(Path folder, Tensor labels) throws IOException {
    Path names = folder.resolve("classes.txt");
    if (Files.isRegularFile(names)) {
      return Files.readAllLines(names).stream()
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    }
    int most = Arrays.stream(labels.ints()).max().orElse(0);
    return IntStream.rangeClosed(0, Math.max(1, most)).mapToObj(Integer::toString).toList();
  }

  private static Path file(Path folder, String stem) {
    String dotted = stem.replace("-idx", ".idx");
    for (String name : List.of(stem + ".gz", stem, dotted + ".gz", dotted)) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new DataException(
        folder
            + ": expected the files train-images-idx3-ubyte, train-labels-idx1-ubyte,"
            + " t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or .gz; "
            + stem
            + " is missing");
  }
}
