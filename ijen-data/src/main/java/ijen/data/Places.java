package ijen.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where files may lie on this computer, and whether it may ask the network for them.
///
/// @param own the folder that the variable `IJEN_DATA` names; null if it is not set
/// @param shared folders of data sets that the system's packages install
/// @param cache where downloads are kept, and what else can be made again
/// @param offline whether the variable `IJEN_OFFLINE` forbids downloads
public record Places(@Nullable Path own, List<Path> shared, Path cache, boolean offline) {
  public Places {
    shared = List.copyOf(shared);
  }

  /// The places of this computer and user.
  public static Places ofSystem() {
    return of(
        System.getenv(),
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", ".")));
  }

  /// The places under the given environment, operating system and home folder.
  ///
  /// The cache is `$XDG_CACHE_HOME/ijen` or `~/.cache/ijen`; on macOS `~/Library/Caches/ijen`; on
  /// Windows `%LOCALAPPDATA%\ijen\cache`.
  static Places of(Map<String, String> environment, String system, Path home) {
    String os = system.toLowerCase(Locale.ROOT);
    boolean windows = os.startsWith("windows");
    Path xdg = path(environment, "XDG_CACHE_HOME");
    Path cache;
    if (windows) {
      Path local = path(environment, "LOCALAPPDATA");
      cache = (local != null ? local : home.resolve("AppData", "Local")).resolve("ijen", "cache");
    } else if (xdg != null && xdg.isAbsolute()) {
      cache = xdg.resolve("ijen");
    } else if (os.startsWith("mac")) {
      cache = home.resolve("Library", "Caches", "ijen");
    } else {
      cache = home.resolve(".cache", "ijen");
    }
    List<Path> shared =
        windows
            ? List.of()
            : List.of(Path.of("/usr/share/datasets"), Path.of("/usr/local/share/datasets"));
    return new Places(path(environment, "IJEN_DATA"), shared, cache, isOffline(environment));
  }

  private static boolean isOffline(Map<String, String> environment) {
    String value = environment.getOrDefault("IJEN_OFFLINE", "").strip().toLowerCase(Locale.ROOT);
    return !List.of("", "0", "false", "no", "off").contains(value);
  }

  private static @Nullable Path path(Map<String, String> environment, String variable) {
    String value = environment.getOrDefault(variable, "");
    try {
      return value.isBlank() ? null : Path.of(value);
    } catch (InvalidPathException wrong) {
      throw new DataException(
          "the variable " + variable + " is no folder's name: " + wrong.getMessage(), wrong);
    }
  }
}
