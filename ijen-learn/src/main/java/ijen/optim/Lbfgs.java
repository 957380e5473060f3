package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// L-BFGS: Newton's method with a curvature learnt from the last few steps.
///
/// From the m latest pairs s = θ′ − θ, y = ∇L(θ′) − ∇L(θ), the two-loop recursion makes the
/// direction d = −H·∇L(θ), where H is what m updates of BFGS make of (⟨s,y⟩/⟨y,y⟩)·I. θ then moves
/// by t·d, where t meets the strong Wolfe conditions ([LineSearch]) and η is tried first; the very
/// first t is η·min(1, 1/‖∇L‖₂). A pair that shows no curvature, ⟨s,y⟩ ≤ 10⁻¹⁰⟨y,y⟩, is left out.
/// Without a line search t is what would be tried first.
///
/// The pairs compare gradients, so that the loss has to be one function: give every step all
/// samples, and use no dropout. All products of vectors are accumulated in double. A step begins
/// with a gradient, and each trial of the line search is another one; after the step, the outputs
/// that can be watched are those of the last trial. Where no step makes the loss smaller, as at the
/// bottom, θ stays and the pairs are forgotten.
///
/// **Source:** Nocedal, Wright, "Numerical optimization", 2nd edition 2006, algorithms 7.4 and 7.5.
///
/// @param learningRate η > 0, 1 for Newton's step
/// @param history m, from 1 to 100: two vectors as long as θ are kept for each
/// @param iterations how many moves a step makes, 1 or more
/// @param lineSearch whether t is searched for
public record Lbfgs(double learningRate, int history, int iterations, boolean lineSearch)
    implements Optimizer {
  private static final int MOST = 100;
  private static final String[] S = names("s");
  private static final String[] Y = names("y");

  public Lbfgs {
    Settings.positive("lbfgs", "learning rate", learningRate);
    Settings.whole("lbfgs", "history", 1, MOST, history);
    Settings.whole("lbfgs", "iterations", 1, Integer.MAX_VALUE, iterations);
  }

  private static String[] names(String letter) {
    return IntStream.range(0, MOST).mapToObj(i -> letter + i).toArray(String[]::new);
  }

  /// With a history of 10, one move a step, and a line search that tries t = 1 first.
  public static Lbfgs of() {
    return new Lbfgs(1, 10, 1, true);
  }

  /// The same with another first trial.
  public Lbfgs withLearningRate(double learningRate) {
    return new Lbfgs(learningRate, history, iterations, lineSearch);
  }

  /// The same with another history.
  public Lbfgs withHistory(int history) {
    return new Lbfgs(learningRate, history, iterations, lineSearch);
  }

  /// The same with several moves in each step, which save the gradient at the beginning of all but
  /// the first.
  public Lbfgs withIterations(int iterations) {
    return new Lbfgs(learningRate, history, iterations, lineSearch);
  }

  /// The same without a line search.
  public Lbfgs withoutLineSearch() {
    return new Lbfgs(learningRate, history, iterations, false);
  }

  @Override
  public String name() {
    return "lbfgs";
  }

  @Override
  public boolean needsAllSamples() {
    return true;
  }

  @Override
  public boolean searchesALine() {
    return lineSearch;
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    String[] slots =
        IntStream.range(0, 2 * history)
            .mapToObj(i -> i < history ? S[i] : Y[i - history])
            .toArray(String[]::new);
    OptimizerState state =
        new OptimizerState(parameters, kernels, slots)
            .withNumbers("pairs", 2) // how many there are, and where the next one goes
            .withNumbers("rho", history) // 1 / ⟨s, y⟩
            .withRoom("start")
            .withRoom("direction")
            .withRoom("trial");
    return state.withCompanion(new LineSearch(state, new double[history]));
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    state.count();
    double loss = objective.gradient(theta, batch, state.gradient());
    double rate = learningRate * state.rateFactor();
    LineSearch search = state.companion(LineSearch.class);
    double at = loss;
    for (int i = 0; i < iterations && rate > 0 && Double.isFinite(at); i++) {
      if (!move(objective, theta, batch, state, search, at, rate)) {
        break;
      }
      at = search.value();
    }
    return loss;
  }

  /// Moves θ once, from the loss `at` and the gradient in the state, and leaves both as they are
  /// there; whether it did.
  private boolean move(
      Objective objective,
      Theta theta,
      Batch batch,
      OptimizerState state,
      LineSearch search,
      double at,
      double rate) {
    Kernels k = state.kernels();
    int n = theta.size();
    Buffer g = state.gradient().values();
    Buffer d = state.room("direction").values();
    double[] pairs = state.numbers("pairs");
    direction(state, g, d, n, search.weights);
    double slope = k.dot(g, d, n);
    if (!(slope < 0) && pairs[0] > 0) { // rounding has spoilt the pairs: begin anew
      pairs[0] = 0;
      direction(state, g, d, n, search.weights);
      slope = k.dot(g, d, n);
    }
    if (!(slope < 0)) {
      return false; // the gradient is zero
    }
    // Without pairs d = −g, of which neither length nor scale is known.
    double first = pairs[0] == 0 ? rate * Math.min(1, 1 / Math.sqrt(-slope)) : rate;
    search.from(objective, theta, batch, at, slope);
    if (!(lineSearch ? search.wolfe(first) : search.once(first))) {
      pairs[0] = 0;
      return false;
    }
    remember(state, theta.values(), g, n);
    return true;
  }

  /// d = −H·g, by the two-loop recursion.
  private void direction(OptimizerState state, Buffer g, Buffer d, int n, double[] weights) {
    Kernels k = state.kernels();
    double[] pairs = state.numbers("pairs");
    double[] rho = state.numbers("rho");
    int count = (int) pairs[0];
    int next = (int) pairs[1];
    k.scale(g, -1, d, n);
    if (count == 0) {
      return;
    }
    for (int back = 1; back <= count; back++) { // from the newest pair to the oldest
      int i = (next - back + history) % history;
      weights[i] = rho[i] * k.dot(state.slot(S[i]).values(), d, n);
      k.addScaled(state.slot(Y[i]).values(), -weights[i], d, n);
    }
    int newest = (next - 1 + history) % history;
    Buffer y = state.slot(Y[newest]).values();
    k.scale(d, 1 / (rho[newest] * k.dot(y, y, n)), d, n);
    for (int back = count; back >= 1; back--) {
      int i = (next - back + history) % history;
      double weight = weights[i] - rho[i] * k.dot(state.slot(Y[i]).values(), d, n);
      k.addScaled(state.slot(S[i]).values(), weight, d, n);
    }
  }

  /// Keeps the pair of the move just made, if it shows curvature, and takes over the new gradient.
  private void remember(OptimizerState state, Buffer theta, Buffer g, int n) {
    Kernels k = state.kernels();
    double[] pairs = state.numbers("pairs");
    int next = (int) pairs[1];
    Buffer s = state.slot(S[next]).values();
    Buffer y = state.slot(Y[next]).values();
    Buffer trial = state.room("trial").values();
    // The oldest pair goes, even if the new one does not come: the place is needed to look at it.
    k.subtract(theta, n, state.room("start").values(), n, s, 1, n);
    k.subtract(trial, n, g, n, y, 1, n);
    double curvature = k.dot(s, y, n);
    if (curvature > 1e-10 * k.dot(y, y, n)) {
      state.numbers("rho")[next] = 1 / curvature;
      pairs[0] = Math.min(pairs[0] + 1, history);
      pairs[1] = (next + 1) % history;
    } else if (pairs[0] == history) {
      pairs[0] = history - 1;
    }
    k.copy(trial, g, n);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("history", history);
    settings.put("iterations", iterations);
    settings.put("lineSearch", lineSearch);
    return settings;
  }
}
