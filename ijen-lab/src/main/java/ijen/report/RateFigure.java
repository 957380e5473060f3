package ijen.report;

import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.Figure;
import ijen.plot.NoisyLine;
import ijen.plot.NoisyLine.Place;
import ijen.plot.Point;
import ijen.plot.Series;
import ijen.train.RateCurve;
import java.util.ArrayList;
import java.util.List;

/// The figure of a search for a learning rate: the loss over the rate, with what is suggested and
/// where it broke out.
public final class RateFigure {
  /// How far above the losses before it broke out the figure reaches, as part of their range.
  private static final double ROOM = 0.25;

  private RateFigure() {}

  /// The figure.
  ///
  /// @param title what was looked at
  /// @throws IllegalArgumentException if the curve has no points
  public static Figure of(String title, RateCurve curve) {
    if (curve.points().isEmpty()) {
      throw new IllegalArgumentException("rate figure: expected a step or more, " + curve.words());
    }
    List<Point> raw = new ArrayList<>();
    List<Point> smooth = new ArrayList<>();
    for (RateCurve.Point point : curve.points()) {
      raw.add(Point.of(point.rate(), point.loss()));
      smooth.add(Point.of(point.rate(), point.smoothed()));
    }
    List<Place> places = new ArrayList<>();
    curve
        .suggestion()
        .ifPresent(rate -> places.add(new Place("suggested: " + number(rate), rate, false)));
    curve
        .divergence()
        .ifPresent(rate -> places.add(new Place("diverged: " + number(rate), rate, true)));
    return NoisyLine.of(
        "Loss while the rate rises: " + title,
        Axis.log("learning rate"),
        losses(curve),
        new Series("each batch", raw),
        new Series("smoothed", smooth),
        places);
  }

  /// All losses up to the lowest, with some room: what comes after may be of any size.
  private static Axis losses(RateCurve curve) {
    double low = curve.before();
    double high = curve.before();
    double end =
        curve.lowest().orElseGet(() -> curve.points().get(curve.points().size() / 2).rate());
    for (RateCurve.Point point : curve.points()) {
      if (point.rate() <= end && Double.isFinite(point.loss())) {
        low = Math.min(low, point.loss());
        high = Math.max(high, point.loss());
      }
    }
    double room = ROOM * (high > low ? high - low : Math.max(Math.abs(high), 1e-9));
    double from = low >= 0 && low < 0.35 * high ? 0 : low - room;
    return Axis.linear("loss").within(from, high + room);
  }

  private static String number(double rate) {
    return Digits.brief(rate, 2);
  }
}
