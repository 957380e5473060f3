package ijen.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds what somebody meant who wrote something else.
public final class Nearest {
  /// Words of other libraries and of textbooks for our settings.
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("learningrate", "lr"),
          Map.entry("rate", "lr"),
          Map.entry("stepsize", "lr"),
          Map.entry("eta", "lr"),
          Map.entry("batchsize", "batch"),
          Map.entry("minibatch", "batch"),
          Map.entry("dataset", "data"),
          Map.entry("layers", "hidden"),
          Map.entry("units", "hidden"),
          Map.entry("hiddenlayers", "hidden"),
          Map.entry("hiddensizes", "hidden"),
          Map.entry("initializer", "init"),
          Map.entry("initialization", "init"),
          Map.entry("nonlinearity", "activation"),
          Map.entry("criterion", "loss"),
          Map.entry("solver", "optimizer"),
          Map.entry("optimiser", "optimizer"),
          Map.entry("l2", "weight-decay"),
          Map.entry("decay", "weight-decay"),
          Map.entry("scheduler", "schedule"),
          Map.entry("lrschedule", "schedule"),
          Map.entry("patience", "early-stop"),
          Map.entry("earlystopping", "early-stop"),
          Map.entry("validationsplit", "validation"),
          Map.entry("valfraction", "validation"),
          Map.entry("randomseed", "seed"),
          Map.entry("workers", "threads"),
          Map.entry("label", "name"),
          Map.entry("title", "name"));

  private Nearest() {}

  /// The one of `known` that `word` probably means, if there is one.
  public static Optional<String> to(String word, List<String> known) {
    if (word.length() > 40) {
      return Optional.empty();
    }
    String wanted = plain(word);
    String synonym = SYNONYMS.get(wanted);
    if (synonym != null && known.contains(synonym)) {
      return Optional.of(synonym);
    }
    return known.stream()
        .min(Comparator.comparingInt(name -> edits(wanted, plain(name))))
        .filter(name ->
            edits(wanted, plain(name))
                <= Math.max(1, Math.min(name.length(), wanted.length()) / 3));
  }

  /// `, did you mean 'lr'?`, or nothing where nothing is near.
  public static String hint(String word, List<String> known) {
    return to(word, known).map(name -> ", did you mean '" + name + "'?").orElse("");
  }

  private static String plain(String word) {
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
