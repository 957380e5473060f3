package ijen.model;

import ijen.format.Tensor;
import ijen.graph.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// How parameters stand in a file that says nothing of the network: under which names, and vectors
/// in which shape.
///
/// A softmax regression as textbooks write it, W·x + b, is `w` `[10, 784]` and `b` `[10, 1]`:
///
/// ```java
/// ParameterFiles.write(file, theta, ParameterLayout.own().withNames("w", "b").withColumns());
/// ```
///
/// @param names the names, in the network's order: its parameters, then its running statistics;
///   empty for the network's own (`dense1.weight`)
/// @param columns whether vectors `[n]` are columns `[n, 1]`
public record ParameterLayout(List<String> names, boolean columns) {
  public ParameterLayout {
    names = List.copyOf(names);
    if (new LinkedHashSet<>(names).size() < names.size()
        || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "names of parameters: expected each once and none empty, got " + names);
    }
  }

  /// The network's own names and shapes.
  public static ParameterLayout own() {
    return new ParameterLayout(List.of(), false);
  }

  /// The same with other names, one for each parameter and statistic.
  public ParameterLayout withNames(String... names) {
    return new ParameterLayout(List.of(names), columns);
  }

  /// The same with vectors as columns.
  public ParameterLayout withColumns() {
    return new ParameterLayout(names, true);
  }

  /// Tensors under the network's names, in its order, in this layout.
  ///
  /// @throws IllegalArgumentException if there are more or fewer names than tensors
  Map<String, Tensor> of(Map<String, Tensor> own) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    own.forEach((name, tensor) -> shapes.put(name, Shape.of(tensor.shape())));
    List<String> called = named(shapes);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    own.forEach((name, tensor) -> tensors.put(called.get(tensors.size()), shaped(tensor)));
    return tensors;
  }

  /// What the tensors of these shapes are called in a file, in the same order.
  ///
  /// @throws IllegalArgumentException if there are more or fewer names than tensors
  List<String> named(Map<String, Shape> own) {
    if (!names.isEmpty() && names.size() != own.size()) {
      StringBuilder text = new StringBuilder();
      own.forEach((name, shape) ->
          text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(shape));
      throw new IllegalArgumentException(
          "names of parameters: expected %s, for %s, got %s"
              .formatted(own.size(), text, String.join(",", names)));
    }
    return names.isEmpty() ? List.copyOf(own.keySet()) : names;
  }

  private Tensor shaped(Tensor tensor) {
    int[] shape = tensor.shape();
    if (!columns || shape.length != 1) {
      return tensor;
    }
    return Tensor.ofShared(tensor.dtype(), tensor.sharedBytes(), shape[0], 1);
  }

  /// Whether an array of one shape has the numbers of one of the other in the same order: they are
  /// equal but for dimensions of 1.
  static boolean fits(int[] shape, int[] other) {
    return Arrays.equals(
        Arrays.stream(shape).filter(size -> size != 1).toArray(),
        Arrays.stream(other).filter(size -> size != 1).toArray());
  }
}
