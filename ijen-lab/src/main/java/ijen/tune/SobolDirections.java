package ijen.tune;

import java.util.List;

/// The directions of Sobol's sequence: for each coordinate, 32 numbers whose exclusive or, over the
/// bits of a point's index, is the point.
///
/// Coordinate 0 mirrors the bits of the index (van der Corput). Any other has a primitive polynomial
/// x^s + a₁x^(s−1) + … + a_(s−1)x + 1 over two elements, and odd numbers m₁ … m_s to begin with,
/// m_k < 2^k, which go on by
///
///     m_k = 2a₁m_(k−1) ⊕ 4a₂m_(k−2) ⊕ … ⊕ 2^s m_(k−s) ⊕ m_(k−s)
///
/// Direction k is m_k / 2^k.
///
/// **Source:** Sobol', "On the distribution of points in a cube and the approximate evaluation of
/// integrals", 1967; the numbers are those of Joe, Kuo, "Constructing Sobol sequences with better
/// two-dimensional projections", SIAM J. Sci. Comput. 30, 2008 (table `new-joe-kuo-6`).
final class SobolDirections {
  /// How many coordinates there are.
  static final int MOST = 64;

  private static final int BITS = 32;

  /// For coordinates 1, 2, …: s, a₁ … a_(s−1) as one binary number, m₁ … m_s.
  private static final String TABLE =
      """
      1 0 1
      2 1 1 3
      3 1 1 3 1
      3 2 1 1 1
      4 1 1 1 3 3
      4 4 1 3 5 13
      5 2 1 1 5 5 17
      5 4 1 1 5 5 5
      5 7 1 1 7 11 19
      5 11 1 1 5 1 1
      5 13 1 1 1 3 11
      5 14 1 3 5 5 31
      6 1 1 3 3 9 7 49
      6 13 1 1 1 15 21 21
      6 16 1 3 1 13 27 49
      6 19 1 1 1 15 7 5
      6 22 1 3 1 15 13 25
      6 25 1 1 5 5 19 61
      7 1 1 3 7 11 23 15 103
      7 4 1 3 7 13 13 15 69
      7 7 1 1 3 13 7 35 63
      7 8 1 3 5 9 1 25 53
      7 14 1 3 1 13 9 35 107
      7 19 1 3 1 5 27 61 31
      7 21 1 1 5 11 19 41 61
      7 28 1 3 5 3 3 13 69
      7 31 1 1 7 13 1 19 1
      7 32 1 3 7 5 13 19 59
      7 37 1 1 3 9 25 29 41
      7 41 1 3 5 13 23 1 55
      7 42 1 3 7 3 13 59 17
      7 50 1 3 1 3 5 53 69
      7 55 1 1 5 5 23 33 13
      7 56 1 1 7 7 1 61 123
      7 59 1 1 7 9 13 61 49
      7 62 1 3 3 5 3 55 33
      8 14 1 3 1 15 31 13 49 245
      8 21 1 3 5 15 31 59 63 97
      8 22 1 3 1 11 11 11 77 249
      8 38 1 3 1 11 27 43 71 9
      8 47 1 1 7 15 21 11 81 45
      8 49 1 3 7 3 25 31 65 79
      8 50 1 3 1 1 19 11 3 205
      8 52 1 1 5 9 19 21 29 157
      8 56 1 3 7 11 1 33 89 185
      8 67 1 3 3 3 15 9 79 71
      8 70 1 3 7 11 15 39 119 27
      8 84 1 1 3 1 11 31 97 225
      8 97 1 1 1 3 23 43 57 177
      8 103 1 3 7 7 17 17 37 71
      8 115 1 3 1 5 27 63 123 213
      8 122 1 1 3 5 11 43 53 133
      9 8 1 3 5 5 29 17 47 173 479
      9 13 1 3 3 11 3 1 109 9 69
      9 16 1 1 1 5 17 39 23 5 343
      9 22 1 3 1 5 25 15 31 103 499
      9 25 1 1 1 11 11 17 63 105 183
      9 44 1 1 5 11 9 29 97 231 363
      9 47 1 1 5 15 19 45 41 7 383
      9 52 1 3 7 7 31 19 83 137 221
      9 55 1 1 1 3 23 15 111 223 83
      9 59 1 1 5 13 31 15 55 25 161
      9 62 1 1 3 13 25 47 39 87 257
      """;

  private static final int[][] DIRECTIONS = directions();

  private SobolDirections() {}

  /// Bits 31 … 0 of a coordinate after the point, of the point with that index.
  static int point(int coordinate, int index) {
    int[] directions = DIRECTIONS[coordinate];
    int point = 0;
    // Gray code: the same points in another order, in which neighbours differ by one direction.
    for (int gray = index ^ (index >>> 1); gray != 0; gray &= gray - 1) {
      point ^= directions[Integer.numberOfTrailingZeros(gray)];
    }
    return point;
  }

  private static int[][] directions() {
    List<String> rows = TABLE.lines().toList();
    int[][] all = new int[MOST][BITS];
    for (int k = 0; k < BITS; k++) {
      all[0][k] = 1 << (BITS - 1 - k);
    }
    for (int c = 1; c < MOST; c++) {
      String[] row = rows.get(c - 1).strip().split(" ", -1);
      int s = Integer.parseInt(row[0]);
      int a = Integer.parseInt(row[1]);
      for (int k = 0; k < s; k++) {
        all[c][k] = Integer.parseInt(row[k + 2]) << (BITS - 1 - k);
      }
      for (int k = s; k < BITS; k++) {
        // As fractions m_k / 2^k the factors 2^i of the recurrence are there already.
        int next = all[c][k - s] ^ (all[c][k - s] >>> s);
        for (int i = 1; i < s; i++) {
          next ^= (a >>> (s - 1 - i) & 1) * all[c][k - i];
        }
        all[c][k] = next;
      }
    }
    return all;
  }
}
