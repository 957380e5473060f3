package ijen.cli;

import ijen.data.Dataset;
import org.jspecify.annotations.Nullable;

/// Something that a model is asked about.
///
/// @param what a file's name, or which sample
/// @param note what was done to it; may be empty
/// @param truth the class that it is; −1 if that is not known
/// @param image how the model sees it; null if it is no image
/// @param features its numbers, if it is no image
@SuppressWarnings("ArrayRecordComponent") // never compared
record Question(String what, String note, int truth, @Nullable GreyImage image, float[] features) {

  /// A sample of a data set.
  static Question of(Dataset samples, int index) {
    if (index >= samples.size()) {
      throw new IllegalArgumentException(
          samples.name()
              + ": expected a sample from 0 to "
              + (samples.size() - 1)
              + ", got "
              + index);
    }
    boolean drawable = samples.hasImages() && samples.features().rank() == 2;
    return new Question(
        samples.name() + " " + index,
        "",
        samples.classes().isEmpty() ? -1 : samples.label(index),
        drawable ? GreyImage.of(samples.image(index), samples.features()) : null,
        samples.sample(index));
  }
}
