package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;

/// Finds the place of everything on a [Heatmap].
final class HeatmapLayout {
  private static final double NAME_SIZE = Theme.TEXT_SIZE;
  private static final double SMALLEST_NAME = 7;
  private static final double LARGEST_CELL = 84;
  private static final double GAP = 1.5;

  /// Smaller cells without a shade are left out: a table of many classes is mostly empty.
  private static final double SMALLEST_EMPTY_CELL = 12;

  private final Heatmap map;
  private final List<Mark> marks = new ArrayList<>();

  HeatmapLayout(Heatmap map) {
    this.map = map;
  }

  Drawing draw() {
    double nameRoom =
        Math.min(
            Math.max(
                TextWidth.widest(map.rows(), NAME_SIZE, false),
                TextWidth.of(map.rowTitle(), NAME_SIZE, false)),
            0.24 * map.width());
    double left = nameRoom + 10;
    double cellWidth = Math.min((map.width() - left) / map.columns().size(), LARGEST_CELL);
    double cellHeight = Math.min(cellWidth, Math.max(0.62 * cellWidth, 34));
    double nameSize = Math.max(SMALLEST_NAME, Math.min(NAME_SIZE, cellHeight / TEXT_LINE));
    int everyRow = (int) Math.ceil(SMALLEST_NAME * TEXT_LINE / cellHeight);
    int everyColumn = (int) Math.ceil(SMALLEST_NAME * TEXT_LINE / cellWidth);

    boolean upright = TextWidth.widest(map.columns(), NAME_SIZE, false) > cellWidth - 4;
    double columnNameSize =
        upright ? Math.max(SMALLEST_NAME, Math.min(NAME_SIZE, cellWidth / TEXT_LINE)) : NAME_SIZE;
    double columnRoom =
        upright
            ? Math.min(TextWidth.widest(map.columns(), columnNameSize, false), 130)
            : NAME_SIZE * TEXT_LINE;

    marks.add(Label.title(map.title(), map.width()));
    double namesTop = 28 + NAME_SIZE * TEXT_LINE;
    double top = namesTop + columnRoom + 8;
    double gridRight = left + cellWidth * map.columns().size();

    axisTitles(left, top, namesTop);
    for (int column = 0; column < map.columns().size(); column += everyColumn) {
      columnName(
          column, left + (column + 0.5) * cellWidth, top, upright, columnNameSize, columnRoom);
    }
    for (int row = 0; row < map.rows().size(); row++) {
      double y = top + row * cellHeight;
      if (row % everyRow == 0) {
        rowName(row, left, y + cellHeight / 2, nameSize, nameRoom);
      }
      for (int column = 0; column < map.columns().size(); column++) {
        double x = left + column * cellWidth;
        double gap = Math.min(GAP, 0.1 * cellWidth);
        cell(
            map.cells().get(row).get(column),
            new Extent(x, y, x + cellWidth - gap, y + cellHeight - gap));
      }
    }
    double bottom = top + map.rows().size() * cellHeight;
    frame(new Extent(left, top, gridRight, bottom));
    double height = bottom + 4;
    return new Drawing(map.width(), height, map.title(), map.description(), marks);
  }

  /// The height of a line of text, in font sizes.
  private static final double TEXT_LINE = 1.15;

  private void axisTitles(double left, double top, double namesTop) {
    String columns = map.columnTitle();
    String rows = map.rowTitle();
    // Above the names they speak of: columns' to the right of rows', rows' just over the first row.
    double x = Math.min(left, Math.max(0, map.width() - TextWidth.of(columns, NAME_SIZE, false)));
    if (!columns.isEmpty()) {
      String text = TextWidth.shorten(columns, NAME_SIZE, false, map.width() - x);
      marks.add(Label.of(text, x, namesTop - 4, NAME_SIZE, Anchor.START, Theme.MUTED));
    }
    if (!rows.isEmpty() && left > 30) {
      String text = TextWidth.shorten(rows, NAME_SIZE, false, left - 6);
      marks.add(
          Label.of(text, left - 8, top - 6, NAME_SIZE, Anchor.END, Theme.MUTED).withHint(rows));
    }
  }

  private void columnName(
      int column, double x, double top, boolean upright, double size, double room) {
    String whole = map.columns().get(column);
    if (upright) {
      String name = TextWidth.shorten(whole, size, false, room);
      double baseline = x + (TextWidth.ASCENT - TextWidth.DESCENT) / 2 * size;
      marks.add(
          Label.of(name, baseline, top - 6, size, Anchor.START, Theme.INK)
              .turnedUpright()
              .withHint(whole));
    } else {
      marks.add(Label.of(whole, x, top - 6, size, Anchor.MIDDLE, Theme.INK));
    }
  }

  private void rowName(int row, double left, double middle, double size, double room) {
    String whole = map.rows().get(row);
    String name = TextWidth.shorten(whole, size, false, room);
    marks.add(
        Label.of(name, left - 8, middle + 0.34 * size, size, Anchor.END, Theme.INK)
            .withHint(whole));
  }

  private void cell(Heatmap.Cell cell, Extent place) {
    Theme.Shade shade = Theme.shade(cell.right() ? Theme.RIGHT : Theme.WRONG, cell.level());
    if (shade.opacity() > 0) {
      marks.add(new Mark.Box(place, shade.paint(), shade.opacity(), cell.hint()));
    } else if (place.width() >= SMALLEST_EMPTY_CELL) {
      marks.add(new Mark.Box(place, Theme.PANEL, 1, ""));
    }
    double middle = (place.left() + place.right()) / 2;
    double centre = (place.top() + place.bottom()) / 2;
    double size = fitting(cell.text(), place.width(), Math.min(13, 0.55 * place.height()));
    if (cell.text().isEmpty() || size < 7) {
      return;
    }
    double detailSize = fitting(cell.detail(), place.width(), 0.8 * size);
    boolean two = !cell.detail().isEmpty() && detailSize >= 7 && place.height() >= 2.3 * size;
    double baseline = centre + 0.34 * size - (two ? 0.58 * size : 0);
    marks.add(Label.of(cell.text(), middle, baseline, size, Anchor.MIDDLE, shade.text()));
    if (two) {
      double below = baseline + 1.2 * size;
      marks.add(Label.of(cell.detail(), middle, below, detailSize, Anchor.MIDDLE, shade.text()));
    }
  }

  private void frame(Extent grid) {
    Extent around = new Extent(grid.left() - 1, grid.top() - 1, grid.right(), grid.bottom());
    marks.add(Mark.Line.frame(around, Theme.GRID, 1));
  }

  private static double fitting(String text, double width, double size) {
    double needed = TextWidth.of(text, size, false);
    return needed <= width - 4 ? size : size * (width - 4) / needed;
  }
}
