package ijen.op;

import ijen.kernel.Pointwise;

/// Sigmoid linear unit, or swish: y = x·σ(x) = x / (1 + e⁻ˣ).
///
/// **Derivation.** By the product rule and σ′(x) = σ(x)·σ(−x): f′ = σ(x) + x·σ(x)·σ(−x) = σ(x)·(1 +
/// x·σ(−x)). f takes values below 0 twice, so y does not tell x: the input is needed.
///
/// **Shapes:** any; the output has the input's.
///
/// **Range:** from −0.2785 (at x = −1.2785) up; −0 at −∞; NaN stays NaN. In `float` within 3.0
/// units in the last place, or 60 of the smallest subnormal (below −87); the derivative within
/// 3.7·2⁻²⁴.
///
/// **Source:** Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units for neural network function
/// approximation in reinforcement learning", Neural Networks 107, 2018; Ramachandran, Zoph, Le,
/// "Searching for activation functions", 2017.
public record Silu() implements PointwiseOp {
  @Override
  public String name() {
    return "silu";
  }

  @Override
  public Pointwise function() {
    return Pointwise.SILU;
  }
}
