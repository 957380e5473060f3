package ijen.data;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// Samples of real numbers kept in memory as `float`, with classes or with real targets.
public final class RealSamples implements Dataset {
  private final String name;
  private final int size;
  private final Shape features;
  private final float[] values;
  private final Shape target;
  private final float[] targets; // the numbers of classes, too
  private final List<String> classes;

  private RealSamples(
      String name,
      int size,
      Shape features,
      float[] values,
      Shape target,
      float[] targets,
      List<String> classes) {
    if (size == 0) {
      throw new IllegalArgumentException(name + ": expected 1 or more samples, got none");
    }
    require(name, "feature", size, features, values);
    require(name, "target", size, target, targets);
    this.name = name;
    this.size = size;
    this.features = features;
    this.values = values;
    this.target = target;
    this.targets = targets;
    this.classes = classes;
  }

  private static void require(String name, String what, int size, Shape shape, float[] numbers) {
    if (numbers.length != (long) size * shape.size()) {
      throw new IllegalArgumentException(
          "%s: expected %s %s numbers for %s samples of shape %s, got %s"
              .formatted(name, (long) size * shape.size(), what, size, shape, numbers.length));
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw new IllegalArgumentException(
            "%s: expected finite numbers, got %s as %s number %s of sample %s"
                .formatted(name, numbers[i], what, i % shape.size(), i / shape.size()));
      }
    }
  }

  /// Samples with classes. The features, sample after sample, stay shared.
  ///
  /// @throws IllegalArgumentException if there are none, the counts do not agree, a feature is not
  ///   finite or a label is no class
  public static RealSamples labelled(
      String name, Shape features, float[] values, int[] labels, List<String> classes) {
    List<String> names = List.copyOf(classes);
    float[] targets = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= names.size()) {
        throw new IllegalArgumentException(
            "%s: expected labels from 0 to %s, got %s for sample %s"
                .formatted(name, names.size() - 1, labels[i], i));
      }
      targets[i] = labels[i];
    }
    return new RealSamples(name, labels.length, features, values, Shape.scalar(), targets, names);
  }

  /// Samples with real targets. Features and targets, sample after sample, stay shared.
  ///
  /// @throws IllegalArgumentException if there are none, the counts do not agree or a number is not
  ///   finite
  public static RealSamples regression(
      String name, Shape features, float[] values, Shape target, float[] targets) {
    int size = targets.length / target.size();
    return new RealSamples(name, size, features, values, target, targets, List.of());
  }

  /// Samples with classes, from a stream of anything: rows of a table, records, messages. The
  /// classes are the words that occur, in alphabetical order.
  ///
  /// @param values the features of an item
  /// @param classOf the name of its class
  /// @throws IllegalArgumentException if there are none, an item has another count of features or a
  ///   feature is not finite
  public static <T> RealSamples labelled(
      String name,
      Shape features,
      Stream<T> items,
      Function<? super T, float[]> values,
      Function<? super T, String> classOf) {
    Numbers collected = new Numbers(name, "feature", features);
    List<String> words = new ArrayList<>();
    items.forEachOrdered(item -> {
      collected.add(values.apply(item));
      words.add(classOf.apply(item));
    });
    List<String> classes = words.stream().distinct().sorted().toList();
    Map<String, Integer> numbers = new HashMap<>();
    classes.forEach(word -> numbers.put(word, numbers.size()));
    int[] labels = words.stream().mapToInt(numbers::get).toArray();
    return labelled(name, features, collected.toArray(), labels, classes);
  }

  /// Samples with real targets, from a stream of anything.
  ///
  /// @param values the features of an item
  /// @param targets its targets
  /// @throws IllegalArgumentException if there are none, an item has another count of numbers or
  ///   one is not finite
  public static <T> RealSamples regression(
      String name,
      Shape features,
      Shape target,
      Stream<T> items,
      Function<? super T, float[]> values,
      Function<? super T, float[]> targets) {
    Numbers inputs = new Numbers(name, "feature", features);
    Numbers outputs = new Numbers(name, "target", target);
    items.forEachOrdered(item -> {
      inputs.add(values.apply(item));
      outputs.add(targets.apply(item));
    });
    return regression(name, features, inputs.toArray(), target, outputs.toArray());
  }

  /// Numbers of samples, one sample after the other.
  private static final class Numbers {
    private final String name;
    private final String what;
    private final Shape shape;
    private float[] values = new float[1024];
    private int count;

    Numbers(String name, String what, Shape shape) {
      this.name = name;
      this.what = what;
      this.shape = shape;
    }

    void add(float[] sample) {
      if (sample.length != shape.size()) {
        throw new IllegalArgumentException(
            "%s: expected %s %s numbers of shape %s, got %s for sample %s"
                .formatted(name, shape.size(), what, shape, sample.length, count / shape.size()));
      }
      if (count > values.length - sample.length) {
        long wanted = Math.max(2L * values.length, (long) count + sample.length);
        if (count > Integer.MAX_VALUE - 16 - sample.length) {
          throw new IllegalArgumentException(
              name + ": expected at most 2³¹ − 17 numbers in memory, got more");
        }
        values = Arrays.copyOf(values, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
      }
      System.arraycopy(sample, 0, values, count, sample.length);
      count += sample.length;
    }

    float[] toArray() {
      return Arrays.copyOf(values, count);
    }
  }

  @Override
  public RealSamples withName(String name) {
    return new RealSamples(name, size, features, values, target, targets, classes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape features() {
    return features;
  }

  @Override
  public Shape target() {
    return target;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    if (classes.isEmpty()) {
      return Dataset.super.label(index);
    }
    return (int) targets[index];
  }

  @Override
  public void putFeatures(int index, int row, Buffer into) {
    Objects.checkIndex(index, size);
    int width = features.size();
    into.put(row * width, values, index * width, width);
  }

  @Override
  public void putTarget(int index, int row, Buffer into) {
    Objects.checkIndex(index, size);
    int width = target.size();
    into.put(row * width, targets, index * width, width);
  }

  @Override
  public String toString() {
    return name + ", " + size + " samples " + features;
  }
}
