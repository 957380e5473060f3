package ijen.report;

import ijen.metric.Replicates;
import ijen.recipe.Measure;
import ijen.recipe.Setting;
import ijen.run.RunFolder;
import ijen.study.SeedRun;
import ijen.study.VariantResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Trainings that differ in their seed alone, under the name that figures and tables have for them.
///
/// @param name what they are called
/// @param settings what they have in common, as in `config.json`
/// @param runs one for each seed, 1 or more
public record Trainings(String name, Map<String, @Nullable Object> settings, List<SeedRun> runs) {
  /// What two runs may differ in and still be the same training from another seed.
  private static final List<String> NO_MATTER =
      List.of(
          "title",
          "command",
          Setting.SEED.key(),
          Setting.THREADS.key(),
          Setting.NAME.key(),
          Setting.CHECKPOINT_EVERY.key());

  public Trainings {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    runs = List.copyOf(runs);
  }

  static Trainings of(VariantResult result) throws IOException {
    RunFolder first = result.runs().getFirst().folder();
    return new Trainings(result.variant().toString(), settings(first), result.runs());
  }

  /// What a run was asked for, but for what does not matter.
  static Map<String, @Nullable Object> settings(RunFolder run) throws IOException {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    settings.putAll(run.readConfig().asMap());
    settings.keySet().removeAll(NO_MATTER);
    return settings;
  }

  /// A setting as text; empty where it is not there.
  String setting(Setting setting) {
    return Settings.flat(settings).getOrDefault(setting.key(), "");
  }

  /// The loss that their numbers are of: the one that is measured by, or else the one trained by.
  String reportedLoss() {
    String measured = setting(Setting.MEASURED_LOSS);
    return measured.isEmpty() ? setting(Setting.LOSS) : measured;
  }

  /// What they came to, seed by seed.
  public Replicates measure(Measure measure) {
    return new Replicates(runs.stream().map(run -> run.measure(measure)).toList());
  }

  /// What that is in words, `0.8570 ± 0.0030`, or why there is no such number.
  public String text(Measure measure) {
    Replicates measured = measure(measure);
    return measured.isFinite() ? Numbers.mean(measure, measured) : lacking();
  }

  /// What stands in place of a number that not all of them have.
  String lacking() {
    long diverged = runs.stream().filter(SeedRun::diverged).count();
    return diverged == 0
        ? Settings.NONE
        : diverged == runs.size()
            ? "diverged"
            : "%d of %d diverged".formatted(diverged, runs.size());
  }

  /// Whether all of them have it.
  boolean has(Measure measure) {
    return measure(measure).isFinite();
  }

  /// What these came to minus what `other` did, for each seed that both have and ended from; empty
  /// if there is none.
  public Optional<Replicates> minus(Trainings other, Measure measure) {
    List<Double> differences = new ArrayList<>();
    for (SeedRun mine : runs) {
      other.runs.stream()
          .filter(run -> run.seed() == mine.seed())
          .findFirst()
          .map(run -> mine.measure(measure) - run.measure(measure))
          .filter(Double::isFinite)
          .ifPresent(differences::add);
    }
    return differences.isEmpty() ? Optional.empty() : Optional.of(new Replicates(differences));
  }

  /// The names of the settings in which these and `other` differ.
  List<String> differing(Trainings other) {
    return differing(List.of(this, other));
  }

  /// The names of the settings that are not the same in all.
  static List<String> differing(List<Trainings> all) {
    Map<String, String> first = Settings.flat(all.getFirst().settings);
    List<String> names = new ArrayList<>();
    for (Trainings one : all) {
      for (String name : Settings.flat(one.settings).keySet()) {
        if (!names.contains(name)
            && all.stream()
                .anyMatch(other ->
                    !Objects.equals(Settings.flat(other.settings).get(name), first.get(name)))) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /// Their seeds: `1–5`, or `1, 3, 7`.
  public String seeds() {
    List<Long> seeds = runs.stream().map(SeedRun::seed).sorted().toList();
    boolean dense = seeds.getLast() - seeds.getFirst() == seeds.size() - 1 && seeds.size() > 2;
    return dense
        ? seeds.getFirst() + "–" + seeds.getLast()
        : String.join(", ", seeds.stream().map(String::valueOf).toList());
  }
}
