package ijen.bench;

import ijen.bench.peer.Answer;
import ijen.bench.peer.Child;
import ijen.bench.peer.Library;
import ijen.bench.peer.Loader;
import ijen.bench.peer.Participants;
import ijen.bench.report.LoadingTimes;
import ijen.bench.workload.LoadedFormat;
import ijen.data.DataException;
import ijen.data.FileCheck;
import ijen.data.Mnist;
import ijen.data.Options;
import ijen.data.TrainTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Measures how long it takes from files to the first batch: a process for each participant, format
/// and repetition, one at a time.
final class Loading {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PASSES = 9;

  private final Path folder;
  private final Participants participants;
  private final int repetitions;
  private final double warmup;

  /// @param folder where files may be left for as long as they are measured
  /// @param warmup the seconds for which each process loads before that is timed
  Loading(Path folder, Participants participants, int repetitions, double warmup) {
    this.folder = folder;
    this.participants = participants;
    this.repetitions = repetitions;
    this.warmup = warmup;
  }

  /// Measures.
  ///
  /// @throws DataException if MNIST's files cannot be found, read or downloaded
  LoadingTimes measure(Options options, Bench.Progress progress) throws IOException {
    return measure(Mnist.open(options), published(options), progress);
  }

  /// Measures other data of the same kind; where the published files are not, they are written.
  LoadingTimes measure(TrainTest data, Path published, Bench.Progress progress) throws IOException {
    List<Loader> loaders = participants.loaders();
    List<Loaded> loaded = new ArrayList<>();
    for (LoadedFormat format : LoadedFormat.values()) {
      List<Figures> figures = loaders.stream().map(Figures::new).toList();
      loaded.add(new Loaded(format, format.place(data, published, folder), figures));
    }
    Set<String> failures = new TreeSet<>();
    Set<String> absent = new TreeSet<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (Loaded what : loaded) {
        for (int i = 0; i < loaders.size(); i++) {
          Figures who = what.figures.get((i + repetition) % loaders.size()); // in turn the first
          String title =
              "[%d/%d] loading %s  %s"
                  .formatted(
                      repetition + 1,
                      repetitions,
                      what.format.title(),
                      who.loader.library().title());
          progress.begins(title);
          progress.ended(title + ": " + one(what, who, isOwn(who) ? failures : absent));
        }
      }
    }
    List<LoadingTimes.Row> rows = new ArrayList<>();
    for (Loaded what : loaded) {
      long bytes = LoadedFormat.bytes(what.place);
      what.figures.stream()
          .filter(who -> !who.answers.isEmpty())
          .forEach(who -> rows.add(who.row(what.format, bytes)));
    }
    return new LoadingTimes(rows, List.copyOf(absent), List.copyOf(failures));
  }

  /// The folder of the four files.
  private static Path published(Options options) {
    return Mnist.verify(options).stream()
        .map(FileCheck::path)
        .flatMap(Optional::stream)
        .findFirst()
        .map(Path::toAbsolutePath)
        .map(Path::getParent)
        .orElseThrow();
  }

  private static boolean isOwn(Figures figures) {
    return figures.loader.library() == Library.IJEN;
  }

  private String one(Loaded what, Figures who, Set<String> failures) {
    List<String> words =
        List.of(
            "format=" + what.format.word(),
            "data=" + what.place,
            "warmup=" + warmup,
            "passes=" + PASSES);
    try {
      Answer answer = who.loader.run(words, PATIENCE);
      who.answers.add(answer);
      return String.format(
          Locale.ROOT, "%.0f ms, warm %.1f ms", 1e3 * first(answer), 1e3 * warm(answer));
    } catch (Child.FailedException e) {
      failures.add(
          "loading %s: %s: %s"
              .formatted(what.format.title(), who.loader.library().title(), e.getMessage()));
      return String.valueOf(e.getMessage());
    }
  }

  private static double first(Answer answer) {
    return answer.evaluations().getOrDefault("first", Double.NaN);
  }

  private static double warm(Answer answer) {
    return answer.evaluations().getOrDefault("warm", Double.NaN);
  }

  /// What is loaded, and who does it.
  private record Loaded(LoadedFormat format, Path place, List<Figures> figures) {}

  /// The answers of one participant for one format.
  private record Figures(Loader loader, List<Answer> answers) {
    Figures(Loader loader) {
      this(loader, new ArrayList<>());
    }

    LoadingTimes.Row row(LoadedFormat format, long bytes) {
      return new LoadingTimes.Row(
          format,
          bytes,
          loader.library().title() + " " + answers.getFirst().version(),
          isOwn(this),
          answers.stream().map(Loading::first).toList(),
          answers.stream().map(Loading::warm).toList(),
          answers.stream().map(Answer::test).toList());
    }
  }
}
