package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;

/// Small images in rows, each with a few lines below it.
///
/// Pixels stay sharp-edged squares. Images of different sizes are scaled to the same longer side.
public record ImageGrid(
    String title, String description, List<Tile> tiles, int columns, double width)
    implements Figure {
  private static final double TEXT_SIZE = Theme.TEXT_SIZE;
  private static final double LINE_HEIGHT = 15;
  private static final double GAP = 16;

  public ImageGrid {
    tiles = List.copyOf(tiles);
    if (columns < 1 || !(width / columns >= 24)) {
      throw new IllegalArgumentException(
          "image grid '%s': expected columns of at least 24 pixels, got %s in a width of %s"
              .formatted(title, columns, width));
    }
  }

  /// An image and the lines below it, the first of them in bold.
  public record Tile(Picture picture, List<String> lines) {
    public Tile {
      lines = List.copyOf(lines);
    }
  }

  /// A grid of the usual width, described by its texts.
  public static ImageGrid of(String title, List<Tile> tiles, int columns) {
    StringBuilder description = new StringBuilder();
    description.append(tiles.size()).append(tiles.size() == 1 ? " image." : " images.");
    for (Tile tile : tiles) {
      description.append(' ').append(String.join(", ", tile.lines())).append('.');
    }
    return new ImageGrid(title, description.toString(), tiles, columns, 720);
  }

  public ImageGrid withWidth(double width) {
    return new ImageGrid(title, description, tiles, columns, width);
  }

  public ImageGrid withDescription(String description) {
    return new ImageGrid(title, description, tiles, columns, width);
  }

  @Override
  public Drawing draw() {
    List<Mark> marks = new ArrayList<>();
    marks.add(Label.title(title, width));
    double side = (width - (columns - 1) * GAP) / columns;
    double y = 28;
    for (int first = 0; first < tiles.size(); first += columns) {
      List<Tile> row = tiles.subList(first, Math.min(first + columns, tiles.size()));
      double imageHeight =
          row.stream().mapToDouble(t -> scale(t, side) * t.picture().height()).max().orElse(0);
      int lines = row.stream().mapToInt(t -> t.lines().size()).max().orElse(0);
      for (int i = 0; i < row.size(); i++) {
        tile(row.get(i), i * (side + GAP), y, side, imageHeight, marks);
      }
      y += imageHeight + 4 + lines * LINE_HEIGHT + GAP;
    }
    return new Drawing(width, tiles.isEmpty() ? y : y - GAP + 4, title, description, marks);
  }

  private static void tile(
      Tile tile, double x, double y, double side, double imageHeight, List<Mark> marks) {
    double scale = scale(tile, side);
    double width = scale * tile.picture().width();
    double height = scale * tile.picture().height();
    double left = x + (side - width) / 2;
    Extent place = new Extent(left, y, left + width, y + height);
    String hint = String.join(", ", tile.lines());
    marks.add(new Mark.Raster(tile.picture(), place, hint));
    marks.add(Mark.Line.frame(place, Theme.RULE, 0.75));
    double baseline = y + imageHeight + 4;
    for (int i = 0; i < tile.lines().size(); i++) {
      baseline += LINE_HEIGHT;
      String whole = tile.lines().get(i);
      boolean bold = i == 0;
      String line = TextWidth.shorten(whole, TEXT_SIZE, bold, side);
      Label label =
          Label.of(line, x, baseline, TEXT_SIZE, Anchor.START, bold ? Theme.INK : Theme.MUTED)
              .withHint(whole);
      marks.add(bold ? label.inBold() : label);
    }
  }

  private static double scale(Tile tile, double side) {
    return side / Math.max(tile.picture().height(), tile.picture().width());
  }
}
