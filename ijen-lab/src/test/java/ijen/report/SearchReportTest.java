package ijen.report;

import static ijen.report.PageChecks.all;
import static ijen.report.PageChecks.byClass;
import static ijen.report.PageChecks.check;
import static ijen.report.PageChecks.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ijen.data.Options;
import ijen.recipe.SearchPlan;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.study.SearchPlace;
import ijen.study.SearchRecord;
import ijen.study.SearchRun;
import ijen.tune.SearchListener;
import ijen.tune.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SearchReportTest {
  private static final Options OFFLINE = Options.defaults().withOffline(true);
  private static final List<String> AGAIN = List.of("./ijen", "tune", "a search");

  private static final String TEXT =
      """
      title: Which <one> & why
      question: Is it?
      source: a source
      data: digits
      train-size: 200
      test-size: 50
      validation: 0.2
      hidden: "{layers}x{units}"
      batch: 20
      epochs: 4
      search:
        trials: 14
        lag: 2
        sampler: random
        pruner: median:startup=3
        maximise: validation accuracy
        published: 0.7
        space:
          layers: {from: 1, to: 2}
          units: {from: 4, to: 32, log: true}
          optimizer: [sgd, adam]
          lr: {values: [0.2, 0.02, 1e30]}
          momentum: {from: 0.0, to: 0.9, when: {optimizer: sgd}}
      """;

  @TempDir static Path temp;
  private static SearchRecord record;
  private static Path page;
  private static Path again;

  @BeforeAll
  static void search() throws IOException {
    record = carriedOut(TEXT, "one", 2, () -> false);
    page = written(record);
    again = written(carriedOut(TEXT, "two", 1, () -> false));
  }

  private static SearchRecord carriedOut(
      String text, String runs, int workers, BooleanSupplier stop) throws IOException {
    SearchPlan plan = SearchPlan.parse(text, "which.yaml");
    RunStore store = RunStore.at(Files.createDirectories(temp.resolve(runs)));
    try (RunDatabase database = RunDatabase.open(store.databaseFile());
        SearchPlace place = SearchPlace.open(store, database, "which", plan)) {
      return new SearchRun(plan, OFFLINE).run(place, workers, SearchListener.NONE, stop);
    }
  }

  private static Path written(SearchRecord record) throws IOException {
    List<List<String>> train = record.best().isEmpty() ? List.of() : List.of(record.command());
    return SearchReport.write(record, AGAIN, train);
  }

  private static Element section(Document page, String id) {
    return all(page, "section").stream()
        .filter(section -> section.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSearchIsToldWhole() throws IOException {
    Document html = check(Files.readString(page));
    assertThat(all(html, "h1").getFirst().getTextContent()).isEqualTo("Which <one> & why");
    assertThat(byClass(html, "question").getTextContent()).isEqualTo("Is it?");
    Trial best = record.best().orElseThrow();
    assertThat(byClass(html, "verdict").getTextContent())
        .isEqualTo(
            "Trial %d came to a validation accuracy of %s; published was 0.7."
                .formatted(
                    best.number(), SearchFigures.text(record.plan().measure(), best.value())));
    assertThat(all(html, "h2"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "The best trials",
            "Trials that failed",
            "What was searched",
            "How the search went",
            "What matters",
            "Each setting by itself",
            "All settings together",
            "How trials learned",
            "Run it again",
            "Time and place of this run");
    List<List<String>> rows = table(html, "All trials, the best first");
    assertThat(rows).hasSize(15);
    assertThat(rows.getFirst())
        .containsExactly(
            "trial",
            "validation accuracy",
            "state",
            "epochs",
            "layers",
            "units",
            "optimizer",
            "lr",
            "momentum");
    assertThat(rows.get(1).getFirst()).isEqualTo(Integer.toString(best.number()));
    assertThat(rows.get(1).get(5)).isEqualTo(best.configuration().text("units"));
    assertThat(rows.stream().skip(1).map(row -> row.get(2)).distinct())
        .containsExactly("complete", "pruned", "failed");
    for (List<String> row : rows.subList(1, 15)) {
      assertThat(row.get(8).equals("–")).as("%s", row).isEqualTo(row.get(6).equals("adam"));
    }
    assertThat(table(html, "The best trials")).isEqualTo(rows.subList(0, 11));
    assertThat(table(html, "The space").get(2))
        .containsExactly("units", "4 to 32, in the logarithm");
    assertThat(section(html, "failures").getTextContent())
        .containsPattern("Trials? [\\d, ]+: training diverged: the loss of step \\d+");
    assertThat(section(html, "again").getTextContent())
        .contains("./ijen tune 'a search'", "./ijen train --train-size 200");
  }

  @Test
  void everyFigureIsThereAndInAFileToo() throws IOException {
    Document html = check(Files.readString(page));
    List<String> names =
        List.of(
            "best-over-trials",
            "best-over-epochs",
            "importance",
            "slice-1-layers",
            "slice-2-units",
            "slice-3-optimizer",
            "slice-4-lr",
            "slice-5-momentum",
            "together",
            "curves",
            "times");
    assertThat(all(html, "svg").stream().map(svg -> svg.getAttribute("id")))
        .containsExactlyElementsOf(names.stream().map(name -> "figure-" + name).toList());
    for (String name : names) {
      Path figures = page.resolveSibling("figures");
      assertThat(figures.resolve(name + ".svg")).isNotEmptyFile();
      assertThat(figures.resolve(name + ".png")).isNotEmptyFile();
    }
    String slice = Files.readString(page.resolveSibling("figures").resolve("slice-4-lr.svg"));
    assertThat(slice).contains(">0.2<", ">0.02<", ">1e30<", "pruned, its last value");
    String bars = Files.readString(page.resolveSibling("figures").resolve("importance.svg"));
    assertThat(bars).contains("share of the variance", "momentum");
    String sofar = Files.readString(page.resolveSibling("figures").resolve("best-over-epochs.svg"));
    assertThat(sofar).contains("published 0.700", "to " + last(record) + ".");
  }

  /// The best value as the figure's description has it.
  private static String last(SearchRecord record) {
    return ijen.plot.Digits.significant(record.best().orElseThrow().value(), 4);
  }

  @Test
  void theSameSearchGivesTheSamePageButForItsTimes() throws IOException {
    String one = Files.readString(page);
    String two = Files.readString(again);
    String times = "(?s)<section id=\"times\".*?</section>";
    assertThat(two.replaceFirst(times, "")).isEqualTo(one.replaceFirst(times, ""));
    assertThat(one.replaceFirst(times, "")).isNotEqualTo(one);
    for (String name : List.of("together.svg", "importance.svg", "curves.png")) {
      assertThat(again.resolveSibling("figures").resolve(name))
          .hasSameBinaryContentAs(page.resolveSibling("figures").resolve(name));
    }
  }

  @Test
  void whatWasStoppedBeforeAnythingEndedSaysSo() throws IOException {
    Document html = check(Files.readString(written(carriedOut(TEXT, "nothing", 1, () -> true))));
    assertThat(byClass(html, "verdict alarm").getTextContent())
        .isEqualTo("No trial has come to a value.");
    assertThat(byClass(html, "remarks").getTextContent())
        .isEqualTo("It was stopped after 0 of 14 trials; the command below goes on.");
    assertThat(all(html, "svg")).isEmpty();
    AtomicInteger left = new AtomicInteger(60); // steps: a trial has 32 of them
    SearchRecord few = carriedOut(TEXT, "few", 1, () -> left.decrementAndGet() < 0);
    assertThat(few.result().trials().size()).isBetween(1, 13);
    check(Files.readString(written(few)));
  }

  @Test
  void aBrowserDrawsItAndAsksNobodyForAnything() throws Exception {
    Optional<Path> program = Browser.program();
    assumeThat(program)
        .as("chromium is not installed, or not in the PATH: no page is opened in a browser")
        .isPresent();
    try (Browser browser = Browser.start(program.orElseThrow(), temp.resolve("profile"))) {
      Browser.Visit visit = browser.open(page);
      assertThat(visit.requests()).isEmpty();
      assertThat(visit.errors()).isEmpty();
    }
  }
}
