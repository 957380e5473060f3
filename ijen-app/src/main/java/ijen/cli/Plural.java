package ijen.cli;

/// A count and its noun.
final class Plural {
  private Plural() {}

  /// `1 run`, `2 runs`.
  static String of(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
