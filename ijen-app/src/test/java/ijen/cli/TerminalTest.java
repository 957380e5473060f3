package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static Terminal of(boolean terminal, String encoding, Map<String, String> environment) {
    return Terminal.of(System.out, System.err, terminal, encoding, environment);
  }

  @Test
  void whatATerminalCanDoIsReadFromItsEnvironment() {
    Terminal pipe = of(false, "UTF-8", Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor"));
    assertThat(pipe.interactive()).isFalse();
    assertThat(pipe.hasColors()).isFalse();
    assertThat(pipe.unicode()).isFalse();

    Terminal full = of(true, "UTF-8", Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor"));
    assertThat(full.interactive()).isTrue();
    assertThat(full.colors()).isEqualTo(Terminal.Colors.ALL);
    assertThat(full.unicode()).isTrue();

    assertThat(of(true, "UTF-8", Map.of("TERM", "xterm")).colors())
        .isEqualTo(Terminal.Colors.TABLE);
    assertThat(of(true, "ANSI_X3.4-1968", Map.of("TERM", "xterm")).unicode()).isFalse();
    assertThat(of(true, "UTF-8", Map.of("TERM", "dumb")).interactive()).isFalse();
    assertThat(of(true, "UTF-8", Map.of()).interactive()).isFalse();
  }

  @Test
  void coloursCanBeRefused() {
    assertThat(of(true, "UTF-8", Map.of("TERM", "xterm", "NO_COLOR", "1")).hasColors()).isFalse();
    assertThat(of(true, "UTF-8", Map.of("TERM", "xterm", "NO_COLOR", "")).hasColors()).isTrue();
  }

  @Test
  void theWidthIsTheOneOfTheVariableOrEighty() {
    assertThat(of(true, "UTF-8", Map.of()).width()).isEqualTo(80);
    assertThat(of(true, "UTF-8", Map.of("COLUMNS", "132")).width()).isEqualTo(132);
    assertThat(of(true, "UTF-8", Map.of("COLUMNS", "wide")).width()).isEqualTo(80);
    assertThat(of(true, "UTF-8", Map.of("COLUMNS", "1")).width()).isEqualTo(20);
  }
}
