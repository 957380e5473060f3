package ijen.model;

import ijen.format.safetensors.Dtype;
import ijen.format.safetensors.Tensor;
import ijen.graph.Parameter;
import ijen.graph.ParameterVector;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parameter vector as named tensors, one for each parameter, and back.
public final class ParameterTensors {
  private ParameterTensors() {}

  /// Adds the parameters of `vector` to `tensors`, each as `prefix` and its name.
  public static void put(Map<String, Tensor> tensors, String prefix, ParameterVector vector) {
    for (Parameter parameter : vector.parameters()) {
      Buffer values = vector.slice(parameter);
      int[] shape = parameter.shape().dimensions();
      tensors.put(
          prefix + parameter.name(),
          switch (values.precision()) {
            case FLOAT -> Tensor.of(values.toFloats(), shape);
            case DOUBLE -> Tensor.of(values.toDoubles(), shape);
          });
    }
  }

  /// Fills `vector` from `tensors`.
  ///
  /// @throws IOException naming `source` if a tensor is missing or has another shape or precision
  public static void get(
      Map<String, Tensor> tensors, String prefix, ParameterVector vector, String source)
      throws IOException {
    for (Parameter parameter : vector.parameters()) {
      String name = prefix + parameter.name();
      @Nullable Tensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new IOException(source + ": no tensor '" + name + "'; there are " + tensors.keySet());
      }
      Buffer values = vector.slice(parameter);
      Dtype dtype = values.precision() == Precision.FLOAT ? Dtype.F32 : Dtype.F64;
      int[] shape = parameter.shape().dimensions();
      if (tensor.dtype() != dtype || !Arrays.equals(tensor.shape(), shape)) {
        throw new IOException(
            "%s: tensor '%s': expected %s %s, got %s %s"
                .formatted(
                    source,
                    name,
                    dtype,
                    Arrays.toString(shape),
                    tensor.dtype(),
                    Arrays.toString(tensor.shape())));
      }
      values.copyFrom(
          switch (values.precision()) {
            case FLOAT -> Buffer.of(tensor.floats());
            case DOUBLE -> Buffer.of(tensor.doubles());
          });
    }
  }
}
