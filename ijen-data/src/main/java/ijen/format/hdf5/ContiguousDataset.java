package ijen.format.hdf5;

import ijen.format.Tensor;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.Group;
import io.jhdf.storage.HdfFileChannel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// A data set in one piece whose bytes are written as they lie in the tensor.
///
/// The library would write each innermost row by itself, which for images of 28 × 28 bytes is a
/// call of the system for 28 bytes. So it is given an array of the right shape, whose rows are all
/// the same one, and told that there is none of them when it comes to write; then the bytes follow.
final class ContiguousDataset extends WritableDatasetImpl {
  private static final int CHUNK = 1 << 20;

  private final MemorySegment data;
  private boolean writing;

  /// @param shaped an array of the tensor's shape and type, whatever is in it
  ContiguousDataset(
      Tensor tensor, Object shaped, String name, Group parent, DatasetCreationOptions options) {
    super(shaped, name, parent, options);
    this.data = tensor.data();
  }

  @Override
  public int[] getDimensions() {
    return writing ? new int[] {0, 0} : super.getDimensions();
  }

  @Override
  public long write(HdfFileChannel file, long position) {
    Place place = new Place(file);
    writing = true;
    try {
      long end = super.write(place, position);
      file.position(place.data); // what the library writes next follows
      byte[] chunk = new byte[(int) Math.min(CHUNK, data.byteSize())];
      for (long done = 0; done < data.byteSize(); ) {
        int count = (int) Math.min(chunk.length, data.byteSize() - done);
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, done, chunk, 0, count);
        ByteBuffer rest = ByteBuffer.wrap(chunk, 0, count);
        while (rest.hasRemaining()) {
          done += file.write(rest);
        }
      }
      return end;
    } finally {
      writing = false;
    }
  }

  /// Remembers where the library goes to write data.
  private static final class Place extends HdfFileChannel {
    private long data;

    Place(HdfFileChannel file) {
      super(file.getFileChannel(), file.getSuperblock());
    }

    @Override
    public void position(long data) {
      this.data = data;
      super.position(data);
    }
  }
}
