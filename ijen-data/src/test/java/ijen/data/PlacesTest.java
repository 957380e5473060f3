package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void theCacheIsWhereTheSystemKeepsCaches() {
    assertThat(Places.of(Map.of(), "Linux", HOME).cache())
        .isEqualTo(Path.of("/home/ada/.cache/ijen"));
    assertThat(Places.of(Map.of("XDG_CACHE_HOME", "/fast"), "Linux", HOME).cache())
        .isEqualTo(Path.of("/fast/ijen"));
    assertThat(Places.of(Map.of("XDG_CACHE_HOME", "relative"), "Linux", HOME).cache())
        .isEqualTo(Path.of("/home/ada/.cache/ijen"));
    assertThat(Places.of(Map.of(), "Mac OS X", HOME).cache())
        .isEqualTo(Path.of("/home/ada/Library/Caches/ijen"));
    assertThat(Places.of(Map.of(), "Windows 11", HOME).cache())
        .isEqualTo(Path.of("/home/ada/AppData/Local/ijen/cache"));
    assertThat(Places.of(Map.of("LOCALAPPDATA", "/local"), "Windows 11", HOME).cache())
        .isEqualTo(Path.of("/local/ijen/cache"));
  }

  @Test
  void theVariableNamesAFolderOfOnesOwn() {
    assertThat(Places.of(Map.of(), "Linux", HOME).own()).isNull();
    assertThat(Places.of(Map.of("IJEN_DATA", " "), "Linux", HOME).own()).isNull();
    assertThat(Places.of(Map.of("IJEN_DATA", "data"), "Linux", HOME).own())
        .isEqualTo(Path.of("data"));
    assertThatThrownBy(() -> Places.of(Map.of("IJEN_DATA", "a\0b"), "Linux", HOME))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the variable IJEN_DATA is no folder's name");
  }

  @Test
  void packagesInstallUnderUsrShare() {
    assertThat(Places.of(Map.of(), "Linux", HOME).shared())
        .contains(Path.of("/usr/share/datasets"));
    assertThat(Places.of(Map.of(), "Windows 11", HOME).shared()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "0, false",
    "false, false",
    "No, false",
    "1, true",
    "yes, true",
    "true, true"
  })
  void offlineIsAVariable(String value, boolean offline) {
    assertThat(Places.of(Map.of("IJEN_OFFLINE", value), "Linux", HOME).offline())
        .isEqualTo(offline);
  }

  @Test
  void theSystemsOwnPlacesCanBeNamed() {
    assertThat(Places.ofSystem().cache()).isAbsolute();
  }
}
