package ijen.bench.peer;

import ijen.bench.workload.IjenParticipant;
import ijen.bench.workload.LoadingParticipant;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds who can take part: starts each library once, to learn its version, what it computes with,
/// and how fast it multiplies matrices.
public final class Participants {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final @Nullable Path project;
  private final List<String> pythons;
  private final Consumer<String> progress;

  /// A library that is not there to be measured, and why.
  public record Absent(Library library, String why) {}

  /// Who is there and who is not.
  ///
  /// @param found in the order of [Library]
  /// @param absent those that were asked for and are not there
  public record Found(List<Participant> found, List<Absent> absent) {}

  /// A search.
  ///
  /// @param folder where scripts may be left for as long as they are measured
  /// @param project the Maven project of the Java peers; null if it is not known
  /// @param python the Python to take; null for the first of the usual ones that has the library
  /// @param progress is told what takes long
  public Participants(
      Path folder, @Nullable Path project, @Nullable String python, Consumer<String> progress) {
    this.folder = folder;
    this.project = project;
    this.pythons = python == null ? List.of("python3", "/usr/bin/python3") : List.of(python);
    this.progress = progress;
  }

  /// Ijen and, of the libraries wanted, those that are there.
  public Found find(List<Library> wanted) throws IOException {
    copy("peer.py", "torch_peer.py", "numpy_peer.py");
    List<Participant> found = new ArrayList<>();
    List<Absent> absent = new ArrayList<>();
    JavaPeers java = new JavaPeers(project, folder, progress);
    for (Library library : Library.values()) {
      if (library != Library.IJEN && !wanted.contains(library)) {
        continue;
      }
      try {
        found.add(
            switch (library) {
              case IJEN -> ijen();
              case TORCH -> python(library, "torch_peer.py");
              case NUMPY -> python(library, "numpy_peer.py");
              case DJL -> probed(library, java.command("peer.DjlPeer"), java.environment());
              case SMILE -> probed(library, java.command("peer.SmilePeer"), java.environment());
            });
      } catch (Child.FailedException e) {
        absent.add(new Absent(library, String.valueOf(e.getMessage())));
      }
    }
    return new Found(found, absent);
  }

  /// Ijen and NumPy as those that load data. For HDF5 another Python may be taken than for the
  /// rest.
  public List<Loader> loaders() throws IOException {
    copy("peer.py", "loading_peer.py");
    List<List<String>> scripts = new ArrayList<>();
    for (String python : pythons) {
      scripts.add(List.of(python, "-B", folder.resolve("loading_peer.py").toString()));
    }
    return List.of(
        new Loader(Library.IJEN, List.of(java(LoadingParticipant.class))),
        new Loader(Library.NUMPY, scripts));
  }

  private void copy(String... scripts) throws IOException {
    for (String script : scripts) {
      try (InputStream in = Participants.class.getResourceAsStream(script)) {
        Files.copy(
            Objects.requireNonNull(in, script),
            folder.resolve(script),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /// A JVM like this one: the same flags, which are those that `./ijen train` gets, but for the
  /// cache of classes, which only shortens its start.
  private static List<String> java(Class<?> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!flag.startsWith("-XX:AOT")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    return command;
  }

  private static Participant ijen() {
    List<String> command = java(IjenParticipant.class);
    return new Participant(
        Library.IJEN, ijen.run.Environment.ijenVersion(), command, Map.of(), List.of(), 0);
  }

  private Participant python(Library library, String script) throws Child.FailedException {
    List<String> tried = new ArrayList<>();
    for (String python : pythons) {
      List<String> command = List.of(python, "-B", folder.resolve(script).toString());
      try {
        return probed(library, command, Map.of());
      } catch (Child.FailedException e) {
        tried.add(python + ": " + e.getMessage());
      }
    }
    throw new Child.FailedException(String.join("; ", tried));
  }

  private static Participant probed(
      Library library, List<String> command, Map<String, String> environment)
      throws Child.FailedException {
    Setting one = new Setting(1, false);
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.putAll(one.environment());
    Answer answer = Child.run(command, List.of("probe=1", "threads=1"), variables, 0, PATIENCE);
    return new Participant(
        library, answer.version(), command, environment, answer.libraries(), answer.product());
  }
}
