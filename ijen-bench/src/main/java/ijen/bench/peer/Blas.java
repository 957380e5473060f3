package ijen.bench.peer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Which library multiplies a peer's matrices, and whether it is a slow one.
///
/// Debian's Python packages use whatever `libblas.so.3` is chosen, and without a package that
/// brings a fast one that is the reference implementation: a peer several times slower than it
/// would be, and a comparison that flatters.
public final class Blas {
  /// A library written for speed reaches most of the peak; below this part of it something is
  /// wrong.
  private static final double SLOW = 0.15;

  private Blas() {}

  /// The library's name, by the files that a process has mapped; `built in` if none of them is one.
  ///
  /// `libblas.so.3` decides where it is loaded: OpenBLAS may be there as well, and only serve
  /// another library.
  public static String name(List<String> libraries) {
    return libraries.stream()
        .filter(file -> file.matches(".*/libc?blas\\.so[^/]*"))
        .map(file -> known(file).orElse("reference BLAS"))
        .findFirst()
        .or(() -> libraries.stream().flatMap(file -> known(file).stream()).findFirst())
        .orElse("built in");
  }

  private static Optional<String> known(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return Stream.of("OpenBLAS", "MKL", "BLIS", "ATLAS")
        .filter(each -> name.contains(each.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /// What to say if the peer is slower than it has to be.
  ///
  /// @param peak the measured multiply-add peak of one thread in GFLOP/s
  public static Optional<String> warning(Participant participant, double peak) {
    String name = name(participant.libraries());
    boolean slow = participant.product() > 0 && participant.product() < SLOW * peak;
    if (!slow && !name.equals("reference BLAS")) {
      return Optional.empty();
    }
    String speed =
        participant.product() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %.1f GFLOP/s of the %.0f that one thread can do",
                participant.product(),
                peak);
    return Optional.of(
        participant.title()
            + " multiplies matrices slowly ("
            + name
            + speed
            + "): its figures are no fair comparison. Install OpenBLAS for it; on Debian and Ubuntu"
            + " the package is libopenblas0-pthread.");
  }
}
