package ijen.recipe;

import ijen.data.Spelling;
import java.util.List;
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
    String synonym = SYNONYMS.get(Spelling.plain(word));
    return synonym != null && known.contains(synonym)
        ? Optional.of(synonym)
        : Spelling.nearest(word, known);
  }

  /// `, did you mean 'lr'?`, or nothing where nothing is near.
  public static String hint(String word, List<String> known) {
    return to(word, known).map(name -> ", did you mean '" + name + "'?").orElse("");
  }
}
