package ijen.optim;

import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameter;
import ijen.graph.Parameters;
import ijen.graph.Role;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an [Optimizer] remembers from step to step: how many there were, vectors of θ's layout such
/// as a momentum, and single numbers. All of it is saved in a checkpoint.
///
/// What a step needs for itself is not remembered: room for vectors, and a companion.
public final class OptimizerState {
  private final Parameters parameters;
  private final Kernels kernels;
  private @Nullable Gradient gradient;
  private final Map<String, Gradient> slots = new LinkedHashMap<>();
  private final Map<String, double[]> numbers = new LinkedHashMap<>();
  private final Map<String, Gradient> rooms = new LinkedHashMap<>();
  private @Nullable Object companion;
  private final IdentityHashMap<Wrapper, Handed> handed = new IdentityHashMap<>();
  private boolean decayBiases;
  private double weightDecay;
  private Decay decay = Decay.none();
  private long steps;
  private double rateFactor = 1;

  /// A state with a zero vector for each of `slots`.
  public OptimizerState(Parameters parameters, Kernels kernels, String... slots) {
    this.parameters = parameters;
    this.kernels = kernels;
    for (String slot : slots) {
      this.slots.put(slot, new Gradient(parameters, kernels.precision()));
    }
  }

  /// Remembers `count` numbers, too, which begin as zeros.
  public OptimizerState withNumbers(String name, int count) {
    numbers.put(name, new double[count]);
    return this;
  }

  /// Gives the steps room for a vector of that name.
  public OptimizerState withRoom(String name) {
    rooms.put(name, new Gradient(parameters, kernels.precision()));
    return this;
  }

  /// Gives the steps an object to work with.
  public OptimizerState withCompanion(Object companion) {
    this.companion = companion;
    return this;
  }

  /// Lets weight decay apply to all parameters, not to weights alone.
  public OptimizerState withDecayedBiases() {
    decayBiases = true;
    return this;
  }

  /// The kernels to update with.
  public Kernels kernels() {
    return kernels;
  }

  /// Room for the gradient of a step; not remembered. Made when first asked for: an optimiser that
  /// never asks does not pay for it.
  public Gradient gradient() {
    if (gradient == null) {
      gradient = new Gradient(parameters, kernels.precision());
    }
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

  /// The numbers of that name: shared, to be read and written.
  public double[] numbers(String name) {
    double[] found = numbers.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no numbers '" + name + "'; there are " + numbers.keySet());
    }
    return found;
  }

  /// All numbers by name.
  public Map<String, double[]> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /// Room of that name, for a vector that is not remembered.
  public Gradient room(String name) {
    Gradient room = rooms.get(name);
    if (room == null) {
      throw new IllegalArgumentException("no room '" + name + "'; there is " + rooms.keySet());
    }
    return room;
  }

  /// The object that works with this state; not remembered.
  public <T> T companion(Class<T> type) {
    if (companion == null) {
      throw new IllegalArgumentException("no companion; expected a " + type.getSimpleName());
    }
    return type.cast(companion);
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

  /// What decays how much if weights decay by `weightDecay`: biases and norms do not, unless
  /// [#withDecayedBiases].
  ///
  /// Made when first asked for, or asked for another number.
  public Decay decay(double weightDecay) {
    if (weightDecay != this.weightDecay) {
      List<Parameter> all = parameters.list();
      this.decay =
          Decay.of(
              all.stream().mapToInt(Parameter::end).toArray(),
              all.stream()
                  .mapToDouble(p -> decayBiases || p.role() == Role.WEIGHT ? weightDecay : 0)
                  .toArray());
      this.weightDecay = weightDecay;
    }
    return decay;
  }

  /// An objective, and what a wrapper hands on in place of it.
  private record Handed(Objective objective, Objective instead) {}

  /// What `wrapper` hands on in place of an objective: made when first asked for, or for another
  /// one.
  @SuppressWarnings("ReferenceEquality") // the same objective is meant, not an equal one
  Objective handed(Objective objective, Wrapper wrapper) {
    Handed latest = handed.get(wrapper);
    if (latest == null || latest.objective != objective) {
      latest = new Handed(objective, wrapper.handed(objective, kernels));
      handed.put(wrapper, latest);
    }
    return latest.instead;
  }
}
