package ijen.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the arrays of a data set are for, by the names that people give them: features and targets,
/// to train or to test with.
final class ArrayRoles {
  /// The parts of a data set.
  enum Part {
    /// To learn from.
    TRAIN,
    /// To be measured on.
    TEST,
    /// Nothing is said.
    WHOLE
  }

  /// The two arrays of a part, by their names.
  static final class Pair {
    @Nullable String features;
    @Nullable String targets;
  }

  private static final Set<String> FEATURES =
      Set.of(
          "x",
          "xs",
          "data",
          "xdata",
          "feature",
          "features",
          "image",
          "images",
          "img",
          "imgs",
          "input",
          "inputs",
          "pixels",
          "arr0",
          "imagesidx3ubyte",
          "ximages",
          "samples");

  private static final Set<String> TARGETS =
      Set.of(
          "y",
          "ys",
          "ydata",
          "label",
          "labels",
          "target",
          "targets",
          "class",
          "classes",
          "arr1",
          "labelsidx1ubyte",
          "ylabels",
          "output",
          "outputs");

  private ArrayRoles() {}

  /// The part that a name speaks of.
  static Part part(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("train")) {
      return Part.TRAIN;
    }
    return lower.contains("test") || lower.contains("t10k") ? Part.TEST : Part.WHOLE;
  }

  static boolean isFeatures(String name) {
    return FEATURES.contains(rest(name));
  }

  static boolean isTargets(String name) {
    return TARGETS.contains(rest(name));
  }

  /// The name without what says the part, and without marks between words.
  private static String rest(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("training|train|test|t10k", "")
        .replaceAll("[^a-z0-9]+", "");
  }

  /// The arrays that names speak of, part by part; others are left out.
  ///
  /// @throws IllegalArgumentException if two arrays would be the same
  static Map<Part, Pair> of(Iterable<String> names) {
    Map<Part, Pair> parts = new EnumMap<>(Part.class);
    for (String name : names) {
      if (isFeatures(name)) {
        Pair pair = parts.computeIfAbsent(part(name), part -> new Pair());
        pair.features = only(pair.features, name, "features");
      } else if (isTargets(name)) {
        Pair pair = parts.computeIfAbsent(part(name), part -> new Pair());
        pair.targets = only(pair.targets, name, "targets");
      }
    }
    return parts;
  }

  private static String only(@Nullable String before, String name, String role) {
    if (before != null) {
      throw new IllegalArgumentException(
          "expected one array of " + role + ", got '" + before + "' and '" + name + "'");
    }
    return name;
  }

  /// Names under which the targets that belong to a file of features may lie beside it, likeliest
  /// first: `train-labels-idx1-ubyte.gz` beside `train-images-idx3-ubyte.gz`, `y_train.npy` beside
  /// `x_train.npy`.
  static List<String> targetsBeside(String file) {
    List<String> names = new ArrayList<>();
    String[][] pairs = {
      {"images-idx3", "labels-idx1"},
      {"images.idx3", "labels.idx1"},
      {"images", "labels"},
      {"Images", "Labels"},
      {"image", "label"},
      {"features", "labels"},
      {"features", "targets"},
      {"inputs", "targets"},
      {"data", "labels"},
      {"data", "targets"},
      {"xdata", "ydata"},
      {"x", "y"},
      {"X", "Y"},
      {"X", "y"},
    };
    for (String[] pair : pairs) {
      int at = file.lastIndexOf(pair[0]);
      if (at >= 0) {
        names.add(file.substring(0, at) + pair[1] + file.substring(at + pair[0].length()));
      }
      at = file.indexOf(pair[0]);
      if (at >= 0) {
        names.add(file.substring(0, at) + pair[1] + file.substring(at + pair[0].length()));
      }
    }
    return names.stream().distinct().filter(name -> !name.equals(file)).toList();
  }
}
