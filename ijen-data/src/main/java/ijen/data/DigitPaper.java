package ijen.data;

import java.util.Arrays;

/// The square of paper that one digit is drawn on, and its scanner.
///
/// Each pixel keeps the most ink that any segment of the line leaves in its middle.
final class DigitPaper {
  /// The pixels on a side.
  static final int SIDE = 28;

  private final double[] ink = new double[SIDE * SIDE];
  private final double[] blurred = new double[SIDE * SIDE];

  /// Takes a new sheet.
  void clear() {
    Arrays.fill(ink, 0);
  }

  /// Draws one segment of the line, from (ax, ay) to (bx, by), with the pen's radius at both ends.
  ///
  /// @param soft half the width of the edge, in which ink fades to paper
  void draw(double ax, double ay, double ar, double bx, double by, double br, double soft) {
    double alongX = bx - ax;
    double alongY = by - ay;
    double squared = alongX * alongX + alongY * alongY;
    double reach = Math.max(ar, br) + soft;
    int firstColumn = Math.max(0, (int) (Math.min(ax, bx) - reach));
    int lastColumn = Math.min(SIDE - 1, (int) (Math.max(ax, bx) + reach));
    int firstRow = Math.max(0, (int) (Math.min(ay, by) - reach));
    int lastRow = Math.min(SIDE - 1, (int) (Math.max(ay, by) + reach));
    for (int row = firstRow; row <= lastRow; row++) {
      double py = row + 0.5 - ay;
      for (int column = firstColumn; column <= lastColumn; column++) {
        double px = column + 0.5 - ax;
        double t = squared == 0 ? 0 : Math.clamp((px * alongX + py * alongY) / squared, 0, 1);
        double dx = px - t * alongX;
        double dy = py - t * alongY;
        double distance = Math.sqrt(dx * dx + dy * dy);
        double pen = ar + t * (br - ar);
        double depth = (pen - distance + soft) / (2 * soft); // 0 outside the edge, 1 inside
        if (depth > 0) {
          double value = depth >= 1 ? 1 : depth * depth * (3 - 2 * depth);
          int pixel = row * SIDE + column;
          ink[pixel] = Math.max(ink[pixel], value);
        }
      }
    }
  }

  /// Scans the paper into `pixels` from `at` on: blur, contrast and grain.
  void scan(DigitDice dice, byte[] pixels, int at) {
    double side = 0.03 + 0.04 * dice.uniform();
    double middle = 1 - 2 * side;
    for (int p = 0; p < SIDE * SIDE; p++) {
      int column = p % SIDE;
      double west = column > 0 ? ink[p - 1] : 0;
      double east = column < SIDE - 1 ? ink[p + 1] : 0;
      blurred[p] = middle * ink[p] + side * (west + east);
    }
    double white = 262 + 22 * dice.normal(); // above 255: a full stroke is saturated
    double grain = 0.03 + 0.04 * dice.uniform();
    for (int p = 0; p < SIDE * SIDE; p++) {
      double north = p >= SIDE ? blurred[p - SIDE] : 0;
      double south = p < SIDE * (SIDE - 1) ? blurred[p + SIDE] : 0;
      double value = middle * blurred[p] + side * (north + south);
      if (value > 0) {
        value *= white * (1 + grain * dice.normal());
      }
      pixels[at + p] = (byte) (int) (Math.clamp(value, 0, 255) + 0.5);
    }
  }
}
