package ijen.theory;

import ijen.plot.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A statement of the theory: formula, derivation, and what was measured of it.
///
/// @param topic which one
/// @param formulas what it says, a line each
/// @param derivation why, a paragraph each
/// @param setting what was measured, and on what
/// @param measurements the numbers
/// @param drawings the figures
public record Statement(
    Topic topic,
    List<String> formulas,
    List<String> derivation,
    String setting,
    List<Measurement> measurements,
    List<Drawing> drawings) {
  public Statement {
    formulas = List.copyOf(formulas);
    derivation = List.copyOf(derivation);
    measurements = List.copyOf(measurements);
    drawings = List.copyOf(drawings);
  }

  /// A figure with its name and what is to be seen in it.
  ///
  /// @param name the name of its file, without ending
  /// @param caption what it shows
  /// @param figure the figure
  public record Drawing(String name, String caption, Figure figure) {}

  /// Whether all that was measured speaks for it.
  public boolean holds() {
    return !measurements.isEmpty() && measurements.stream().allMatch(Measurement::holds);
  }

  /// How many measurements speak for it, in words.
  public String verdict() {
    long right = measurements.stream().filter(Measurement::holds).count();
    return holds()
        ? "holds in all %d measurements".formatted(measurements.size())
        : "fails in %d of %d measurements"
            .formatted(measurements.size() - right, measurements.size());
  }

  /// For programs.
  Map<String, Object> describe() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("statement", topic.letter());
    object.put("title", topic.title());
    object.put("formulas", formulas);
    object.put("setting", setting);
    object.put("holds", holds());
    object.put("measurements", measurements.stream().map(Measurement::describe).toList());
    return object;
  }
}
