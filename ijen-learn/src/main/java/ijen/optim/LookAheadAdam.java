package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// AdaM: Adam whose first moment follows the gradient at a point ahead of θ, its second moment that
/// at θ.
///
/// In step r = 1, 2, …, from m = s = 0: m ← β₁m + (1−β₁)·∇L(θ + β₁m); s ← β₂s + (1−β₂)·(∇L(θ))²; θ
/// ← θ − η·(m/(1−β₁ʳ⁺¹)) / (√(s/(1−β₂ʳ)) + ε). The exponent r + 1 belongs to the formula: the first
/// step has the length η/(1 + β₁), Adam's has η.
///
/// A step costs two gradients, twice as much as one of [Adam]. Between the two, θ is moved and put
/// back exactly.
///
/// **Source:** the optimiser \"AdaM\" of the parity experiment; Nesterov's look-ahead in Adam's
/// first moment, as in Dozat, \"Incorporating Nesterov momentum into Adam\", 2016, but with a
/// gradient of its own at the point ahead.
///
/// @param learningRate η > 0
/// @param beta1 β₁ in [0, 1)
/// @param beta2 β₂ in [0, 1)
/// @param epsilon ε > 0
public record LookAheadAdam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  public LookAheadAdam {
    Settings.positive("look-ahead-adam", "learning rate", learningRate);
    Settings.fraction("look-ahead-adam", "beta1", beta1);
    Settings.fraction("look-ahead-adam", "beta2", beta2);
    Settings.positive("look-ahead-adam", "epsilon", epsilon);
  }

  /// With β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
  public static LookAheadAdam of(double learningRate) {
    return new LookAheadAdam(learningRate, 0.9, 0.999, 1e-8);
  }

  /// The same with other decay rates of the moments.
  public LookAheadAdam withBetas(double beta1, double beta2) {
    return new LookAheadAdam(learningRate, beta1, beta2, epsilon);
  }

  @Override
  public String name() {
    return "look-ahead-adam";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return new OptimizerState(parameters, kernels, "m", "s").withRoom("theta").withRoom("ahead");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    Kernels k = state.kernels();
    int n = theta.size();
    Buffer here = theta.values();
    Buffer kept = state.room("theta").values();
    Buffer m = state.slot("m").values();
    k.copy(here, kept, n);
    try {
      k.addScaled(m, beta1, here, n);
      objective.gradient(theta, batch, state.room("ahead"));
    } finally {
      k.copy(kept, here, n);
    }
    // The last evaluation is the one at θ, so that the outputs which can be watched are its.
    double loss = objective.gradient(theta, batch, state.gradient());
    long r = state.count();
    k.updates()
        .adamOfTwo(
            here,
            state.room("ahead").values(),
            state.gradient().values(),
            m,
            state.slot("s").values(),
            n,
            learningRate * state.rateFactor(),
            beta1,
            beta2,
            epsilon,
            1 - Powers.of(beta1, r + 1),
            1 - Powers.of(beta2, r));
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("beta1", beta1);
    settings.put("beta2", beta2);
    settings.put("epsilon", epsilon);
    return settings;
  }
}
