package ijen.report;

import ijen.data.Options;
import ijen.format.AtomicFile;
import ijen.run.Environment;
import ijen.study.SeedRun;
import ijen.study.StudyResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the report of a study: what was asked, published and measured, and how it went, on one
/// page that needs nothing but itself.
///
/// The same study gives the same page again, but for its section `times`, where all stands that is
/// another each time: moments, durations, names of folders. Figures lie in the folder `figures`
/// beside it, too, as SVG and PNG.
public final class StudyReport {
  private static final String FILE = "report.html";
  private static final String FIGURES = "figures";
  private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d.]*(?:[eE][-+]?\\d+)?");

  /// What the environment says that is another each time, or stands elsewhere on the page.
  private static final List<String> ELSEWHERE = List.of("captured", "data");

  private final StudyData data;
  private final List<String> command;
  private final Curves curves;
  private final Plates plates;
  private final Optional<BestModel> best;

  private StudyReport(StudyResult result, List<String> command, Options options)
      throws IOException {
    this.data = StudyData.read(result);
    this.command = List.copyOf(command);
    this.curves = Curves.of(data.all());
    this.plates = Plates.of(curves.figures());
    plates.add("final", StudyFigures.forest(data.all(), data.claims()));
    this.best =
        data.best().isPresent()
            ? Optional.of(BestModel.of(data.best().get(), data.isSeveral(), plates, options))
            : Optional.empty();
  }

  /// Writes `report.html` and the figures into the study's folder.
  ///
  /// @param command the words that run the study again
  /// @param options how to open the data, from which an autoencoder's images are drawn
  /// @return the page's path
  /// @throws IOException if a run's file cannot be read, or the page cannot be written
  public static Path write(StudyResult result, List<String> command, Options options)
      throws IOException {
    StudyReport report = new StudyReport(result, command, options);
    report.plates.saveWithPng(result.folder().resolve(FIGURES));
    Path file = result.folder().resolve(FILE);
    byte[] bytes = report.page().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
    return file;
  }

  private String page() {
    Page page = new Page(data.title() + " – Ijen", StudyHeader.of(data), footer());
    page.section("results", "Published and measured", results());
    List<String> notes = notes();
    if (!notes.isEmpty()) {
      page.section("warnings", "What to know of some trainings", list(notes));
    }
    if (!curves.figures().isEmpty()) {
      Html html = new Html();
      curves.write(plates, html);
      page.section("curves", "How they learned", html);
    }
    best.ifPresent(model -> model.addTo(page));
    if (!data.study().departures().isEmpty()) {
      page.section(
          "departures",
          "Where this departs from the source",
          StudyDepartures.of(data.study().departures(), data.byName()));
    }
    page.section("formulae", "What is computed", StudyFormulae.of(data));
    Html settings = new Html();
    StudyTables.settings(data.all(), settings);
    page.section("settings", "Settings", settings);
    page.section("again", "Run it again", again());
    if (!data.environment().isEmpty()) {
      page.section("environment", "Environment", environment());
    }
    page.section("times", "Time and place of this run", times());
    return page.html();
  }

  private Html results() {
    Html html = new Html();
    if (!data.study().claims().isEmpty()) {
      StudyTables.claims(data.result().judgements(), data::of, html);
      html.element(
          "p",
          "remarks",
          "Measured: the mean over seeds ± its standard deviation; the interval has the mean of all"
              + " possible seeds with 95 % confidence, by Student's t. An expectation is about the"
              + " mean; “as” another library: the 95 % intervals of the two means meet.");
    }
    plates.write("final", "What each training came to at its end.", html);
    StudyTables.outcomes(data.all(), html);
    StudyTables.seeds(data.all(), html);
    return html;
  }

  /// What trainings say of their end, such as where they diverged; once where seeds of one say the
  /// same but for numbers.
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Trainings one : data.all()) {
      Map<String, List<SeedRun>> alike = new LinkedHashMap<>();
      for (SeedRun run : one.runs()) {
        String message = run.result().message();
        if (!message.isEmpty()) {
          String words = NUMBER.matcher(message).replaceAll("#");
          alike.computeIfAbsent(words, said -> new ArrayList<>()).add(run);
        }
      }
      alike.values().forEach(runs -> notes.add(note(one, runs)));
    }
    return notes;
  }

  private static String note(Trainings one, List<SeedRun> runs) {
    String message = runs.getFirst().result().message();
    boolean same = runs.stream().allMatch(run -> run.result().message().equals(message));
    return "%s, %s %s: %s%s."
        .formatted(
            one.name(),
            runs.size() == 1 ? "seed" : "seeds",
            String.join(", ", runs.stream().map(run -> Long.toString(run.seed())).toList()),
            message,
            same ? "" : " (in numbers, seed " + runs.getFirst().seed() + ")");
  }

  private static Html list(List<String> items) {
    Html html = new Html().markup("<ul>\n");
    items.forEach(item -> html.element("li", "", item));
    return html.markup("</ul>\n");
  }

  private Html again() {
    Html html = new Html();
    html.paragraph("This command runs all of it again, with the same numbers on any machine:");
    html.markup("<pre tabindex=\"0\"><code>" + Report.shell(command) + "</code></pre>\n");
    html.markup("<details>\n<summary>One training alone</summary>\n");
    data.commands()
        .forEach(words ->
            html.markup("<pre tabindex=\"0\"><code>" + Report.shell(words) + "</code></pre>\n"));
    return html.markup("</details>\n");
  }

  private Html environment() {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>(data.environment());
    ELSEWHERE.forEach(shown::remove);
    return new Html().pairs("Where it ran", Settings.flat(shown));
  }

  private Html times() {
    Html html = new Html();
    html.element(
        "p",
        "remarks",
        "All that is another each time the study runs stands in this section alone.");
    Map<String, String> pairs = new LinkedHashMap<>();
    Optional<Instant> begun =
        data.all().stream()
            .flatMap(one -> one.runs().stream())
            .flatMap(run -> run.folder().created().stream())
            .min(Instant::compareTo);
    begun.ifPresent(moment -> pairs.put("begun", Report.moment(moment)));
    pairs.put("by the clock", Verdict.duration(data.result().seconds()));
    pairs.put("folder", String.valueOf(data.result().folder().getFileName()));
    html.pairs("This run", pairs);
    StudyTables.times(data.all(), html);
    html.markup("<details>\n<summary>Folders of the trainings</summary>\n");
    html.markup("<ul>\n");
    data.all().stream()
        .flatMap(one -> one.runs().stream())
        .forEach(run -> html.element("li", "", run.folder().id()));
    return html.markup("</ul>\n</details>\n");
  }

  private Html footer() {
    return new Html()
        .paragraph(
            "Made by Ijen %s from the folders of the trainings beside this page; the figures are in the folder %s, too."
                .formatted(Environment.ijenVersion(), FIGURES));
  }
}
