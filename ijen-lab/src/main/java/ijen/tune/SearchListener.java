package ijen.tune;

/// Hears how a search goes, and can write it down. It is called by several threads, one at a time;
/// what happens next waits until it returns. If it throws, the search ends with that exception.
public interface SearchListener {
  /// Hears nothing.
  SearchListener NONE = new SearchListener() {};

  /// A trial begins.
  default void started(Trial trial) {}

  /// A trial has reported; its last report is the new one.
  default void reported(Trial trial) {}

  /// A trial has ended. Nobody has learnt from its end yet: a search of which all ends are written
  /// down here can be resumed.
  default void ended(Trial trial) {}
}
