package ijen.plot;

import ijen.plot.Mark.Dash;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The colours of every figure and page, and the sizes of their texts, in one place.
///
/// Series colours differ in hue and in lightness and stay apart for the common kinds of colour
/// blindness; each has a contrast of at least 3 to the ground, texts at least 4.5. Figures never
/// rely on colour alone: series also differ in their signs and dashes, as they must on paper
/// without colours, and cells carry their numbers.
///
/// **Source:** hues after Okabe and Ito, "Color universal design", 2008, darkened or lightened to
/// reach those contrasts.
public final class Theme {
  static final double TITLE_SIZE = 14;
  static final double TEXT_SIZE = 11.5;

  /// The ground of printed pages.
  static final String PAPER = "#ffffff";

  /// The ground that everything stands on.
  public static final Paint PAGE = new Paint("page", "#fcfcfa", "#14161a");

  /// A ground slightly set off from the page.
  public static final Paint PANEL = new Paint("panel", "#f3f3ef", "#1d2026");

  /// Text.
  public static final Paint INK = new Paint("ink", "#1c1e21", "#e8e6e1");

  /// Text of second rank: axis titles, units, captions.
  public static final Paint MUTED = new Paint("muted", "#5c6166", "#a2a8b0");

  /// Axes and the rules of tables.
  public static final Paint RULE = new Paint("rule", "#b9bcc0", "#4a5059");

  /// Grid lines.
  public static final Paint GRID = new Paint("grid", "#e5e6e4", "#2a2e35");

  /// Links and the one thing to look at.
  public static final Paint ACCENT = new Paint("accent", "#0b62a8", "#6cb6ff");

  /// Something went wrong.
  public static final Paint ALARM = new Paint("alarm", "#a8321a", "#ff9b7d");

  /// The full shade of what is right, and of positive numbers.
  static final Paint RIGHT = new Paint("right", "#08519c", "#4f93d8");

  /// The full shade of what is wrong, and of negative numbers.
  static final Paint WRONG = new Paint("wrong", "#9a3a00", "#d9763f");

  /// Text on a cell of light shade, and on one of deep shade.
  static final Paint ON_LIGHT_SHADE = new Paint("on-light-shade", "#000000", "#ffffff");

  static final Paint ON_DEEP_SHADE = new Paint("on-deep-shade", "#ffffff", "#000000");

  private static final List<Paint> SERIES =
      List.of(
          new Paint("series-1", "#0069b0", "#4a9fe0"), // blue
          new Paint("series-2", "#d55e00", "#f0803c"), // vermilion
          new Paint("series-3", "#009e73", "#27b58b"), // bluish green
          new Paint("series-4", "#c96ca4", "#e8a8d0"), // reddish purple
          new Paint("series-5", "#755200", "#f0d060"), // ochre
          new Paint("series-6", "#2f3338", "#dfe3e8"), // slate
          new Paint("series-7", "#5b2aa8", "#8a5cf0"), // violet
          new Paint("series-8", "#c2185b", "#c04a70")); // crimson

  /// From the worst to the best: away from the page in lightness, and from yellow to blue or back,
  /// which nearly everybody tells apart. Steps are even in OKLab.
  private static final List<Paint> SCALE =
      List.of(
          new Paint("scale-1", "#d6c46a", "#3a4a78"),
          new Paint("scale-2", "#b5b474", "#425981"),
          new Paint("scale-3", "#95a57b", "#4a698a"),
          new Paint("scale-4", "#769582", "#56798e"),
          new Paint("scale-5", "#59858a", "#6a8a87"),
          new Paint("scale-6", "#3a7591", "#7f9b7e"),
          new Paint("scale-7", "#245e89", "#a4b074"),
          new Paint("scale-8", "#16447a", "#d1c967"),
          new Paint("scale-9", "#0b2a6b", "#ffe14d"));

  /// The signs of series and classes, in order of use: ten that differ without colour.
  private static final List<Shape> SIGNS =
      List.of(
          Shape.CIRCLE,
          Shape.SQUARE,
          Shape.TRIANGLE,
          Shape.DIAMOND,
          Shape.RING,
          Shape.WEDGE,
          Shape.FRAME,
          Shape.PLUS,
          Shape.LOZENGE,
          Shape.STAR);

  private static final List<Dash> DASHES =
      List.of(Dash.SOLID, Dash.DASHED, Dash.DOTTED, Dash.DASH_DOTTED);

  private static final List<Paint> PAINTS = allPaints();

  /// The steps between no shade and full shade, and the last of them that dark text (on a dark
  /// page: light text) is readable on. The full shades are chosen so that this is one step for all
  /// of them.
  static final int SHADES = 20;

  private static final int LAST_LIGHT_SHADE = 15;

  private Theme() {}

  /// The colours of series, in order of use.
  static List<Paint> series() {
    return SERIES;
  }

  /// The colours of a scale from the worst to the best.
  static List<Paint> scale() {
    return SCALE;
  }

  /// How series number `index` is drawn. The first eight differ in colour and in sign; after the
  /// last colour they start again with another dash.
  static SeriesStyle style(int index) {
    return new SeriesStyle(
        SERIES.get(index % SERIES.size()),
        DASHES.get((index + index / SERIES.size()) % DASHES.size()),
        SIGNS.get(index % SIGNS.size()));
  }

  /// How one series looks.
  record SeriesStyle(Paint paint, Dash dash, Shape shape) {}

  /// The shade of a cell and the text that is readable on it: `level` 0–1 from none to full.
  static Shade shade(Paint full, double level) {
    int step = (int) Math.round(Math.clamp(level, 0, 1) * SHADES);
    return new Shade(
        full, step / (double) SHADES, step <= LAST_LIGHT_SHADE ? ON_LIGHT_SHADE : ON_DEEP_SHADE);
  }

  /// A paint laid over the page with an opacity, and the paint for text on it.
  record Shade(Paint paint, double opacity, Paint text) {}

  /// The style rules that give a page these colours: light or dark as the reader's system asks,
  /// either one when the root element says `data-theme="light"` or `"dark"`, and always light on
  /// paper.
  public static String css() {
    String light = properties(Paint::light);
    String dark = properties(Paint::dark);
    return """
    :root{color-scheme:light dark;%s}
    @media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){%s}}
    @media screen{:root[data-theme="light"]{color-scheme:light}
    :root[data-theme="dark"]{color-scheme:dark;%s}}
    @media print{:root{color-scheme:light;%s:%s}}
    """
        .formatted(light, dark, dark, PAGE.property(), PAPER);
  }

  private static String properties(Function<Paint, String> version) {
    StringBuilder css = new StringBuilder();
    for (Paint paint : PAINTS) {
      css.append(paint.property()).append(':').append(version.apply(paint)).append(';');
    }
    return css.toString();
  }

  private static List<Paint> allPaints() {
    List<Paint> paints = new ArrayList<>(SERIES);
    paints.addAll(SCALE);
    paints.addAll(
        List.of(
            PAGE,
            PANEL,
            INK,
            MUTED,
            RULE,
            GRID,
            ACCENT,
            ALARM,
            RIGHT,
            WRONG,
            ON_LIGHT_SHADE,
            ON_DEEP_SHADE));
    return List.copyOf(paints);
  }
}
