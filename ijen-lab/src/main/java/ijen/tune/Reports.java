package ijen.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a trial has reported so far.
///
/// @param list one for each step, steps ascending
public record Reports(List<Report> list) {
  /// Nothing yet.
  public static final Reports NONE = new Reports(List.of());

  public Reports {
    list = List.copyOf(list);
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i).step() <= list.get(i - 1).step()) {
        throw new IllegalArgumentException(
            "report: expected a step after " + list.get(i - 1).step() + ", got " + list.get(i));
      }
    }
  }

  /// These and one more.
  ///
  /// @throws IllegalArgumentException unless its step is after all others
  public Reports and(int step, double value) {
    List<Report> more = new ArrayList<>(list);
    more.add(new Report(step, value));
    return new Reports(more);
  }

  /// Those up to a step, which is included.
  public Reports upTo(int step) {
    return lastStep() <= step
        ? this
        : new Reports(list.stream().filter(report -> report.step() <= step).toList());
  }

  /// The last step; −1 if there is none.
  public int lastStep() {
    return list.isEmpty() ? -1 : list.getLast().step();
  }

  /// The first report at or after a step.
  public Optional<Report> from(int step) {
    return list.stream().filter(report -> report.step() >= step).findFirst();
  }

  /// The report at exactly that step.
  public Optional<Report> at(int step) {
    return from(step).filter(report -> report.step() == step);
  }

  /// The last one.
  public Optional<Report> last() {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.getLast());
  }
}
