package ijen.model;

import ijen.data.DataFile;
import ijen.data.Scaling;
import ijen.format.FormatException;
import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.loss.Loss;
import ijen.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The weights of a network that was trained elsewhere, such as PyTorch's `state_dict`, saved as
/// safetensors, NPZ or HDF5, read into a network of the same layers.
///
/// ```java
/// Network net = Network.of(Shape.of(784), dense(64), batchNorm(), relu(), dense(10));
/// Model model = StateDict.model(file, net, Losses.crossEntropy(), Shape.of(28, 28), List.of());
/// ```
///
/// Layouts are the same: dense layers `[out, in]`, convolutions `[out, in/groups, height, width]`,
/// transposed ones `[in, out/groups, height, width]`, embeddings `[count, width]`. PyTorch calls
/// `scale`, `shift`, `mean` and `variance` of a batch normalisation `weight`, `bias`,
/// `running_mean` and `running_var`, the first two of a layer normalisation likewise, and the
/// `table` of an embedding and the `slope` of a PReLU `weight`; either is understood.
/// `num_batches_tracked` is left out. Numbers may be F16, BF16, F32 or F64.
///
/// A layer's tensors, those that have a name in common up to the last dot (or slash, of groups in
/// HDF5), go to one layer:
///
/// 1. **By name**, where a layer here is called as there, or `names` says which is which.
/// 2. **By position**, all others: the first to the first, the second to the second. Their order is
///    that in the file. Where the file is sorted by name, as PyTorch's safetensors library leaves
///    it, that order means nothing; then the numbers in the names give it (`0`, `2`, `10`, or
///    `fc1`, `fc2`), among those layers that have the same shapes. If these have several words
///    (`fc1`, `head`), that is not clear, and refused.
///
/// Every tensor must find its place, and every place its tensor; the failure lists all that did
/// not, side by side.
public final class StateDict {
  private static final String COUNTER = "num_batches_tracked";

  private StateDict() {}

  /// The model of a network with the weights in a file.
  ///
  /// @param features the shape of a sample of the data it was trained on
  /// @param classes the names of the classes; empty if it does not decide between any
  /// @throws FormatException if the file is damaged, or does not fit the network
  public static Model model(
      Path file, Network network, Loss loss, Shape features, List<String> classes)
      throws IOException {
    return new Model(network, loss, read(file, network), features, classes, Scaling.NONE);
  }

  /// The weights in a file, for a network of the same layers.
  ///
  /// @throws FormatException if the file is damaged, or does not fit the network, listing what is
  ///   missing, unexpected or of another shape
  /// @throws IOException if it cannot be read
  public static Theta read(Path file, Network network) throws IOException {
    return read(file, network, Map.of());
  }

  /// The same, where some layers are known by name.
  ///
  /// @param names for some layers of the file (`encoder.fc1`) the name of the layer here (`dense1`)
  public static Theta read(Path file, Network network, Map<String, String> names)
      throws IOException {
    try (DataFile content = DataFile.open(file)) {
      Map<String, DataFile.Entry> arrays = arrays(content);
      Graph g = new Graph();
      network.build(g, g.input("features", network.input()));
      List<TensorGroup> here = places(g);
      List<TensorGroup> there = tensors(arrays);
      Map<TensorGroup, TensorGroup> pairs = GroupPairing.pair(file.toString(), here, there, names);
      Misfits misfits = new Misfits();
      for (TensorGroup place : here) {
        misfits.compare(place, pairs.get(place));
      }
      there.stream().filter(group -> !pairs.containsValue(group)).forEach(misfits::unexpected);
      if (!misfits.isEmpty()) {
        throw new FormatException(file.toString(), misfits.table());
      }
      Theta theta = new Theta(g.parameters(), Precision.FLOAT);
      Map<String, DataFile.Entry> byPlace = new LinkedHashMap<>();
      pairs.forEach((place, group) ->
          place
              .tensors()
              .forEach(
                  (role, one) -> byPlace.put(one.name(), arrays.get(group.tensor(role).name()))));
      for (Parameter parameter : g.parameters()) {
        fill(theta.slice(parameter), byPlace.get(parameter.name()));
      }
      for (Statistic statistic : g.parameters().statistics()) {
        fill(theta.slice(statistic), byPlace.get(statistic.name()));
      }
      return theta;
    }
  }

  /// The arrays of a file, with dots in their names between group and array as between layer and
  /// parameter.
  private static Map<String, DataFile.Entry> arrays(DataFile file) throws FormatException {
    Map<String, DataFile.Entry> arrays = new LinkedHashMap<>();
    for (DataFile.Entry entry : file.entries().values()) {
      String name = entry.name().replace('/', '.');
      if (arrays.putIfAbsent(name, entry) != null) {
        throw new FormatException(
            file.path().toString(), "expected one array '" + name + "', got two of that name");
      }
    }
    return arrays;
  }

  private static void fill(Buffer target, DataFile.@Nullable Entry array) throws IOException {
    if (array == null) {
      throw new IllegalStateException("every place has its tensor");
    }
    ParameterTensors.fill(target, array.tensor());
  }

  /// The parameters and statistics of a graph, layer by layer.
  private static List<TensorGroup> places(Graph g) {
    Map<String, TensorGroup> groups = new LinkedHashMap<>();
    for (Parameter parameter : g.parameters()) {
      TensorGroup.add(groups, parameter.name(), parameter.shape().dimensions(), "");
    }
    for (Statistic statistic : g.parameters().statistics()) {
      TensorGroup.add(groups, statistic.name(), statistic.shape().dimensions(), "");
    }
    return List.copyOf(groups.values());
  }

  /// The tensors of a file, layer by layer, without the counters of normalisations.
  private static List<TensorGroup> tensors(Map<String, DataFile.Entry> arrays) {
    Map<String, TensorGroup> groups = new LinkedHashMap<>();
    arrays.forEach((name, array) -> {
      if (!name.equals(COUNTER) && !name.endsWith("." + COUNTER)) {
        String type = ParameterTensors.isReal(array.dtype()) ? "" : array.dtype().name() + " ";
        TensorGroup.add(groups, name, array.shape(), type);
      }
    });
    return new ArrayList<>(groups.values());
  }
}
