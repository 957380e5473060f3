package ijen.plot;

import java.util.List;

/// All signs of a cloud as the data of one SVG path, some ten to thirty characters each.
///
/// Steps are whole tenths of a pixel, relative to the sign before, without adding up their rounding
/// errors. A filled circle is the round end of a line without length.
final class CloudPath {
  private final StringBuilder path = new StringBuilder();
  private long x;
  private long y;

  private CloudPath() {}

  static String of(Mark.Cloud cloud) {
    CloudPath path = new CloudPath();
    for (Spot spot : cloud.at()) {
      path.sign(cloud.shape(), new Spot(10 * spot.x(), 10 * spot.y()), 10 * cloud.size());
    }
    return path.path.toString();
  }

  private void sign(Shape shape, Spot centre, double size) {
    if (shape == Shape.CIRCLE) {
      move(centre);
      path.append("h0");
      return;
    }
    if (shape == Shape.RING) {
      move(new Spot(centre.x() - size / 2, centre.y()));
      long r = Math.round(size / 2);
      for (long across : new long[] {2 * r, -2 * r}) {
        path.append('a')
            .append(r)
            .append(' ')
            .append(r)
            .append(" 0 1 0 ")
            .append(across)
            .append(" 0");
      }
      return;
    }
    for (List<Spot> part : shape.paths(centre, size)) {
      move(part.getFirst());
      long beginningX = x;
      long beginningY = y;
      part.subList(1, part.size()).forEach(to -> step('l', to));
      if (shape.isClosed()) {
        path.append('z');
        x = beginningX;
        y = beginningY;
      }
    }
  }

  private void move(Spot to) {
    step(path.isEmpty() ? 'M' : 'm', to);
  }

  private void step(char command, Spot to) {
    long dx = Math.round(to.x()) - x;
    long dy = Math.round(to.y()) - y;
    path.append(command).append(dx).append(dy < 0 ? "" : " ").append(dy);
    x += dx;
    y += dy;
  }
}
