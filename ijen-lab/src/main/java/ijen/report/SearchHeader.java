package ijen.report;

import ijen.plot.Digits;
import ijen.recipe.Measure;
import ijen.recipe.SearchPlan;
import ijen.study.SearchRecord;
import ijen.tune.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The head of a search's page: what was asked, what it came to in words, and the few most
/// important numbers.
final class SearchHeader {
  private SearchHeader() {}

  static Html of(SearchRecord search) {
    SearchPlan plan = search.plan();
    Html html = new Html().element("p", "kicker", "Ijen · tune");
    html.element("h1", "", plan.title().isEmpty() ? plan.name() : plan.title());
    html.element("p", "origin", plan.source().isEmpty() ? plan.name() : plan.source());
    boolean found = search.best().isPresent();
    html.element("p", found ? "verdict" : "verdict alarm", headline(search));
    if (search.result().stopped()) {
      html.element(
          "p",
          "remarks",
          "It was stopped after %d of %d trials; the command below goes on."
              .formatted(search.result().trials().size(), plan.rules().trials()));
    }
    if (!plan.question().isEmpty()) {
      html.element("p", "question", plan.question());
    }
    html.markup("<dl class=\"key-figures\">\n");
    keyFigures(search)
        .forEach((name, value) ->
            html.markup("<div><dt>" + Html.escape(name) + "</dt>")
                .markup("<dd>" + Html.escape(value) + "</dd></div>\n"));
    return html.markup("</dl>\n");
  }

  private static String headline(SearchRecord search) {
    if (search.best().isEmpty()) {
      return "No trial has come to a value.";
    }
    Trial best = search.best().get();
    Measure measure = search.plan().measure();
    return "Trial %d came to a %s of %s%s."
        .formatted(
            best.number(),
            measure.toString().replaceFirst("^best ", ""),
            SearchFigures.text(measure, best.value()),
            search
                .plan()
                .published()
                .map(value -> "; published was " + Numbers.published(measure, value))
                .orElse(""));
  }

  private static Map<String, String> keyFigures(SearchRecord search) {
    Measure measure = search.plan().measure();
    Map<String, String> figures = new LinkedHashMap<>();
    search
        .best()
        .ifPresent(
            best -> figures.put(measure.toString(), SearchFigures.text(measure, best.value())));
    search
        .plan()
        .published()
        .ifPresent(value -> figures.put("published", Numbers.published(measure, value)));
    figures.put("trials", Digits.count(search.result().trials().size()));
    for (Trial.State state : List.of(Trial.State.PRUNED, Trial.State.FAILED)) {
      long count = search.result().count(state);
      if (count > 0) {
        figures.put(SearchRecord.word(state), Digits.count(count));
      }
    }
    figures.put("epochs in all", Digits.count(search.epochs()));
    return figures;
  }
}
