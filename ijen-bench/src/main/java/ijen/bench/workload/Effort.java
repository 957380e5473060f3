package ijen.bench.workload;

/// How much of a workload one process does.
///
/// @param warmup epochs before those that count; their times are reported too
/// @param epochs epochs that count
/// @param passes how often the trained network is run over the test set, timed
public record Effort(int warmup, int epochs, int passes) {
  public Effort {
    if (warmup < 0 || epochs < 1 || passes < 0) {
      throw new IllegalArgumentException(
          "effort: expected epochs to be timed, got %s after %s, and %s passes"
              .formatted(epochs, warmup, passes));
    }
  }

  /// The same with other numbers of epochs.
  public Effort withEpochs(int warmup, int epochs) {
    return new Effort(warmup, epochs, passes);
  }

  /// All epochs.
  public int all() {
    return warmup + epochs;
  }

  /// One epoch to warm up, then three, of G and of a quick run one; D's network is evaluated too.
  public static Effort of(Workload workload, boolean quick) {
    int epochs = quick || workload == Workload.G ? 1 : 3;
    int passes = workload != Workload.D ? 0 : quick ? 10 : 30;
    return new Effort(1, epochs, passes);
  }
}
