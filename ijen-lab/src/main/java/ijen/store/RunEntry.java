package ijen.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a run without looking into its folder.
///
/// @param id its folder, below that of all runs: [ijen.run.RunStore#id]
/// @param label the part of its name after the moment
/// @param study the folder of the study that it belongs to; empty for none
/// @param created when it was made, as its name says
/// @param status `running`, `interrupted`, `finished` or `failed`; `damaged` if its files cannot be
///   read
/// @param title what it is about; of a damaged run, what is wrong with it
/// @param command the words that repeat it, joined by spaces
/// @param epochs how many are done
/// @param config its `config.json` on one line; null if it is damaged
/// @param result its `result.json` on one line, without images and tables; null until it has ended
/// @param scores what it came to so far, by names such as `test.accuracy`
/// @param tags the words that people gave it, sorted
/// @param note what people wrote about it; empty for nothing
public record RunEntry(
    String id,
    String label,
    String study,
    @Nullable Instant created,
    String status,
    String title,
    String command,
    int epochs,
    @Nullable String config,
    @Nullable String result,
    Map<String, Double> scores,
    List<String> tags,
    String note) {
  /// The status of a run whose files cannot be read.
  public static final String DAMAGED = "damaged";

  public RunEntry {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    tags = List.copyOf(tags);
  }

  /// The same with what people added.
  public RunEntry with(List<String> tags, String note) {
    return new RunEntry(
        id, label, study, created, status, title, command, epochs, config, result, scores, tags,
        note);
  }
}
