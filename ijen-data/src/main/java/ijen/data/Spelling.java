package ijen.data;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds which name of a catalogue was meant by somebody who wrote another.
public final class Spelling {
  private static final int LONGEST = 40;
  private static final int SHORTEST_PART = 3;

  private Spelling() {}

  /// The one of `known` that `word` probably means, if there is one: the first that contains it, or
  /// the one that takes the fewest edits, if they are few. Case, hyphens, underscores, dots and
  /// spaces do not count.
  public static Optional<String> nearest(String word, List<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = plain(word);
    Optional<String> longer =
        known.stream()
            .filter(name -> wanted.length() >= SHORTEST_PART && plain(name).contains(wanted))
            .findFirst();
    return longer.isPresent()
        ? longer
        : known.stream()
            .min(Comparator.comparingInt(name -> edits(wanted, plain(name))))
            .filter(name ->
                edits(wanted, plain(name))
                    <= Math.max(1, Math.min(name.length(), wanted.length()) / 3));
  }

  /// The word without what does not count.
  public static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /// The fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
  private static int edits(String a, String b) {
    int[][] fewest = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          fewest[i][j] = i + j;
          continue;
        }
        int replace = fewest[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, 1 + Math.min(fewest[i - 1][j], fewest[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, fewest[i - 2][j - 2] + 1);
        }
        fewest[i][j] = best;
      }
    }
    return fewest[a.length()][b.length()];
  }
}
