package ijen.data;

import ijen.format.Dtype;
import ijen.format.Table;
import ijen.format.Tensor;
import ijen.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which columns of a [Table] are targets and which are features, to make samples of its rows.
///
/// ```java
/// Dataset train = TableSamples.seen().of("fashion train", CsvFile.read(file));
/// Dataset houses =
///     TableSamples.seen().withTargets("price").without("id").of("houses", CsvFile.read(other));
/// ```
///
/// A target column of categories, or of whole numbers from 0 on, means classes, as do several
/// columns with a single 1 and else zeros in each row; any other means real numbers. A feature
/// column of categories becomes one number for each of them, 1 for the row's own and 0 for the
/// others.
///
/// Bytes in columns called `pixel0`, `pixel1`, … (or from `pixel1` on), or `1x1`, `1x2`, …, are the
/// pixels of a square image: with classes they become [ByteImages], which divides them by 255. So
/// are those of a file without a header whose first number is followed by a square number of bytes,
/// 64 or more: then the first column is the class.
///
/// @param targets the columns of the targets; none for the column called `label`, `class`, `target`
///   or `y` in letters of any case, whichever comes first in this list, else `target0`, `target1`,
///   …, else the last column of categories
/// @param real whether the targets are real numbers even if they could be classes
/// @param classes the names of the classes in the order of their numbers, for example those of the
///   training set; none for those that the table has
/// @param without the columns that are left out
/// @param shape the shape of a sample's features; null for a square image, if they look like one,
///   else `[features]`
public record TableSamples(
    List<String> targets,
    boolean real,
    List<String> classes,
    Set<String> without,
    @Nullable Shape shape) {
  private static final List<String> USUAL = List.of("label", "class", "target", "y");
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

  /// Checks and copies.
  public TableSamples {
    targets = List.copyOf(targets);
    classes = List.copyOf(classes);
    without = Set.copyOf(without);
    if (new HashSet<>(classes).size() < classes.size()) {
      throw new IllegalArgumentException("classes: expected each name once, got " + classes);
    }
    for (String target : targets) {
      if (without.contains(target)) {
        throw new IllegalArgumentException(
            "'" + target + "': expected a column that is a target, or left out, got both");
      }
    }
  }

  /// All as it looks.
  public static TableSamples seen() {
    return new TableSamples(List.of(), false, List.of(), Set.of(), null);
  }

  /// The same with these columns as targets: classes or real numbers, as they look.
  public TableSamples withTargets(String... targets) {
    return new TableSamples(List.of(targets), false, classes, without, shape);
  }

  /// The same with these columns as targets that are real numbers, even if all are whole.
  public TableSamples withRealTargets(String... targets) {
    return new TableSamples(List.of(targets), true, classes, without, shape);
  }

  /// The same with these names of classes, so that a class has the same number as in another table.
  public TableSamples withClasses(List<String> classes) {
    return new TableSamples(targets, real, classes, without, shape);
  }

  /// The same without these columns.
  public TableSamples without(String... columns) {
    return new TableSamples(targets, real, classes, Set.of(columns), shape);
  }

  /// The same with features of another shape; bytes `[height, width]` with classes are images.
  public TableSamples withShape(Shape shape) {
    return new TableSamples(targets, real, classes, without, shape);
  }

  /// The rows of a table as samples.
  ///
  /// @throws IllegalArgumentException if the table has no such columns, none that can be the target
  ///   or no others, a value is missing, a class has no name, or the features do not fit the shape
  public Dataset of(String name, Table table) {
    without.forEach(table::column); // it must be there
    boolean bare = targets.isEmpty() && PixelColumns.withoutNames(table);
    int[] target = targets.isEmpty() ? usual(table, bare) : named(table);
    int[] features = rest(table, target);
    boolean bytes =
        table.numbers().dtype() == Dtype.U8
            && Arrays.stream(features).noneMatch(i -> table.columns().get(i).nominal());
    Shape form = shape;
    if (form == null) {
      int side =
          bytes && (bare || PixelColumns.named(table, features))
              ? PixelColumns.side(features.length)
              : 0;
      form = side > 0 ? Shape.of(side, side) : null;
    }
    Targets read = targets(name, table, target);
    int[] labels = real ? null : read.labels();
    if (labels != null && bytes && form != null && form.rank() == 2) {
      requireFit(name, form, features.length);
      return ByteImages.of(name, form, pixels(table, features), labels, read.classes());
    }
    float[] values = values(name, table, features);
    int width = values.length / table.rows();
    if (form == null) {
      form = Shape.of(width);
    }
    requireFit(name, form, width);
    return labels != null
        ? RealSamples.labelled(name, form, values, labels, read.classes())
        : RealSamples.regression(
            name,
            form,
            values,
            target.length == 1 ? Shape.scalar() : Shape.of(target.length),
            numbers(name, table, target));
  }

  private int[] named(Table table) {
    int[] columns = targets.stream().mapToInt(table::column).toArray();
    if (Arrays.stream(columns).distinct().count() < columns.length) {
      throw new IllegalArgumentException(
          table.source() + ": expected each target once, got " + targets);
    }
    return columns;
  }

  private static int[] usual(Table table, boolean bare) {
    if (bare) {
      return new int[] {0};
    }
    List<Table.Column> columns = table.columns();
    for (String usual : USUAL) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().toLowerCase(Locale.ROOT).equals(usual)) {
          return new int[] {i};
        }
      }
    }
    List<Integer> numbered = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals("target" + numbered.size())) {
        numbered.add(i);
      }
    }
    if (!numbered.isEmpty()) {
      return numbered.stream().mapToInt(i -> i).toArray();
    }
    for (int i = columns.size() - 1; i >= 0; i--) {
      if (columns.get(i).nominal()) {
        return new int[] {i};
      }
    }
    List<String> some = columns.stream().limit(20).map(Table.Column::name).toList();
    throw new IllegalArgumentException(
        table.source()
            + ": expected a column called label, class, target or y, or one of words, got "
            + some
            + (columns.size() > 20 ? " and " + (columns.size() - 20) + " more" : "")
            + ": name it with withTargets");
  }

  private int[] rest(Table table, int[] target) {
    Set<Integer> used = new HashSet<>();
    for (int i : target) {
      used.add(i);
    }
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (!used.contains(i) && !without.contains(table.columns().get(i).name())) {
        rest.add(i);
      }
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(
          table.source() + ": expected one or more columns of features beside the targets");
    }
    return rest.stream().mapToInt(i -> i).toArray();
  }

  private Targets targets(String name, Table table, int[] target) {
    if (!real && target.length == 1 && table.columns().get(target[0]).nominal()) {
      return byName(name, table, target[0]);
    }
    float[] numbers = numbers(name, table, target);
    Tensor array =
        target.length == 1
            ? Tensor.of(numbers, numbers.length)
            : Tensor.of(numbers, table.rows(), target.length);
    return Targets.of(name, array, classes);
  }

  private Targets byName(String name, Table table, int column) {
    List<String> own = table.columns().get(column).categories();
    List<String> names = classes.isEmpty() ? own : classes;
    int[] numbers = own.stream().mapToInt(names::indexOf).toArray();
    int[] labels = new int[table.rows()];
    for (int row = 0; row < labels.length; row++) {
      int category = table.category(row, column);
      if (category < 0) {
        throw missing(name, table, row, column);
      }
      if (numbers[category] < 0) {
        throw new IllegalArgumentException(
            "%s: row %s: expected a class of %s, got '%s'"
                .formatted(name, row, names, own.get(category)));
      }
      labels[row] = numbers[category];
    }
    return Targets.classes(name, labels, names);
  }

  private static float[] numbers(String name, Table table, int[] columns) {
    float[] numbers = new float[Math.multiplyExact(table.rows(), columns.length)];
    int at = 0;
    for (int row = 0; row < table.rows(); row++) {
      for (int column : columns) {
        numbers[at++] = number(name, table, row, column);
      }
    }
    return numbers;
  }

  private static byte[] pixels(Table table, int[] features) {
    byte[] all = table.numbers().sharedBytes();
    int width = table.numbers().shape()[1];
    if (features.length == width) {
      return all;
    }
    int[] places = new int[features.length]; // of each among the columns of numbers
    for (int column = 0, place = 0, i = 0; i < features.length; column++) {
      if (column == features[i]) {
        places[i++] = place;
      }
      place += table.columns().get(column).nominal() ? 0 : 1;
    }
    byte[] pixels = new byte[table.rows() * features.length];
    for (int row = 0, at = 0; row < table.rows(); row++) {
      for (int place : places) {
        pixels[at++] = all[row * width + place];
      }
    }
    return pixels;
  }

  private static float[] values(String name, Table table, int[] features) {
    long width = 0;
    for (int column : features) {
      Table.Column is = table.columns().get(column);
      width += is.nominal() ? is.categories().size() : 1;
    }
    if (width == 0 || width > MOST_NUMBERS / table.rows()) {
      throw new IllegalArgumentException(
          "%s: expected at most %s numbers in all, got %s rows of %s features: leave out columns of "
                  .formatted(name, MOST_NUMBERS, table.rows(), width)
              + "words with many different ones");
    }
    float[] values = new float[table.rows() * (int) width];
    int at = 0;
    for (int row = 0; row < table.rows(); row++) {
      for (int column : features) {
        if (table.columns().get(column).nominal()) {
          int category = table.category(row, column);
          if (category < 0) {
            throw missing(name, table, row, column);
          }
          values[at + category] = 1;
          at += table.columns().get(column).categories().size();
        } else {
          values[at++] = number(name, table, row, column);
        }
      }
    }
    return values;
  }

  private static float number(String name, Table table, int row, int column) {
    if (table.columns().get(column).nominal()) {
      throw new IllegalArgumentException(
          "%s: '%s': expected a column of numbers as a real target, got words"
              .formatted(name, table.columns().get(column).name()));
    }
    float number = table.number(row, column);
    if (Float.isNaN(number)) {
      throw missing(name, table, row, column);
    }
    return number;
  }

  private static IllegalArgumentException missing(String name, Table table, int row, int column) {
    return new IllegalArgumentException(
        "%s: row %s: expected a value in '%s', it is missing"
            .formatted(name, row, table.columns().get(column).name()));
  }

  private static void requireFit(String name, Shape form, int width) {
    if (form.size() != width) {
      throw new IllegalArgumentException(
          "%s: expected %s features for samples of shape %s, got %s"
              .formatted(name, form.size(), form, width));
    }
  }
}
