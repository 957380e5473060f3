package ijen.data;

import ijen.format.Tensor;
import ijen.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What an array of targets means: the numbers of classes, or real numbers.
///
/// Whole numbers from 0 on, one for each sample, are classes, and so are rows with a single 1 and
/// else zeros. Everything else is real.
final class Targets {
  /// The most classes that an array of numbers may mean without names for them.
  static final int MOST_CLASSES = 65_536;

  private final int size;
  private final Shape shape;
  private final int @Nullable [] labels;
  private final List<String> classes;
  private final float[] numbers;

  private Targets(
      int size, Shape shape, int @Nullable [] labels, List<String> classes, float[] numbers) {
    this.size = size;
    this.shape = shape;
    this.labels = labels;
    this.classes = classes;
    this.numbers = numbers;
  }

  /// Reads an array `[n]`, `[n, 1]`, or `[n, k]`; `names` may be empty, for names that are numbers.
  ///
  /// @throws IllegalArgumentException if a number is not finite, or a label has no name
  static Targets of(String name, Tensor array, List<String> names) {
    int[] dimensions = array.shape();
    if (dimensions.length == 0 || dimensions[0] == 0) {
      throw new IllegalArgumentException(
          name + ": expected targets [count] or [count, numbers], got " + array);
    }
    double[] values = array.doubles();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + ": expected finite targets, got " + values[i] + " as number " + i);
      }
    }
    int size = dimensions[0];
    int width = values.length / size;
    int[] labels = width == 1 ? wholes(values) : hot(values, width);
    if (labels != null) {
      int most = Arrays.stream(labels).max().orElse(0);
      int classes = Math.max(width == 1 ? most + 1 : width, 2);
      return classes(name, labels, names.isEmpty() ? numbers(classes) : names);
    }
    float[] numbers = new float[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values[i];
    }
    Shape shape =
        dimensions.length == 1
            ? Shape.scalar()
            : Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
    return new Targets(size, shape, null, List.of(), numbers);
  }

  /// Classes.
  ///
  /// @throws IllegalArgumentException if a label has no name
  static Targets classes(String name, int[] labels, List<String> names) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= names.size()) {
        throw new IllegalArgumentException(
            "%s: expected labels from 0 to %s, got %s for sample %s"
                .formatted(name, names.size() - 1, labels[i], i));
      }
    }
    return new Targets(labels.length, Shape.scalar(), labels, List.copyOf(names), new float[0]);
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static int @Nullable [] wholes(double[] values) {
    int[] labels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      labels[i] = (int) values[i];
      if (labels[i] != values[i] || labels[i] < 0 || labels[i] >= MOST_CLASSES) {
        return null;
      }
    }
    return labels;
  }

  private static int @Nullable [] hot(double[] values, int width) {
    int[] labels = new int[values.length / width];
    Arrays.fill(labels, -1);
    for (int i = 0; i < values.length; i++) {
      int sample = i / width;
      if (values[i] == 1 && labels[sample] < 0) {
        labels[sample] = i % width;
      } else if (values[i] != 0) {
        return null;
      }
    }
    return Arrays.stream(labels).allMatch(label -> label >= 0) ? labels : null;
  }

  /// How many there are.
  int size() {
    return size;
  }

  /// That of one: `[]` for classes.
  Shape shape() {
    return shape;
  }

  /// The numbers of classes, shared; null if they are none.
  int @Nullable [] labels() {
    return labels;
  }

  /// The names of classes; empty if they are none.
  List<String> classes() {
    return classes;
  }

  /// Real targets, one after the other, shared; empty if they are classes.
  float[] numbers() {
    return numbers;
  }
}
