package ijen.recipe;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameter;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;

/// [Fault#SHARED_BIAS]: both biases, which begin at 0, get the sum of both gradients, and so stay
/// equal to the bit.
final class SharedBias extends WrongGradient {
  private final Parameter first;
  private final Parameter second;

  SharedBias(Objective right, Kernels kernels) {
    super(right, kernels);
    this.first = right.parameters().get("dense1.bias");
    this.second = right.parameters().get("dense2.bias");
  }

  @Override
  void spoil(Theta theta, Batch batch, Gradient gradient) {
    Buffer sum = gradient.slice(first);
    Buffer other = gradient.slice(second);
    kernels().addScaled(other, 1, sum, first.size());
    kernels().copy(sum, other, first.size());
  }
}
