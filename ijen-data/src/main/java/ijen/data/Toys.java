package ijen.data;

import ijen.graph.Shape;
import ijen.random.RandomStream;
import java.util.List;
import java.util.Locale;

/// Small data sets of points in the plane, in two classes that alternate.
///
/// Each point is a pure function of seed and index. All lie roughly within ±2, so no scaling is
/// needed.
public final class Toys {
  /// How many training points [#open] makes if not told otherwise.
  public static final int TRAIN_SIZE = 1_000;

  /// How many test points [#open] makes if not told otherwise.
  public static final int TEST_SIZE = 500;

  private Toys() {}

  /// The kinds of points, each with its usual noise.
  enum Kind {
    MOONS(0.1, "upper", "lower"),
    CIRCLES(0.05, "outer", "inner"),
    SPIRALS(0.03, "first arm", "second arm"),
    XOR(0.05, "equal signs", "unlike signs");

    private final double noise;
    private final String first;
    private final String second;

    Kind(double noise, String first, String second) {
      this.noise = noise;
      this.first = first;
      this.second = second;
    }
  }

  /// Two half circles of radius 1 that reach into each other.
  ///
  /// Upper: (cos t, sin t); lower: (1 − cos t, ½ − sin t); t uniform in [0, π].
  ///
  /// @param noise the standard deviation of what is added to both coordinates
  public static RealSamples moons(int size, double noise, long seed) {
    return draw(Kind.MOONS, "train", size, noise, seed);
  }

  /// A circle of radius 1 around one of radius ½.
  ///
  /// @param noise the standard deviation of what is added to both coordinates
  public static RealSamples circles(int size, double noise, long seed) {
    return draw(Kind.CIRCLES, "train", size, noise, seed);
  }

  /// Two spiral arms, each of one and a half turns, half a turn apart: radius t, angle 3πt, t in
  /// [0.1, 1], the points evenly dense along the arm.
  ///
  /// @param noise the standard deviation of what is added to both coordinates
  public static RealSamples spirals(int size, double noise, long seed) {
    return draw(Kind.SPIRALS, "train", size, noise, seed);
  }

  /// Points uniform in the square ±1; the class says whether the two coordinates have unlike signs.
  ///
  /// @param noise the standard deviation of what is added to both coordinates
  public static RealSamples xor(int size, double noise, long seed) {
    return draw(Kind.XOR, "train", size, noise, seed);
  }

  static TrainTest open(Kind kind, Options options) {
    double noise = options.noise().orElse(kind.noise);
    return new TrainTest(
        draw(kind, "train", options.trainSize().orElse(TRAIN_SIZE), noise, options.seed()),
        draw(kind, "test", options.testSize().orElse(TEST_SIZE), noise, options.seed()));
  }

  private static RealSamples draw(Kind kind, String part, int size, double noise, long seed) {
    if (size < 1 || size > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "expected 1 to " + Integer.MAX_VALUE / 4 + " points, got " + size);
    }
    if (!(noise >= 0 && noise < Float.MAX_VALUE)) {
      throw new IllegalArgumentException("expected noise of 0 or more, got " + noise);
    }
    String name = kind.name().toLowerCase(Locale.ROOT) + " " + part;
    float[] values = new float[2 * size];
    int[] labels = new int[size];
    double[] point = new double[2];
    for (int i = 0; i < size; i++) {
      labels[i] = i & 1;
      RandomStream stream = RandomStream.of(seed, name, i);
      place(kind, labels[i], stream, point);
      values[2 * i] = (float) (point[0] + noise * stream.normal(2));
      values[2 * i + 1] = (float) (point[1] + noise * stream.normal(3));
    }
    return RealSamples.labelled(
        name, Shape.of(2), values, labels, List.of(kind.first, kind.second));
  }

  private static void place(Kind kind, int label, RandomStream stream, double[] point) {
    double t = stream.uniform(0);
    switch (kind) {
      case MOONS -> {
        double x = StrictMath.cos(Math.PI * t);
        double y = StrictMath.sin(Math.PI * t);
        point[0] = label == 0 ? x : 1 - x;
        point[1] = label == 0 ? y : 0.5 - y;
      }
      case CIRCLES -> {
        double radius = label == 0 ? 1 : 0.5;
        point[0] = radius * StrictMath.cos(2 * Math.PI * t);
        point[1] = radius * StrictMath.sin(2 * Math.PI * t);
      }
      case SPIRALS -> {
        double radius =
            Math.sqrt(0.01 + 0.99 * t); // the arm's length grows with the radius squared
        double angle = Math.PI * (3 * radius + label);
        point[0] = radius * StrictMath.cos(angle);
        point[1] = radius * StrictMath.sin(angle);
      }
      case XOR -> {
        double x = 1 - t; // (0, 1]: never on the line between the classes
        double y = 1 - stream.uniform(1);
        double side = (stream.bits(4) & 1) == 0 ? 1 : -1;
        point[0] = side * x;
        point[1] = label == 0 ? side * y : -side * y;
      }
    }
  }
}
