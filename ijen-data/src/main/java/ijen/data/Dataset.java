package ijen.data;

import ijen.graph.Batch;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A finite, ordered set of samples, each with features and a target.
///
/// A target is either the number of a class or some real numbers. An own data set says its size and
/// shapes and writes one sample's numbers; batches, views and splits follow from that. A data set
/// does not change, and is read by several threads at the same time.
public interface Dataset extends Batch.Source {

  /// Opens a file or a folder, decided by what is in it, not by its name: IDX, NPY, NPZ, HDF5,
  /// safetensors, CIFAR, CSV, ARFF (tables and IDX also gzipped), or a folder of pictures, which
  /// may be a zip archive.
  ///
  /// - A table has its targets in a column `label`, `class`, `target` or `y`, or in the last column
  ///   of words.
  /// - Several arrays are told apart by their names: `x` and `y`, `images` and `labels`, `xdata`
  ///   and `ydata` and so on.
  /// - Beside a file of a single array of features, the targets lie in a file of the same name with
  ///   `labels` for `images`, or `y` for `x`.
  ///
  /// Of a set that is divided this is the training part; [TrainTest#open] has both.
  ///
  /// @throws DataException if it is not there, damaged, or nothing that is known
  static Dataset open(Path path) {
    Map<ArrayRoles.Part, Dataset> parts = SampleFiles.open(path);
    Dataset train = parts.get(ArrayRoles.Part.TRAIN);
    return train != null ? train : parts.values().iterator().next();
  }

  /// Writes it to a file that [#open] and other programs read. The name's ending says the format:
  /// `.npz`, `.h5`, `.hdf5`, `.safetensors` (arrays `x` and `y`, grey images as bytes), `.csv`,
  /// `.csv.gz` (`label,pixel0,…`). The file appears whole or not at all.
  ///
  /// @throws IllegalArgumentException if the ending says none of these
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  default void save(Path file) throws IOException {
    SampleWriter.file(file, Map.of("", this));
  }

  /// What people call it, for example `fashion-mnist train`.
  String name();

  /// How many samples there are; at least 1.
  int size();

  /// The shape of one sample's features, for example `[28, 28]`.
  Shape features();

  /// The shape of one sample's target: `[]` for the number of a class, `[k]` for k real numbers.
  Shape target();

  /// The names of the classes, in the order of their numbers; empty if the targets are no classes.
  List<String> classes();

  /// The number of the class of a sample.
  ///
  /// @throws IllegalStateException if the targets are no classes
  /// @throws IndexOutOfBoundsException if there is no such sample
  default int label(int index) {
    throw new IllegalStateException(
        name() + ": expected targets that are classes, these are numbers of shape " + target());
  }

  /// Writes the features of sample `index` to row `row` of `into`. Allocates nothing.
  void putFeatures(int index, int row, Buffer into);

  /// Writes the target of sample `index` to row `row` of `into`. Allocates nothing.
  default void putTarget(int index, int row, Buffer into) {
    into.set(row, label(index));
  }

  /// Writes sample `index` to row `row` of the batch: the features to its input 0 and, if there is
  /// one, the target to its input 1. Allocates nothing.
  @Override
  default void putRow(int index, int row, Batch into) {
    putFeatures(index, row, into.features());
    if (into.inputs() > 1) {
      putTarget(index, row, into.targets());
    }
  }

  /// Writes the samples `indices[from … from + rows − 1]` to rows 0 … rows − 1 of the batch, on as
  /// many threads as the batch has. Allocates nothing.
  ///
  /// A batch with a single input gets the features alone. Only the count of numbers must agree:
  /// images of shape `[28, 28]` feed an input of shape `[784]`. How many rows count is for the
  /// caller to say, by [Batch#begin].
  ///
  /// @throws IllegalArgumentException if the samples do not fit the batch
  default void gather(int[] indices, int from, int rows, Batch into) {
    requireFit(rows, into);
    into.gather(this, indices, from, rows);
  }

  private void requireFit(int rows, Batch batch) {
    if (batch.form(0).shape().size() != features().size()) {
      throw new IllegalArgumentException(
          "%s: its features %s have %s numbers, but the batch's input 0 %s has room for %s"
              .formatted(
                  name(),
                  features(),
                  features().size(),
                  batch.form(0).shape(),
                  batch.form(0).shape().size()));
    }
    if (batch.inputs() > 1 && batch.form(1).shape().size() != target().size()) {
      throw new IllegalArgumentException(
          "%s: its target %s has %s numbers, but the batch's input 1 %s has room for %s%s"
              .formatted(
                  name(),
                  target(),
                  target().size(),
                  batch.form(1).shape(),
                  batch.form(1).shape().size(),
                  classes().isEmpty() ? "" : "; oneHot() turns classes into one number for each"));
    }
    if (rows > batch.capacity()) {
      throw new IllegalArgumentException(
          name() + ": " + rows + " samples do not fit a batch of at most " + batch.capacity());
    }
  }

  /// A copy of one sample's features, as a batch would hold them.
  default float[] sample(int index) {
    float[] values = new float[features().size()];
    putFeatures(index, 0, Buffer.of(values));
    return values;
  }

  /// How its features were scaled, if they were: what a model that learns from it must remember.
  default Scaling scaling() {
    return Scaling.NONE;
  }

  /// The same samples with their features scaled, as a view; images that are drawn stay as they
  /// are, as does the checksum of grey values.
  ///
  /// @throws IllegalArgumentException if the scaling is for another number of features
  default Dataset scaled(Scaling scaling) {
    return scaling.isNone() ? this : new Scaled(this, scaling);
  }

  /// Whether samples are grey images that can be drawn: whether [#image] works.
  default boolean hasImages() {
    return false;
  }

  /// A copy of one sample's grey values, 0 to 255, row by row, before any scaling.
  ///
  /// @throws IllegalStateException if the samples are no images
  default byte[] image(int index) {
    throw new IllegalStateException(
        name() + ": expected images, got samples of shape " + features());
  }

  /// How many samples each class has.
  ///
  /// @throws IllegalStateException if the targets are no classes
  default int[] classCounts() {
    int[] counts = new int[classes().size()];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /// The SHA-256 of shapes, samples and targets, as hexadecimal digits: what a run records of its
  /// data.
  ///
  /// Equal samples give equal checksums, however they are stored. Names do not count, nor does the
  /// scaling of images, whose grey values are taken.
  default String sha256() {
    return Checksum.of(this);
  }

  /// The first `count` samples.
  default Dataset take(int count) {
    return slice(0, count);
  }

  /// The samples `from … from + count − 1`, as a view.
  ///
  /// @throws IllegalArgumentException if they are none or not all there
  default Dataset slice(int from, int count) {
    if (from < 0 || count < 1 || count > size() - from) {
      throw new IllegalArgumentException(
          name()
              + ": expected 1 or more of its "
              + size()
              + " samples, got "
              + count
              + " from number "
              + from
              + " on");
    }
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = from + i;
    }
    return select(indices);
  }

  /// The given samples in the given order, as a view; a sample may occur twice.
  ///
  /// @throws IllegalArgumentException if they are none or one is not there
  default Dataset select(int... indices) {
    return Selection.of(this, indices);
  }

  /// These samples and, after them, those of `other`, as a view.
  ///
  /// @throws IllegalArgumentException if they differ in features, targets, classes or scaling
  default Dataset followedBy(Dataset other) {
    return new Joined(this, other);
  }

  /// The same samples under another name, as a view.
  default Dataset withName(String name) {
    return Selection.of(this, name);
  }

  /// The same samples in other classes, as a view: class `c` becomes `newClass[c]`, for example
  /// even and odd numbers from digits.
  ///
  /// @throws IllegalStateException if the targets are no classes
  /// @throws IllegalArgumentException if not every class is given one of the new ones
  default Dataset relabel(int[] newClass, List<String> newClasses) {
    return Retargeted.classes(this, newClass, newClasses);
  }

  /// The same samples with k numbers as the target in place of a class of k: 1 for the sample's own
  /// class and 0 for the others, as a view.
  ///
  /// @throws IllegalStateException if the targets are no classes
  default Dataset oneHot() {
    return Retargeted.oneHot(this);
  }

  /// The same samples with their own features as the target, as a view: what an autoencoder learns
  /// to reconstruct. There are no classes.
  default Dataset reconstruction() {
    return new Reconstruction(this);
  }
}
