package ijen.format.safetensors;

import ijen.format.Dtype;
import ijen.format.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a header says of one tensor: true only once it has been checked.
final class Entry {
  final String name;
  final Dtype dtype;
  final int[] shape;
  final long begin; // counted from the end of the header
  final long end;

  Entry(String name, Dtype dtype, int[] shape, long begin, long end) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.begin = begin;
    this.end = end;
  }

  /// What is wrong with this entry in a file with so many bytes after its header, if anything.
  @Nullable String problem(long dataLength) {
    long bytes = dtype.bytes(Tensor.elements(shape));
    if (bytes < 0) {
      return type() + ": expected a shape that fills whole bytes, and less than 2^63";
    }
    if (begin > end) {
      return offsets() + ": expected the first not to be above the second";
    }
    if (end > dataLength) {
      return offsets()
          + ": expected them within the "
          + dataLength
          + " bytes after the header: the file is truncated or its header wrong";
    }
    if (end - begin != bytes) {
      return type()
          + ": expected "
          + bytes
          + " bytes, got "
          + (end - begin)
          + " between its "
          + offsets();
    }
    return null;
  }

  private String type() {
    return dtype + " " + Arrays.toString(shape);
  }

  private String offsets() {
    return "data_offsets [" + begin + ", " + end + "]";
  }

  /// Which byte after the header belongs to no entry or to more than one, if any.
  static @Nullable String gap(List<Entry> entries, long dataLength) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.<Entry>comparingLong(e -> e.begin).thenComparingLong(e -> e.end));
    long covered = 0;
    for (Entry entry : sorted) {
      if (entry.begin != covered) {
        return "'"
            + HeaderReader.shown(entry.name)
            + "': expected its data to begin where others end, at "
            + covered
            + ", got "
            + entry.begin
            + (entry.begin < covered ? ": it overlaps another" : ": there is a gap");
      }
      covered = entry.end;
    }
    return covered == dataLength
        ? null
        : "expected "
            + covered
            + " bytes of data after the header, got "
            + dataLength
            + ": the rest belongs to no tensor";
  }
}
