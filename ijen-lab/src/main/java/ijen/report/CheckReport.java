package ijen.report;

import ijen.check.GradientReport;
import ijen.check.NotFinite;
import ijen.check.SanityReport;
import ijen.check.SanityReport.Finding;
import ijen.check.SanityReport.LayerFlow;
import ijen.check.SanityReport.Update;
import ijen.check.TensorCheck;
import ijen.format.AtomicFile;
import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.Figure;
import ijen.plot.LineChart;
import ijen.plot.Point;
import ijen.plot.Series;
import ijen.report.Html.Column;
import ijen.run.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes the page of a check: the verdict, each tensor with its error against h, the ops at fault,
/// and what flows through the layers.
///
/// Like [Report] it is one page that needs nothing but itself.
public final class CheckReport {
  private static final int LINES_A_FIGURE = 6;

  private final String title;
  private final @Nullable GradientReport gradient;
  private final @Nullable SanityReport sanity;
  private int figureNumber;

  private CheckReport(
      String title, @Nullable GradientReport gradient, @Nullable SanityReport sanity) {
    this.title = title;
    this.gradient = gradient;
    this.sanity = sanity;
  }

  /// The page; either part may be missing.
  ///
  /// @param title what was checked
  public static String html(
      String title, @Nullable GradientReport gradient, @Nullable SanityReport sanity) {
    return new CheckReport(title, gradient, sanity).page();
  }

  /// Writes the page to a file, whole or not at all.
  public static void write(
      Path file, String title, @Nullable GradientReport gradient, @Nullable SanityReport sanity)
      throws IOException {
    byte[] bytes = html(title, gradient, sanity).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private String page() {
    Html footer = new Html().paragraph("Made by Ijen " + Environment.ijenVersion() + ".");
    Page page = new Page(title + " – Ijen", header(), footer);
    if (gradient != null) {
      page.section("gradient", "Is the gradient right?", gradient(gradient));
      if (gradient.tensors().stream().anyMatch(t -> !t.sweep().isEmpty())) {
        page.section("steps", "The error against h", steps(gradient));
      }
      if (!gradient.culprits().isEmpty()) {
        page.section("culprits", "The ops at fault", culprits(gradient));
      }
    }
    if (sanity != null) {
      page.section("sanity", "Is it fit to learn?", sanity(sanity));
      if (!sanity.layers().isEmpty()) {
        page.section("layers", "What flows through the layers", layers(sanity));
      }
      if (!sanity.updates().isEmpty()) {
        page.section("updates", "How far a step moves", updates(sanity));
      }
      if (sanity.overfit().size() > 1) {
        page.section("heart", "Learning by heart", byHeart(sanity));
      }
    }
    return page.html();
  }

  private Html header() {
    boolean healthy =
        (gradient == null || gradient.healthy()) && (sanity == null || sanity.healthy());
    Html html = new Html().element("p", "kicker", "Ijen · check");
    html.element("h1", "", title);
    if (gradient != null) {
      String style = gradient.healthy() ? "verdict" : "verdict alarm";
      html.element("p", style, "Gradient " + gradient.verdict() + ".");
    }
    if (sanity != null) {
      String style = sanity.healthy() ? "verdict" : "verdict alarm";
      html.element("p", style, "Sanity: " + sanity.verdict() + ".");
    }
    return html.element(
        "p",
        "remarks",
        healthy ? "Nothing is wrong." : "Something is wrong; below is what, and a guess why.");
  }

  // ---------------------------------------------------------------- gradient

  private static Html gradient(GradientReport report) {
    Html html = new Html();
    html.paragraph(
        "Each number of the gradient that was looked at is compared, in double precision, with"
            + " central differences (L(θ + h) − L(θ − h)) / 2h of the loss, here "
            + Digits.significant(report.loss(), 6)
            + ".");
    for (String complaint : report.complaints()) {
      html.element("p", "alarm", "Wrong: " + complaint);
    }
    report.remarks().forEach(remark -> html.paragraph("Note: " + remark + "."));
    return tensors(html, report.subject(), report.tensors());
  }

  private static Html tensors(Html html, String subject, List<TensorCheck> tensors) {
    List<Column> columns =
        List.of(
            Column.text("tensor"),
            Column.text("verdict"),
            Column.text("shape"),
            Column.number("compared"),
            Column.number("at kinks"),
            Column.number("too small"),
            Column.number("absolute error"),
            Column.number("relative error"),
            Column.number("forward mode"),
            Column.number("float"),
            Column.number("best h"));
    List<List<String>> rows = new ArrayList<>();
    for (TensorCheck tensor : tensors) {
      rows.add(
          List.of(
              tensor.name(),
              tensor.verdict().name().toLowerCase(Locale.ROOT),
              tensor.shape().toString(),
              Digits.count(tensor.compared()),
              Digits.count(tensor.kinks()),
              Digits.count(tensor.unresolved()),
              small(tensor.absoluteError()),
              small(tensor.relativeError()),
              small(tensor.forwardError()),
              small(tensor.floatError()),
              small(tensor.step())));
    }
    return html.table("The tensors of " + subject, columns, rows, 0);
  }

  private static String small(double value) {
    return Double.isNaN(value) ? Settings.NONE : Digits.significant(value, 2);
  }

  private Html steps(GradientReport report) {
    Html html =
        new Html()
            .paragraph(
                "A large h is wrong by the curvature of the loss, a small one by rounding: a right"
                    + " gradient shows as a V with its bottom near 10⁻⁵. The line of a wrong one is"
                    + " flat: no h brings it nearer.");
    List<TensorCheck> drawn =
        report.tensors().stream().filter(tensor -> !tensor.sweep().isEmpty()).toList();
    int figures = (drawn.size() + LINES_A_FIGURE - 1) / LINES_A_FIGURE;
    for (int i = 0; i < figures; i++) {
      int from = i * drawn.size() / figures;
      int to = (i + 1) * drawn.size() / figures;
      figure(html, steps(drawn.subList(from, to)), "The relative error of differences against h.");
    }
    return html;
  }

  private static Figure steps(List<TensorCheck> tensors) {
    List<Series> lines = new ArrayList<>();
    for (TensorCheck tensor : tensors) {
      // An error of exactly 0 has no place on a logarithmic axis.
      lines.add(
          new Series(
              tensor.name(),
              tensor.sweep().reversed().stream() // the smallest h first
                  .map(p -> Point.of(p.step(), Math.max(p.error(), 1e-17)))
                  .toList()));
    }
    return LineChart.of(
            "Error of the gradient against h", Axis.log("h"), Axis.log("relative error"), lines)
        .withSize(760, 380);
  }

  private static Html culprits(GradientReport report) {
    Html html =
        new Html()
            .paragraph(
                "These ops are wrong by themselves, each checked alone on the numbers that it gets"
                    + " in the network.");
    report.culprits().forEach(culprit -> tensors(html, culprit.subject(), culprit.tensors()));
    return html;
  }

  // ---------------------------------------------------------------- sanity

  private static Html sanity(SanityReport report) {
    Html html = new Html();
    NotFinite notFinite = report.notFinite();
    if (notFinite != null) {
      html.element("p", "alarm", "Not a number: " + notFinite.words() + ".");
    }
    List<Column> columns =
        List.of(Column.text("check"), Column.text("level"), Column.text("what was found"));
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : report.findings()) {
      rows.add(
          List.of(
              finding.check(), finding.level().name().toLowerCase(Locale.ROOT), finding.words()));
    }
    return html.table("What was looked at before training", columns, rows, 0);
  }

  private Html layers(SanityReport report) {
    Html html = new Html();
    List<Series> spreads = new ArrayList<>();
    for (boolean trained : new boolean[] {false, true}) {
      List<LayerFlow> layers =
          report.layers().stream().filter(layer -> layer.trained() == trained).toList();
      if (layers.isEmpty()) {
        continue;
      }
      String when = trained ? "after the trial" : "at first";
      spreads.add(
          Series.ofValues(
              "outputs " + when, layers.stream().mapToDouble(LayerFlow::deviation).toArray()));
      spreads.add(
          Series.ofValues(
              "gradients " + when,
              layers.stream().mapToDouble(LayerFlow::gradientDeviation).toArray()));
    }
    figure(
        html,
        LineChart.of(
                "Spread by layer",
                Axis.linear("layer").withWholeNumbers(),
                Axis.log("standard deviation"),
                spreads)
            .withSize(760, 340),
        "The standard deviation of each layer's outputs, and of the gradients by them; lines that"
            + " fall or rise by orders of magnitude are vanishing or exploding.");
    List<Column> columns =
        List.of(
            Column.text("layer"),
            Column.text("when"),
            Column.number("mean"),
            Column.number("deviation"),
            Column.number("gradient's mean"),
            Column.number("gradient's deviation"),
            Column.number("dead units"),
            Column.number("saturated"));
    List<List<String>> rows = new ArrayList<>();
    for (LayerFlow layer : report.layers()) {
      rows.add(
          List.of(
              layer.layer(),
              layer.trained() ? "after the trial" : "at first",
              Digits.significant(layer.mean(), 2),
              Digits.significant(layer.deviation(), 2),
              small(layer.gradientMean()),
              small(layer.gradientDeviation()),
              layer.dead() + " of " + layer.units(),
              Digits.brief(100 * layer.saturated(), 3) + " %"));
    }
    return html.table("The layers", columns, rows, 0);
  }

  private static Html updates(SanityReport report) {
    List<Column> columns = List.of(Column.text("tensor"), Column.number("‖Δθ‖ / ‖θ‖"));
    List<List<String>> rows = new ArrayList<>();
    for (Update update : report.updates()) {
      rows.add(List.of(update.name(), small(update.ratio())));
    }
    return new Html()
        .paragraph(
            "The mean over the trial's steps; about 10⁻³ is usual. A tensor that begins at 0, as"
                + " biases do, has no ratio.")
        .table("How far a step moves each tensor", columns, rows, 0);
  }

  private Html byHeart(SanityReport report) {
    List<Point> points = new ArrayList<>();
    for (int step = 0; step < report.overfit().size(); step++) {
      points.add(Point.of(step, report.overfit().get(step)));
    }
    Html html = new Html();
    figure(
        html,
        LineChart.of(
                "Loss on the tiny set",
                Axis.linear("step").withWholeNumbers(),
                Axis.log("loss"),
                List.of(new Series("loss", points)))
            .withSize(760, 300),
        "The loss on a few samples that the network is to learn by heart.");
    return html;
  }

  private void figure(Html html, Figure figure, String caption) {
    figureNumber++;
    String width = Math.round(figure.draw().width()) + "px";
    html.markup("<figure style=\"--width:" + width + "\">\n<div class=\"scroll\">\n");
    html.markup(figure.inline("figure-check-" + figureNumber)).markup("</div>\n<figcaption>");
    html.element("b", "", "Figure " + figureNumber + ".").markup(Html.escape(caption));
    html.markup("</figcaption>\n</figure>\n");
  }
}
