package ijen.optim;

import ijen.graph.Parameters;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// An optimiser whose weight decay applies to every parameter, biases and norms too: what PyTorch's
/// optimisers do where nobody tells them otherwise.
///
/// @param optimizer any with a weight decay above 0
public record DecayedBiases(Optimizer optimizer) implements Wrapper {
  /// Its name among settings.
  static final String SETTING = "decayBiases";

  public DecayedBiases {
    Object decay = optimizer.settings().get("weightDecay");
    if (!(decay instanceof Double factor && factor > 0)) {
      throw new IllegalArgumentException(
          "decay of biases: "
              + optimizer.name()
              + ": expected a weight decay above 0 for them to share, got "
              + (decay == null ? "none" : decay));
    }
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return optimizer.state(parameters, kernels).withDecayedBiases();
  }

  /// Those of the optimiser within, and `decayBiases`.
  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(optimizer.settings());
    settings.put(SETTING, true);
    return settings;
  }
}
