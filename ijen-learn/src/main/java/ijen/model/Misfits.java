package ijen.model;

import ijen.format.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tensors that did not find their place, and the places without, as a table.
final class Misfits {
  private static final String NONE = "—";

  /// One line: what was expected, what is there, what is wrong.
  private record Row(String expected, String got, String problem) {}

  private final List<Row> rows = new ArrayList<>();
  private int fitting;

  /// Compares the tensors of a layer with those of the layer in the file that it belongs to, if
  /// any.
  void compare(TensorGroup place, @Nullable TensorGroup group) {
    TreeSet<String> roles = new TreeSet<>(place.tensors().keySet());
    if (group != null) {
      roles.addAll(group.tensors().keySet());
    }
    for (String role : roles.descendingSet()) { // weight before bias
      TensorGroup.@Nullable One expected = place.find(role);
      TensorGroup.@Nullable One got = group == null ? null : group.find(role);
      if (expected != null && got != null && expected.shape().equals(got.shape())) {
        fitting++;
      } else {
        String problem =
            got == null
                ? "missing"
                : expected == null
                    ? "unexpected"
                    : got.shape().endsWith(expected.shape()) ? "another type" : "another shape";
        add(expected, got, problem);
      }
    }
  }

  /// Takes down that all tensors of a layer in the file have no place.
  void unexpected(TensorGroup group) {
    group.tensors().values().forEach(one -> add(null, one, "unexpected"));
  }

  private void add(
      TensorGroup.@Nullable One expected, TensorGroup.@Nullable One got, String problem) {
    rows.add(
        new Row(
            expected == null ? NONE : expected.toString(),
            got == null ? NONE : shown(got.toString()),
            problem));
  }

  /// Whether all fit.
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// All misfits side by side.
  String table() {
    int expected = "expected".length();
    int got = "in the file".length();
    for (Row row : rows) {
      expected = Math.max(expected, row.expected.length());
      got = Math.max(got, row.got.length());
    }
    String line = "\n  %-" + expected + "s  %-" + got + "s  %s";
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%d of the tensors do not fit the network, %d do: expected the same layers in the same"
                + " order",
            rows.size(),
            fitting));
    table.append(String.format(Locale.ROOT, line, "expected", "in the file", ""));
    for (Row row : rows) {
      table.append(String.format(Locale.ROOT, line, row.expected, row.got, row.problem));
    }
    return table.toString().replaceAll(" +(?=\n|$)", "");
  }

  /// A text from a file, fit for a message: on one line and not long.
  static String shown(String text) {
    return Excerpt.of(text, 100);
  }
}
