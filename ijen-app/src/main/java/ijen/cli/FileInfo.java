package ijen.cli;

import ijen.data.DataFile;
import ijen.data.FileFormat;
import ijen.format.Table;
import ijen.format.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What a file of data holds: the arrays or columns, their types and shapes, the range of their
/// numbers, and how often each class occurs.
final class FileInfo {
  /// With more different whole numbers than these, an array is not taken for labels.
  private static final int MOST_CLASSES = 1000;

  private FileInfo() {}

  static Map<String, Object> of(Path path) throws IOException {
    FileFormat format = FileFormat.of(path);
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("format", format.toString());
    if (format == FileFormat.CSV || format == FileFormat.ARFF) {
      table(DataFile.table(path), found);
      return found;
    }
    try (DataFile file = DataFile.open(path)) {
      if (file.entries().size() == 1 && file.entries().containsKey("")) {
        array(file.entries().get(""), found);
      } else {
        Map<String, Object> arrays = new LinkedHashMap<>();
        for (DataFile.Entry entry : file.entries().values()) {
          Map<String, Object> one = new LinkedHashMap<>();
          array(entry, one);
          arrays.put(entry.name(), one);
        }
        found.put("arrays", arrays);
      }
      if (!file.texts().isEmpty()) {
        found.put("texts", file.texts());
      }
    }
    return found;
  }

  private static void array(DataFile.Entry entry, Map<String, Object> into) throws IOException {
    into.put("type", entry.dtype().toString());
    into.put("shape", Arrays.toString(entry.shape()));
    if (entry.dtype().hasNumbers()) {
      numbers(entry.tensor(), into);
    }
  }

  private static void numbers(Tensor tensor, Map<String, Object> into) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long notFinite = 0;
    boolean mayBeLabels = tensor.shape().length == 1 && tensor.elements() > 1;
    Map<Double, Integer> counts = new TreeMap<>();
    for (long i = 0; i < tensor.elements(); i++) {
      double x = tensor.get(i);
      if (!Double.isFinite(x)) {
        notFinite++;
        continue;
      }
      least = Math.min(least, x);
      most = Math.max(most, x);
      sum += x;
      if (mayBeLabels) {
        counts.merge(x, 1, Integer::sum);
        mayBeLabels = x >= 0 && x == Math.rint(x) && counts.size() <= MOST_CLASSES;
      }
    }
    long finite = tensor.elements() - notFinite;
    if (finite > 0) {
      into.put("least", least);
      into.put("mean", sum / finite);
      into.put("most", most);
    }
    if (notFinite > 0) {
      into.put("not finite", notFinite);
    }
    if (mayBeLabels && counts.size() < tensor.elements() / 2) {
      Map<String, Object> named = new LinkedHashMap<>();
      counts.forEach((label, count) -> named.put(String.valueOf(Math.round(label)), count));
      into.put("counts", named);
    }
  }

  private static void table(Table table, Map<String, Object> into) {
    into.put("rows", table.rows());
    into.put("columns", table.columns().size());
    Map<String, Object> first = new LinkedHashMap<>();
    table.columns().stream()
        .limit(20)
        .forEach(column ->
            first.put(
                column.name(),
                column.nominal() ? String.join(", ", column.categories()) : "numbers"));
    into.put(table.columns().size() > 20 ? "first columns" : "names", first);
  }
}
