package ijen.tune;

/// What is searched over: from a configuration to the value that should be low or high.
///
/// With several workers it is called by several threads at the same time. For the same
/// configuration and number it should come to the same value, or the search cannot repeat itself.
@FunctionalInterface
public interface TrialFunction {
  /// Tries a configuration.
  ///
  /// @param reporter takes what is known on the way, so that the trial can be ended early
  /// @return what it came to; NaN makes it a failure
  /// @throws Exception if it cannot be carried out: the trial has failed then, and the search goes
  ///   on; an [Error] ends the search
  double run(Configuration configuration, Reporter reporter) throws Exception;
}
