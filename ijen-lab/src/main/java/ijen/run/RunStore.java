package ijen.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A folder of runs, each a folder of its own, which are the record of what happened. Where runs
/// are looked for is a database beside them ([#databaseFile()]), made from the folders and brought
/// up to date with them by `ijen.store`.
///
/// A run is named after the moment it was made (UTC) and a label, `20261121-093000-mnist`, with
/// `-2`, `-3` behind when that is taken. Sorted by name, runs are sorted by age.
///
/// Any number of processes may use the same folder.
public final class RunStore {
  /// The environment variable that says where runs are kept.
  public static final String VARIABLE = "IJEN_RUNS";

  private static final String STUDIES = "studies";
  private static final Pattern NAME = Pattern.compile("(\\d{8}-\\d{6})-(.+?)(?:-(\\d{1,6}))?");
  private static final int LONGEST_LABEL = 60;
  private static final int MOST_SUGGESTIONS = 5;

  /// The letters that say the day: runs of the same day are worth a suggestion.
  private static final int DAY_LENGTH = 8;

  private final Path root;
  private final Path home;
  private final Path base; // the same, absolute
  private final InstantSource clock;

  private RunStore(Path root, InstantSource clock) {
    this.root = root;
    this.home = home(root);
    this.base = home.toAbsolutePath().normalize();
    this.clock = clock;
  }

  /// A study's own folder, `studies/20261121-093000-depth`, belongs to the runs that `studies` is
  /// among.
  private static Path home(Path root) {
    Path study = root.toAbsolutePath().normalize();
    Path studies = study.getParent();
    if (studies == null
        || !studies.endsWith(STUDIES)
        || !NAME.matcher(String.valueOf(study.getFileName())).matches()) {
      return root;
    }
    Path above = studies.getParent();
    return above == null ? root : above;
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

  /// The store that a run's folder lies in; empty for a folder that was named by hand.
  public static Optional<RunStore> holding(RunFolder run) {
    Path above = run.path().toAbsolutePath().normalize().getParent();
    return above == null || !NAME.matcher(run.id()).matches()
        ? Optional.empty()
        : Optional.of(at(above));
  }

  /// The folder of all runs: the root, or for a study's own store the folder that holds `studies`.
  public Path home() {
    return home;
  }

  /// The database in which runs are looked for, one for a folder of runs and all studies in it.
  public Path databaseFile() {
    return home.resolve("runs.db");
  }

  /// What tells a run apart from all others of [#home()]: its folder's name, after `studies/STUDY/`
  /// for a study's run.
  ///
  /// @throws IllegalArgumentException if the folder is no such place
  public String id(RunFolder run) {
    Path path = run.path().toAbsolutePath().normalize();
    String id = path.startsWith(base) ? slashes(base.relativize(path)) : path.toString();
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "run %s: expected a folder of a run's name in %s, got %s"
              .formatted(run.id(), home, run.path()));
    }
    return id;
  }

  private static String slashes(Path path) {
    return path.toString().replace(File.separatorChar, '/');
  }

  /// Whether a text can be a run's [#id]: nothing else leads to a folder.
  public static boolean isId(String text) {
    String[] names = text.split("/", -1);
    return switch (names.length) {
      case 1 -> isName(names[0]);
      case 3 -> names[0].equals(STUDIES) && isName(names[1]) && isName(names[2]);
      default -> false;
    };
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches()
        && text.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
  }

  /// The run of that [#id], whose folder need not exist.
  ///
  /// @throws IllegalArgumentException if it is no such text
  public RunFolder folder(String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "run '%s': expected a name such as 20261121-093000-mnist".formatted(id));
    }
    return RunFolder.at(home.resolve(id));
  }

  /// Deletes a run's folder with all that is in it. What symbolic links in it lead to stays.
  ///
  /// @throws IllegalArgumentException if it is not the folder of a run right in this store or one
  ///   of its studies, or is a symbolic link
  /// @throws IOException if a process works on it, or something cannot be deleted
  public void delete(RunFolder run) throws IOException {
    Removal.of(run, home, id(run));
  }

  /// Makes a store of its own inside this one, for runs that belong together: a folder of a name
  /// like a run's, in the folder `studies`.
  public RunStore within(String label) throws IOException {
    RunFolder folder = at(root.resolve(STUDIES)).withClock(clock).unprepared(label);
    return at(folder.path()).withClock(clock);
  }

  /// The stores that [#within] has made for a label, here or in [#home()], and perhaps some of
  /// labels that begin like it.
  public List<RunStore> studies(String label) throws IOException {
    String name = fileName(label);
    return sorted(runsIn(home.resolve(STUDIES))).stream()
        .filter(folder -> folder.label().startsWith(name))
        .map(folder -> at(folder.path()).withClock(clock))
        .toList();
  }

  /// Takes this store for this process, until the claim is closed or the process ends. Runs can be
  /// made in it all the same: it is for who works on a study as a whole.
  ///
  /// @throws IOException if another process has it, or the folder cannot be written
  public RunClaim claim() throws IOException {
    return RunClaim.of(root.resolve("running.json"));
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
  /// runs, and studies' runs are in stores of their own.
  public List<RunFolder> list() throws IOException {
    return sorted(runsIn(root));
  }

  /// The runs of [#home()] and of all studies in it, the newest first.
  public List<RunFolder> listAll() throws IOException {
    List<Aged> runs = runsIn(home);
    for (Aged study : runsIn(home.resolve(STUDIES))) {
      runs.addAll(runsIn(study.folder.path()));
    }
    return sorted(runs);
  }

  private static List<Aged> runsIn(Path folder) throws IOException {
    List<Aged> runs = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
          if (name.matches() && Files.isDirectory(entry)) {
            runs.add(Aged.of(RunFolder.at(entry), name));
          }
        }
      } catch (NoSuchFileException gone) {
        // deleted meanwhile
      }
    }
    return runs;
  }

  private static List<RunFolder> sorted(List<Aged> runs) {
    runs.sort(BY_AGE.reversed());
    return runs.stream().map(Aged::folder).toList();
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
    if (isId(run) && folder(run).isRun()) {
      return folder(run);
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

  /// A run with the parts of its name.
  private record Aged(RunFolder folder, String moment, String label, int copy) {
    static Aged of(RunFolder folder, Matcher name) {
      String copy = name.group(3);
      return new Aged(
          folder, name.group(1), name.group(2), copy == null ? 1 : Integer.parseInt(copy));
    }
  }

  /// Moment, then label, then copy: as a number, for `-10` is younger than `-2`.
  private static final Comparator<Aged> BY_AGE =
      Comparator.comparing(Aged::moment)
          .thenComparing(Aged::label)
          .thenComparingInt(Aged::copy)
          .thenComparing(run -> run.folder.path());

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
