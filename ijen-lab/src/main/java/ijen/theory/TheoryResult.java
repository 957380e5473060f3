package ijen.theory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was measured of the theory.
///
/// @param data the name of the data
/// @param seed what all was drawn from
/// @param statements the statements with their measurements
public record TheoryResult(String data, long seed, List<Statement> statements) {
  public TheoryResult {
    statements = List.copyOf(statements);
  }

  /// Whether every statement holds.
  public boolean holds() {
    return statements.stream().allMatch(Statement::holds);
  }

  /// What came of it in a sentence.
  public String verdict() {
    long right = statements.stream().filter(Statement::holds).count();
    int measurements = statements.stream().mapToInt(s -> s.measurements().size()).sum();
    return holds()
        ? "All %d statements hold, in %d measurements.".formatted(statements.size(), measurements)
        : "%d of %d statements do not hold."
            .formatted(statements.size() - right, statements.size());
  }

  /// For programs.
  public Map<String, Object> describe() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("experiment", "theory");
    object.put("data", data);
    object.put("seed", seed);
    object.put("holds", holds());
    object.put("statements", statements.stream().map(Statement::describe).toList());
    return object;
  }
}
