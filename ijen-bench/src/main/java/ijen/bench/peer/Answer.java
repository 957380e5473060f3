package ijen.bench.peer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a process answered to its job.
///
/// @param version of the library
/// @param libraries the native libraries that it computes with
/// @param product its speed of a 512³ product in GFLOP/s, if it was asked for that alone; else 0
/// @param epochs all epochs, those to warm up first
/// @param test the result on the test set after all epochs; NaN if there was none
/// @param evaluations for each way to do it, the median seconds of a pass over the test set
/// @param memory what its memory did; null if it did not say
/// @param foreign the part of all processors' time that others used meanwhile; NaN if unknown
public record Answer(
    String version,
    List<String> libraries,
    double product,
    List<Epoch> epochs,
    double test,
    Map<String, Double> evaluations,
    @Nullable Memory memory,
    double foreign) {
  /// An epoch.
  ///
  /// @param seconds how long it took
  /// @param loss the mean loss over it; NaN if it was not told
  public record Epoch(double seconds, double loss) {}

  /// What a process did to its memory.
  ///
  /// @param bytesPerStep what a step of the last epoch allocated, over all threads
  /// @param heapBefore bytes in use before the first timed epoch, after a collection
  /// @param heapAfter the same after the last
  public record Memory(double bytesPerStep, long heapBefore, long heapAfter) {}

  public Answer {
    libraries = List.copyOf(libraries);
    epochs = List.copyOf(epochs);
    evaluations = Collections.unmodifiableMap(new LinkedHashMap<>(evaluations)); // in order
  }
}
