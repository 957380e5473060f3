package ijen.report;

import ijen.recipe.Claim;
import ijen.recipe.Study;
import ijen.run.RunFolder;
import ijen.study.StudyResult;
import ijen.study.VariantResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that the report of a study says, as plain data.
///
/// @param result what came out
/// @param byName the trainings of each variant, by its name, in the study's order
/// @param commands how to train each variant's first seed alone, word by word
/// @param environment where the first training ran
record StudyData(
    StudyResult result,
    Map<String, Trainings> byName,
    List<List<String>> commands,
    Map<String, @Nullable Object> environment) {
  static StudyData read(StudyResult result) throws IOException {
    Map<String, Trainings> byName = new LinkedHashMap<>();
    List<List<String>> commands = new ArrayList<>();
    for (VariantResult variant : result.variants()) {
      byName.put(variant.variant().name(), Trainings.of(variant));
      commands.add(RunReport.read(variant.runs().getFirst().folder()).command());
    }
    Map<String, @Nullable Object> environment = new LinkedHashMap<>();
    RunFolder first = result.variants().getFirst().runs().getFirst().folder();
    first.readEnvironment().ifPresent(json -> environment.putAll(json.asMap()));
    return new StudyData(result, byName, commands, environment);
  }

  Study study() {
    return result.study();
  }

  String title() {
    return study().title().isEmpty() ? study().name() : study().title();
  }

  /// The trainings of all variants.
  List<Trainings> all() {
    return List.copyOf(byName.values());
  }

  /// Whether there is more than one variant.
  boolean isSeveral() {
    return byName.size() > 1;
  }

  /// The trainings that came out best, if any can be said to.
  Optional<Trainings> best() {
    return StudyFigures.best(all());
  }

  /// What is claimed of each variant, in their order.
  List<List<Claim>> claims() {
    return byName.keySet().stream()
        .map(name ->
            study().claims().stream().filter(claim -> claim.variant().equals(name)).toList())
        .toList();
  }

  /// The trainings that a claim is about.
  Trainings of(Claim claim) {
    Trainings trainings = byName.get(claim.variant());
    if (trainings == null) {
      throw new IllegalArgumentException("no variant '" + claim.variant() + "'");
    }
    return trainings;
  }
}
