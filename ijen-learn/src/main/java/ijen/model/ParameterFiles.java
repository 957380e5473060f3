package ijen.model;

import ijen.data.DataFile;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.hdf5.Hdf5File;
import ijen.format.hdf5.Hdf5Storage;
import ijen.format.npy.Npz;
import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parameters alone, by name, in files that other programs read: NPZ and HDF5. Unlike a model file
/// they say nothing of the network.
public final class ParameterFiles {
  private ParameterFiles() {}

  /// Writes parameters and running statistics under the network's own names.
  public static void write(Path file, Theta theta) throws IOException {
    write(file, theta, ParameterLayout.own());
  }

  /// Writes parameters and running statistics to a file, whole or not at all: HDF5 if its name ends
  /// with `.h5` or `.hdf5`, NPZ if it ends with `.npz`.
  ///
  /// @throws IllegalArgumentException if the name ends with neither, or the layout has more or
  ///   fewer names than there are tensors
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public static void write(Path file, Theta theta, ParameterLayout layout) throws IOException {
    Map<String, Tensor> own = new LinkedHashMap<>();
    ParameterTensors.put(own, "", theta);
    Map<String, Tensor> tensors = layout.of(own);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      Npz.write(file, tensors);
    } else if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      Hdf5File.write(file, tensors, Map.of(), Hdf5Storage.contiguous());
    } else {
      throw new IllegalArgumentException(
          file + ": expected a name that ends with .npz, .h5 or .hdf5");
    }
  }

  /// The parameters of a network from a file of any format with arrays, each by the name that it
  /// has there. An array fits if its shape is the parameter's but for dimensions of 1, so that
  /// vectors may be columns or rows; numbers may be F16, BF16, F32 or F64, and become `float`.
  /// [StateDict] reads files whose names are not known.
  ///
  /// @param layout the names in the file
  /// @throws FormatException if the file is damaged, lacks an array, or has one of another shape or
  ///   type
  /// @throws IllegalArgumentException if the layout has more or fewer names than the network needs
  /// @throws IOException if it cannot be read
  public static Theta read(Path file, Network network, ParameterLayout layout) throws IOException {
    Graph g = new Graph();
    network.build(g, g.input("features", network.input()));
    Theta theta = new Theta(g.parameters(), Precision.FLOAT);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    Map<String, Buffer> places = new LinkedHashMap<>();
    for (Parameter parameter : g.parameters()) {
      shapes.put(parameter.name(), parameter.shape());
      places.put(parameter.name(), theta.slice(parameter));
    }
    for (Statistic statistic : g.parameters().statistics()) {
      shapes.put(statistic.name(), statistic.shape());
      places.put(statistic.name(), theta.slice(statistic));
    }
    List<String> names = layout.named(shapes);
    try (DataFile arrays = DataFile.open(file)) {
      int next = 0;
      for (Map.Entry<String, Buffer> place : places.entrySet()) {
        String name = names.get(next++);
        DataFile.@Nullable Entry array = arrays.entries().get(name);
        Shape shape = shapes.get(place.getKey());
        if (array == null || shape == null) {
          throw new FormatException(
              file.toString(),
              "expected an array '"
                  + name
                  + "' for "
                  + place.getKey()
                  + " "
                  + shape
                  + ", got "
                  + Misfits.shown(arrays.entries().values().toString()));
        }
        boolean fits = ParameterLayout.fits(array.shape(), shape.dimensions());
        if (!fits || !ParameterTensors.isReal(array.dtype())) {
          throw new FormatException(
              file.toString(),
              "'%s': expected floating-point numbers %s for %s, got %s"
                  .formatted(name, shape, place.getKey(), array));
        }
        ParameterTensors.fill(place.getValue(), array.tensor());
      }
    }
    return theta;
  }
}
