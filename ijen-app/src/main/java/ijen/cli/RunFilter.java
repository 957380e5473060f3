package ijen.cli;

import ijen.recipe.Nearest;
import ijen.recipe.Setting;
import ijen.run.RunStatus;
import ijen.store.Condition;
import ijen.store.RunEntry;
import ijen.store.RunValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which runs, and in which order.
final class RunFilter {
  private static final List<String> STATES =
      Stream.concat(
              Arrays.stream(RunStatus.values()).map(RunStatus::toString),
              Stream.of(RunEntry.DAMAGED))
          .toList();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "only runs that have this tag; of several, all")
  List<String> tags = List.of();

  @Option(names = "--data", paramLabel = "NAME", description = "only runs on these data")
  @Nullable String data;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "only runs that are running, interrupted, finished, failed or damaged")
  @Nullable String status;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "only runs that meet this, with = != < <= > or >= between a setting or a score and a"
              + " value: 'lr=0.1', 'test.accuracy>0.9'; of several, all")
  List<String> conditions = List.of();

  @Option(
      names = "--study",
      paramLabel = "STUDY",
      description = "the runs of this study, by its folder or the beginning of that, or of 'all'")
  @Nullable String study;

  @Option(
      names = "--sort",
      paramLabel = "NAME",
      description = "by a setting or a score, the smallest first; otherwise the newest first")
  @Nullable String sort;

  @Option(names = "--descending", description = "with --sort, the largest first")
  boolean descending;

  /// Whether the question is one that folders cannot answer.
  boolean needsDatabase() {
    return !tags.isEmpty();
  }

  /// Those of the runs that are meant, in order.
  ///
  /// @param ofStore the study whose store was asked for; empty for none
  List<RunEntry> apply(List<RunEntry> all, String ofStore) {
    List<Condition> wanted = parsed();
    if (status != null && !STATES.contains(status)) {
      throw new UsageException(
          "--status: expected one of %s, got '%s'%s"
              .formatted(String.join(", ", STATES), status, Nearest.hint(status, STATES)));
    }
    if (descending && sort == null) {
      throw new UsageException("--descending: expected --sort with it, got none");
    }
    List<RunEntry> runs = all.stream().filter(run -> isMeant(run, ofStore)).toList();
    if (wanted.isEmpty() && sort == null) {
      return runs;
    }
    Map<RunEntry, RunValues> values = new LinkedHashMap<>();
    runs.forEach(run -> values.put(run, RunValues.of(run)));
    wanted.forEach(condition -> requireKnown(condition.key(), values));
    List<Map.Entry<RunEntry, RunValues>> chosen = new ArrayList<>(values.entrySet());
    chosen.removeIf(run -> !wanted.stream().allMatch(condition -> condition.holds(run.getValue())));
    if (sort != null) {
      String key = sort;
      requireKnown(key, values);
      chosen.sort(Comparator.comparing(run -> run.getValue().get(key), order()));
    }
    return chosen.stream().map(Map.Entry::getKey).toList();
  }

  private List<Condition> parsed() {
    List<Condition> parsed = new ArrayList<>();
    try {
      conditions.forEach(condition -> parsed.add(Condition.parse(condition)));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--where " + e.getMessage());
    }
    if (data != null) {
      parsed.add(new Condition(Setting.DATA.key(), Condition.Relation.EQUAL, data));
    }
    return parsed;
  }

  private boolean isMeant(RunEntry run, String ofStore) {
    String wanted = study == null ? ofStore : study;
    boolean inStudy =
        wanted.isEmpty()
            ? run.study().isEmpty()
            : wanted.equals("all") || (!run.study().isEmpty() && run.study().startsWith(wanted));
    return inStudy
        && run.tags().containsAll(tags)
        && (status == null || run.status().equals(status));
  }

  /// A name that no run has is a slip of the pen.
  private static void requireKnown(String key, Map<RunEntry, RunValues> values) {
    if (values.isEmpty() || Setting.of(key).isPresent()) {
      return;
    }
    TreeSet<String> known = new TreeSet<>(Setting.keys());
    for (RunValues has : values.values()) {
      if (has.get(key).isPresent()) {
        return;
      }
      known.addAll(has.outcome().keySet());
    }
    throw new UsageException(
        "'"
            + key
            + "': no run has a setting or a score of this name"
            + Nearest.hint(key, List.copyOf(known)));
  }

  /// Numbers by size, then texts, then runs that have no such value, whichever way round.
  private Comparator<Optional<String>> order() {
    Comparator<String> values =
        Comparator.comparing(
                (String text) -> Condition.number(text).isEmpty()) // numbers before texts
            .thenComparing(RunFilter::byValue);
    Comparator<String> directed = descending ? values.reversed() : values;
    return (one, other) -> {
      boolean none = one.isEmpty() || one.get().equals("NaN");
      boolean noOther = other.isEmpty() || other.get().equals("NaN");
      return none || noOther
          ? Boolean.compare(none, noOther)
          : directed.compare(one.get(), other.get());
    };
  }

  private static int byValue(String one, String other) {
    OptionalDouble number = Condition.number(one);
    return number.isPresent()
        ? Double.compare(number.getAsDouble(), Condition.number(other).getAsDouble())
        : one.compareTo(other);
  }
}
