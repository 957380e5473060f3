package ijen.report;

import ijen.format.AtomicFile;
import ijen.plot.Digits;
import ijen.recipe.Claim;
import ijen.recipe.Measure;
import ijen.report.Html.Column;
import ijen.report.RunComparison.Difference;
import ijen.run.Environment;
import ijen.run.RunResult;
import ijen.study.SeedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the page of runs that are compared: final figures, differences seed by seed, curves over
/// each other, and the settings that differ.
///
/// Like [Report] it is one page that needs nothing but itself.
public final class ComparisonReport {
  private final RunComparison comparison;
  private final List<Trainings> groups;
  private final Curves curves;
  private final Plates plates;

  private ComparisonReport(RunComparison comparison) {
    this.comparison = comparison;
    this.groups = comparison.groups();
    this.curves = Curves.of(groups);
    this.plates = Plates.of(curves.figures());
    List<List<Claim>> none = groups.stream().map(group -> List.<Claim>of()).toList();
    plates.add("final", StudyFigures.forest(groups, none));
  }

  /// Writes `report.html` and, in `figures`, its figures as SVG and PNG into a folder, which is
  /// made if it is not there.
  ///
  /// @return the page's path
  public static Path write(RunComparison comparison, Path folder) throws IOException {
    ComparisonReport report = new ComparisonReport(comparison);
    Files.createDirectories(folder);
    report.plates.saveWithPng(folder.resolve("figures"));
    Path file = folder.resolve("report.html");
    byte[] bytes = report.page().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
    return file;
  }

  /// The page.
  public static String html(RunComparison comparison) {
    return new ComparisonReport(comparison).page();
  }

  private int runs() {
    return groups.stream().mapToInt(group -> group.runs().size()).sum();
  }

  private String page() {
    String title = runs() + " runs compared";
    Html footer = new Html().paragraph("Made by Ijen " + Environment.ijenVersion() + ".");
    Page page = new Page(title + " – Ijen", header(title), footer);
    Html end = new Html();
    plates.write("final", "What each came to at its end.", end);
    StudyTables.outcomes(groups, end);
    StudyTables.seeds(groups, end);
    page.section("end", "What they came to", end);
    if (!comparison.differences().isEmpty()) {
      page.section("differences", "Differences, seed by seed", differences());
    }
    if (!curves.figures().isEmpty()) {
      Html html = new Html();
      curves.write(plates, html);
      page.section("curves", "How they learned", html);
    }
    Html settings = new Html();
    StudyTables.settings(groups, settings);
    page.section("settings", "Settings", settings);
    page.section("runs", "The runs", list());
    return page.html();
  }

  private Html header(String title) {
    Html html = new Html().element("p", "kicker", "Ijen · comparison");
    html.element("h1", "", title);
    html.element("p", "origin", origin());
    html.element("p", "verdict", headline());
    if (!comparison.repeated().isEmpty()) {
      html.element(
          "p",
          "remarks",
          "Left out, as they are another run's training from the same seed again: "
              + String.join(", ", comparison.repeated())
              + ".");
    }
    return html;
  }

  private String origin() {
    return groups.size() == 1
        ? "one training, seeds " + groups.getFirst().seeds()
        : "%s trainings of one seed or more".formatted(Digits.count(groups.size()));
  }

  private String headline() {
    Optional<Measure> yardstick = StudyFigures.yardstick(groups);
    Optional<Trainings> best = StudyFigures.best(groups);
    if (yardstick.isEmpty() || best.isEmpty()) {
      return "Nothing has been measured that could be compared.";
    }
    String measured = yardstick.get() + " " + best.get().text(yardstick.get());
    return groups.size() == 1
        ? Character.toUpperCase(measured.charAt(0)) + measured.substring(1) + "."
        : "Best is “%s”: %s.".formatted(best.get().name(), measured);
  }

  private Html differences() {
    Html html =
        new Html()
            .paragraph(
                "What a training came to minus what “"
                    + groups.getFirst().name()
                    + "” did from the same seed. Where the 95 % interval (Student's t over the"
                    + " seeds) has 0 in it, seeds alone may make such a difference.");
    List<Column> columns =
        List.of(
            Column.text("training"),
            Column.text("measure"),
            Column.number("difference"),
            Column.number("95 % interval"),
            Column.number("seeds"),
            Column.text("reading"));
    List<List<String>> rows = new ArrayList<>();
    for (Difference one : comparison.differences()) {
      rows.add(
          List.of(
              one.name(),
              one.measure().toString(),
              Numbers.difference(one.measure(), one.values()),
              Numbers.interval(one.measure(), one.values()),
              Digits.count(one.values().runs()),
              reading(one)));
    }
    return html.table("Against " + groups.getFirst().name(), columns, rows, 0);
  }

  static String reading(Difference one) {
    return one.values().runs() == 1
        ? "one seed: no interval"
        : one.isClear() ? "a difference" : "not told apart";
  }

  private Html list() {
    List<Column> columns =
        List.of(
            Column.text("run"),
            Column.text("training"),
            Column.number("seed"),
            Column.text("state"));
    List<List<String>> rows = new ArrayList<>();
    for (Trainings group : groups) {
      for (SeedRun run : group.runs()) {
        RunResult result = run.result();
        String state = result.status().toString();
        rows.add(
            List.of(
                run.folder().id(),
                group.name(),
                Long.toString(run.seed()),
                result.message().isEmpty() ? state : state + ": " + result.message()));
      }
    }
    Html html = new Html().table("The runs that are compared", columns, rows, 0);
    StudyTables.times(groups, html);
    return html;
  }
}
