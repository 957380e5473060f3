package ijen.tune;

import java.util.OptionalLong;

/// Proposes configurations.
///
/// A sampler has settings, a seed among them, and no state: what it proposes is a function of
/// these, the space, the trial's number and the history.
public interface Sampler {
  /// The configuration that trial `number` should try.
  ///
  /// @param number from 0
  /// @param history what may be known; without trials if the sampler does not [#needsHistory]
  Configuration suggest(Space space, int number, History history);

  /// Whether it learns from earlier trials. If not, no trial waits for their ends.
  boolean needsHistory();

  /// How many configurations it has for a space; empty for as many as are wanted.
  ///
  /// @throws IllegalArgumentException if it cannot serve that space
  default OptionalLong count(Space space) {
    return OptionalLong.empty();
  }

  /// Refuses a search that it cannot serve.
  ///
  /// @param trials how many configurations will be wanted
  /// @throws IllegalArgumentException that says what was expected
  default void check(Space space, int trials) {}
}
