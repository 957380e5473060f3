package ijen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ijen.loss.Losses;
import ijen.optim.Optimizers;
import ijen.recipe.Recipe;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FormulasTest {
  private static List<String> of(String recipe) {
    return Formulas.of(Recipe.parse(recipe, "test.yaml").config().describe());
  }

  private static String values(String recipe) {
    return Formulas.values(Recipe.parse(recipe, "test.yaml").config().describe());
  }

  @Test
  void everyLossHasOne() {
    String names = catchThrowable(() -> Losses.parse("none of them")).getMessage();
    Matcher list = Pattern.compile("\\[(.*)]").matcher(names);
    assertThat(list.find()).isTrue();
    String[] all = list.group(1).split(", ", -1);
    assertThat(all).hasSizeGreaterThan(8);
    for (String name : all) {
      assertThat(Formulas.loss(name)).startsWith("ℓ = ");
    }
    assertThat(Formulas.loss("huber:delta=2")).endsWith("δ = 2");
    assertThatThrownBy(() -> Formulas.loss("own")).hasMessageContaining("'own'");
  }

  @Test
  void everyOptimiserHasOne() {
    for (String name : Optimizers.names()) {
      List<String> lines = of("optimizer: " + name);
      assertThat(lines).as(name).hasSizeGreaterThanOrEqualTo(4);
      assertThat(String.join("\n", lines)).as(name).contains("θ");
      assertThat(values("optimizer: " + name)).as(name).contains("η = ");
    }
  }

  @Test
  void termsThatVanishAreLeftOut() {
    assertThat(of("lr: 0.05"))
        .containsExactly(
            "ℓ = −ln softmax(z)_c = ln Σⱼ e^zⱼ − z_c",
            "L(θ) = 1/n Σ ℓᵢ, the mean over the batch",
            "g = ∇L(θ)",
            "θ ← θ − η·g");
    assertThat(of("{lr: 0.05, momentum: 0.9, nesterov: true, weight-decay: 0.001, reduction: sum}"))
        .containsExactly(
            "ℓ = −ln softmax(z)_c = ln Σⱼ e^zⱼ − z_c",
            "L(θ) = Σ ℓᵢ, the sum over the batch",
            "g = ∇L(θ) + λθ (λ on weights only)",
            "v ← μv + g",
            "θ ← θ − η·(g + μv)");
    assertThat(of("{lr: 0.05, weight-decay: 0.001, decay-biases: true}"))
        .contains("g = ∇L(θ) + λθ (λ on all of θ, biases too)");
    assertThat(of("{optimizer: adamw, weight-decay: 0.001, decay-biases: true}"))
        .contains("θ ← (1 − ηλ)·θ, all of θ, biases too");
    assertThat(of("{hidden: [9, 9], fault: 'next-delta,shared-bias'}"))
        .contains(
            "on purpose: ∂L/∂W₁ = Σ δ₂xᵀ in place of Σ δ₁xᵀ, δₖ = ∂L/∂zₖ",
            "on purpose: b₁ and b₂ are one, and follow ∂L/∂b₁ + ∂L/∂b₂");
    assertThat(
            of(
                "{loss: half-logistic, measured-loss: 'half-logistic:squashed=true', watch-train:"
                    + " true}"))
        .startsWith(
            "ℓ = y·ln(1 + e^−z) + (1 − y)·z, which has no least value",
            "measured and shown in its place: ℓ = y·ln(1 + e^−s) + (1 − y)·s, s = σ(z) = 1/(1 +"
                + " e^−z)");
    assertThat(of("{optimizer: adam, clip-norm: 5, schedule: cosine}"))
        .contains("g ← g·min(1, c/‖g‖₂), c = 5")
        .contains("θ ← θ − η·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε)");
    assertThat(of("optimizer: rmsprop:centred=true"))
        .contains("a ← αa + (1 − α)g", "θ ← θ − η·g/(√(s − a²) + ε)");
  }

  @Test
  void lettersHaveTheirNumbers() {
    assertThat(values("lr: 0.05")).isEqualTo("η = 0.05");
    assertThat(values("{lr: 0.05, momentum: 0.9, nesterov: true, weight-decay: 0.001}"))
        .isEqualTo("η = 0.05, μ = 0.9, λ = 0.001");
    assertThat(values("{optimizer: adam, schedule: cosine}"))
        .isEqualTo("η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, η scheduled: cosine");
  }
}
