package ijen.nn;

import ijen.graph.Initializer;
import ijen.graph.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of one layer as a description holds them, read with a clear error where one is
/// missing or of another type.
///
/// @param kind the kind of layer, for messages
/// @param values the settings as [Layer#settings] gave them
record LayerSettings(String kind, Map<String, ?> values) {
  /// A whole number.
  int whole(String name) {
    return whole(name, value(name, Number.class));
  }

  /// A number.
  double number(String name) {
    return value(name, Number.class).doubleValue();
  }

  /// A truth value.
  boolean flag(String name) {
    return value(name, Boolean.class);
  }

  /// A text.
  String text(String name) {
    return value(name, String.class);
  }

  /// A list of whole numbers.
  List<Integer> wholes(String name) {
    List<Integer> numbers = new ArrayList<>();
    for (Object value : value(name, List.class)) {
      numbers.add(whole(name, value));
    }
    return List.copyOf(numbers);
  }

  /// A shape, written as the list of its dimensions.
  Shape shape(String name) {
    return Shape.of(wholes(name).stream().mapToInt(Integer::intValue).toArray());
  }

  /// A rule for first values, as [Initializers#text] wrote it.
  Initializer initializer(String name) {
    return Initializers.parse(text(name));
  }

  /// A list of layers, each with its kind and settings.
  List<Layer> layers(String name) {
    List<Layer> layers = new ArrayList<>();
    for (Object entry : value(name, List.class)) {
      if (!(entry instanceof Map<?, ?> map) || !(map.get("kind") instanceof String inner)) {
        throw new IllegalArgumentException(
            kind + ": '" + name + "': expected a layer with a 'kind', got " + entry);
      }
      Map<String, Object> settings = new LinkedHashMap<>();
      map.forEach((key, value) -> settings.put(String.valueOf(key), value));
      layers.add(Layers.of(inner, settings));
    }
    return List.copyOf(layers);
  }

  private int whole(String name, Object value) {
    if (value instanceof Number number && number.intValue() == number.doubleValue()) {
      return number.intValue();
    }
    throw wrong(name, "whole number", value);
  }

  private <T> T value(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw wrong(name, type.getSimpleName(), value == null ? "nothing" : value);
    }
    return type.cast(value);
  }

  private IllegalArgumentException wrong(String name, String expected, Object value) {
    return new IllegalArgumentException(
        kind + ": '" + name + "': expected a " + expected + ", got " + value);
  }
}
