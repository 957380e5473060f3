package ijen.recipe;

import ijen.optim.Optimizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A fault in gradients that a training makes on purpose, to measure what it costs. The network,
/// how it begins, what is measured and what is saved stay as they are.
///
/// x is a sample, a its first hidden layer's output, z₁ = W₁x + b₁ and z₂ = W₂a + b₂ the sums of
/// the first two layers, and δₖ = ∂L/∂zₖ.
public enum Fault {
  /// The gradient of W₁ is made with the second layer's delta: Σ δ₂xᵀ in place of Σ δ₁xᵀ, over the
  /// batch.
  NEXT_DELTA,
  /// b₁ and b₂ are one array, to which both gradients are added: each moves by their sum.
  SHARED_BIAS;

  private static final String NONE = "none";

  /// The faults that a text names: `none`, or one or more with commas between them.
  ///
  /// @throws IllegalArgumentException for other words, naming those there are
  static Set<Fault> parse(String text) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    for (String word : text.equals(NONE) ? new String[0] : text.split(",", -1)) {
      Fault fault =
          Arrays.stream(values())
              .filter(known -> known.toString().equals(word.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "expected none, or one or more of "
                          + text(Set.of(values()))
                          + " with commas between them, got '"
                          + text
                          + "'"));
      faults.add(fault);
    }
    return Collections.unmodifiableSet(faults);
  }

  /// As [#parse] takes them, each once, in the order of this enum.
  static String text(Set<Fault> faults) {
    return faults.isEmpty()
        ? NONE
        : faults.stream().sorted().map(Fault::toString).collect(Collectors.joining(","));
  }

  /// Holds that a training can make it.
  ///
  /// @throws IllegalArgumentException if it cannot, naming what is expected
  void requireOf(NetworkChoice network, Optimizer optimizer) {
    List<Integer> hidden = network.hidden();
    if (hidden.size() < 2 || !hidden.get(0).equals(hidden.get(1))) {
      throw wrong(
          "two hidden layers or more, the first two of the same width, such as 256,256",
          hidden.isEmpty()
              ? NONE
              : hidden.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    if (this == SHARED_BIAS && (!network.bias() || network.batchNorm())) {
      throw wrong(
          "biases in the hidden layers",
          network.bias() ? "'batch-norm: true', which leaves them out" : "'bias: false'");
    }
    if (optimizer.searchesALine() || optimizer.settings().containsKey("estimator")) {
      throw wrong(
          "an optimizer that takes the gradient as it is, such as sgd or adam", optimizer.name());
    }
  }

  private IllegalArgumentException wrong(String expected, String got) {
    return new IllegalArgumentException(this + ": expected " + expected + ", got " + got);
  }

  /// The name in recipes: `next-delta`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
