package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// How many floats one SIMD instruction handles: chosen once, for all kernels.
///
/// The widest that the machine does well, or what the system property `ijen.lanes` says (4, 8 or
/// 16): results do not depend on it, which tests use. Widths that the hardware lacks work, slowly.
///
/// **How vector loops are written here.** A vector is an object until the compiler has inlined
/// everything that touches it; then it is a register. A call that is not inlined costs an
/// allocation for each vector it takes or returns, and the compiler stops inlining ordinary methods
/// when a compilation grows large. Hence: vectors are local variables of one short static method
/// that takes and returns arrays and numbers; it calls the vector API directly, which is always
/// inlined, and no helper of ours; species are `static final`. A second loop does the numbers that
/// do not fill a vector, by the same operations.
final class Lanes {
  static final VectorSpecies<Float> FLOAT = chosen();

  /// The number of floats in a vector.
  static final int COUNT = FLOAT.length();

  private Lanes() {}

  private static VectorSpecies<Float> chosen() {
    String lanes = System.getProperty("ijen.lanes");
    return switch (lanes) {
      case null -> FloatVector.SPECIES_PREFERRED;
      case "4" -> FloatVector.SPECIES_128;
      case "8" -> FloatVector.SPECIES_256;
      case "16" -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              "-Dijen.lanes: expected 4, 8 or 16, got '" + lanes + "'");
    };
  }
}
