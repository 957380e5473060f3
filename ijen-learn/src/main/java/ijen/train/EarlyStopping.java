package ijen.train;

/// When to stop because the validation loss no longer falls.
///
/// @param patience how many epochs without a new best are borne, 1 or more
/// @param minimumGain by how much a new best has to be lower, 0 or more
public record EarlyStopping(int patience, double minimumGain) {
  public EarlyStopping {
    if (patience < 1 || !(minimumGain >= 0)) {
      throw new IllegalArgumentException(
          "early stopping: expected a patience of 1 or more epochs and a gain of 0 or more, got "
              + patience
              + " and "
              + minimumGain);
    }
  }
}
