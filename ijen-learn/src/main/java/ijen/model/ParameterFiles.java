package ijen.model;

import ijen.data.DataFile;
import ijen.format.Tensor;
import ijen.format.hdf5.Hdf5File;
import ijen.format.hdf5.Hdf5Storage;
import ijen.format.npy.Npz;
import ijen.graph.Parameter;
import ijen.graph.Theta;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Parameters alone, by name, in files that other programs read: NPZ and HDF5. Unlike a model file
/// they say nothing of the network.
public final class ParameterFiles {
  private ParameterFiles() {}

  /// Writes parameters and running statistics to a file, whole or not at all: HDF5 if its name ends
  /// with `.h5` or `.hdf5`, NPZ if it ends with `.npz`.
  ///
  /// In HDF5 a model of one affine layer has the short names `w` `[out, in]` and `b` `[out]`.
  ///
  /// @throws IllegalArgumentException if the name ends with neither
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public static void write(Path file, Theta theta) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ParameterTensors.put(tensors, "", theta);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      Npz.write(file, tensors);
    } else if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      Map<String, Tensor> nested = new LinkedHashMap<>();
      if (theta.parameters().count() == 2) {
        tensors.forEach(
            (key, tensor) -> nested.put(tensor.shape().length == 2 ? "w" : "b", tensor));
      }
      if (nested.size() != 2) {
        nested.clear();
        nested.putAll(tensors);
      }
      Hdf5File.write(file, nested, Map.of(), Hdf5Storage.contiguous());
    } else {
      throw new IllegalArgumentException(
          file + ": expected a name that ends with .npz, .h5 or .hdf5");
    }
  }

  /// Fills `theta` from a file of any format with arrays of the names that [#write] gives.
  ///
  /// @throws IOException if the file cannot be read, or lacks a parameter, or has one of another
  ///   shape or precision
  public static void read(Path file, Theta theta) throws IOException {
    try (DataFile arrays = DataFile.open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (DataFile.Entry entry : arrays.entries().values()) {
        tensors.put(entry.name(), entry.tensor());
      }
      if (theta.parameters().count() == 2 && tensors.keySet().equals(Set.of("w", "b"))) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (Parameter parameter : theta.parameters()) {
          Tensor tensor = tensors.get(parameter.shape().rank() == 2 ? "w" : "b");
          if (tensor != null) {
            named.put(parameter.name(), tensor);
          }
        }
        tensors = named;
      }
      ParameterTensors.get(tensors, "", theta, file.toString());
    }
  }
}
