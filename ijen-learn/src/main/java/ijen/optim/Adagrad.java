package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Adagrad: steps scaled by the sum of all squared gradients so far.
///
/// In step t, with g = ∇L(θ) + λθ (λ on weights only): s ← s + g²; θ ← θ − (η/(1 + (t−1)κ))·g / (√s
/// + ε).
///
/// **Source:** Duchi, Hazan, Singer, \"Adaptive subgradient methods for online learning and
/// stochastic optimization\", JMLR 2011, with diagonal matrices.
///
/// @param learningRate η > 0
/// @param rateDecay κ ≥ 0, by which the rate falls from step to step
/// @param initialSum what s begins with, 0 or more
/// @param epsilon ε > 0
/// @param weightDecay λ ≥ 0, added to the gradient of weights, not of biases and norms
public record Adagrad(
    double learningRate, double rateDecay, double initialSum, double epsilon, double weightDecay)
    implements Optimizer {
  public Adagrad {
    Settings.positive("adagrad", "learning rate", learningRate);
    Settings.atLeastZero("adagrad", "rate decay", rateDecay);
    Settings.atLeastZero("adagrad", "initial sum", initialSum);
    Settings.positive("adagrad", "epsilon", epsilon);
    Settings.atLeastZero("adagrad", "weight decay", weightDecay);
  }

  /// With a rate that does not fall, a sum that begins at 0, and ε = 10⁻¹⁰.
  public static Adagrad of(double learningRate) {
    return new Adagrad(learningRate, 0, 0, 1e-10, 0);
  }

  /// The same with a rate that falls.
  public Adagrad withRateDecay(double rateDecay) {
    return new Adagrad(learningRate, rateDecay, initialSum, epsilon, weightDecay);
  }

  /// The same with a sum that begins elsewhere.
  public Adagrad withInitialSum(double initialSum) {
    return new Adagrad(learningRate, rateDecay, initialSum, epsilon, weightDecay);
  }

  /// The same with weight decay.
  public Adagrad withWeightDecay(double weightDecay) {
    return new Adagrad(learningRate, rateDecay, initialSum, epsilon, weightDecay);
  }

  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    OptimizerState state = new OptimizerState(parameters, kernels, "sum");
    state.slot("sum").values().fill(initialSum);
    return state;
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    double loss = objective.gradient(theta, batch, state.gradient());
    long t = state.count();
    double rate = learningRate / (1 + (t - 1) * rateDecay) * state.rateFactor();
    Buffer g = state.gradient().values();
    Buffer sum = state.slot("sum").values();
    state
        .kernels()
        .updates()
        .adagrad(theta.values(), g, sum, theta.size(), rate, epsilon, state.decay(weightDecay));
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("rateDecay", rateDecay);
    settings.put("initialSum", initialSum);
    settings.put("epsilon", epsilon);
    settings.put("weightDecay", weightDecay);
    return settings;
  }
}
