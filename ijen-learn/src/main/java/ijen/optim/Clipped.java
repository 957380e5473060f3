package ijen.optim;

import ijen.graph.Objective;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// An optimiser whose gradients are clipped before it sees them.
///
/// By norm: g ← g·min(1, c/(‖g‖₂ + 10⁻⁶)), over all of θ. By value: gᵢ ← min(max(gᵢ, −c), c).
/// Weight decay is added afterwards, by the optimiser, and is not clipped. Both may be combined:
/// what is clipped first is what was asked for last.
///
/// The optimiser is handed a [ClippedObjective] in place of the objective, so that every gradient
/// passes there, whichever way it asks for one.
///
/// **Source:** Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks",
/// ICML 2013, algorithm 1.
///
/// @param optimizer any but [Lbfgs], whose line search needs the true gradient
/// @param by what is held below the limit
/// @param limit c > 0
public record Clipped(Optimizer optimizer, By by, double limit) implements Wrapper {
  /// What is held below a limit.
  public enum By {
    /// The length of the gradient.
    NORM("clipNorm", "clipping by norm"),
    /// Each number of the gradient.
    VALUE("clipValue", "clipping by value");

    private final String setting;
    private final String title;

    By(String setting, String title) {
      this.setting = setting;
      this.title = title;
    }
  }

  public Clipped {
    Settings.positive(by.title, "limit", limit);
    if (optimizer.searchesALine()) {
      throw new IllegalArgumentException(
          by.title
              + ": "
              + optimizer.name()
              + " chooses its steps by a line search, which needs the true gradient: use it without"
              + " clipping");
    }
    if (optimizer.settings().containsKey(by.setting)) {
      throw new IllegalArgumentException(
          by.title + ": " + optimizer.name() + " is clipped so already, give one limit");
    }
  }

  /// Clipped by the gradient's length.
  public static Clipped byNorm(Optimizer optimizer, double limit) {
    return new Clipped(optimizer, By.NORM, limit);
  }

  /// Clipped number by number.
  public static Clipped byValue(Optimizer optimizer, double limit) {
    return new Clipped(optimizer, By.VALUE, limit);
  }

  @Override
  public Objective handed(Objective objective, Kernels kernels) {
    return new ClippedObjective(objective, by, limit, kernels);
  }

  /// Those of the optimiser within, and `clipNorm` or `clipValue`.
  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(optimizer.settings());
    settings.put(by.setting, limit);
    return settings;
  }
}
