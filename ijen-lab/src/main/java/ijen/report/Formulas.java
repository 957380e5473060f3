package ijen.report;

import ijen.optim.Optimizers;
import ijen.plot.Digits;
import ijen.recipe.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Losses and optimisers as formulae, by their names in recipes; terms that a training's settings
/// make vanish are left out.
///
/// z is the network's output, a what the last activation makes of it, y the target, c the number of
/// the true class, η the learning rate, t the step.
final class Formulas {
  private static final String MOMENTS = "m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²";

  private final Map<String, String> settings;

  private Formulas(Map<String, String> settings) {
    this.settings = settings;
  }

  /// What a training with these settings computes, line by line: the loss of a sample, that of a
  /// batch, the step.
  static List<String> of(Map<String, ? extends @Nullable Object> settings) {
    return new Formulas(Settings.flat(settings)).lines();
  }

  /// The numbers that the letters of these formulae stand for: `η = 0.1, μ = 0.9`.
  static String values(Map<String, ? extends @Nullable Object> settings) {
    return new Formulas(Settings.flat(settings)).values();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(loss(text(Setting.LOSS)));
    if (isSet(Setting.MEASURED_LOSS)) {
      lines.add("measured and shown in its place: " + loss(text(Setting.MEASURED_LOSS)));
    }
    lines.add(
        text(Setting.REDUCTION).equals("sum")
            ? "L(θ) = Σ ℓᵢ, the sum over the batch"
            : "L(θ) = 1/n Σ ℓᵢ, the mean over the batch");
    lines.addAll(update());
    return lines;
  }

  /// The loss of one sample.
  static String loss(String text) {
    String name = text.replaceFirst(":.*", "");
    return switch (name) {
      case "cross-entropy" ->
          text.equals(name)
              ? "ℓ = −ln softmax(z)_c = ln Σⱼ e^zⱼ − z_c"
              : "ℓ = −Σⱼ qⱼ ln softmax(z)ⱼ with qⱼ = (1 − s)·[j = c] + s/k, s = " + value(text);
      case "binary-cross-entropy" -> "ℓ = −y·ln σ(z) − (1 − y)·ln(1 − σ(z)), σ(z) = 1/(1 + e^−z)";
      case "binary-cross-entropy-of-probabilities" -> "ℓ = −y·ln a − (1 − y)·ln(1 − a)";
      case "mean-squared-error" -> "ℓ = 1/d Σⱼ (aⱼ − yⱼ)²";
      case "mean-absolute-error" -> "ℓ = 1/d Σⱼ |aⱼ − yⱼ|";
      case "huber" ->
          "ℓ = 1/d Σⱼ h(aⱼ − yⱼ), h(e) = e²/2 where |e| ≤ δ, else δ·(|e| − δ/2), δ = "
              + value(text);
      case "l2-norm" -> "ℓ = ‖a − y‖₂ = √(Σⱼ (aⱼ − yⱼ)² + 10⁻¹²)";
      case "half-logistic" ->
          text.equals(name)
              ? "ℓ = y·ln(1 + e^−z) + (1 − y)·z, which has no least value"
              : "ℓ = y·ln(1 + e^−s) + (1 − y)·s, s = σ(z) = 1/(1 + e^−z)";
      default -> throw new IllegalArgumentException("no formula of the loss '" + text + "'");
    };
  }

  private static String value(String text) {
    return text.replaceFirst(".*=", "");
  }

  /// What a step does.
  private List<String> update() {
    List<String> lines = new ArrayList<>();
    lines.add(gradient());
    if (text(Setting.FAULT).contains("next-delta")) {
      lines.add("on purpose: ∂L/∂W₁ = Σ δ₂xᵀ in place of Σ δ₁xᵀ, δₖ = ∂L/∂zₖ");
    }
    if (text(Setting.FAULT).contains("shared-bias")) {
      lines.add("on purpose: b₁ and b₂ are one, and follow ∂L/∂b₁ + ∂L/∂b₂");
    }
    if (isSet(Setting.CLIP_NORM)) {
      lines.add("g ← g·min(1, c/‖g‖₂), c = " + number(text(Setting.CLIP_NORM)));
    }
    if (isSet(Setting.CLIP_VALUE)) {
      lines.add("gᵢ ← min(max(gᵢ, −c), c), c = " + number(text(Setting.CLIP_VALUE)));
    }
    boolean momentum = isSet(Setting.MOMENTUM);
    lines.addAll(
        switch (rule()) {
          case "sgd", "zo-sgd", "forward-grad" -> descent(momentum);
          case "gradient-descent" -> List.of("θ ← θ − η·g, over all samples");
          case "adam", "zo-adam" -> List.of(MOMENTS, adam("v"));
          case "adamw" -> List.of("θ ← (1 − ηλ)·θ, " + decayed(), MOMENTS, adam("v"));
          case "amsgrad" -> List.of(MOMENTS, "w ← max(w, v)", adam("w"));
          case "look-ahead-adam" ->
              List.of(
                  "m ← β₁m + (1 − β₁)·∇L(θ + β₁m)",
                  "s ← β₂s + (1 − β₂)·g²",
                  "θ ← θ − η·(m/(1 − β₁ᵗ⁺¹)) / (√(s/(1 − β₂ᵗ)) + ε)");
          case "rmsprop" -> rmsProp(momentum);
          case "adagrad" -> List.of("s ← s + g²", "θ ← θ − η/(1 + (t − 1)κ)·g / (√s + ε)");
          case "coordinate-sgd" ->
              List.of("θⱼ ← θⱼ − η·∂L/∂θⱼ for one j, drawn uniformly from all of θ");
          case "lbfgs" ->
              List.of(
                  "d = −H·g, H the inverse Hessian by BFGS from the latest steps",
                  "θ ← θ + t·d, t by the strong Wolfe conditions");
          case "zo-conservative" -> List.of("θ ← the best of θ, θ − η·g and θ + η·g on the batch");
          case "zo-sign" -> List.of("θ ← θ − η·sign(g)");
          default ->
              throw new IllegalArgumentException("no formula of the optimiser '" + rule() + "'");
        });
    return lines;
  }

  private static String adam(String second) {
    return "θ ← θ − η·(m/(1 − β₁ᵗ)) / (√(" + second + "/(1 − β₂ᵗ)) + ε)";
  }

  private String gradient() {
    String decay =
        isSet(Setting.WEIGHT_DECAY) && !rule().equals("adamw")
            ? " + λθ (λ on " + decayed() + ")"
            : "";
    return switch (own().getOrDefault("estimator", "")) {
      case "" ->
          rule().equals("coordinate-sgd")
              ? "∂L/∂θⱼ by forward mode, of a batch"
              : "g = ∇L(θ)" + decay;
      case "forward" -> "g = 1/q Σ ⟨∇L(θ), uᵢ⟩·uᵢ, uᵢ random" + decay;
      case "coordinate" -> "gᵢ = (L(θ + ρeᵢ) − L(θ))/ρ, or from both sides" + decay;
      case "hybrid" -> "g = ∇L(θ) in the last layers, an estimate from losses before them" + decay;
      default -> "g = 1/q Σ (L(θ + ρuᵢ) − L(θ − ρuᵢ))/2ρ·uᵢ, uᵢ random" + decay;
    };
  }

  /// What weight decay applies to.
  private String decayed() {
    return text(Setting.DECAY_BIASES).equals("true") ? "all of θ, biases too" : "weights only";
  }

  private List<String> descent(boolean momentum) {
    return momentum
        ? List.of(
            "v ← μv + g",
            text(Setting.NESTEROV).equals("true") ? "θ ← θ − η·(g + μv)" : "θ ← θ − η·v")
        : List.of("θ ← θ − η·g");
  }

  private List<String> rmsProp(boolean momentum) {
    boolean centred = own().getOrDefault("centred", "false").equals("true");
    List<String> lines = new ArrayList<>(List.of("s ← αs + (1 − α)g²"));
    if (centred) {
      lines.add("a ← αa + (1 − α)g");
    }
    String root = centred ? "√(s − a²)" : "√s";
    lines.add(
        momentum ? "u ← μu + g/(" + root + " + ε), θ ← θ − η·u" : "θ ← θ − η·g/(" + root + " + ε)");
    return lines;
  }

  /// The numbers that the letters stand for.
  private String values() {
    Map<String, String> letters = new LinkedHashMap<>();
    letters.put("η", text(Setting.LR));
    letters.put("β₁", own().getOrDefault("beta1", ""));
    letters.put("β₂", own().getOrDefault("beta2", ""));
    letters.put("ε", own().getOrDefault("epsilon", ""));
    letters.put("α", own().getOrDefault("alpha", ""));
    letters.put("κ", own().getOrDefault("rateDecay", ""));
    letters.put("q", own().getOrDefault("queries", ""));
    letters.put("ρ", own().getOrDefault("radius", ""));
    letters.put("μ", isSet(Setting.MOMENTUM) ? text(Setting.MOMENTUM) : "");
    letters.put("λ", isSet(Setting.WEIGHT_DECAY) ? text(Setting.WEIGHT_DECAY) : "");
    List<String> words = new ArrayList<>();
    letters.forEach((letter, value) -> {
      if (!value.isEmpty()) {
        words.add(letter + " = " + number(value));
      }
    });
    String schedule = text(Setting.SCHEDULE);
    if (!schedule.isEmpty() && !schedule.equals("constant")) {
      words.add("η scheduled: " + schedule);
    }
    return String.join(", ", words);
  }

  private static String number(String text) {
    return Digits.brief(Double.parseDouble(text), 6);
  }

  private String rule() {
    return text(Setting.OPTIMIZER).replaceFirst(":.*", "");
  }

  /// The optimiser's own settings, those that are not keys of their own among them.
  private Map<String, String> own() {
    Map<String, String> own = new LinkedHashMap<>();
    Optimizers.parse(text(Setting.OPTIMIZER))
        .settings()
        .forEach((name, value) -> own.put(name, String.valueOf(value)));
    return own;
  }

  private boolean isSet(Setting setting) {
    String text = text(setting);
    return !text.isEmpty() && !text.equals("0") && !text.equals("0.0");
  }

  private String text(Setting setting) {
    return settings.getOrDefault(setting.key(), "");
  }
}
