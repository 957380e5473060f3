package ijen.tune;

import ijen.random.RandomStream;

/// Sobol's sequence: points that fill the space more evenly than random ones do. Of the first 2^k,
/// each 2^k-th part of every dimension has exactly one.
///
/// A seed moves all points by a random shift of their binary digits, which keeps what makes them
/// even. Trial n is a function of seed and n.
///
/// **Range:** at most 64 dimensions.
///
/// **Source:** [SobolDirections]; digital shifts: Owen, "Monte Carlo and quasi-Monte Carlo
/// methods", chapter 17.
///
/// @param seed the key of the shift
public record SobolSampler(long seed) implements Sampler {
  @Override
  public Configuration suggest(Space space, int number, History history) {
    RandomStream shift = RandomStream.of(seed, "tune.sobol", 0);
    return space.fill((index, dimension) -> dimension.at(unit(shift, index, number)));
  }

  /// In [0, 1): 32 digits of the point, shifted, and 21 more of the shift alone.
  private static double unit(RandomStream shift, int coordinate, int number) {
    long digits = (long) SobolDirections.point(coordinate, number) << 32;
    return ((digits ^ shift.bits(coordinate)) >>> 11) * 0x1p-53;
  }

  @Override
  public boolean needsHistory() {
    return false;
  }

  @Override
  public void check(Space space, int trials) {
    if (space.dimensions().size() > SobolDirections.MOST) {
      throw new IllegalArgumentException(
          "sobol: expected at most %d dimensions, got %d"
              .formatted(SobolDirections.MOST, space.dimensions().size()));
    }
  }
}
