package ijen.study;

import ijen.recipe.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a study came to.
///
/// @param study what was asked
/// @param folder where its runs are
/// @param variants what the trainings came to, in the study's order
/// @param seconds how long all of it took, by the clock
public record StudyResult(Study study, Path folder, List<VariantResult> variants, double seconds) {
  public StudyResult {
    variants = List.copyOf(variants);
  }

  /// The variant of that name.
  public VariantResult variant(String name) {
    return variants.stream()
        .filter(result -> result.variant().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no variant '" + name + "'"));
  }

  /// Each claim beside what was measured.
  public List<Judgement> judgements() {
    return study.claims().stream()
        .map(claim -> {
          VariantResult variant = variant(claim.variant());
          return new Judgement(claim, variant.measure(claim.measure()), variant.diverged());
        })
        .toList();
  }

  /// Whether every claim holds.
  public boolean holds() {
    return judgements().stream().allMatch(Judgement::holds);
  }

  /// For a program to read.
  public Map<String, Object> describe() {
    Map<String, Object> content = new LinkedHashMap<>(study.describe());
    content.put("folder", folder.toString());
    content.put("seconds", seconds);
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Judgement judgement : judgements()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("variant", judgement.claim().variant());
      line.put("measure", judgement.claim().measure().toString());
      judgement.claim().published().ifPresent(value -> line.put("published", value));
      line.put("expected", judgement.claim().expectation().toString());
      line.put("measured", judgement.measured().values());
      line.put("mean", judgement.measured().mean());
      line.put("sd", judgement.measured().sd());
      line.put("verdict", judgement.verdict());
      line.put("holds", judgement.holds());
      lines.add(line);
    }
    content.put("claims", lines);
    content.put("holds", holds());
    return content;
  }
}
