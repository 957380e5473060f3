package ijen.format.onnx;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tensor of the file, whose numbers stay where they are, and what it is called: `TensorProto`.
///
/// @param name its name; may be empty
/// @param tensor its numbers
record NamedTensor(String name, Tensor tensor) {
  private static final String EXTERNAL =
      "the tensor's numbers are in another file, and no path out of a model is followed; expected"
          + " them within the file (save it without external data)";

  /// Reads the message.
  static NamedTensor read(String file, WireReader reader) throws FormatException {
    String name = "";
    long type = 0;
    List<Long> dimensions = new ArrayList<>();
    @Nullable MemorySegment raw = null;
    @Nullable MemorySegment floats = null;
    @Nullable List<Long> wholes = null;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> reader.wholes(dimensions);
        case 2 -> type = reader.whole();
        case 4 -> {
          if (floats != null) {
            throw reader.wrong("expected all of float_data in one field, got a second");
          }
          floats = reader.bytes();
        }
        case 7 -> {
          wholes = wholes == null ? new ArrayList<>() : wholes;
          reader.wholes(wholes);
        }
        case 8 -> name = reader.text(OnnxFile.MOST_NAME);
        case 9 -> {
          if (raw != null) {
            throw reader.wrong("expected one raw_data, got a second");
          }
          raw = reader.bytes();
        }
        case 12, 16 -> reader.skip(); // texts for people
        case 13 -> throw reader.unsupported(EXTERNAL);
        case 14 -> {
          if (reader.whole() != 0) {
            throw reader.unsupported(EXTERNAL);
          }
        }
        default ->
            throw reader.unsupported(
                "expected the tensor's numbers as raw_data, float_data or int64_data");
      }
    }
    String shown = "'" + WireReader.shown(name) + "': ";
    int[] shape = shape(dimensions, shown, reader);
    Dtype dtype = ElementType.of(type);
    if (dtype != Dtype.F32 && dtype != Dtype.I64) {
      throw reader.wrong(
          shown
              + "expected elements of type FLOAT (1) or INT64 (7), got "
              + (dtype == null ? "type " + type : dtype + " (" + type + ")"));
    }
    int kinds = (raw == null ? 0 : 1) + (floats == null ? 0 : 1) + (wholes == null ? 0 : 1);
    if (kinds > 1 || (dtype == Dtype.F32 ? wholes != null : floats != null)) {
      throw reader.wrong(shown + "expected its numbers once, as raw_data or by their type");
    }
    try {
      if (wholes != null) {
        long[] values = wholes.stream().mapToLong(Long::longValue).toArray();
        return new NamedTensor(name, Tensor.of(values, shape));
      }
      MemorySegment none = MemorySegment.ofArray(new byte[0]);
      MemorySegment data = raw != null ? raw : floats != null ? floats : none;
      return new NamedTensor(name, Tensor.inFile(file, name, dtype, shape, data));
    } catch (IllegalArgumentException e) {
      throw reader.wrong(shown + e.getMessage());
    }
  }

  private static int[] shape(List<Long> dimensions, String shown, WireReader reader)
      throws FormatException {
    if (dimensions.size() > OnnxFile.MOST_DIMENSIONS) {
      throw reader.wrong(
          shown
              + "expected at most "
              + OnnxFile.MOST_DIMENSIONS
              + " dimensions, got "
              + dimensions.size());
    }
    int[] shape = new int[dimensions.size()];
    for (int i = 0; i < shape.length; i++) {
      if (dimensions.get(i) < 0 || dimensions.get(i) > Integer.MAX_VALUE) {
        throw reader.wrong(
            shown + "expected dimensions of 0 to " + Integer.MAX_VALUE + ", got " + dimensions);
      }
      shape[i] = dimensions.get(i).intValue();
    }
    return shape;
  }
}
