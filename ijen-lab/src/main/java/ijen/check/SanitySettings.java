package ijen.check;

/// How a network is looked at before it is trained for long.
///
/// @param samples how many samples flow through it
/// @param steps how many steps of a trial with the given optimiser
/// @param tiny how many samples it has to learn by heart
/// @param tinySteps in at most so many steps
/// @param seed the key of everything random
public record SanitySettings(int samples, int steps, int tiny, int tinySteps, long seed) {
  public SanitySettings {
    if (samples < 1 || tiny < 1) {
      throw new IllegalArgumentException(
          "sanity check: expected 1 or more samples, got " + samples + " and " + tiny);
    }
    if (steps < 0 || tinySteps < 1) {
      throw new IllegalArgumentException(
          "sanity check: expected steps from 0 on and 1 or more for the tiny set, got "
              + steps
              + " and "
              + tinySteps);
    }
  }

  /// 64 samples, 50 steps, 8 samples by heart in 300 steps.
  public static SanitySettings defaults() {
    return new SanitySettings(64, 50, 8, 300, 1);
  }

  /// The same with another number of samples.
  public SanitySettings withSamples(int samples) {
    return new SanitySettings(samples, steps, tiny, tinySteps, seed);
  }

  /// The same with a trial of another length; 0 for none.
  public SanitySettings withSteps(int steps) {
    return new SanitySettings(samples, steps, tiny, tinySteps, seed);
  }

  /// The same with another tiny set.
  public SanitySettings withTiny(int samples, int steps) {
    return new SanitySettings(this.samples, this.steps, samples, steps, seed);
  }

  /// The same with another seed.
  public SanitySettings withSeed(long seed) {
    return new SanitySettings(samples, steps, tiny, tinySteps, seed);
  }
}
