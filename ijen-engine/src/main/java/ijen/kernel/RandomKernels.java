package ijen.kernel;

/// Random numbers made where they are used, each a pure function of (seed, stream, index).
///
/// Part of [Kernels], whose conventions hold. Nothing is kept between calls: whoever needs a random
/// direction again asks for it again, by the same seed and stream, instead of storing it.
///
/// **Words.** A stream of a seed is a sequence of 32-bit words: word w is word `w mod 4` of block
/// `⌊w/4⌋` of [ijen.random.Philox].
///
/// **Normals.** By the Box–Muller transform of pairs of words. Pair P, the words a = 2P and b = 2P
/// + 1, gives u = (⌊a/2⌋ + ½)/2³¹ in (0, 1) and R = √(−2 ln u); the lower thirty bits of b, as a
///   signed number r, give φ = π/2·r/2³⁰ in [−π/4, π/4) and (x, y) = R·(cos φ, sin φ), which are
///   swapped if bit 30 of b is set and both negated if bit 31 is: a uniform direction. Numbers `32g
///   + p` and `32g
/// + 16 + p` of the stream, 0 ≤ p < 16, are x and y of pair `P = 16g + p`: whole vectors of any
///   width hold numbers of one kind.
///
/// The numbers reach ±√(−2 ln 2⁻³²) = ±6.66; of true standard normals, 3 in 10¹¹ lie beyond.
///
/// **Signs.** Number i of a stream of signs is −1 if bit `i mod 32` of word `⌊i/32⌋` is set, +1
/// otherwise.
///
/// **Source:** Box, Muller, "A note on the generation of random normal deviates", Ann. Math.
/// Statist. 29, 1958.
public sealed interface RandomKernels permits ReferenceRandoms, VectorRandoms {

  /// Inverted dropout's mask: `out[i] = 1/keep` with probability `keep`, otherwise 0.
  ///
  /// Number `i` depends on `(seed, stream, i)` alone: word `i` is compared, as an unsigned integer,
  /// with `round(keep·2³²)`.
  void dropoutMask(Buffer out, int n, double keep, long seed, long stream);

  /// `out[i] = z[from + i]`, where z are the stream's standard normals.
  void normals(Buffer out, int n, long seed, long stream, long from);

  /// Adds a multiple of a random direction that is stored nowhere: `theta[i] += scale·z[from + i]`,
  /// where z are the stream's standard normals.
  ///
  /// The bits of a number do not depend on how a range is divided into calls.
  void addNormals(Buffer theta, int n, double scale, long seed, long stream, long from);

  /// `Σ z[from + i]²` over `n` of the stream's standard normals, accumulated in double: a direction
  /// uniform on the sphere of radius r is `r/√` of this times z.
  double sumOfSquaredNormals(int n, long seed, long stream, long from);

  /// Adds a multiple of a direction of random signs (Rademacher): `theta[i] += scale·s[from + i]`,
  /// where s are the stream's signs.
  void addSigns(Buffer theta, int n, double scale, long seed, long stream, long from);
}
