package ijen.optim;

import ijen.graph.Parameter;
import ijen.graph.ParameterVector;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.RandomKernels;

/// How random directions u are drawn, all with E[u·uᵀ] = I: made anew whenever they are needed, and
/// stored nowhere.
///
/// The i-th number of a direction is a function of (seed, stream, i), where i is the place in θ. A
/// direction of a block is zero elsewhere.
public enum Directions {
  /// Independent standard normals: `E‖ĝ‖² = (d + q + 1)/q·‖g‖²` for q directions in d dimensions.
  GAUSSIAN,
  /// Independent signs: `E‖ĝ‖² = (d + q − 1)/q·‖g‖²`, and made three times as fast.
  RADEMACHER,
  /// Uniform on the sphere of radius √d: `E‖ĝ‖² = (d + q − 1)/q·‖g‖²`. Its length takes one more
  /// pass of random numbers.
  SPHERE;

  /// What all numbers of a direction are to be multiplied by.
  double length(Kernels kernels, Parameter[] block, long seed, long stream) {
    if (this != SPHERE) {
      return 1;
    }
    double sum = 0;
    int size = 0;
    for (Parameter p : block) {
      sum += kernels.randoms().sumOfSquaredNormals(p.size(), seed, stream, p.offset());
      size += p.size();
    }
    return Math.sqrt(size / sum);
  }

  /// `into += scale·u` for the direction, not yet multiplied by its length, of a block.
  void add(
      Kernels kernels,
      Parameter[] block,
      double scale,
      long seed,
      long stream,
      ParameterVector into) {
    RandomKernels randoms = kernels.randoms();
    if (block.length == into.parameters().count()) { // all of θ, in order: one call
      add(randoms, into.values(), into.size(), scale, seed, stream, 0);
      return;
    }
    for (Parameter p : block) {
      add(randoms, into.slice(p), p.size(), scale, seed, stream, p.offset());
    }
  }

  private void add(
      RandomKernels randoms, Buffer into, int n, double scale, long seed, long stream, long from) {
    switch (this) {
      case GAUSSIAN, SPHERE -> randoms.addNormals(into, n, scale, seed, stream, from);
      case RADEMACHER -> randoms.addSigns(into, n, scale, seed, stream, from);
    }
  }
}
