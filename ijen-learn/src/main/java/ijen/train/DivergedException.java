package ijen.train;

import java.util.Locale;

/// The loss of a training is no longer a number.
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergedException(long step, int epoch, double loss, double learningRate) {
    super(
        "training diverged: the loss of step "
            + step
            + " (epoch "
            + epoch
            + ") is "
            + loss
            + "; the learning rate was "
            + learningRate
            + ": try a smaller one, such as "
            + String.format(Locale.ROOT, "%.2g", learningRate / 10));
  }
}
