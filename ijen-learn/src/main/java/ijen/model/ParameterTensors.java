package ijen.model;

import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.graph.Parameter;
import ijen.graph.ParameterVector;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parameter vector as named tensors, one for each parameter, and back. A point's running
/// statistics are tensors like its parameters.
public final class ParameterTensors {
  private ParameterTensors() {}

  /// Adds the parameters of `vector`, and its statistics if it is a point, to `tensors`, each as
  /// `prefix` and its name.
  public static void put(Map<String, Tensor> tensors, String prefix, ParameterVector vector) {
    for (Parameter parameter : vector.parameters()) {
      Tensor tensor = tensor(vector.slice(parameter), parameter.shape());
      tensors.put(prefix + parameter.name(), tensor);
    }
    if (vector instanceof Theta theta) {
      for (Statistic statistic : theta.parameters().statistics()) {
        Tensor tensor = tensor(theta.slice(statistic), statistic.shape());
        tensors.put(prefix + statistic.name(), tensor);
      }
    }
  }

  private static Tensor tensor(Buffer values, Shape shape) {
    return switch (values.precision()) {
      case FLOAT -> Tensor.of(values.toFloats(), shape.dimensions());
      case DOUBLE -> Tensor.of(values.toDoubles(), shape.dimensions());
    };
  }

  /// Fills `vector`, and its statistics if it is a point, from `tensors`.
  ///
  /// @throws IOException naming `source` if a tensor is missing or has another shape or precision
  public static void get(
      Map<String, Tensor> tensors, String prefix, ParameterVector vector, String source)
      throws IOException {
    for (Parameter parameter : vector.parameters()) {
      String name = prefix + parameter.name();
      get(tensors, name, parameter.shape(), vector.slice(parameter), source);
    }
    if (vector instanceof Theta theta) {
      for (Statistic statistic : theta.parameters().statistics()) {
        String name = prefix + statistic.name();
        get(tensors, name, statistic.shape(), theta.slice(statistic), source);
      }
    }
  }

  private static void get(
      Map<String, Tensor> tensors, String name, Shape shape, Buffer values, String source)
      throws IOException {
    @Nullable Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IOException(source + ": no tensor '" + name + "'; there are " + tensors.keySet());
    }
    Dtype dtype = values.precision() == Precision.FLOAT ? Dtype.F32 : Dtype.F64;
    if (tensor.dtype() != dtype || !Arrays.equals(tensor.shape(), shape.dimensions())) {
      throw new IOException(
          "%s: tensor '%s': expected %s %s, got %s %s"
              .formatted(
                  source,
                  name,
                  dtype,
                  Arrays.toString(shape.dimensions()),
                  tensor.dtype(),
                  Arrays.toString(tensor.shape())));
    }
    values.copyFrom(
        switch (values.precision()) {
          case FLOAT -> Buffer.of(tensor.floats());
          case DOUBLE -> Buffer.of(tensor.doubles());
        });
  }

  /// Whether weights may be of that type: it has floating-point numbers.
  static boolean isReal(Dtype dtype) {
    return switch (dtype) {
      case F16, BF16, F32, F64 -> true;
      default -> false;
    };
  }

  /// Copies numbers, rounding what is finer, a piece at a time.
  static void fill(Buffer target, Tensor tensor) {
    float[] chunk = new float[Math.min(1 << 14, target.length())];
    for (int done = 0; done < target.length(); done += chunk.length) {
      int count = Math.min(chunk.length, target.length() - done);
      tensor.copyTo(done, count, chunk, 0);
      target.put(done, chunk, 0, count);
    }
  }
}
