package ijen.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A stretch of a workspace, and the times of the schedule between which it is in use.
///
/// Op i of n runs forward at time i and backward at time 2n − 1 − i; at time 2n all is over.
final class Region {
  /// Regions begin at multiples of 16 numbers: a cache line of floats.
  private static final int ALIGNMENT = 16;

  private final int size;
  private final int start;
  private int end;
  private int offset = -1;

  Region(int size, int time) {
    this.size = size;
    this.start = time;
    this.end = time;
  }

  int size() {
    return size;
  }

  int offset() {
    return offset;
  }

  /// The last time at which it is read.
  int end() {
    return end;
  }

  /// States that it is read at `time`.
  void readAt(int time) {
    end = Math.max(end, time);
  }

  /// This region, which from the start of `next` on holds what `next` was meant for.
  Region continuedBy(Region next) {
    readAt(next.end);
    return this;
  }

  /// Gives every region the lowest place that is free for its whole life, largest first, and
  /// returns the length of memory needed.
  static int place(List<Region> regions) {
    List<Region> placed = new ArrayList<>();
    int length = 0;
    for (Region region :
        regions.stream().sorted(Comparator.comparingInt(Region::size).reversed()).toList()) {
      region.offset = 0;
      placed.stream()
          .filter(region::meets)
          .sorted(Comparator.comparingInt(Region::offset))
          .forEachOrdered(region::moveBehindIfInTheWay);
      placed.add(region);
      length = Math.max(length, Math.addExact(region.offset, region.size));
    }
    return length;
  }

  private boolean meets(Region other) {
    return start <= other.end && other.start <= end;
  }

  private void moveBehindIfInTheWay(Region other) {
    if (offset + size > other.offset) {
      int free = Math.addExact(other.offset, other.size);
      offset = Math.max(offset, Math.multiplyExact(Math.ceilDiv(free, ALIGNMENT), ALIGNMENT));
    }
  }
}
