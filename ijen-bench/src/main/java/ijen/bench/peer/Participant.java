package ijen.bench.peer;

import ijen.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A library that is there to be measured.
///
/// @param version of the library
/// @param command what starts it; a job's words follow
/// @param environment variables that it needs besides the setting's
/// @param libraries the native libraries that it computes with, as files
/// @param product its speed of a 512³ product of matrices on one thread in GFLOP/s; 0 if unknown
public record Participant(
    Library library,
    String version,
    List<String> command,
    Map<String, String> environment,
    List<String> libraries,
    double product) {
  public Participant {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    libraries = List.copyOf(libraries);
  }

  /// For example `PyTorch 2.7.1`.
  public String title() {
    return library.title() + " " + version;
  }

  /// The settings to measure it with: one thread, all processors, and, where it uses OpenMP, all
  /// processors with threads that wait asleep.
  public List<Setting> settings(int processors) {
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting(1, false));
    if (processors > 1) {
      settings.add(new Setting(processors, false));
      if (usesOpenMp()) {
        settings.add(new Setting(processors, true));
      }
    }
    return settings;
  }

  /// The one setting of a quick run, by what is usually best: one thread where steps are short, all
  /// processors where they are long. Ijen is measured with both, which cost little.
  public List<Setting> quickSettings(int processors, Workload workload) {
    List<Setting> settings = settings(processors);
    boolean small =
        switch (workload) {
          case A, B, F, G -> true;
          case C, D, E, H -> false;
        };
    return library == Library.IJEN
        ? settings
        : List.of(small ? settings.getFirst() : settings.getLast());
  }

  private boolean usesOpenMp() {
    return libraries.stream().anyMatch(file -> file.matches(".*/lib[gi]?omp[^/]*"));
  }
}
