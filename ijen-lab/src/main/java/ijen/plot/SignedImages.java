package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;

/// Arrays of signed numbers as images on one scale, such as the weights of a linear classifier, a
/// row for each class.
///
/// The shade is that of the largest magnitude among all images, and the same for a number and its
/// negative: blue above 0, rust below, the ground itself at 0. A bar to the right is the key. As
/// shades are laid on the page they follow it from light to dark. Without colours, the two signs
/// look alike.
///
/// **Shapes:** values `[names][height · width]`, row by row.
public record SignedImages(
    String title,
    String description,
    List<String> names,
    List<float[]> values,
    int imageHeight,
    int imageWidth,
    int columns,
    double width)
    implements Figure {
  private static final double SIZE = Theme.TEXT_SIZE;
  private static final double GAP = 10;
  private static final double BAR = 14;
  private static final double LARGEST_IMAGE = 168;
  private static final int BAR_STEPS = 64;

  public SignedImages {
    names = List.copyOf(names);
    values = values.stream().map(float[]::clone).toList();
    if (names.isEmpty() || names.size() != values.size()) {
      throw new IllegalArgumentException(
          "signed images '%s': expected the values of an image for each of %s names, got %s"
              .formatted(title, names.size(), values.size()));
    }
    for (int i = 0; i < values.size(); i++) {
      if (imageHeight < 1
          || imageWidth < 1
          || values.get(i).length != (long) imageHeight * imageWidth) {
        throw new IllegalArgumentException(
            "signed images '%s': '%s' has %s values, expected %s × %s"
                .formatted(title, names.get(i), values.get(i).length, imageHeight, imageWidth));
      }
      for (float value : values.get(i)) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "signed images '%s': '%s' holds %s, which has no shade"
                  .formatted(title, names.get(i), Digits.brief(value, 4)));
        }
      }
    }
    if (columns < 1 || !((width - 80) / columns >= 24 + GAP)) {
      throw new IllegalArgumentException(
          "signed images '%s': %s columns leave no 24 pixels for an image in a width of %s"
              .formatted(title, columns, width));
    }
  }

  /// The weights of a linear classifier from images of `height` × `width` pixels, five images in a
  /// row.
  ///
  /// **Shapes:** weights `[classes][height · width]`.
  public static SignedImages weights(
      String title, List<String> classes, List<float[]> weights, int height, int width) {
    String description =
        "The weights of %s classes as images of %s × %s pixels, from −%s to %s: %s."
            .formatted(
                classes.size(),
                height,
                width,
                Digits.significant(largest(weights), 3),
                Digits.significant(largest(weights), 3),
                String.join(", ", classes));
    return new SignedImages(title, description, classes, weights, height, width, 5, 720);
  }

  public SignedImages withColumns(int columns) {
    return new SignedImages(
        title, description, names, values, imageHeight, imageWidth, columns, width);
  }

  public SignedImages withWidth(double width) {
    return new SignedImages(
        title, description, names, values, imageHeight, imageWidth, columns, width);
  }

  public SignedImages withDescription(String description) {
    return new SignedImages(
        title, description, names, values, imageHeight, imageWidth, columns, width);
  }

  @Override
  public Drawing draw() {
    List<Mark> marks = new ArrayList<>();
    marks.add(Label.title(title, width));
    float largest = largest(values);
    String most = Digits.significant(largest, 2);
    double barRoom = TextWidth.of("−" + most, SIZE, false) + BAR + GAP + 16;
    double side = Math.min(LARGEST_IMAGE, (width - barRoom + GAP) / columns - GAP);
    double top = 28;
    double rowHeight = side + 18 + GAP;
    for (int i = 0; i < values.size(); i++) {
      double x = i % columns * (side + GAP);
      int row = i / columns;
      double y = top + row * rowHeight;
      String name = TextWidth.shorten(names.get(i), SIZE, false, side);
      marks.add(
          Label.of(name, x + side / 2, y + 12, SIZE, Anchor.MIDDLE, Theme.INK)
              .withHint(names.get(i)));
      Extent place = ImageTable.placed(stencil(values.get(i), largest, 1), x, y + 18, side);
      image(values.get(i), largest, place, marks);
    }
    int rows = (values.size() + columns - 1) / columns;
    double bottom = top + rows * rowHeight - GAP;
    double left = Math.min(columns, values.size()) * (side + GAP) + 8;
    key(new Extent(left, top + 18, left + BAR, bottom), largest, most, marks);
    return new Drawing(width, bottom + 4, title, description, marks);
  }

  private void image(float[] numbers, float largest, Extent place, List<Mark> marks) {
    marks.add(new Mark.Stencil(stencil(numbers, largest, 1), Theme.RIGHT, place));
    marks.add(new Mark.Stencil(stencil(numbers, largest, -1), Theme.WRONG, place));
    marks.add(Mark.Line.frame(place, Theme.RULE, 0.75));
  }

  /// How far each number of one sign is on the way from 0 to the largest magnitude.
  private Picture stencil(float[] numbers, float largest, int sign) {
    return Picture.grey(opacities(numbers, largest, sign), imageHeight, imageWidth);
  }

  private static byte[] opacities(float[] numbers, float largest, int sign) {
    byte[] opacities = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      double part = largest == 0 ? 0 : sign * (double) numbers[i] / largest;
      opacities[i] = (byte) Math.round(255 * Math.max(0, part));
    }
    return opacities;
  }

  /// A bar from the largest number at the top to its negative at the bottom.
  private static void key(Extent bar, float largest, String most, List<Mark> marks) {
    float[] scale = new float[2 * BAR_STEPS + 1];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (BAR_STEPS - i) / (float) BAR_STEPS;
    }
    for (int sign : new int[] {1, -1}) {
      Picture shades = Picture.grey(opacities(scale, 1, sign), scale.length, 1);
      marks.add(new Mark.Stencil(shades, sign > 0 ? Theme.RIGHT : Theme.WRONG, bar));
    }
    marks.add(Mark.Line.frame(bar, Theme.RULE, 0.75));
    List<String> texts = largest == 0 ? List.of("", "0", "") : List.of("+" + most, "0", "−" + most);
    for (int i = 0; i < texts.size(); i++) {
      double y = bar.top() + i * bar.height() / 2;
      double baseline = i == 0 ? y + 9 : i == 1 ? y + 4 : y;
      marks.add(Label.of(texts.get(i), bar.right() + 8, baseline, SIZE, Anchor.START, Theme.MUTED));
    }
  }

  private static float largest(List<float[]> values) {
    float largest = 0;
    for (float[] numbers : values) {
      for (float number : numbers) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
    return largest;
  }
}
