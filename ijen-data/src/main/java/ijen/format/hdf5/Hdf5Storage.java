package ijen.format.hdf5;

import io.jhdf.api.DatasetCreationOptions;

/// How [Hdf5File#write] stores numbers.
///
/// @param chunkBytes about how many bytes a chunk has, rows of the first dimension as they fit; 0
///   stores each data set in one piece, without filters
/// @param shuffle whether the bytes of chunks are sorted by their place in the element, which makes
///   floating-point numbers easier to compress
/// @param gzipLevel how hard to compress, 1 (fast) to 9 (small); 0 does not
public record Hdf5Storage(int chunkBytes, boolean shuffle, int gzipLevel) {
  /// The longest attribute, in bytes of UTF-8 together with its name: the format ends at 64 KiB for
  /// all that stands in a header, and jHDF writes broken files beyond.
  public static final int MOST_TEXT = 60_000;

  private static final int USUAL_CHUNK = 1 << 18;
  private static final int USUAL_LEVEL = 6;

  /// Checks the settings.
  public Hdf5Storage {
    if (chunkBytes < 0) {
      throw new IllegalArgumentException("chunkBytes: expected 0 or more, got " + chunkBytes);
    }
    if (gzipLevel < 0 || gzipLevel > 9) {
      throw new IllegalArgumentException("gzipLevel: expected 0 to 9, got " + gzipLevel);
    }
    if (chunkBytes == 0 && (shuffle || gzipLevel > 0)) {
      throw new IllegalArgumentException(
          "chunkBytes: expected more than 0 for shuffle or gzip, which work on chunks");
    }
  }

  /// Each data set in one piece: the fastest to read, and mapped instead of loaded.
  public static Hdf5Storage contiguous() {
    return new Hdf5Storage(0, false, 0);
  }

  /// Chunks of about 256 KiB, shuffled and compressed.
  public static Hdf5Storage compressed() {
    return new Hdf5Storage(USUAL_CHUNK, true, USUAL_LEVEL);
  }

  /// The same with another size of chunks.
  public Hdf5Storage withChunkBytes(int chunkBytes) {
    return new Hdf5Storage(chunkBytes, shuffle, gzipLevel);
  }

  /// The same, shuffled or not.
  public Hdf5Storage withShuffle(boolean shuffle) {
    return new Hdf5Storage(chunkBytes, shuffle, gzipLevel);
  }

  /// The same, compressed harder or less.
  public Hdf5Storage withGzipLevel(int gzipLevel) {
    return new Hdf5Storage(chunkBytes, shuffle, gzipLevel);
  }

  /// The settings in the library's words, for numbers of that shape and `size` bytes each.
  DatasetCreationOptions options(int[] shape, int size, boolean unsigned) {
    DatasetCreationOptions.Builder options = DatasetCreationOptions.builder();
    if (unsigned) {
      options.unsigned();
    }
    if (chunkBytes == 0 || shape.length == 0) { // a single number has no chunks
      return options.build();
    }
    options.chunkDimensions(chunk(shape, size));
    if (shuffle) {
      options.shuffle();
    }
    if (gzipLevel > 0) {
      options.deflate(gzipLevel);
    }
    return options.build();
  }

  /// All of the inner dimensions as far as they fit, then as many of the next as fit.
  private int[] chunk(int[] shape, int size) {
    int[] chunk = new int[shape.length];
    long room = Math.max(1, chunkBytes / size);
    for (int i = shape.length - 1; i >= 0; i--) {
      chunk[i] = Math.clamp(room, 1, shape[i]);
      room /= chunk[i];
    }
    return chunk;
  }
}
