package ijen.format.hdf5;

import ijen.format.FormatException;
import ijen.format.GzipStream;
import io.jhdf.AbstractNode;
import io.jhdf.ObjectHeader;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.ChunkOffset;
import io.jhdf.dataset.chunked.ChunkedDatasetV3;
import io.jhdf.dataset.chunked.ChunkedDatasetV4;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.storage.HdfBackingStorage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;

/// The chunks of one data set: which there are, and where each belongs.
///
/// The library finds them; their bytes are taken, decoded and put in place here, because it takes
/// numbers without sign to types twice as large, decompresses without a limit, does not compare
/// checksums and applies filters that a chunk was stored without.
final class Chunks {
  private static final long UNDEFINED = -1;

  /// Bytes of an entry of an index, at least.
  private static final int ENTRY = 8;

  private static final int FEW = 1 << 12; // entries that an index may have room for beforehand

  private final Source source;
  private final String path;
  private final int[] shape;
  private final int size; // of an element in bytes
  private final int[] chunk; // dimensions
  private final int chunkBytes;
  private final ChunkFilters filters;
  private final HdfBackingStorage storage;
  private final Map<ChunkOffset, Chunk> index;

  private Chunks(
      Source source,
      String path,
      int[] shape,
      int size,
      int[] chunk,
      ChunkFilters filters,
      HdfBackingStorage storage,
      Map<ChunkOffset, Chunk> index)
      throws FormatException {
    this.source = source;
    this.path = path;
    this.shape = shape;
    this.size = size;
    this.chunk = chunk;
    this.filters = filters;
    this.storage = storage;
    this.index = index;
    long bytes = size;
    for (int dimension : chunk) {
      bytes = dimension < 1 || bytes < 0 ? -1 : bytes * dimension;
      if (bytes > Integer.MAX_VALUE - 8) {
        bytes = -1;
      }
    }
    if (chunk.length != shape.length || shape.length == 0 || bytes < 0) {
      throw source.broken(
          path,
          "expected chunks of "
              + shape.length
              + " dimensions and less than 2^31 bytes, got "
              + Arrays.toString(chunk));
    }
    this.chunkBytes = (int) bytes;
  }

  /// The chunks of `dataset`, whose elements have `size` bytes.
  static Chunks of(Source source, String path, Dataset dataset, int[] shape, int size)
      throws FormatException {
    if (!(dataset instanceof ChunkedDataset chunked) || !(dataset instanceof AbstractNode node)) {
      throw source.broken(path, "expected a data set in one piece or in chunks");
    }
    ObjectHeader header = node.getHeader();
    HdfBackingStorage storage = dataset.getHdfFile().getHdfBackingStorage();
    ChunkFilters filters = ChunkFilters.of(source, path, header);
    int[] chunk = chunked.getChunkDimensions();
    Map<ChunkOffset, Chunk> index;
    if (dataset instanceof ChunkedDatasetV3) {
      index = new TreeIndex(storage, dataset, header).getChunkLookup();
    } else {
      requireHonest(
          source,
          path,
          header.getMessageOfType(ChunkedDataLayoutMessageV4.class),
          storage,
          shape,
          chunk);
      index = new AnyIndex(storage, dataset, header).getChunkLookup();
    }
    return new Chunks(source, path, shape, size, chunk, filters, storage, index);
  }

  /// Refuses an index that claims more entries than the file has bytes for: the library would make
  /// room for all of them.
  private static void requireHonest(
      Source source,
      String path,
      ChunkedDataLayoutMessageV4 layout,
      HdfBackingStorage storage,
      int[] shape,
      int[] chunk)
      throws FormatException {
    if (layout.getAddress() == UNDEFINED) {
      return;
    }
    int lengths = storage.getSizeOfLengths();
    long address = Math.addExact(layout.getAddress(), storage.getUserBlockSize());
    long entries =
        switch (layout.getIndexingType()) {
          case ChunkedDataLayoutMessageV4.IMPLICIT_INDEX -> grid(shape, chunk);
          case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX ->
              number(source.bytes(), address + 8, lengths);
          case ChunkedDataLayoutMessageV4.EXTENSIBLE_ARRAY_INDEX ->
              number(source.bytes(), address + 12 + 4L * lengths, lengths);
          default -> 0;
        };
    boolean listed = layout.getIndexingType() != ChunkedDataLayoutMessageV4.IMPLICIT_INDEX;
    long most = source.bytes().byteSize() / (listed ? ENTRY : 1) + FEW;
    if (entries < 0 || entries > most) {
      throw source.broken(
          path,
          "its index claims "
              + Long.toUnsignedString(entries)
              + " chunks: expected at most "
              + most
              + " in a file of this size");
    }
  }

  private static long grid(int[] shape, int[] chunk) {
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      count = Math.multiplyExact(count, Math.ceilDiv((long) shape[i], chunk[i]));
    }
    return count;
  }

  private static long number(MemorySegment bytes, long at, int size) {
    long number = 0;
    for (int i = size - 1; i >= 0; i--) {
      number = (number << 8) | (bytes.get(ValueLayout.JAVA_BYTE, at + i) & 255);
    }
    return number;
  }

  /// All elements in C order, in the file's order of bytes.
  byte[] load(long bytes, byte[] fill, int mostUnwritten) throws FormatException {
    long stored = 0;
    for (Chunk one : index.values()) {
      if (one.getAddress() != UNDEFINED) {
        stored = Math.addExact(stored, one.getSize());
      }
    }
    stored = Math.min(stored, source.bytes().byteSize());
    long most = stored * (filters.compressed() ? GzipStream.MOST_GROWTH : 1) + mostUnwritten;
    if (bytes > Math.min(most, Integer.MAX_VALUE - 8)) {
      throw source.broken(
          path,
          Arrays.toString(shape)
              + " needs "
              + bytes
              + " bytes: expected at most "
              + Math.min(most, Integer.MAX_VALUE - 8)
              + " from the "
              + stored
              + " bytes of its chunks");
    }
    byte[] data = new byte[(int) bytes];
    fill(data, fill);
    for (Chunk one : index.values()) { // in any order: none lies over another
      if (one.getAddress() != UNDEFINED) {
        put(one, data);
      }
    }
    return data;
  }

  private void put(Chunk one, byte[] data) throws FormatException {
    long[] offset = one.getChunkOffset();
    for (int i = 0; i < shape.length; i++) {
      if (offset[i] < 0 || offset[i] % chunk[i] != 0) {
        throw source.broken(
            path,
            "expected chunks at multiples of "
                + Arrays.toString(chunk)
                + ", got one at "
                + Arrays.toString(offset));
      }
      if (offset[i] >= shape[i]) {
        return; // left over from before the data set was made smaller
      }
    }
    long start = Math.addExact(one.getAddress(), storage.getUserBlockSize());
    if (start < 0 || one.getSize() < 0 || start > source.bytes().byteSize() - one.getSize()) {
      throw source.broken(
          path,
          "its chunk at "
              + Arrays.toString(offset)
              + " is said to be the "
              + one.getSize()
              + " bytes from byte "
              + start
              + " on: expected them within the file's "
              + source.bytes().byteSize());
    }
    MemorySegment stored = source.bytes().asSlice(start, one.getSize());
    byte[] elements = filters.decode(stored, one.getFilterMask(), chunkBytes, offset);
    copy(elements, 0, 0, 0, offset, data);
  }

  /// Copies what of a chunk lies within the shape, from dimension `axis` on: its elements from
  /// number `from` on go to those of the whole from number `to` on.
  private void copy(byte[] elements, int axis, int from, int to, long[] offset, byte[] data) {
    int count = (int) Math.min(chunk[axis], shape[axis] - offset[axis]);
    int first = Math.addExact(to * shape[axis], (int) offset[axis]);
    if (axis == shape.length - 1) {
      System.arraycopy(elements, from * chunk[axis] * size, data, first * size, count * size);
      return;
    }
    for (int i = 0; i < count; i++) {
      copy(elements, axis + 1, from * chunk[axis] + i, first + i, offset, data);
    }
  }

  /// Repeats one element; `data` is all zero.
  static void fill(byte[] data, byte[] element) {
    if (Arrays.equals(element, new byte[element.length])) {
      return;
    }
    for (int at = 0; at < data.length; at += element.length) {
      System.arraycopy(element, 0, data, at, element.length);
    }
  }

  /// Opens the library's index of the older layout.
  private static final class TreeIndex extends ChunkedDatasetV3 {
    TreeIndex(HdfBackingStorage storage, Dataset dataset, ObjectHeader header) {
      super(storage, dataset.getAddress(), dataset.getName(), dataset.getParent(), header);
    }

    @Override
    protected Map<ChunkOffset, Chunk> getChunkLookup() {
      return super.getChunkLookup();
    }
  }

  /// Opens the library's indices of the newer layout.
  private static final class AnyIndex extends ChunkedDatasetV4 {
    AnyIndex(HdfBackingStorage storage, Dataset dataset, ObjectHeader header) {
      super(storage, dataset.getAddress(), dataset.getName(), dataset.getParent(), header);
    }

    @Override
    protected Map<ChunkOffset, Chunk> getChunkLookup() {
      return super.getChunkLookup();
    }
  }
}
