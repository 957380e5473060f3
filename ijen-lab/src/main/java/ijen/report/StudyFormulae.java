package ijen.report;

import ijen.plot.Digits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a study computes, of which samples: formulae that its trainings share are there once.
final class StudyFormulae {
  private StudyFormulae() {}

  static Html of(StudyData data) {
    Html html = new Html();
    samples(data).ifPresent(html::paragraph);
    html.paragraph(
        "With the parameters θ, the network's output z, or a behind its last activation, the target"
            + " y or the number c of the true class, and the step t:");
    Map<List<String>, List<Trainings>> byRule = new LinkedHashMap<>();
    for (Trainings one : data.all()) {
      byRule.computeIfAbsent(Formulas.of(one.settings()), rule -> new ArrayList<>()).add(one);
    }
    byRule.forEach((rule, some) -> {
      if (byRule.size() > 1) {
        html.paragraph(String.join("; ", some.stream().map(Trainings::name).toList()) + ":");
      }
      List<String> lines = new ArrayList<>(rule);
      lines.addAll(values(some));
      html.markup("<pre tabindex=\"0\">" + Html.escape(String.join("\n", lines)) + "</pre>\n");
    });
    return html;
  }

  /// What the letters stand for: once, or for each training where it is not the same.
  private static List<String> values(List<Trainings> some) {
    List<String> values = some.stream().map(one -> Formulas.values(one.settings())).toList();
    if (values.stream().distinct().count() == 1) {
      return values.subList(0, 1);
    }
    return some.stream().map(one -> one.name() + ": " + Formulas.values(one.settings())).toList();
  }

  /// What is learnt from and measured on, as the first run's environment says.
  private static Optional<String> samples(StudyData data) {
    if (!(data.environment().get("data") instanceof Map<?, ?> parts)) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    parts.forEach((part, what) -> {
      if (what instanceof Map<?, ?> map && map.get("samples") instanceof Long samples) {
        words.add(
            "%s: %s, %s samples (SHA-256 begins %.16s)"
                .formatted(part, map.get("name"), Digits.count(samples), map.get("sha256")));
      }
    });
    return Optional.of("Data. " + String.join("; ", words) + ".");
  }
}
