package ijen.format.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ijen.format.FormatException;
import ijen.format.GzipStream;
import io.jhdf.ObjectHeader;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Turns the stored bytes of a chunk into its elements: what was done in writing, backwards.
///
/// **Source:** "HDF5 File Format Specification Version 3.0", section IV.A.2.l; the predefined
/// filters 1 (deflate), 2 (shuffle) and 3 (Fletcher32) of the HDF5 library.
final class ChunkFilters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int SUM = 4; // bytes of a checksum

  private final Source source;
  private final String path;
  private final List<FilterInfo> filters; // in the order of writing

  private ChunkFilters(Source source, String path, List<FilterInfo> filters) {
    this.source = source;
    this.path = path;
    this.filters = filters;
  }

  /// The filters that the header of a data set names.
  ///
  /// @throws FormatException if one of them is not known here
  static ChunkFilters of(Source source, String path, ObjectHeader header) throws FormatException {
    List<FilterInfo> filters =
        header.hasMessageOfType(FilterPipelineMessage.class)
            ? header.getMessageOfType(FilterPipelineMessage.class).getFilters()
            : List.of();
    for (FilterInfo filter : filters) {
      if (filter.getId() < DEFLATE || filter.getId() > FLETCHER32) {
        throw source.broken(
            path,
            "expected chunks stored with gzip, shuffle or fletcher32, got filter "
                + filter.getId()
                + " ("
                + Hdf5File.shown(filter.getName())
                + "): write it again with gzip");
      }
    }
    return new ChunkFilters(source, path, filters);
  }

  /// Whether the stored bytes may be fewer than the elements'.
  boolean compressed() {
    return filters.stream().anyMatch(filter -> filter.getId() == DEFLATE);
  }

  /// The `bytes` bytes of elements of the chunk at `offset`. Filters whose bit is in `without` were
  /// left out when it was written, as any writer may.
  byte[] decode(MemorySegment stored, BitSet without, int bytes, long[] offset)
      throws FormatException {
    byte @Nullable [] data = null;
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (without.get(i)) {
        continue;
      }
      int expected = bytes + SUM * sumsBefore(i, without);
      byte[] before = data(data, stored);
      data =
          switch (filters.get(i).getId()) {
            case DEFLATE -> inflate(before, expected, offset);
            case SHUFFLE -> unshuffle(before, filters.get(i).getData());
            default -> checked(before, offset);
          };
    }
    data = data(data, stored);
    if (data.length != bytes) {
      throw broken(offset, "expected " + bytes + " bytes of elements, got " + data.length);
    }
    return data;
  }

  private static byte[] data(byte @Nullable [] data, MemorySegment stored) {
    return data == null ? stored.toArray(JAVA_BYTE) : data;
  }

  private int sumsBefore(int filter, BitSet without) {
    int sums = 0;
    for (int i = 0; i < filter; i++) {
      sums += filters.get(i).getId() == FLETCHER32 && !without.get(i) ? 1 : 0;
    }
    return sums;
  }

  private byte[] inflate(byte[] data, int expected, long[] offset) throws FormatException {
    if (expected > data.length * GzipStream.MOST_GROWTH) {
      throw broken(
          offset,
          "needs " + expected + " bytes, more than " + data.length + " compressed bytes can hold");
    }
    byte[] plain = new byte[expected];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      int count = 0;
      while (count < expected) {
        int got = inflater.inflate(plain, count, expected - count);
        if (got == 0) { // it is at its end, or wants more than there is
          throw broken(offset, "expected " + expected + " decompressed bytes, got " + count);
        }
        count += got;
      }
      if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
        throw broken(
            offset, "expected the end after " + expected + " decompressed bytes, got more");
      }
      return plain;
    } catch (DataFormatException wrong) {
      throw broken(
          offset, "expected deflate data, got bytes that are none (" + wrong.getMessage() + ")");
    } finally {
      inflater.end();
    }
  }

  /// Brings together the bytes of each element, which were stored as all first ones, all second
  /// ones and so on; what is left over after whole elements stands as it was.
  private static byte[] unshuffle(byte[] data, int[] settings) {
    int size = settings.length == 0 ? 1 : settings[0];
    if (size <= 1 || size > data.length) {
      return data;
    }
    byte[] elements = data.clone();
    int count = data.length / size;
    for (int from = 0, i = 0; i < size; i++) {
      for (int element = 0; element < count; element++) {
        elements[element * size + i] = data[from++];
      }
    }
    return elements;
  }

  private byte[] checked(byte[] data, long[] offset) throws FormatException {
    int length = data.length - SUM;
    if (length < 0) {
      throw broken(offset, "expected a checksum of 4 bytes, got " + data.length);
    }
    int stored =
        (data[length] & 255)
            | (data[length + 1] & 255) << 8
            | (data[length + 2] & 255) << 16
            | (data[length + 3] & 255) << 24;
    int sum = fletcher32(data, length);
    // The HDF5 library before 1.6.3 wrote the two bytes of each half the other way round.
    int turned = ((sum & 0x00FF00FF) << 8) | ((sum >>> 8) & 0x00FF00FF);
    if (stored != sum && stored != turned) {
      throw broken(
          offset,
          "expected bytes with the checksum "
              + Integer.toHexString(stored)
              + ", got bytes with "
              + Integer.toHexString(sum));
    }
    return Arrays.copyOf(data, length);
  }

  /// Fletcher's checksum of 16-bit words, high byte first; a last byte without partner is a high
  /// one.
  ///
  /// **Source:** Fletcher, "An arithmetic checksum for serial transmissions", IEEE Transactions on
  /// Communications 30 (1982), in the form of the HDF5 library, where sums wrap round as in one's
  /// complement: a sum is 0 only if all words are.
  static int fletcher32(byte[] data, int length) {
    long first = 0;
    long second = 0;
    for (int i = 0; i < length; i += 2) {
      first += (data[i] & 255) << 8 | (i + 1 < length ? data[i + 1] & 255 : 0);
      first = (first & 0xFFFF) + (first >>> 16);
      second += first;
      second = (second & 0xFFFF) + (second >>> 16);
    }
    return (int) (second << 16 | first);
  }

  private FormatException broken(long[] offset, String problem) {
    return source.broken(path, "its chunk at " + Arrays.toString(offset) + ": " + problem);
  }
}
