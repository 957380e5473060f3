package ijen.report;

import ijen.format.AtomicFile;
import ijen.metric.Confusion;
import ijen.run.Environment;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/// Makes the report of a run: one page that needs nothing but itself.
///
/// The page has no script and makes no request, follows the reader's light or dark setting, and is
/// fit for print and for screen readers. It is made from the run's files alone, so it can be made
/// again at any time, also of a run that was interrupted or still goes on.
public final class Report {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH);

  /// More epochs than this are folded away below the curves.
  private static final int MOST_OPEN_EPOCHS = 12;

  private final RunReport report;
  private final Plates plates;

  private Report(RunReport report) {
    this.report = report;
    this.plates = Plates.of(RunFigures.of(report));
  }

  /// Writes `report.html` and the figures as files of their own into a run's folder, from what is
  /// in it.
  ///
  /// @return the page's path
  /// @throws ijen.format.json.JsonException if one of the run's files is not what it should be
  public static Path write(RunFolder run) throws IOException {
    Report report = new Report(RunReport.read(run));
    report.plates.save(run.figures());
    byte[] bytes = report.page().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(run.reportFile(), out -> out.write(bytes));
    return run.reportFile();
  }

  /// The page.
  public static String html(RunReport report) {
    return new Report(report).page();
  }

  private String page() {
    Page page = new Page(report.title() + " – Ijen", header(), footer());
    if (!report.epochs().isEmpty()) {
      page.section("curves", "How it learned", curves());
    }
    RunResult result = report.result();
    if (result != null && result.decisions().confusion() != null) {
      page.section(
          "classes",
          "What it confuses",
          classes(result.decisions().classes(), result.decisions().confusion()));
    }
    if (plates.has(RunFigures.MISTAKES)) {
      page.section("mistakes", "Its worst mistakes", mistakes());
    }
    if (result != null && !result.trained().layers().isEmpty()) {
      page.section("network", "The network", LayerTable.of(result.trained().layers()));
    }
    if (!report.config().isEmpty()) {
      Html settings = new Html().pairs("What was asked for", Settings.flat(report.config()));
      page.section("settings", "Settings", settings);
    }
    if (!report.environment().isEmpty()) {
      Html environment = new Html().pairs("Where it ran", Settings.flat(report.environment()));
      page.section("environment", "Environment", environment);
    }
    page.section("again", "Run it again", again());
    return page.html();
  }

  private Html header() {
    Verdict verdict = Verdict.of(report);
    Html html = new Html().element("p", "kicker", "Ijen · run report");
    html.element("h1", "", report.title());
    StringJoiner origin = new StringJoiner(" · ");
    origin.add(report.id());
    if (report.created() != null) {
      origin.add(moment(report.created()));
    }
    html.element("p", "origin", origin.toString());
    html.element("p", verdict.alarming() ? "verdict alarm" : "verdict", verdict.headline());
    html.element("p", "remarks", String.join(" ", verdict.remarks()));
    Map<String, String> numbers = Verdict.keyFigures(report);
    if (!numbers.isEmpty()) {
      html.markup("<dl class=\"key-figures\">\n");
      numbers.forEach((name, value) ->
          html.markup("<div><dt>" + Html.escape(name) + "</dt>")
              .markup("<dd>" + Html.escape(value) + "</dd></div>\n"));
      html.markup("</dl>\n");
    }
    return html;
  }

  private Html curves() {
    Html html = new Html().markup("<div class=\"side-by-side\">\n");
    plates.write(RunFigures.LOSS, "Mean loss after each epoch.", html);
    plates.write(RunFigures.ACCURACY, "Share of the examples recognised after each epoch.", html);
    html.markup("</div>\n");
    boolean open = report.epochs().size() <= MOST_OPEN_EPOCHS;
    html.markup(open ? "<details open=\"\">\n" : "<details>\n")
        .markup("<summary>The numbers</summary>\n");
    EpochTable.write(report.epochs(), html);
    return html.markup("</details>\n");
  }

  private Html classes(List<String> names, Confusion confusion) {
    Html html = new Html();
    plates.write(
        RunFigures.CONFUSION,
        "Rows are the true classes, columns what they were taken for, with the share of the row."
            + " Blue is right, rust is wrong; the shade grows with the square root of the share, so"
            + " that rare mistakes can be seen.",
        html);
    ClassTable.write(names, confusion, html);
    return html;
  }

  private Html mistakes() {
    Html html = new Html();
    plates.write(
        RunFigures.MISTAKES,
        "The test examples with the highest loss among those taken for a wrong class, the worst"
            + " first: the true class, what it was taken for, the probability given to that, and"
            + " the example's number in the test data, from 0.",
        html);
    return html;
  }

  private Html again() {
    Html html = new Html();
    if (report.command().isEmpty()) {
      html.paragraph("The command of this run was not recorded; its settings are in config.json.");
    } else {
      html.paragraph("This command gives the same run:");
      html.markup("<pre tabindex=\"0\"><code>");
      html.markup(shell(report.command())).markup("</code></pre>\n");
    }
    RunResult result = report.result();
    if (result != null && !result.trained().thetaSha256().isEmpty()) {
      html.paragraph(
          "The parameters that it ends with have this SHA-256, with any number of threads and on"
              + " any machine:");
      html.markup("<pre tabindex=\"0\"><code>");
      html.markup(Html.escape(result.trained().thetaSha256())).markup("</code></pre>\n");
    }
    return html;
  }

  private static Html footer() {
    return new Html()
        .paragraph(
            "Made by Ijen %s from the files beside this page, which are plain text: config.json, environment.json, metrics.jsonl and result.json."
                .formatted(Environment.ijenVersion()));
  }

  /// A moment for people: `21 November 2026, 09:30:00 UTC`.
  static String moment(Instant moment) {
    return MOMENT.format(moment.atOffset(ZoneOffset.UTC));
  }

  /// The words as a POSIX shell takes them, each in an element of its own: a line is broken between
  /// words.
  static String shell(List<String> words) {
    StringJoiner line = new StringJoiner(" ");
    for (String word : words) {
      boolean safe = word.matches("[A-Za-z0-9_@%+=:,./-]+");
      String quoted = safe ? word : "'" + word.replace("'", "'\\''") + "'";
      line.add("<span>" + Html.escape(quoted) + "</span>");
    }
    return line.toString();
  }
}
