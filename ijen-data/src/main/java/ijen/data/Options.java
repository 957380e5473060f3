package ijen.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How to open a data set: where its files are, and how much to make of a generated one.
///
/// @param folder the only folder to look in; empty for the usual places
/// @param offline whether downloads are forbidden
/// @param seed what generated samples are drawn from
/// @param trainSize how many training samples: that many generated ones, or the first ones of a
///   file; empty for the usual number
/// @param testSize how many test samples, likewise
/// @param noise the noise of the 2-D sets; empty for each set's own
/// @param listener is told how a download goes
public record Options(
    Optional<Path> folder,
    boolean offline,
    long seed,
    OptionalInt trainSize,
    OptionalInt testSize,
    OptionalDouble noise,
    DownloadListener listener) {

  /// @throws IllegalArgumentException if a size is below 1 or the noise is negative or not finite
  public Options {
    requireSize("training", trainSize);
    requireSize("test", testSize);
    if (noise.isPresent() && !(noise.getAsDouble() >= 0 && noise.getAsDouble() < Float.MAX_VALUE)) {
      throw new IllegalArgumentException("expected noise of 0 or more, got " + noise.getAsDouble());
    }
  }

  private static void requireSize(String what, OptionalInt size) {
    if (size.isPresent() && size.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "expected 1 or more " + what + " samples, got " + size.getAsInt());
    }
  }

  /// The usual places, downloads allowed, seed 1, every set's own sizes and noise.
  public static Options defaults() {
    return new Options(
        Optional.empty(),
        false,
        1,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        DownloadListener.none());
  }

  /// With this folder as the only one to look in.
  public Options withFolder(Path folder) {
    return new Options(Optional.of(folder), offline, seed, trainSize, testSize, noise, listener);
  }

  /// With downloads forbidden or allowed.
  public Options withOffline(boolean offline) {
    return new Options(folder, offline, seed, trainSize, testSize, noise, listener);
  }

  /// With another seed.
  public Options withSeed(long seed) {
    return new Options(folder, offline, seed, trainSize, testSize, noise, listener);
  }

  /// With so many training samples.
  public Options withTrainSize(int trainSize) {
    return new Options(folder, offline, seed, OptionalInt.of(trainSize), testSize, noise, listener);
  }

  /// With so many test samples.
  public Options withTestSize(int testSize) {
    return new Options(folder, offline, seed, trainSize, OptionalInt.of(testSize), noise, listener);
  }

  /// With so much noise.
  public Options withNoise(double noise) {
    return new Options(
        folder, offline, seed, trainSize, testSize, OptionalDouble.of(noise), listener);
  }

  /// With a listener for downloads.
  public Options withListener(DownloadListener listener) {
    return new Options(folder, offline, seed, trainSize, testSize, noise, listener);
  }
}
