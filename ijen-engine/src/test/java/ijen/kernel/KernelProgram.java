package ijen.kernel;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// A program that prints the digest of what all kernels answer to generated calls, for [LanesTest]
/// to run in JVMs with other vectors: `KernelProgram rounds…` prints one line for each number of
/// rounds.
final class KernelProgram {
  private KernelProgram() {}

  static void main(String[] rounds) throws Exception {
    try (Workers workers = Workers.of(2)) {
      Kernels kernels = Kernels.vector(workers);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      int done = 0;
      for (String until : rounds) {
        for (; done < Integer.parseInt(until); done++) {
          for (KernelCases.Case kernel : KernelCases.all().values()) {
            Check check = new Check();
            kernel.run(kernels, new Draw(kernels, done, Draw.Size.SMALL, 0), check);
            check.digest(digest);
          }
          bytes(done).digest(digest);
        }
        byte[] so = ((MessageDigest) digest.clone()).digest();
        System.out.println(
            Lanes.COUNT + " lanes, " + until + " rounds: " + HexFormat.of().formatHex(so));
      }
    }
  }

  /// Bytes as numbers, which are no kernel's work.
  private static Check bytes(int seed) {
    byte[] source = new byte[1000 + seed];
    new SplittableRandom(seed).nextBytes(source);
    Buffer out = Buffer.allocate(Precision.FLOAT, source.length);
    ByteScale scale = ByteScale.of(1 / 255.0, -0.5);
    if (!scale.isComputed()) {
      throw new IllegalStateException("expected a scaling that is computed");
    }
    out.putBytes(0, source, 0, source.length, scale);
    Check check = new Check();
    check.out("bytes", out, 0);
    return check;
  }
}
