package ijen.bench.peer;

import ijen.bench.peer.Child.FailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who loads data, in a process of its own.
///
/// @param commands what starts it; of several the first that can do the job is taken
public record Loader(Library library, List<List<String>> commands) {
  public Loader {
    commands = List.copyOf(commands);
  }

  /// Does what the words say, in a new process.
  public Answer run(List<String> words, Duration patience) throws FailedException {
    List<String> tried = new ArrayList<>();
    for (List<String> command : commands) {
      try {
        return Child.run(command, words, Map.of(), 0, patience);
      } catch (FailedException e) {
        tried.add(command.getFirst() + ": " + e.getMessage());
      }
    }
    throw new FailedException(String.join("; ", tried));
  }
}
