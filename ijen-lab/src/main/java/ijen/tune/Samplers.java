package ijen.tune;

import java.util.List;

/// Samplers by name: `random`, `grid` (`grid:points=5` for continuous dimensions), `sobol`, `tpe`
/// (`tpe:multivariate=true`, with `startup`, `candidates` and `pending-is-bad`).
public final class Samplers {
  private static final List<String> NAMES = List.of("random", "grid", "sobol", "tpe");

  private Samplers() {}

  /// All names.
  public static List<String> names() {
    return NAMES;
  }

  /// The sampler that a text means.
  ///
  /// @param seed the key of what it draws
  /// @throws IllegalArgumentException if there is none of that name, or a setting is not one of its
  ///   own
  public static Sampler parse(String text, long seed) {
    Words words = new Words("sampler", text);
    return switch (words.name()) {
      case "random" -> words.only(new RandomSampler(seed));
      case "grid" -> words.only(new GridSampler(words.whole("points", 0)));
      case "sobol" -> words.only(new SobolSampler(seed));
      case "tpe" -> {
        TpeSampler usual = TpeSampler.of(seed);
        yield words.only(
            usual
                .withStartup(words.whole("startup", usual.startup()))
                .withCandidates(words.whole("candidates", usual.candidates()))
                .withMultivariate(words.truth("multivariate", usual.multivariate()))
                .withPendingIsBad(words.truth("pending-is-bad", usual.pendingIsBad())));
      }
      default -> throw words.unknown(NAMES);
    };
  }
}
