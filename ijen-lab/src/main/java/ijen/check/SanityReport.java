package ijen.check;

import ijen.plot.Digits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [SanityCheck] found.
///
/// @param findings each check with its verdict
/// @param layers what flows through each layer, before training and after the trial
/// @param updates how far the optimiser moves each tensor
/// @param overfit the loss on the tiny set, step by step
/// @param notFinite where the first NaN or ∞ came from; null if there was none
public record SanityReport(
    List<Finding> findings,
    List<LayerFlow> layers,
    List<Update> updates,
    List<Double> overfit,
    @Nullable NotFinite notFinite) {
  public SanityReport {
    findings = List.copyOf(findings);
    layers = List.copyOf(layers);
    updates = List.copyOf(updates);
    overfit = List.copyOf(overfit);
  }

  /// How a check ended.
  public enum Level {
    /// As it should be.
    FINE,
    /// Unusual: worth a thought, and often meant so.
    LOOK,
    /// Wrong: it will not learn like this.
    WRONG
  }

  /// The end of one check.
  ///
  /// @param check what was looked at
  /// @param level how it ended
  /// @param words what was found, and what to think of it
  public record Finding(String check, Level level, String words) {}

  /// What flows through a layer, forward and back.
  ///
  /// @param layer its name
  /// @param kind its kind
  /// @param mean the mean of its outputs
  /// @param deviation their standard deviation
  /// @param gradientMean the mean of the gradient by them
  /// @param gradientDeviation its standard deviation
  /// @param units how many outputs a sample has
  /// @param dead how many of them the activation gives a derivative of 0 for every sample; 0 after
  ///   what is no activation
  /// @param saturated the part of all outputs at which the derivative of an activation that levels
  ///   off, such as a sigmoid, is below 4 % of its largest
  /// @param trained whether this is after the trial of some steps
  public record LayerFlow(
      String layer,
      String kind,
      double mean,
      double deviation,
      double gradientMean,
      double gradientDeviation,
      int units,
      int dead,
      double saturated,
      boolean trained) {}

  /// How far a step moves a tensor: ‖Δθ‖ / ‖θ‖, the mean of the trial's steps; healthy is about
  /// 10⁻³.
  ///
  /// @param name the parameter
  /// @param ratio the ratio; NaN where θ is 0
  public record Update(String name, double ratio) {}

  /// Whether nothing is wrong.
  public boolean healthy() {
    return findings.stream().noneMatch(finding -> finding.level() == Level.WRONG);
  }

  /// The verdict in one line.
  public String verdict() {
    long wrong = findings.stream().filter(f -> f.level() == Level.WRONG).count();
    long look = findings.stream().filter(f -> f.level() == Level.LOOK).count();
    return wrong > 0
        ? "wrong: "
            + findings.stream()
                .filter(f -> f.level() == Level.WRONG)
                .findFirst()
                .map(Finding::words)
                .orElse("")
        : look > 0 ? "fit to learn, with " + look + " remarks" : "fit to learn";
  }

  /// All of it, for people.
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("sanity: " + verdict());
    for (Finding finding : findings) {
      String level = finding.level().name().toLowerCase(Locale.ROOT);
      lines.add("  %-5s %-16s %s".formatted(level, finding.check(), finding.words()));
    }
    return String.join("\n", lines) + "\n";
  }

  /// For programs.
  public Map<String, @Nullable Object> describe() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("healthy", healthy());
    object.put("verdict", verdict());
    object.put("findings", findings.stream().map(SanityReport::describe).toList());
    object.put("layers", layers.stream().map(SanityReport::describe).toList());
    Map<String, Object> ratios = new LinkedHashMap<>();
    updates.forEach(update -> ratios.put(update.name(), update.ratio()));
    object.put("updateRatios", ratios);
    object.put("overfit", overfit);
    object.put("notFinite", notFinite == null ? null : notFinite.words());
    return object;
  }

  private static Map<String, Object> describe(Finding finding) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("check", finding.check());
    object.put("level", finding.level().name().toLowerCase(Locale.ROOT));
    object.put("words", finding.words());
    return object;
  }

  private static Map<String, Object> describe(LayerFlow layer) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("layer", layer.layer());
    object.put("kind", layer.kind());
    object.put("trained", layer.trained());
    object.put("mean", layer.mean());
    object.put("deviation", layer.deviation());
    object.put("gradientMean", layer.gradientMean());
    object.put("gradientDeviation", layer.gradientDeviation());
    object.put("units", layer.units());
    object.put("dead", layer.dead());
    object.put("saturated", layer.saturated());
    return object;
  }

  /// A share as people read it.
  static String share(double part) {
    return Digits.brief(100 * part, 3) + " %";
  }
}
