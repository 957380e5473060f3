package ijen.nn;

import ijen.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The catalogue of layers: short names to build with, and the way back from a model file.
public final class Layers {
  private Layers() {}

  /// A fully connected layer with bias and He initialisation; see [Dense].
  public static Dense dense(int units) {
    return Dense.of(units);
  }

  /// max(x, 0).
  public static Layer relu() {
    return Activation.RELU;
  }

  /// 1/(1 + e⁻ˣ).
  public static Layer sigmoid() {
    return Activation.SIGMOID;
  }

  /// tanh x.
  public static Layer tanh() {
    return Activation.TANH;
  }

  /// Softmax over the last dimension.
  public static Layer softmax() {
    return Activation.SOFTMAX;
  }

  /// Inverted dropout with the given probability of zero.
  public static Layer dropout(double rate) {
    return new DropoutLayer(rate);
  }

  /// All dimensions in one.
  public static Layer flatten() {
    return new ReshapeLayer(List.of(-1));
  }

  /// Another shape of the same size.
  public static Layer reshape(int... dimensions) {
    return new ReshapeLayer(Arrays.stream(dimensions).boxed().toList());
  }

  /// The layer of a kind with settings as [Layer#settings] gave them.
  ///
  /// @throws IllegalArgumentException if the kind is unknown or a setting does not fit
  public static Layer of(String kind, Map<String, ?> settings) {
    for (Activation activation : Activation.values()) {
      if (activation.kind().equals(kind)) {
        return activation;
      }
    }
    return switch (kind) {
      case "dense" ->
          new Dense(
              (int) whole(kind, settings, "units"),
              setting(kind, settings, "bias", Boolean.class),
              Initializers.parse(setting(kind, settings, "initializer", String.class)));
      case "dropout" ->
          new DropoutLayer(setting(kind, settings, "rate", Number.class).doubleValue());
      case "reshape" ->
          new ReshapeLayer(dimensions(kind, setting(kind, settings, "dimensions", List.class)));
      default ->
          throw new IllegalArgumentException(
              "unknown layer '"
                  + kind
                  + "': expected dense, dropout, reshape, relu, sigmoid, tanh or softmax");
    };
  }

  private static List<Integer> dimensions(String kind, List<?> values) {
    return values.stream().map(value -> dimension(kind, value)).toList();
  }

  private static Integer dimension(String kind, Object value) {
    if (value instanceof Number number && number.intValue() == number.doubleValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(kind + ": expected a whole dimension, got " + value);
  }

  private static long whole(String kind, Map<String, ?> settings, String name) {
    Number number = setting(kind, settings, name, Number.class);
    if (number.doubleValue() != number.intValue()) {
      throw new IllegalArgumentException(
          kind + ": '" + name + "': expected a whole number, got " + number);
    }
    return number.intValue();
  }

  private static <T> T setting(String kind, Map<String, ?> settings, String name, Class<T> type) {
    Object value = settings.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          kind + ": '" + name + "': expected a " + type.getSimpleName() + ", got " + value);
    }
    return type.cast(value);
  }

  static Shape shape(List<?> dimensions) {
    return Shape.of(dimensions("input", dimensions).stream().mapToInt(d -> d).toArray());
  }
}
