package ijen.data;

import ijen.random.RandomStream;
import java.util.List;

/// A hand that writes digits, each a little differently, as 28×28 grey pixels.
///
/// From skeleton to pixels:
/// 1. a [DigitSkeleton] is chosen and each of its points moved a little;
/// 2. a spline through the points becomes a chain of short segments;
/// 3. the chain is bent by a smooth random field (a bicubic B-spline over a coarse grid of random
///    displacements), slanted, stretched and turned;
/// 4. it is scaled to about 20 pixels and its ink centred;
/// 5. each pixel gets the ink of the nearest segment: the pen's radius there minus the distance,
///    through a soft edge, so that edges are smooth without oversampling;
/// 6. the pen's pressure varies along the way, and the sheet is scanned: slightly blurred and
///    grained.
///
/// Only additions, products, quotients and square roots of doubles, and `StrictMath`, are used: the
/// same numbers come out on every machine. A writer has scratch arrays and belongs to one thread.
///
/// **Source:** the idea of elastic distortion: Simard, Steinkraus, Platt, "Best practices for
/// convolutional neural networks applied to visual document analysis", ICDAR 2003.
final class DigitWriter {
  // How unlike each other the digits are, as standard deviations: in units of the digit's height …
  private static final double BEND = 0.042;
  private static final double LEAST_SHAKE = 0.006;
  private static final double MOST_SHAKE = 0.016;
  // … as ratios, tangents and radians …
  private static final double STRETCH = 0.10;
  private static final double SLANT = 0.26;
  private static final double MEAN_SLANT = 0.10;
  private static final double TURN = 0.21;
  // … and in pixels.
  private static final double MEAN_SIZE = 17.2; // of the line; about 20 with the pen's width
  private static final double SIZE = 0.6;
  private static final double SHIFT = 0.78;
  private static final double MEAN_PEN = 1.3; // radius
  private static final double PEN = 0.24;

  private static final int MOST_POINTS = 512;
  private static final int GRID = 5; // control points of the bending field, in each direction

  private final double[] x = new double[MOST_POINTS];
  private final double[] y = new double[MOST_POINTS];
  private final double[] radius = new double[MOST_POINTS];
  private final boolean[] penDown = new boolean[MOST_POINTS]; // whether ink leads from i − 1 to i
  private int points;

  private final double[] control = new double[64];
  private final double[] bendX = new double[GRID * GRID];
  private final double[] bendY = new double[GRID * GRID];
  private final DigitPaper paper = new DigitPaper();
  private DigitDice dice = new DigitDice(new RandomStream(0, 0));

  /// Writes one digit into `pixels` from `at` on, 0 black paper to 255 white ink; `stream` decides
  /// how.
  void write(int digit, RandomStream stream, byte[] pixels, int at) {
    dice = new DigitDice(stream);
    trace(choose(DigitSkeleton.ALL.get(digit)));
    bend();
    turn();
    place();
    press();
    draw();
    paper.scan(dice, pixels, at);
  }

  private DigitSkeleton choose(List<DigitSkeleton> skeletons) {
    double total = 0;
    for (DigitSkeleton skeleton : skeletons) {
      total += skeleton.weight();
    }
    double dart = dice.uniform() * total;
    for (DigitSkeleton skeleton : skeletons) {
      dart -= skeleton.weight();
      if (dart < 0) {
        return skeleton;
      }
    }
    return skeletons.getLast();
  }

  /// Steps 1 and 2: the skeleton with its points moved, as a chain of segments.
  private void trace(DigitSkeleton skeleton) {
    double shake = LEAST_SHAKE + (MOST_SHAKE - LEAST_SHAKE) * dice.uniform();
    points = 0;
    for (double[] stroke : skeleton.strokes()) {
      int count = stroke.length / 2;
      for (int i = 0; i < count; i++) {
        boolean corner =
            i > 0 && stroke[2 * i] == stroke[2 * i - 2] && stroke[2 * i + 1] == stroke[2 * i - 1];
        control[2 * i] = corner ? control[2 * i - 2] : stroke[2 * i] + shake * dice.normal();
        control[2 * i + 1] =
            corner ? control[2 * i - 1] : stroke[2 * i + 1] + shake * dice.normal();
      }
      addPoint(control[0], control[1], false);
      for (int i = 0; i + 1 < count; i++) {
        addCurve(i, count);
      }
    }
  }

  /// The Catmull–Rom piece from control point `i` to `i + 1`; corners and ends have one-sided
  /// tangents.
  private void addCurve(int i, int count) {
    double x1 = control[2 * i];
    double y1 = control[2 * i + 1];
    double x2 = control[2 * i + 2];
    double y2 = control[2 * i + 3];
    if (x1 == x2 && y1 == y2) {
      return; // the two halves of a corner
    }
    boolean startsHere = i == 0 || same(i - 1, i);
    boolean endsHere = i + 2 == count || same(i + 1, i + 2);
    double x0 = startsHere ? 2 * x1 - x2 : control[2 * i - 2];
    double y0 = startsHere ? 2 * y1 - y2 : control[2 * i - 1];
    double x3 = endsHere ? 2 * x2 - x1 : control[2 * i + 4];
    double y3 = endsHere ? 2 * y2 - y1 : control[2 * i + 5];
    double chord = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    int steps = Math.clamp((int) (chord * 24) + 1, 2, 24);
    for (int s = 1; s <= steps; s++) {
      double t = (double) s / steps;
      addPoint(spline(x0, x1, x2, x3, t), spline(y0, y1, y2, y3, t), true);
    }
  }

  private boolean same(int i, int j) {
    return control[2 * i] == control[2 * j] && control[2 * i + 1] == control[2 * j + 1];
  }

  private static double spline(double a, double b, double c, double d, double t) {
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  private void addPoint(double px, double py, boolean down) {
    x[points] = px;
    y[points] = py;
    penDown[points] = down;
    points++;
  }

  /// Step 3, first half: a smooth random field over the box moves every point.
  private void bend() {
    for (int i = 0; i < GRID * GRID; i++) {
      bendX[i] = BEND * dice.normal();
      bendY[i] = BEND * dice.normal();
    }
    for (int i = 0; i < points; i++) {
      // The box 0…0.7 × 0…1 lies within the middle cells of the grid.
      double u = Math.clamp((x[i] + 0.2) / 1.1, 0, 1) * (GRID - 3);
      double v = Math.clamp((y[i] + 0.1) / 1.2, 0, 1) * (GRID - 3);
      int column = Math.min((int) u, GRID - 4);
      int row = Math.min((int) v, GRID - 4);
      double dx = 0;
      double dy = 0;
      for (int r = 0; r < 4; r++) {
        double across = basis(r, v - row);
        for (int c = 0; c < 4; c++) {
          double weight = across * basis(c, u - column);
          dx += weight * bendX[(row + r) * GRID + column + c];
          dy += weight * bendY[(row + r) * GRID + column + c];
        }
      }
      x[i] += 2 * dx;
      y[i] += 2 * dy;
    }
  }

  /// The uniform cubic B-spline's four basis functions.
  private static double basis(int k, double t) {
    double s = 1 - t;
    return switch (k) {
      case 0 -> s * s * s / 6;
      case 1 -> (3 * t * t * t - 6 * t * t + 4) / 6;
      case 2 -> (3 * s * s * s - 6 * s * s + 4) / 6;
      default -> t * t * t / 6;
    };
  }

  /// Step 3, second half: stretch, slant, turn.
  private void turn() {
    double width = StrictMath.exp(STRETCH * dice.normal());
    double slant = MEAN_SLANT + SLANT * dice.normal();
    double angle = TURN * dice.normal();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (int i = 0; i < points; i++) {
      double px = width * (x[i] - 0.35) - slant * (y[i] - 0.5);
      double py = y[i] - 0.5;
      x[i] = cos * px - sin * py;
      y[i] = sin * px + cos * py;
    }
  }

  /// Step 4: about 20 pixels high or wide, the middle of the ink in the middle of the image.
  private void place() {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    double length = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < points; i++) {
      left = Math.min(left, x[i]);
      right = Math.max(right, x[i]);
      top = Math.min(top, y[i]);
      bottom = Math.max(bottom, y[i]);
      if (penDown[i]) {
        double dx = x[i] - x[i - 1];
        double dy = y[i] - y[i - 1];
        double step = Math.sqrt(dx * dx + dy * dy);
        length += step;
        sumX += step * 0.5 * (x[i] + x[i - 1]);
        sumY += step * 0.5 * (y[i] + y[i - 1]);
      }
    }
    double scale = (MEAN_SIZE + SIZE * dice.normal()) / Math.max(bottom - top, right - left);
    double shiftX =
        inside(14 + SHIFT * dice.normal() - scale * sumX / length, scale * left, scale * right);
    double shiftY =
        inside(14 + SHIFT * dice.normal() - scale * sumY / length, scale * top, scale * bottom);
    for (int i = 0; i < points; i++) {
      x[i] = scale * x[i] + shiftX;
      y[i] = scale * y[i] + shiftY;
    }
  }

  /// The shift, changed as little as needed so that nothing of the line touches the image's edge.
  private static double inside(double shift, double low, double high) {
    return Math.clamp(shift, 3 - low, Math.max(3 - low, DigitPaper.SIDE - 3 - high));
  }

  /// Step 6, the pen: its radius along the way, thinner at the ends of a stroke.
  private void press() {
    double pen = MEAN_PEN + PEN * dice.normal();
    double tremble = 0.14;
    double wave = 0;
    for (int i = 0; i < points; i++) {
      wave = 0.85 * wave + tremble * 0.5 * dice.normal();
      boolean end = !penDown[i] || i + 1 == points || !penDown[i + 1];
      radius[i] = Math.max(0.6, pen * (1 + wave) * (end ? 0.85 : 1));
    }
  }

  /// Step 5: the line, segment by segment.
  private void draw() {
    paper.clear();
    double soft = Math.max(0.35, 0.6 + 0.15 * dice.normal()); // half the width of the edge
    for (int i = 1; i < points; i++) {
      if (penDown[i]) {
        paper.draw(x[i - 1], y[i - 1], radius[i - 1], x[i], y[i], radius[i], soft);
      }
    }
  }
}
