package ijen.report;

import ijen.format.AtomicFile;
import ijen.plot.Digits;
import ijen.recipe.Measure;
import ijen.recipe.SearchPlan;
import ijen.run.Environment;
import ijen.study.SearchRecord;
import ijen.tune.Configuration;
import ijen.tune.Dimension;
import ijen.tune.Importance;
import ijen.tune.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the report of a search over settings: what was searched, what came out, how much each
/// setting matters, and every trial, on one page that needs nothing but itself.
///
/// The same search gives the same page again, but for its section `times`. Figures lie in the
/// folder `figures` beside it, too, as SVG and PNG.
public final class SearchReport {
  private static final String FILE = "report.html";
  private static final String FIGURES = "figures";
  private static final int SHOWN = 10;

  private final SearchRecord search;
  private final SearchPlan plan;
  private final Measure measure;
  private final List<List<String>> commands;
  private final List<Importance> importance;
  private final Plates plates = Plates.of(Map.of());
  private final Map<String, String> slices = new LinkedHashMap<>();

  private SearchReport(SearchRecord search, List<List<String>> commands) {
    this.search = search;
    this.plan = search.plan();
    this.measure = plan.measure();
    this.commands = commands;
    this.importance = search.importance();
    SearchFigures figures = new SearchFigures(search);
    if (search.best().isPresent()) {
      plates.add("best-over-trials", figures.overTrials());
      plates.add("best-over-epochs", figures.overEpochs());
      plates.add("importance", figures.importance(importance));
      plates.add("together", figures.together());
      int number = 0;
      for (Dimension dimension : plan.space().dimensions()) {
        number++;
        String name = "slice-" + number + "-" + dimension.name().replaceAll("[^A-Za-z0-9]+", "-");
        plates.add(name, figures.slice(dimension));
        slices.put(name, "Each trial by its " + dimension.name() + ", whatever else it had.");
      }
    }
    if (search.epochs() > 0) {
      plates.add("curves", figures.curves());
    }
    if (!search.result().trials().isEmpty()) {
      plates.add("times", figures.times());
    }
  }

  /// Writes `report.html` and the figures into the search's folder.
  ///
  /// @param again the words that carry out the same search
  /// @param retrain the words of commands that train the best configuration; none if there is no
  ///   best
  /// @return the page's path
  /// @throws IOException if something cannot be written
  public static Path write(SearchRecord search, List<String> again, List<List<String>> retrain)
      throws IOException {
    List<List<String>> commands = new ArrayList<>(List.of(again));
    commands.addAll(retrain);
    SearchReport report = new SearchReport(search, commands);
    report.plates.saveWithPng(search.folder().resolve(FIGURES));
    Path file = search.folder().resolve(FILE);
    byte[] bytes = report.page().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
    return file;
  }

  private String page() {
    String title = plan.title().isEmpty() ? plan.name() : plan.title();
    Page page = new Page(title + " – Ijen", SearchHeader.of(search), footer());
    page.section("trials", "The best trials", trials());
    List<String> failures = failures();
    if (!failures.isEmpty()) {
      page.section("failures", "Trials that failed", list(failures));
    }
    page.section("space", "What was searched", space());
    if (search.best().isPresent()) {
      page.section("history", "How the search went", history());
      page.section("importance", "What matters", importance());
      page.section("slices", "Each setting by itself", slices());
      page.section("together", "All settings together", together());
    }
    if (plates.has("curves")) {
      Html curves = new Html();
      plates.write("curves", "What each trial came to after each of its epochs.", curves);
      page.section("curves", "How trials learned", curves);
    }
    page.section("again", "Run it again", again());
    page.section("times", "Time and place of this run", times());
    return page.html();
  }

  private String text(double value) {
    return SearchFigures.text(measure, value);
  }

  private Html trials() {
    Html html = new Html();
    List<Trial> ranked = search.ranked();
    if (ranked.isEmpty()) {
      return html.paragraph("No trial has ended yet.");
    }
    search
        .best()
        .ifPresent(best -> html.pairs("The best configuration", best.configuration().values()));
    table("The best trials", ranked.stream().limit(SHOWN).toList(), html);
    if (ranked.size() > SHOWN) {
      html.markup("<details>\n<summary>All %d trials</summary>\n".formatted(ranked.size()));
      table("All trials, the best first", ranked, html);
      html.markup("</details>\n");
    }
    return html;
  }

  private void table(String caption, List<Trial> trials, Html html) {
    List<Html.Column> columns = new ArrayList<>();
    columns.add(Html.Column.number("trial"));
    columns.add(Html.Column.number(measure.toString()));
    columns.add(Html.Column.text("state"));
    columns.add(Html.Column.number("epochs"));
    plan.space().names().forEach(name -> columns.add(Html.Column.text(name)));
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(trial.number()));
      row.add(trial.state() == Trial.State.COMPLETE ? text(trial.value()) : Settings.NONE);
      row.add(SearchRecord.word(trial.state()));
      row.add(Integer.toString(trial.reports().list().size()));
      for (String name : plan.space().names()) {
        Configuration of = trial.configuration();
        row.add(of.has(name) ? of.brief(name) : Settings.NONE);
      }
      rows.add(row);
    }
    html.table(caption, columns, rows, 0);
  }

  /// Why trials failed, once for each reason.
  private List<String> failures() {
    Map<String, List<String>> numbers = new LinkedHashMap<>();
    for (Trial trial : search.result().trials()) {
      if (trial.state() == Trial.State.FAILED) {
        numbers
            .computeIfAbsent(trial.message(), message -> new ArrayList<>())
            .add(Integer.toString(trial.number()));
      }
    }
    List<String> failures = new ArrayList<>();
    numbers.forEach((message, which) ->
        failures.add(
            "%s %s: %s."
                .formatted(
                    which.size() == 1 ? "Trial" : "Trials", String.join(", ", which), message)));
    return failures;
  }

  private static Html list(List<String> items) {
    Html html = new Html().markup("<ul>\n");
    items.forEach(item -> html.element("li", "", item));
    return html.markup("</ul>\n");
  }

  private Html space() {
    Html html = new Html();
    List<List<String>> rows =
        plan.space().dimensions().stream()
            .map(one -> List.of(one.name(), SearchPlan.values(one)))
            .toList();
    html.table("The space", List.of(Html.Column.text("name"), Html.Column.text("values")), rows, 0);
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("judged by", measure + ", the higher the better");
    if (measure.kind() == Measure.Kind.LOSS) {
      rules.put("judged by", measure + ", the lower the better");
    }
    rules.put("trials", Integer.toString(plan.rules().trials()));
    rules.put("sampler", plan.rules().sampler());
    rules.put("pruner", plan.rules().pruner());
    rules.put("lag", Integer.toString(plan.rules().lag()));
    html.pairs("How it is searched", rules);
    html.pairs("What all trials share", plan.recipe().texts());
    return html.paragraph(
        "No trial is handed the test set: samples held out of the training set, the same for all,"
            + " decide. Trial n knows how trials up to n − lag ended, and what those after them"
            + " try, so that the table is the same for any number of trials at a time.");
  }

  private Html history() {
    Html html = new Html();
    Map<String, String> captions = new LinkedHashMap<>();
    captions.put(
        "best-over-trials",
        "The best value so far, in the order of trials, from a tenth of them on.");
    captions.put("best-over-epochs", "The same over the work that was done.");
    plates.beside(captions, html);
    return html;
  }

  private Html importance() {
    Html html = new Html();
    plates.write(
        "importance", "How much of the variance of " + measure + " each setting explains.", html);
    double sum = importance.stream().mapToDouble(Importance::share).sum();
    return html.paragraph(
        "The share of a setting is the variance of the mean over all others (functional analysis of"
            + " variance, from a random forest grown on the complete trials). Together they explain"
            + " %s %%; the rest is interplay. From few trials this is a rough guide."
                .formatted(Digits.fixed(100 * sum, 0)));
  }

  private Html slices() {
    Html html = new Html();
    plates.beside(slices, html);
    return html;
  }

  private Html together() {
    Html html = new Html();
    plates.write(
        "together",
        "Each line is a trial: where it crosses an axis is its value there. The thick one is the"
            + " best.",
        html);
    return html;
  }

  private Html again() {
    Html html = new Html();
    html.paragraph(
        "The first command carries out the same search, with the same table on any machine; where"
            + " its trials are kept already, it goes on with them.");
    for (List<String> words : commands) {
      html.markup("<pre tabindex=\"0\"><code>" + Report.shell(words) + "</code></pre>\n");
    }
    if (commands.size() > 1) {
      html.paragraph(
          "The others train the best configuration on all training samples, and measure it on the"
              + " test set.");
    }
    return html;
  }

  private Html times() {
    Html html = new Html();
    html.element(
        "p",
        "remarks",
        "All that is another each time the search is carried out stands in this section alone.");
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("by the clock", Verdict.duration(search.seconds()));
    double sum = search.result().trials().stream().mapToDouble(Trial::seconds).sum();
    pairs.put("all trials together", Verdict.duration(sum));
    pairs.put("folder", String.valueOf(search.folder().getFileName()));
    html.pairs("This run", pairs);
    plates.write("times", "How long each trial took, waiting for others included.", html);
    return html;
  }

  private static Html footer() {
    return new Html()
        .paragraph(
            "Made by Ijen %s; all numbers are in search.json beside this page, the figures in the folder %s, too."
                .formatted(Environment.ijenVersion(), FIGURES));
  }
}
