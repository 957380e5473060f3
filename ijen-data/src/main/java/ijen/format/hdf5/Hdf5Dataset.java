package ijen.format.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import io.jhdf.AbstractNode;
import io.jhdf.Constants;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/// One data set of numbers in an [Hdf5File]: its name, type and shape, and on demand its numbers.
///
/// **Shapes:** any, outermost dimension first; the empty shape is that of a single number, and
/// dimensions may be 0.
public final class Hdf5Dataset {
  /// What a data set may take that the file has no bytes for, because it was never written.
  private static final int MOST_UNWRITTEN = 1 << 20;

  private final Source source;
  private final String path;
  private final NumberType type;
  private final int[] shape;
  private final Dataset dataset;

  Hdf5Dataset(Source source, String path, NumberType type, int[] shape, Dataset dataset) {
    this.source = source;
    this.path = path;
    this.type = type;
    this.shape = shape;
    this.dataset = dataset;
  }

  /// The path in the file, for example `model/dense1/weight`.
  public String name() {
    return path;
  }

  /// The type of the elements.
  public Dtype dtype() {
    return type.dtype();
  }

  /// A copy of the dimensions.
  public int[] shape() {
    return shape.clone();
  }

  /// The attributes as texts, sorted by name.
  ///
  /// @throws FormatException if they are damaged
  public Map<String, String> attributes() throws FormatException {
    return source.attributes(path, dataset);
  }

  /// The numbers, loaded now. What stands in the file in one piece and in Java's order of bytes is
  /// a window on it and valid until the file is closed; all else is a copy.
  ///
  /// Elements that were never written have the data set's fill value, which is 0 if it names none.
  ///
  /// @throws FormatException if they are damaged, not all there, more than what is stored for them
  ///   can hold, or compressed in a way that is not known here
  /// @throws IllegalStateException if the file is closed
  public Tensor tensor() throws FormatException {
    Tensor[] loaded = new Tensor[1];
    try {
      source.guard(path, () -> loaded[0] = load());
    } catch (FormatException broken) {
      throw broken;
    } catch (IOException impossible) { // nothing here reads but from memory
      throw new AssertionError(impossible);
    }
    return loaded[0];
  }

  private Tensor load() throws FormatException {
    long bytes = type.dtype().bytes(Tensor.elements(shape));
    if (bytes == 0) {
      return Tensor.ofShared(type.dtype(), new byte[0], shape);
    }
    return switch (dataset) {
      case ContiguousDataset contiguous -> contiguous(contiguous, bytes);
      case CompactDataset compact -> compact(compact.getDataBuffer(), bytes);
      default -> {
        Chunks chunks = Chunks.of(source, path, dataset, shape, type.dtype().bits() / 8);
        yield copy(chunks.load(bytes, fill(), MOST_UNWRITTEN));
      }
    };
  }

  private Tensor contiguous(ContiguousDataset contiguous, long bytes) throws FormatException {
    long address = contiguous.getDataAddress();
    if (address == Constants.UNDEFINED_ADDRESS) {
      requireRoom(bytes, MOST_UNWRITTEN, "but nothing was written of it");
      byte[] data = new byte[(int) bytes];
      Chunks.fill(data, fill());
      return copy(data);
    }
    long start = address + storage().getUserBlockSize();
    long rest = source.bytes().byteSize() - start;
    if (address < 0 || start < 0 || bytes > rest) {
      throw source.broken(
          path,
          "expected "
              + bytes
              + " bytes for "
              + this
              + " at byte "
              + start
              + ", but the file ends at "
              + source.bytes().byteSize()
              + ": it is truncated or damaged");
    }
    MemorySegment data = source.bytes().asSlice(start, bytes);
    if (type.bigEndian()) {
      requireRoom(bytes, Integer.MAX_VALUE - 8, "too many to turn round");
      return copy(data.toArray(JAVA_BYTE));
    }
    return Tensor.inFile(source.name(), path, type.dtype(), shape, data);
  }

  private Tensor compact(ByteBuffer data, long bytes) throws FormatException {
    if (data.remaining() != bytes) {
      throw source.broken(
          path, "expected " + bytes + " bytes for " + this + ", got " + data.remaining());
    }
    byte[] copy = new byte[data.remaining()];
    data.get(copy);
    return copy(copy);
  }

  private Tensor copy(byte[] data) {
    if (type.bigEndian()) {
      Tensor.reverse(data, type.dtype().bits() / 8);
    }
    return Tensor.ofShared(type.dtype(), data, shape);
  }

  /// The bytes of an element that was never written.
  private byte[] fill() {
    byte[] element = new byte[type.dtype().bits() / 8];
    if (dataset instanceof AbstractNode node
        && node.getHeader().hasMessageOfType(FillValueMessage.class)) {
      FillValueMessage message = node.getHeader().getMessageOfType(FillValueMessage.class);
      if (message.isFillValueDefined() && message.getFillValue().remaining() == element.length) {
        message.getFillValue().get(element);
      }
    }
    return element;
  }

  private HdfBackingStorage storage() {
    return dataset.getHdfFile().getHdfBackingStorage();
  }

  private void requireRoom(long bytes, int most, String why) throws FormatException {
    if (bytes > most) {
      throw source.broken(
          path, this + " needs " + bytes + " bytes, " + why + ": expected at most " + most);
    }
  }

  /// Type and shape, for example `F32 [64, 784]`.
  @Override
  public String toString() {
    return type.dtype() + " " + Arrays.toString(shape);
  }
}
