package ijen.optim;

import ijen.graph.Gradient;
import ijen.graph.Parameter;
import ijen.graph.Parameters;
import ijen.graph.Role;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an [Optimizer] remembers from step to step: how many there were, and vectors of θ's layout
/// such as a momentum. All of it is saved in a checkpoint.
public final class OptimizerState {
  private final Kernels kernels;
  private final Gradient gradient;
  private final Map<String, Gradient> slots = new LinkedHashMap<>();
  private double weightDecay;
  private Decay decay = Decay.none();
  private long steps;
  private double rateFactor = 1;

  /// A state with a zero vector for each of `slots`.
  public OptimizerState(Parameters parameters, Kernels kernels, String... slots) {
    this.kernels = kernels;
    this.gradient = new Gradient(parameters, kernels.precision());
    for (String slot : slots) {
      this.slots.put(slot, new Gradient(parameters, kernels.precision()));
    }
  }

  /// The kernels to update with.
  public Kernels kernels() {
    return kernels;
  }

  /// Room for the gradient of a step; not remembered.
  public Gradient gradient() {
    return gradient;
  }

  /// The vector of that name.
  public Gradient slot(String name) {
    Gradient slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("no slot '" + name + "'; there are " + slots.keySet());
    }
    return slot;
  }

  /// All vectors by name.
  public Map<String, Gradient> slots() {
    return Collections.unmodifiableMap(slots);
  }

  /// How many steps have been taken.
  public long steps() {
    return steps;
  }

  /// Counts a step and returns how many there are with it: 1 for the first.
  public long count() {
    return ++steps;
  }

  /// Goes on as after `steps` steps.
  public void restore(long steps) {
    this.steps = steps;
  }

  /// What the schedule makes of the learning rate in this step: it is multiplied by this.
  public double rateFactor() {
    return rateFactor;
  }

  /// Sets the schedule's factor for the next step.
  public void rateFactor(double factor) {
    this.rateFactor = factor;
  }

  /// What decays how much if weights decay by `weightDecay`: biases and norms do not.
  ///
  /// Made when first asked for, or asked for another number.
  public Decay decay(double weightDecay) {
    if (weightDecay != this.weightDecay) {
      List<Parameter> all = gradient.parameters().list();
      this.decay =
          Decay.of(
              all.stream().mapToInt(Parameter::end).toArray(),
              all.stream().mapToDouble(p -> p.role() == Role.WEIGHT ? weightDecay : 0).toArray());
      this.weightDecay = weightDecay;
    }
    return decay;
  }
}
