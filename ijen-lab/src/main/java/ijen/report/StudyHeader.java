package ijen.report;

import ijen.plot.Digits;
import ijen.study.Judgement;
import ijen.study.SeedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The head of a study's page: what was asked, the verdict in words, and the few most important
/// numbers.
final class StudyHeader {
  private final StudyData data;

  private StudyHeader(StudyData data) {
    this.data = data;
  }

  static Html of(StudyData data) {
    return new StudyHeader(data).header();
  }

  private Html header() {
    Html html = new Html().element("p", "kicker", "Ijen · reproduce");
    html.element("h1", "", data.title());
    html.element(
        "p",
        "origin",
        data.study().source().isEmpty() ? data.study().name() : data.study().source());
    List<Judgement> judged =
        data.result().judgements().stream().filter(one -> !one.verdict().isEmpty()).toList();
    List<Judgement> failed = judged.stream().filter(one -> !one.holds()).toList();
    html.element("p", failed.isEmpty() ? "verdict" : "verdict alarm", headline(judged, failed));
    if (!data.study().question().isEmpty()) {
      html.element("p", "question", data.study().question());
    }
    html.markup("<dl class=\"key-figures\">\n");
    keyFigures()
        .forEach((name, value) ->
            html.markup("<div><dt>" + Html.escape(name) + "</dt>")
                .markup("<dd>" + Html.escape(value) + "</dd></div>\n"));
    return html.markup("</dl>\n");
  }

  private String headline(List<Judgement> judged, List<Judgement> failed) {
    if (judged.isEmpty()) {
      return "Measured; nothing in particular was expected.";
    }
    long held = judged.stream().filter(one -> one.verdict().equals(StudyTables.HELD)).count();
    if (failed.isEmpty()) {
      return held < judged.size()
          ? "%d of %d expectations hold; of the others one seed cannot tell."
              .formatted(held, judged.size())
          : held == 1 ? "What was expected came out." : "All %d expectations hold.".formatted(held);
    }
    List<String> names = failed.stream().limit(3).map(this::name).toList();
    String which = String.join("; ", names) + (failed.size() > 3 ? " and others" : "");
    return "%d of %d expectations %s: %s."
        .formatted(
            failed.size(),
            judged.size(),
            failed.size() == 1 ? "does not hold" : "do not hold",
            which);
  }

  private String name(Judgement judgement) {
    String measure = judgement.claim().measure().toString();
    return !data.isSeveral() ? measure : data.of(judgement.claim()).name() + ", " + measure;
  }

  private Map<String, String> keyFigures() {
    Map<String, String> figures = new LinkedHashMap<>();
    StudyFigures.yardstick(data.all())
        .ifPresent(measure ->
            data.best()
                .ifPresent(one -> {
                  figures.put((!data.isSeveral() ? "" : "best ") + measure, one.text(measure));
                  if (data.isSeveral()) {
                    figures.put("by", one.name());
                  }
                }));
    int runs = data.all().stream().mapToInt(one -> one.runs().size()).sum();
    figures.put("trainings", Digits.count(runs));
    figures.put("seeds", data.all().getFirst().seeds());
    long diverged =
        data.all().stream().flatMap(one -> one.runs().stream()).filter(SeedRun::diverged).count();
    if (diverged > 0) {
      figures.put("diverged", Digits.count(diverged));
    }
    return figures;
  }
}
