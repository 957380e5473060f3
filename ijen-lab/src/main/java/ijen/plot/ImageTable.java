package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;

/// Images in named rows and columns, such as originals above their reconstructions.
///
/// `footers` stand below the columns, such as the error of each; without any the list is empty.
///
/// **Shapes:** images `[rows, columns]`; all are drawn in squares of one size.
public record ImageTable(
    String title,
    String description,
    List<String> rows,
    List<String> columns,
    List<List<Picture>> images,
    List<String> footers,
    double width)
    implements Figure {
  private static final double SIZE = Theme.TEXT_SIZE;
  private static final double LINE_HEIGHT = 14;
  private static final double LARGEST_IMAGE = 168;
  private static final double GAP = 8;

  public ImageTable {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    images = images.stream().map(List::copyOf).toList();
    footers = List.copyOf(footers);
    if (rows.isEmpty() || columns.isEmpty() || images.size() != rows.size()) {
      throw new IllegalArgumentException(
          "image table '%s': expected one row of images for each of %s names, got %s"
              .formatted(title, rows.size(), images.size()));
    }
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).size() != columns.size()) {
        throw new IllegalArgumentException(
            "image table '%s': row '%s' has %s images, expected %s"
                .formatted(title, rows.get(i), images.get(i).size(), columns.size()));
      }
    }
    if (!footers.isEmpty() && footers.size() != columns.size()) {
      throw new IllegalArgumentException(
          "image table '%s': expected no footers or one for each of %s columns, got %s"
              .formatted(title, columns.size(), footers.size()));
    }
    if (!(0.7 * width / columns.size() >= 24)) {
      throw new IllegalArgumentException(
          "image table '%s': %s columns leave no 24 pixels for an image in a width of %s"
              .formatted(title, columns.size(), width));
    }
  }

  /// Originals above what an autoencoder made of them, each pair with a name.
  public static ImageTable reconstructions(
      String title, List<String> names, List<Picture> originals, List<Picture> reconstructions) {
    String description = "Originals above their reconstructions: " + String.join(", ", names) + ".";
    return new ImageTable(
        title,
        description,
        List.of("original", "reconstruction"),
        names,
        List.of(originals, reconstructions),
        List.of(),
        720);
  }

  public ImageTable withWidth(double width) {
    return new ImageTable(title, description, rows, columns, images, footers, width);
  }

  public ImageTable withDescription(String description) {
    return new ImageTable(title, description, rows, columns, images, footers, width);
  }

  /// This table with a line below each column.
  public ImageTable withFooters(List<String> footers) {
    return new ImageTable(title, description, rows, columns, images, footers, width);
  }

  @Override
  public Drawing draw() {
    List<Mark> marks = new ArrayList<>();
    marks.add(Label.title(title, width));
    double nameRoom = Math.min(TextWidth.widest(rows, SIZE, false), 0.25 * width);
    double left = nameRoom + 12;
    int count = columns.size();
    double side = Math.min(LARGEST_IMAGE, (width - left - (count - 1) * GAP) / count);

    List<List<String>> heads =
        columns.stream().map(name -> TextWidth.wrap(name, SIZE, side, 2)).toList();
    int lines = heads.stream().mapToInt(List::size).max().orElse(1);
    double top = 30 + lines * LINE_HEIGHT;
    for (int column = 0; column < count; column++) {
      double middle = left + column * (side + GAP) + side / 2;
      List<String> head = heads.get(column);
      for (int i = 0; i < head.size(); i++) {
        double y = top - 6 - (head.size() - 1 - i) * LINE_HEIGHT;
        marks.add(
            Label.of(head.get(i), middle, y, SIZE, Anchor.MIDDLE, Theme.INK)
                .withHint(columns.get(column)));
      }
    }
    double y = top;
    for (int row = 0; row < rows.size(); row++) {
      String name = TextWidth.shorten(rows.get(row), SIZE, false, nameRoom);
      marks.add(
          Label.of(name, nameRoom, y + side / 2 + 4, SIZE, Anchor.END, Theme.MUTED)
              .withHint(rows.get(row)));
      for (int column = 0; column < count; column++) {
        double x = left + column * (side + GAP);
        String hint = columns.get(column) + ", " + rows.get(row);
        Extent place = placed(images.get(row).get(column), x, y, side);
        marks.add(new Mark.Raster(images.get(row).get(column), place, hint));
        marks.add(Mark.Line.frame(place, Theme.RULE, 0.75));
      }
      y += side + GAP;
    }
    for (int column = 0; column < footers.size(); column++) {
      double middle = left + column * (side + GAP) + side / 2;
      String text = TextWidth.shorten(footers.get(column), SIZE, false, side);
      marks.add(
          Label.of(text, middle, y + 8, SIZE, Anchor.MIDDLE, Theme.MUTED)
              .withHint(footers.get(column)));
    }
    double height = footers.isEmpty() ? y : y + 14;
    return new Drawing(width, height, title, description, marks);
  }

  /// The middle of a square, as large as fits.
  static Extent placed(Picture picture, double x, double y, double side) {
    double scale = side / Math.max(picture.height(), picture.width());
    double left = x + (side - scale * picture.width()) / 2;
    double top = y + (side - scale * picture.height()) / 2;
    return new Extent(left, top, left + scale * picture.width(), top + scale * picture.height());
  }
}
