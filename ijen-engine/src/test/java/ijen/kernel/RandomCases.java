package ijen.kernel;

import static ijen.kernel.Check.ROUNDING;

import ijen.kernel.KernelCases.Case;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// One generated call of every method of [RandomKernels], as [KernelCases] has them of [Kernels].
final class RandomCases {
  /// How far a normal number in `float` may lie from that in `double`, in roundings of its size.
  private static final double NORMAL = 8;

  private RandomCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("dropoutMask", RandomCases::dropoutMask);
    cases.put("normals", RandomCases::normals);
    cases.put("addNormals", RandomCases::addNormals);
    cases.put("sumOfSquaredNormals", RandomCases::sumOfSquaredNormals);
    cases.put("addSigns", RandomCases::addSigns);
    return cases;
  }

  private static void dropoutMask(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer out = d.junk(n);
    double keep = d.whole(0, 9) == 0 ? 1 : d.number(0.1, 1);
    long seed = d.bits();
    long stream = d.bits();
    d.call(() -> k.randoms().dropoutMask(out, n, keep, seed, stream));
    c.out("out", out, 0.5);
  }

  private static void normals(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer out = d.junk(n);
    long seed = d.bits();
    long stream = d.bits();
    long from = from(d);
    d.call(() -> k.randoms().normals(out, n, seed, stream, from));
    double[] slack = new double[n];
    Arrays.setAll(slack, i -> NORMAL * ROUNDING * Math.abs(out.get(i)));
    c.out("out", out, 0, slack);
  }

  private static void addNormals(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer theta = d.normal(n);
    double scale = d.number(-2, 2) / 3;
    long seed = d.bits();
    long stream = d.bits();
    long from = from(d);
    double[] slack = new double[n];
    Arrays.setAll(slack, i -> ROUNDING * (Math.abs(theta.get(i)) + 7 * (NORMAL + 2)));
    d.call(() -> k.randoms().addNormals(theta, n, scale, seed, stream, from));
    c.out("theta", theta, 0, slack);
  }

  private static void sumOfSquaredNormals(Kernels k, Draw d, Check c) {
    int n = d.length();
    long seed = d.bits();
    long stream = d.bits();
    long from = from(d);
    double sum = d.value(() -> k.randoms().sumOfSquaredNormals(n, seed, stream, from));
    c.value("sum", sum, 2 * NORMAL * ROUNDING * sum);
  }

  private static void addSigns(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer theta = d.normal(n);
    double scale = d.number(-2, 2) / 3;
    long seed = d.bits();
    long stream = d.bits();
    long from = from(d);
    double[] slack = new double[n];
    Arrays.setAll(slack, i -> ROUNDING * (Math.abs(theta.get(i)) + 2));
    d.call(() -> k.randoms().addSigns(theta, n, scale, seed, stream, from));
    c.out("theta", theta, 0, slack);
  }

  /// Where a call begins in its stream: near the start, around borders, or far beyond 2³².
  private static long from(Draw d) {
    return switch (d.whole(0, 3)) {
      case 0 -> 0;
      case 1 -> d.whole(0, 300);
      case 2 -> 32L * d.whole(0, 100_000);
      default -> (1L << 40) + d.whole(0, 300);
    };
  }
}
