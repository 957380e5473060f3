package ijen.report;

import ijen.metric.Score;
import ijen.plot.Digits;
import ijen.run.EpochRow;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a run came to, in words and in its few most important numbers.
///
/// `alarming` is whether something went wrong that the reader must not miss.
record Verdict(String headline, List<String> remarks, boolean alarming) {
  static Verdict of(RunReport report) {
    List<String> remarks = new ArrayList<>();
    Optional<EpochRow> diverged =
        report.epochs().stream()
            .filter(row -> row.scores().values().stream().anyMatch(s -> !Double.isFinite(s.loss())))
            .findFirst();
    RunResult result = report.result();
    int measured = report.epochs().size();
    int epochs = result != null ? Math.max(result.work().epochs(), measured) : measured;
    String done = "%s %s".formatted(Digits.count(epochs), epochs == 1 ? "epoch" : "epochs");
    remarks.add(
        switch (report.status()) {
          case FINISHED -> "Finished after " + done + ".";
          case INTERRUPTED -> "Interrupted after " + done + "; it can be resumed.";
          case FAILED -> "Failed after " + done + ".";
          case RUNNING -> "Still running: " + done + " so far.";
        });
    if (result != null && !result.message().isBlank()) {
      remarks.add(sentence(result.message()));
    }
    diverged.ifPresent(row ->
        remarks.add(
            "From epoch %s on the loss is no longer a finite number: the training diverged. A smaller learning rate is the first thing to try."
                .formatted(row.epoch())));
    if (result != null && result.decisions().confusion() != null) {
      var confusion = result.decisions().confusion();
      long right = 0;
      for (int i = 0; i < confusion.classes(); i++) {
        right += confusion.count(i, i);
      }
      remarks.add(
          "%s of %s test examples were recognised."
              .formatted(Digits.count(right), Digits.count(confusion.total())));
    }
    if (result != null && result.trained().bestEpoch() != null) {
      remarks.add(
          "The best checkpoint is that of epoch %s.".formatted(result.trained().bestEpoch()));
    }
    boolean alarming = diverged.isPresent() || report.status() == RunStatus.FAILED;
    return new Verdict(headline(report), remarks, alarming);
  }

  /// The numbers to show large, by what they mean.
  static Map<String, String> keyFigures(RunReport report) {
    Map<String, String> figures = new LinkedHashMap<>();
    Map<String, Score> scores = report.scores();
    for (String split : List.of(RunResult.TEST, RunResult.VALIDATION, RunResult.TRAIN)) {
      Score score = scores.get(split);
      if (score == null) {
        continue;
      }
      if (!Double.isNaN(score.accuracy())) {
        figures.put(split + " accuracy", Digits.fixed(score.accuracy(), 4));
      }
      figures.put(split + " loss", Digits.significant(score.loss(), 4));
    }
    RunResult result = report.result();
    if (result != null) {
      if (result.trained().parameters() > 0) {
        figures.put("parameters", Digits.count(result.trained().parameters()));
      }
      figures.put("steps", Digits.count(result.work().steps()));
      figures.put("training time", duration(result.work().seconds()));
      figures.put("samples a second", Digits.count(Math.round(result.work().samplesPerSecond())));
    }
    return figures;
  }

  /// A time as people say it: `23 ms`, `0.8 s`, `41 s`, `3 min 12 s`, `2 h 05 min`.
  static String duration(double seconds) {
    if (!(seconds >= 0 && seconds < 1e9)) {
      return Digits.significant(seconds, 3) + " s";
    }
    long whole = Math.round(seconds);
    if (seconds < 0.1) {
      return Digits.fixed(1000 * seconds, 0) + " ms";
    }
    if (whole < 60) {
      return Digits.fixed(seconds, seconds < 9.95 ? 1 : 0) + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  private static String headline(RunReport report) {
    Map<String, Score> scores = report.scores();
    for (String split : List.of(RunResult.TEST, RunResult.VALIDATION, RunResult.TRAIN)) {
      Score score = scores.get(split);
      if (score != null) {
        String loss = split + " loss " + Digits.significant(score.loss(), 4);
        String text =
            Double.isNaN(score.accuracy())
                ? loss
                : "%s accuracy %s, %s".formatted(split, Digits.fixed(score.accuracy(), 4), loss);
        return sentence(text);
      }
    }
    return "Nothing has been measured yet.";
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    int first = stripped.codePointAt(0);
    String capital =
        Character.toString(Character.toUpperCase(first))
            + stripped.substring(Character.charCount(first));
    return capital.matches("(?s).*[.!?…]") ? capital : capital + ".";
  }
}
