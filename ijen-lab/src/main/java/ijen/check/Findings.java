package ijen.check;

import ijen.check.SanityReport.Finding;
import ijen.check.SanityReport.Level;
import java.util.ArrayList;
import java.util.List;

/// Findings as they come up. What has been said is not said again: what is found before the trial
/// is often there after it.
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void add(String check, Level level, String words) {
    add(new Finding(check, level, words));
  }

  void add(Finding finding) {
    if (all.stream().noneMatch(f -> f.words().equals(finding.words()))) {
      all.add(finding);
    }
  }

  /// Whether a check whose name begins so has found something.
  boolean has(String check) {
    return all.stream().anyMatch(f -> f.check().startsWith(check));
  }

  List<Finding> list() {
    return List.copyOf(all);
  }
}
