package ijen.plot;

/// A place on a drawing, in pixels from its upper left corner.
public record Spot(double x, double y) {}
