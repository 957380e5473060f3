package ijen.data;

import ijen.format.Dtype;
import ijen.format.Table;
import java.util.List;
import java.util.Locale;

/// Tells columns that are the pixels of a square image from others.
final class PixelColumns {
  private static final int SMALLEST_IMAGE = 64;

  private PixelColumns() {}

  /// Whether a table without names has a class, and the bytes of a square image, in each row.
  static boolean withoutNames(Table table) {
    List<Table.Column> columns = table.columns();
    if (table.numbers().dtype() != Dtype.U8
        || columns.size() - 1 < SMALLEST_IMAGE
        || side(columns.size() - 1) == 0) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).nominal() || !columns.get(i).name().equals("column" + (i + 1))) {
        return false;
      }
    }
    return true;
  }

  /// Whether these columns are called `pixel0`, `pixel1`, …, or `pixel1`, …, or `1x1`, `1x2`, ….
  static boolean named(Table table, int[] features) {
    int side = side(features.length);
    boolean fromZero = true;
    boolean fromOne = true;
    boolean byPlace = side > 0;
    for (int i = 0; i < features.length; i++) {
      String name = table.columns().get(features[i]).name().toLowerCase(Locale.ROOT);
      fromZero &= name.equals("pixel" + i);
      fromOne &= name.equals("pixel" + (i + 1));
      byPlace = byPlace && name.equals((i / side + 1) + "x" + (i % side + 1));
    }
    return fromZero || fromOne || byPlace;
  }

  /// The side of a square of so many pixels; 0 if there is none.
  static int side(int pixels) {
    int side = (int) Math.round(Math.sqrt(pixels));
    return side * side == pixels ? side : 0;
  }
}
