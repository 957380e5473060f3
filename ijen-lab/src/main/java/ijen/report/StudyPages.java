package ijen.report;

import ijen.metric.Replicates;
import ijen.plot.Figure;
import ijen.recipe.Claim;
import ijen.recipe.Departure;
import ijen.recipe.Expectation;
import ijen.recipe.Study;
import ijen.study.Judgement;
import ijen.study.StudyResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Studies as Markdown: a page for each with its figures as SVG beside it, and an index.
///
/// Nothing on the pages is another each time: the same studies give the same bytes.
public final class StudyPages {
  /// The name of the index.
  public static final String INDEX = "README.md";

  /// The charts that a page shows, the first of which there are any, by the beginnings of their
  /// names.
  private static final List<String> CURVES =
      List.of("accuracy-test", "loss-test", "accuracy", "loss");

  private StudyPages() {}

  /// Writes the pages and an index of them into a folder, each file whole or not at all; other
  /// files stay as they are.
  ///
  /// @throws IOException if a run's file cannot be read, or a page cannot be written
  public static void write(Path folder, List<StudyResult> results) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    if (results.size() > 1) {
      files.put(INDEX, index(results));
    }
    for (StudyResult result : results) {
      StudyData data = StudyData.read(result);
      Map<String, Figure> figures = figures(data);
      files.put(result.study().name() + ".md", page(data, figures, results.size() > 1));
      figures.forEach((name, figure) -> files.put(name + ".svg", figure.standalone()));
    }
    Markdown.write(folder, files);
  }

  private static Map<String, Figure> figures(StudyData data) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    String prefix = data.study().name() + "-";
    StudyFigures.forest(data.all(), data.claims())
        .ifPresent(figure -> figures.put(prefix + "final", figure));
    Map<String, Figure> curves = Curves.of(data.all()).figures();
    for (String beginning : CURVES) {
      curves.forEach((name, figure) -> {
        if (name.startsWith(beginning)) {
          figures.put(prefix + name, figure);
        }
      });
      if (figures.keySet().stream().anyMatch(name -> name.startsWith(prefix + beginning))) {
        return figures;
      }
    }
    return figures;
  }

  private static String index(List<StudyResult> results) {
    StringBuilder text = new StringBuilder("# Experiments\n\n");
    text.append("What was published, what is expected, and what is measured.\n\n");
    text.append("| experiment | | trainings | claims | verdict |\n|---|---|--:|--:|---|\n");
    for (StudyResult result : results) {
      Study study = result.study();
      text.append(
          "| [%s](%s.md) | %s | %d | %s | %s |\n"
              .formatted(
                  study.name(),
                  study.name(),
                  study.title(),
                  study.variants().size() * study.seeds(),
                  claims(result),
                  result.holds() ? "as expected" : "**not as expected**"));
    }
    text.append("\nThe theory behind them is [measured, too](../theory/README.md). ");
    text.append("These pages are written by\n\n```sh\n./ijen reproduce all --markdown");
    return text.append(" docs/experiments\n```\n\nwhich runs everything anew.\n").toString();
  }

  /// `4 of 5`: how many claims hold of those that expect something.
  private static String claims(StudyResult result) {
    List<Judgement> expected =
        result.judgements().stream()
            .filter(one -> !(one.claim().expectation() instanceof Expectation.Nothing))
            .toList();
    return "%d of %d"
        .formatted(expected.stream().filter(Judgement::holds).count(), expected.size());
  }

  private static String page(StudyData data, Map<String, Figure> figures, boolean indexed) {
    Study study = data.study();
    StringBuilder text = new StringBuilder("# " + data.title() + "\n\n");
    if (indexed) {
      text.append("[All experiments](%s)\n\n".formatted(INDEX));
    }
    if (!study.question().isEmpty()) {
      text.append(Markdown.prose(study.question())).append('\n');
    }
    if (!study.source().isEmpty()) {
      text.append(Markdown.prose("Source: " + study.source() + ".")).append('\n');
    }
    text.append("```sh\n./ijen reproduce %s\n```\n\n".formatted(study.name()));
    claims(data, text);
    figures.forEach(
        (name, figure) -> text.append("\n![%s](%s.svg)\n".formatted(figure.draw().title(), name)));
    departures(data, text);
    return text.toString();
  }

  private static void claims(StudyData data, StringBuilder text) {
    List<Judgement> judgements = data.result().judgements();
    boolean remarks = judgements.stream().anyMatch(one -> !one.claim().why().isEmpty());
    List<String> heads =
        new ArrayList<>(
            List.of("what", "published", "measured", "95 % interval", "expected", "verdict"));
    if (remarks) {
      heads.add("remark");
    }
    text.append(Markdown.row(heads));
    text.append("|---|--:|--:|--:|---|---|").append(remarks ? "---|\n" : "\n");
    for (Judgement judgement : judgements) {
      Claim claim = judgement.claim();
      Replicates measured = judgement.measured();
      String what = claim.measure().toString();
      List<String> row = new ArrayList<>();
      row.add(data.isSeveral() ? data.of(claim).name() + ": " + what : what);
      row.add(
          claim.published().map(x -> Numbers.published(claim.measure(), x)).orElse(Settings.NONE));
      row.add(data.of(claim).text(claim.measure()));
      row.add(measured.isFinite() ? Numbers.interval(claim.measure(), measured) : Settings.NONE);
      row.add(StudyTables.expected(claim.expectation()));
      row.add(judgement.verdict().isEmpty() ? Settings.NONE : judgement.verdict());
      if (remarks) {
        row.add(claim.why());
      }
      text.append(Markdown.row(row));
    }
    text.append('\n').append("Mean ± standard deviation of ").append(data.study().seeds());
    text.append(data.study().seeds() == 1 ? " seed.\n" : " seeds.\n");
  }

  private static void departures(StudyData data, StringBuilder text) {
    List<Departure> departures = data.study().departures();
    if (departures.isEmpty()) {
      return;
    }
    text.append("\n## Where this departs from the source\n");
    for (Departure departure : departures) {
      text.append('\n').append(Markdown.prose("The source: " + departure.source()));
      text.append('\n').append(Markdown.prose("Here: " + departure.instead()));
      departure
          .variant()
          .map(name -> Objects.requireNonNull(data.byName().get(name)))
          .map(one -> StudyDepartures.measured(one, data.byName()))
          .ifPresent(words -> text.append('\n').append(Markdown.prose("Measured: " + words)));
    }
  }
}
