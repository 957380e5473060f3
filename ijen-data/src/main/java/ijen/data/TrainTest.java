package ijen.data;

import ijen.data.ArrayRoles.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The two parts that a published data set comes in.
///
/// @param train to learn from
/// @param test to be measured on, at the end
public record TrainTest(Dataset train, Dataset test) {
  /// What [#open] holds out of a data set that is not divided.
  public static final double HELD_OUT = 0.2;

  /// Opens a file or a folder with a training and a test part, decided by what is in it; see
  /// [Dataset#open]. From a set that is not divided, a fifth is held out to test with
  /// ([#HELD_OUT]): the same part of each class, at random by seed 1.
  ///
  /// @throws DataException if it is not there, damaged, or nothing that is known
  public static TrainTest open(Path path) {
    Map<Part, Dataset> parts = SampleFiles.open(path);
    Dataset train = parts.get(Part.TRAIN);
    Dataset test = parts.get(Part.TEST);
    if (train != null && test != null) {
      return new TrainTest(train, test);
    }
    Dataset whole = parts.values().iterator().next();
    Split split =
        whole.classes().isEmpty()
            ? Split.random(whole, 1 - HELD_OUT, 1)
            : Split.stratified(whole, 1 - HELD_OUT, 1);
    return new TrainTest(
        split.train().withName(whole.name() + " train"),
        split.heldOut().withName(whole.name() + " test"));
  }

  /// All samples put together and divided anew, at random: `trainFraction` of them to learn from.
  ///
  /// @param trainFraction the share of the training part, between 0 and 1
  /// @throws IllegalArgumentException if a part would be empty
  public TrainTest pooled(double trainFraction, long seed) {
    Split split = Split.random(train.followedBy(test), trainFraction, seed);
    return new TrainTest(
        split.train().withName(train.name() + ", pooled"),
        split.heldOut().withName(test.name() + ", pooled"));
  }

  /// Both parts with other samples in place of each, for example `relabel`led.
  public TrainTest map(UnaryOperator<Dataset> change) {
    return new TrainTest(change.apply(train), change.apply(test));
  }

  /// Writes both parts to one file, as [Dataset#save] does, in arrays `x_train`, `y_train`,
  /// `x_test` and `y_test`; a table holds one part.
  ///
  /// @throws IllegalArgumentException if the ending of the name says no format for several arrays
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public void save(Path file) throws IOException {
    SampleWriter.file(file, parts());
  }

  /// Writes both parts to files in a folder, which is made if it is not there: gzipped IDX files
  /// with the names that MNIST's have, `x_train.npy` and so on, or `train.csv` and `test.csv`, and
  /// beside them `classes.txt` with the names of the classes.
  ///
  /// @throws IOException if they cannot be written
  public void saveTo(Path folder, FileFormat format) throws IOException {
    SampleWriter.folder(folder, parts(), format);
  }

  private Map<String, Dataset> parts() {
    Map<String, Dataset> parts = new LinkedHashMap<>();
    parts.put("train", train);
    parts.put("test", test);
    return parts;
  }
}
