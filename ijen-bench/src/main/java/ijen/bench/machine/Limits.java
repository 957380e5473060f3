package ijen.bench.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the machine can do at best with a number of threads.
///
/// @param threads how many threads work at once
/// @param gigaflops float multiply-adds in registers, all threads together, in 10⁹ floating-point
///   operations a second; a multiply-add is two
/// @param bandwidths how fast memory is, by ascending working set
public record Limits(int threads, double gigaflops, List<Bandwidth> bandwidths) {
  /// How fast memory is at one size: bytes read and written, all threads together, in 10⁹ a second.
  ///
  /// @param workingSet the bytes that each thread goes over, again and again
  /// @param copy from one array to another
  /// @param update of an array in place, by what another holds
  public record Bandwidth(long workingSet, double copy, double update) {}

  public Limits {
    bandwidths = List.copyOf(bandwidths);
    if (threads < 1 || bandwidths.isEmpty() || !(gigaflops > 0)) {
      throw new IllegalArgumentException(
          "limits: expected threads, a rate above 0 and bandwidths, got %s, %s and %s"
              .formatted(threads, gigaflops, bandwidths));
    }
  }

  /// How fast memory is at the measured working set that is nearest, by ratio, to `bytes` for each
  /// thread.
  public Bandwidth bandwidth(double bytes) {
    Bandwidth nearest = bandwidths.getFirst();
    for (Bandwidth each : bandwidths) {
      if (distance(each, bytes) < distance(nearest, bytes)) {
        nearest = each;
      }
    }
    return nearest;
  }

  private static double distance(Bandwidth bandwidth, double bytes) {
    return Math.abs(Math.log(bandwidth.workingSet / Math.max(bytes, 1)));
  }

  /// The better of two measurements of the same sizes, figure by figure.
  Limits better(Limits other) {
    List<Bandwidth> better = new ArrayList<>();
    for (int i = 0; i < bandwidths.size(); i++) {
      Bandwidth mine = bandwidths.get(i);
      Bandwidth theirs = other.bandwidths.get(i);
      better.add(
          new Bandwidth(
              mine.workingSet,
              Math.max(mine.copy, theirs.copy),
              Math.max(mine.update, theirs.update)));
    }
    return new Limits(threads, Math.max(gigaflops, other.gigaflops), better);
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("threads", threads);
    map.put("gigaflops", gigaflops);
    List<Map<String, Object>> list = new ArrayList<>();
    for (Bandwidth each : bandwidths) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("workingSetBytes", each.workingSet);
      entry.put("copyGigabytesPerSecond", each.copy);
      entry.put("updateGigabytesPerSecond", each.update);
      list.add(entry);
    }
    map.put("bandwidth", list);
    return map;
  }
}
