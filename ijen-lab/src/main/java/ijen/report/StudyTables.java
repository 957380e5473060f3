package ijen.report;

import ijen.metric.Replicates;
import ijen.metric.Score;
import ijen.plot.Digits;
import ijen.recipe.Claim;
import ijen.recipe.Expectation;
import ijen.recipe.Measure;
import ijen.report.Html.Column;
import ijen.run.EpochRow;
import ijen.run.RunResult;
import ijen.study.Judgement;
import ijen.study.SeedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The tables of trainings that are compared.
final class StudyTables {
  private static final List<Measure> OUTCOMES =
      List.of(
          Measure.parse("parameters"),
          Measure.parse("steps"),
          Measure.parse("samples"),
          Measure.parse("train loss"),
          Measure.parse("train accuracy"),
          Measure.parse("test loss"),
          Measure.parse("test accuracy"),
          Measure.parse("test loss without biases"),
          Measure.parse("test accuracy without biases"));

  /// The verdict of a claim that holds.
  static final String HELD = "held";

  /// So much of a hash tells two apart.
  private static final int HASH_LENGTH = 16;

  private StudyTables() {}

  /// What is claimed beside what was measured.
  static void claims(List<Judgement> judgements, Function<Claim, Trainings> of, Html html) {
    boolean several = judgements.stream().map(j -> j.claim().variant()).distinct().count() > 1;
    boolean remarks = judgements.stream().anyMatch(j -> !j.claim().why().isEmpty());
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.text("what"),
                Column.number("published"),
                Column.number("measured"),
                Column.number("95 % interval"),
                Column.text("expected"),
                Column.text("verdict")));
    if (remarks) {
      columns.add(Column.text("remark"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Judgement judgement : judgements) {
      Claim claim = judgement.claim();
      Trainings trainings = of.apply(claim);
      Replicates measured = judgement.measured();
      String what = claim.measure().toString();
      List<String> row = new ArrayList<>();
      row.add(several ? trainings.name() + ": " + what : what);
      row.add(
          claim
              .published()
              .map(value -> Numbers.published(claim.measure(), value))
              .orElse(Settings.NONE));
      row.add(trainings.text(claim.measure()));
      row.add(measured.isFinite() ? Numbers.interval(claim.measure(), measured) : Settings.NONE);
      row.add(expected(claim.expectation()));
      row.add(verdict(judgement));
      if (remarks) {
        row.add(claim.why());
      }
      rows.add(row);
    }
    html.table(
        "What was published or is expected, and what was measured",
        columns,
        rows,
        i -> judgements.get(i).holds() ? "" : "alarm");
  }

  static String expected(Expectation expectation) {
    String text = expectation.toString();
    return text.isEmpty() ? Settings.NONE : text.replaceAll("-(?=\\d)", "−");
  }

  private static String verdict(Judgement judgement) {
    String verdict = judgement.verdict();
    if (verdict.isEmpty()) {
      return Settings.NONE;
    }
    return !judgement.holds() ? "✗ " + verdict : verdict.equals(HELD) ? "✓ " + verdict : verdict;
  }

  /// What each came to; a column that has nothing to say is left out.
  static void outcomes(List<Trainings> all, Html html) {
    List<Measure> told =
        OUTCOMES.stream()
            .filter(measure -> all.stream().anyMatch(one -> one.has(measure)))
            .toList();
    List<Column> columns = new ArrayList<>(List.of(Column.text("training")));
    told.forEach(measure -> columns.add(Column.number(heading(measure))));
    List<List<String>> rows = new ArrayList<>();
    for (Trainings one : all) {
      List<String> row = new ArrayList<>(List.of(one.name()));
      told.forEach(measure -> row.add(one.text(measure)));
      rows.add(row);
    }
    html.table("What each training came to: mean ± standard deviation", columns, rows, 0);
  }

  private static String heading(Measure measure) {
    return switch (measure.kind()) {
      case SAMPLES -> "gradients of samples";
      default -> measure.toString();
    };
  }

  /// In what they differ, one a row, and what they share.
  static void settings(List<Trainings> all, Html html) {
    List<String> differing = Trainings.differing(all);
    if (!differing.isEmpty()) {
      List<Column> columns = new ArrayList<>(List.of(Column.text("training")));
      differing.forEach(name -> columns.add(Column.text(name)));
      List<List<String>> rows = new ArrayList<>();
      for (Trainings one : all) {
        Map<String, String> settings = Settings.flat(one.settings());
        List<String> row = new ArrayList<>(List.of(one.name()));
        differing.forEach(name -> row.add(settings.getOrDefault(name, Settings.NONE)));
        rows.add(row);
      }
      html.table("In what the trainings differ", columns, rows, 0);
    }
    Map<String, String> shared = new LinkedHashMap<>(Settings.flat(all.getFirst().settings()));
    shared.keySet().removeAll(differing);
    html.pairs(all.size() == 1 ? "What was asked for" : "What they share", shared);
  }

  /// Each training by itself.
  static void seeds(List<Trainings> all, Html html) {
    List<String> parts = List.of(RunResult.TRAIN, RunResult.TEST);
    List<Column> columns = new ArrayList<>(List.of(Column.text("training"), Column.number("seed")));
    for (String part : parts) {
      columns.add(Column.number(part + " loss"));
      columns.add(Column.number(part + " accuracy"));
    }
    columns.add(Column.text("SHA-256 of θ begins"));
    List<List<String>> rows = new ArrayList<>();
    for (Trainings one : all) {
      for (SeedRun run : one.runs()) {
        List<String> row = new ArrayList<>(List.of(one.name(), Long.toString(run.seed())));
        for (String part : parts) {
          Score score = run.result().scores().get(part);
          if (score == null || run.diverged()) {
            row.addAll(List.of(Settings.NONE, Settings.NONE));
          } else {
            row.add(Digits.significant(score.loss(), 4));
            row.add(ClassTable.share(score.accuracy()));
          }
        }
        String hash = run.result().trained().thetaSha256();
        row.add(
            hash.isEmpty()
                ? Settings.NONE
                : hash.substring(0, Math.min(HASH_LENGTH, hash.length())));
        rows.add(row);
      }
    }
    html.markup("<details>\n<summary>Seed by seed</summary>\n");
    html.table("Each training by itself", columns, rows, 0).markup("</details>\n");
  }

  /// What they took: the one table whose numbers are other ones each time.
  static void times(List<Trainings> all, Html html) {
    Measure samples = Measure.parse("samples");
    Measure yardstick = StudyFigures.yardstick(all).orElse(StudyFigures.TEST_LOSS);
    List<Column> columns =
        List.of(
            Column.text("training"),
            Column.number("gradients of samples"),
            Column.number("seconds, mean ± sd"),
            Column.number("samples a second"),
            Column.number("µs a step"),
            Column.number(yardstick.toString()));
    List<List<String>> rows = new ArrayList<>();
    for (Trainings one : all) {
      List<Double> seconds = work(one, RunResult.Work::seconds);
      List<Double> rates = work(one, RunResult.Work::samplesPerSecond);
      rows.add(
          List.of(
              one.name(),
              one.text(samples),
              seconds.isEmpty() ? Settings.NONE : seconds(new Replicates(seconds)),
              rates.isEmpty()
                  ? Settings.NONE
                  : Digits.count(Math.round(new Replicates(rates).mean())),
              stepTime(one),
              one.text(yardstick)));
    }
    html.table("What each training took", columns, rows, 0);
  }

  /// The mean time of a step, measuring not included.
  private static String stepTime(Trainings one) {
    List<Double> times =
        one.runs().stream()
            .filter(run -> !run.diverged() && !run.epochs().isEmpty())
            .map(run ->
                1e6
                    * run.epochs().stream().mapToDouble(EpochRow::seconds).sum()
                    / run.epochs().getLast().step())
            .toList();
    return times.isEmpty() ? Settings.NONE : Digits.significant(new Replicates(times).mean(), 3);
  }

  private static List<Double> work(Trainings one, Function<RunResult.Work, Double> number) {
    return one.runs().stream()
        .filter(run -> !run.diverged())
        .map(run -> number.apply(run.result().work()))
        .filter(Double::isFinite)
        .toList();
  }

  private static String seconds(Replicates seconds) {
    String mean = Digits.significant(seconds.mean(), 3);
    return seconds.runs() == 1 ? mean : mean + " ± " + Digits.significant(seconds.sd(), 2);
  }
}
