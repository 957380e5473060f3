package ijen.tune;

import java.util.List;

/// Pruners by name: `none`, `median` and `percentile` (`percentile:percentile=25`, with `startup`,
/// `warmup` and `interval`), `asha` (`asha:factor=3`, with `first` and `skip`), `hyperband` (with
/// `first` and `factor`).
public final class Pruners {
  private static final List<String> NAMES =
      List.of("none", "median", "percentile", "asha", "hyperband");

  private Pruners() {}

  /// All names.
  public static List<String> names() {
    return NAMES;
  }

  /// The pruner that a text means.
  ///
  /// @param seed the key of what it draws
  /// @param last the last step that trials report
  /// @throws IllegalArgumentException if there is none of that name, or a setting is not one of its
  ///   own
  public static Pruner parse(String text, long seed, int last) {
    Words words = new Words("pruner", text);
    return switch (words.name()) {
      case "none" -> words.only(new NoPruner());
      case "median" -> words.only(percentile(words, PercentilePruner.median()));
      case "percentile" -> {
        PercentilePruner usual = PercentilePruner.median();
        double percentile = words.number("percentile", usual.percentile());
        yield words.only(percentile(words, usual.withPercentile(percentile)));
      }
      case "asha" -> {
        AshaPruner usual = AshaPruner.of();
        yield words.only(
            usual
                .withFirst(words.whole("first", usual.first()))
                .withFactor(words.whole("factor", usual.factor()))
                .withSkip(words.whole("skip", usual.skip())));
      }
      case "hyperband" -> {
        HyperbandPruner usual = HyperbandPruner.of(seed, last);
        yield words.only(
            usual
                .withFirst(words.whole("first", usual.first()))
                .withFactor(words.whole("factor", usual.factor())));
      }
      default -> throw words.unknown(NAMES);
    };
  }

  private static PercentilePruner percentile(Words words, PercentilePruner usual) {
    return usual
        .withStartup(words.whole("startup", usual.startup()))
        .withWarmup(words.whole("warmup", usual.warmup()))
        .withInterval(words.whole("interval", usual.interval()));
  }
}
