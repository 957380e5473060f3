package ijen.onnx;

import ijen.format.FormatException;
import ijen.format.onnx.OnnxAttribute;
import ijen.format.onnx.OnnxNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The settings of a node, read with what holds where one is left out; those that nobody asked for
/// are refused at the [#end].
final class Settings {
  private final String file;
  private final OnnxNode node;
  private final Set<String> asked = new HashSet<>();

  Settings(String file, OnnxNode node) {
    this.file = file;
    this.node = node;
  }

  /// The value of a setting; null if it is left out.
  @Nullable OnnxAttribute value(String name) {
    asked.add(name);
    return node.attributes().get(name);
  }

  /// A whole number.
  long whole(String name, long usual) throws FormatException {
    return switch (value(name)) {
      case null -> usual;
      case OnnxAttribute.Whole(long value) -> value;
      case OnnxAttribute other -> throw wrong(name, "a whole number", other);
    };
  }

  /// A number: the shortest decimal one that is the float in the file, so that 10⁻⁵ stays 10⁻⁵.
  double number(String name, double usual) throws FormatException {
    return switch (value(name)) {
      case null -> usual;
      case OnnxAttribute.Real(float value) -> Double.parseDouble(Float.toString(value));
      case OnnxAttribute other -> throw wrong(name, "a number", other);
    };
  }

  /// A text.
  String text(String name, String usual) throws FormatException {
    return switch (value(name)) {
      case null -> usual;
      case OnnxAttribute.Text(String value) -> value;
      case OnnxAttribute other -> throw wrong(name, "a text", other);
    };
  }

  /// Whole numbers.
  List<Long> wholes(String name, long... usual) throws FormatException {
    return switch (value(name)) {
      case null -> LongStream.of(usual).boxed().toList();
      case OnnxAttribute.Wholes(var values) -> values;
      case OnnxAttribute other -> throw wrong(name, "whole numbers", other);
    };
  }

  /// A whole number that is the same `count` times.
  int same(String name, int count, long usual) throws FormatException {
    long[] all = new long[count];
    Arrays.fill(all, usual);
    List<Long> values = wholes(name, all);
    if (values.size() != count || values.stream().distinct().count() != 1) {
      throw new FormatException(
          file,
          node
              + ": '"
              + name
              + "': expected the same number "
              + count
              + " times, as layers here have it, got "
              + values);
    }
    return Math.toIntExact(values.getFirst());
  }

  /// Fails unless a whole number has the value that layers here have.
  void only(String name, long usual) throws FormatException {
    long value = whole(name, usual);
    if (value != usual) {
      throw wrong(name, usual + ", others are not supported", OnnxAttribute.of(value));
    }
  }

  /// Fails if there are settings that nobody asked for.
  void end() throws FormatException {
    for (String name : node.attributes().keySet()) {
      if (!asked.contains(name)) {
        throw new FormatException(
            file,
            node
                + ": the setting '"
                + Wiring.shown(name)
                + "' is not supported: expected of "
                + asked.stream().sorted().toList());
      }
    }
  }

  private FormatException wrong(String name, String expected, OnnxAttribute got) {
    return new FormatException(
        file,
        node + ": '" + name + "': expected " + expected + ", got " + Wiring.shown(got.toString()));
  }
}
