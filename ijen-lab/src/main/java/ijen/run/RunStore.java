package ijen.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A folder of runs, each a folder of its own; there is no index that could disagree with them.
///
/// A run is named after the moment it was made (UTC) and a label, `20261121-093000-mnist`, with
/// `-2`, `-3` behind when that is taken. Sorted by name, runs are sorted by age.
///
/// Any number of processes may use the same folder.
public final class RunStore {
  /// The environment variable that says where runs are kept.
  public static final String VARIABLE = "IJEN_RUNS";

  private static final Pattern NAME = Pattern.compile("(\\d{8}-\\d{6})-(.+?)(?:-(\\d{1,6}))?");
  private static final int LONGEST_LABEL = 60;
  private static final int MOST_SUGGESTIONS = 5;

  /// The letters that say the day: runs of the same day are worth a suggestion.
  private static final int DAY_LENGTH = 8;

  private final Path root;
  private final InstantSource clock;

  private RunStore(Path root, InstantSource clock) {
    this.root = root;
    this.clock = clock;
  }

  /// The runs in a folder, which is made with the first of them.
  public static RunStore at(Path root) {
    return new RunStore(root, InstantSource.system());
  }

  /// The usual place: where `IJEN_RUNS` points to, otherwise `runs` in the working directory.
  public static RunStore usual() {
    return at(usualRoot(System.getenv(VARIABLE)));
  }

  static Path usualRoot(@Nullable String variable) {
    return Path.of(variable == null || variable.isBlank() ? "runs" : variable);
  }

  /// This store with another clock to name runs by.
  public RunStore withClock(InstantSource clock) {
    return new RunStore(root, clock);
  }

  public Path root() {
    return root;
  }

  /// Makes a store of its own inside this one, for runs that belong together: a folder of a name
  /// like a run's, in the folder `studies`.
  public RunStore within(String label) throws IOException {
    RunFolder folder = at(root.resolve("studies")).withClock(clock).unprepared(label);
    return at(folder.path()).withClock(clock);
  }

  /// Makes the folder of a new run. What a file name should not hold becomes a hyphen in the label.
  ///
  /// However many processes do so at once, each gets a folder of its own.
  public RunFolder create(String label) throws IOException {
    RunFolder run = unprepared(label);
    run.prepare();
    return run;
  }

  private RunFolder unprepared(String label) throws IOException {
    Files.createDirectories(root);
    String name = RunFolder.stamp(clock.instant()) + "-" + fileName(label);
    for (int copy = 1; ; copy++) {
      try {
        Path path = Files.createDirectory(root.resolve(copy == 1 ? name : name + "-" + copy));
        return RunFolder.at(path);
      } catch (FileAlreadyExistsException taken) {
        if (copy == 10_000) {
          throw taken; // no clock stands still for so long
        }
      }
    }
  }

  /// All runs, the newest first; none if the folder does not exist. Folders with other names are no
  /// runs.
  public List<RunFolder> list() throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
        for (Path entry : entries) {
          RunFolder run = RunFolder.at(entry);
          if (NAME.matcher(run.id()).matches() && Files.isDirectory(entry)) {
            runs.add(run);
          }
        }
      }
    }
    runs.sort(BY_AGE.reversed());
    return runs;
  }

  /// The newest run that has a configuration: a folder without one is what a process left that was
  /// killed before it began.
  public Optional<RunFolder> latest() throws IOException {
    return list().stream().filter(RunFolder::isRun).findFirst();
  }

  /// The run that is meant by its name, by the beginning of its name if only one begins so, or by
  /// the path of its folder, inside this store or elsewhere.
  ///
  /// @throws IllegalArgumentException if there is none, or more than one; the message names
  ///   candidates
  public RunFolder find(String run) throws IOException {
    if (run.isBlank()) {
      throw new IllegalArgumentException("run: expected a name, the beginning of one, or a path");
    }
    List<RunFolder> all = list();
    List<RunFolder> matches = new ArrayList<>();
    for (RunFolder candidate : all) {
      if (candidate.id().equals(run)) {
        return candidate;
      }
      if (candidate.id().startsWith(run)) {
        matches.add(candidate);
      }
    }
    if (matches.size() == 1) {
      return matches.getFirst();
    }
    if (matches.size() > 1) {
      throw new IllegalArgumentException(
          "run '%s': %s runs begin so: %s. Give more of the name."
              .formatted(run, matches.size(), names(matches)));
    }
    Optional<RunFolder> byPath = byPath(run);
    if (byPath.isPresent()) {
      return byPath.get();
    }
    throw new IllegalArgumentException(none(run, all));
  }

  private static Optional<RunFolder> byPath(String run) {
    Path path;
    try {
      path = Path.of(run);
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
    RunFolder folder = RunFolder.at(path);
    if (Files.isDirectory(path) && folder.isRun()) {
      return Optional.of(folder);
    }
    boolean clearlyPath = run.contains("/") || run.contains(File.separator);
    if (clearlyPath && Files.exists(path)) {
      throw new IllegalArgumentException(
          "run '%s': expected the folder of a run, with config.json in it".formatted(run));
    }
    return Optional.empty();
  }

  private String none(String run, List<RunFolder> all) {
    String problem = "run '%s': there is none of this name in %s".formatted(run, root);
    if (all.isEmpty()) {
      return problem + ", which holds no runs; " + VARIABLE + " can point to another folder";
    }
    List<RunFolder> similar =
        all.stream()
            .filter(candidate -> candidate.id().contains(run))
            .limit(MOST_SUGGESTIONS)
            .toList();
    if (similar.isEmpty()) {
      int most = all.stream().mapToInt(candidate -> inCommon(run, candidate.id())).max().orElse(0);
      similar =
          all.stream()
              .filter(candidate -> most >= DAY_LENGTH && inCommon(run, candidate.id()) == most)
              .limit(MOST_SUGGESTIONS)
              .toList();
    }
    return similar.isEmpty()
        ? problem + "; the newest is " + all.getFirst()
        : problem + "; did you mean " + names(similar) + "?";
  }

  private static String names(List<RunFolder> runs) {
    String names =
        String.join(", ", runs.stream().limit(MOST_SUGGESTIONS).map(RunFolder::id).toList());
    return runs.size() > MOST_SUGGESTIONS ? names + ", …" : names;
  }

  private static String fileName(String label) {
    String name =
        label
            .replaceAll("[^A-Za-z0-9._]+", "-")
            .replaceAll("^[-.]+|[-.]+$", "")
            .replaceAll("-+", "-");
    if (name.length() > LONGEST_LABEL) {
      name = name.substring(0, LONGEST_LABEL).replaceAll("[-.]+$", "");
    }
    return name.isEmpty() ? "run" : name;
  }

  /// Moment, then label, then copy: as a number, for `-10` is younger than `-2`.
  private static final Comparator<RunFolder> BY_AGE =
      Comparator.comparing((RunFolder run) -> part(run, 1))
          .thenComparing(run -> part(run, 2))
          .thenComparingInt(run -> part(run, 3).isEmpty() ? 1 : Integer.parseInt(part(run, 3)))
          .thenComparing(RunFolder::id);

  private static String part(RunFolder run, int group) {
    Matcher matcher = NAME.matcher(run.id());
    String part = matcher.matches() ? matcher.group(group) : null;
    return part == null ? "" : part;
  }

  /// How many letters two names have in common before they part.
  private static int inCommon(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }
}
