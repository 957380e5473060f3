package ijen.train;

import ijen.loss.Loss;
import java.util.Locale;

/// The loss of a training is no longer a number.
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergedException(long step, int epoch, double value, double learningRate, Loss loss) {
    super(
        "training diverged: the loss of step "
            + step
            + " (epoch "
            + epoch
            + ") is "
            + value
            + (loss.leastValue() == Double.NEGATIVE_INFINITY
                ? "; " + loss.name() + " has no least value, so that it falls until numbers end"
                : "; the learning rate was "
                    + learningRate
                    + ": try a smaller one, such as "
                    + String.format(Locale.ROOT, "%.2g", learningRate / 10)));
  }
}
