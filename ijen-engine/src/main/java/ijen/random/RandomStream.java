package ijen.random;

import java.util.random.RandomGenerator;

/// A reproducible, endless sequence of random numbers that can be read at any index.
///
/// Streams with another seed, purpose or number are independent. Nothing is kept between calls, so
/// a stream may be shared freely between threads.
///
/// @param seed the run's seed
/// @param stream which of the seed's streams, best made by [#of]
public record RandomStream(long seed, long stream) {

  /// The stream of `seed` for a purpose ("shuffle", "dense1.weight") and a number (the epoch, say).
  public static RandomStream of(long seed, String purpose, long number) {
    return new RandomStream(seed, id(purpose, number));
  }

  /// The number of the stream for a purpose and a number, for callers that speak to [Philox]
  /// directly.
  public static long id(String purpose, long number) {
    long hash =
        0xCBF29CE484222325L; // FNV-1a over the characters, then two rounds of SplitMix64's mixer
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * 0x100000001B3L;
    }
    return mix(mix(hash) + number);
  }

  /// 64 random bits at `index`.
  public long bits(long index) {
    return (index & 1) == 0
        ? Philox.low(seed, stream, index >>> 1)
        : Philox.high(seed, stream, index >>> 1);
  }

  /// A number in [0, 1) at `index`, a multiple of 2⁻⁵³.
  public double uniform(long index) {
    return (bits(index) >>> 11) * 0x1p-53;
  }

  /// A standard normal number at `index`, by the Box–Muller transform of the two uniforms of one
  /// block.
  public double normal(long index) {
    double u = ((Philox.low(seed, stream, index >>> 1) >>> 11) + 1) * 0x1p-53; // (0, 1]
    double v = (Philox.high(seed, stream, index >>> 1) >>> 11) * 0x1p-53;
    double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
    double angle = 2 * Math.PI * v;
    return radius * ((index & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
  }

  /// A whole number in [0, bound) at `index`; the bias is below bound·2⁻⁶⁴.
  public int below(long index, int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("expected a bound above 0, got " + bound);
    }
    return (int) Math.unsignedMultiplyHigh(bits(index), bound);
  }

  /// A random order of the numbers 0 … n − 1 (Fisher–Yates), written into `order`.
  public void permute(int[] order) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = below(i, i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /// The stream read in order, as a JDK generator; the only thing here that has a state.
  public RandomGenerator generator() {
    return new RandomGenerator() {
      private long next;

      @Override
      public long nextLong() {
        return bits(next++);
      }
    };
  }

  private static long mix(long z) {
    long x = z + 0x9E3779B97F4A7C15L;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
