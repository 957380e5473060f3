package ijen.check;

import ijen.check.SanityReport.LayerFlow;
import ijen.check.SanityReport.Level;
import ijen.plot.Digits;
import java.util.List;

/// What an experienced eye sees in the flow through a network: dead and saturated units, values and
/// gradients that vanish or explode.
final class FlowFindings {
  private FlowFindings() {}

  /// Adds what is to be said of `now`, the layers in order, all before or all after the trial.
  static void add(List<LayerFlow> now, boolean trained, Findings findings) {
    String when = trained ? " after the trial" : "";
    units(now, trained, when, findings);
    range(now, when, findings);
  }

  private static void units(List<LayerFlow> now, boolean trained, String when, Findings findings) {
    for (LayerFlow layer : now) {
      if (layer.dead() == layer.units()) {
        findings.add(
            "dead units" + when,
            Level.WRONG,
            "all %s units of %s have a derivative of 0 for every sample: nothing before it can learn; a smaller rate, other first weights or a leaky ReLU?"
                .formatted(layer.units(), layer.layer()));
      } else if (layer.dead() > 0.4 * layer.units()) {
        findings.add(
            "dead units" + when,
            Level.LOOK,
            "%s of %s units of %s have a derivative of 0 for every sample and learn nothing"
                .formatted(layer.dead(), layer.units(), layer.layer()));
      }
      if (layer.saturated() > 0.5) {
        findings.add(
            "saturated units" + when,
            Level.LOOK,
            "%s of the outputs of %s are where its derivative is below %s of its largest; are the weights or the inputs too large?"
                .formatted(
                    SanityReport.share(layer.saturated()),
                    layer.layer(),
                    SanityReport.share(Steepness.FLAT)));
      }
    }
    if (!findings.has("dead") && !findings.has("saturated")) {
      boolean any = now.stream().anyMatch(l -> !l.kind().equals("dense"));
      if (any && !trained) {
        findings.add("units", Level.FINE, "none of the layers has mostly dead or saturated units");
      }
    }
  }

  /// Whether values or gradients vanish or explode on their way.
  private static void range(List<LayerFlow> now, String when, Findings findings) {
    if (now.size() < 2) {
      return;
    }
    LayerFlow first = now.getFirst();
    LayerFlow last = now.getLast();
    double back = first.gradientDeviation() / last.gradientDeviation();
    double on = last.deviation() / first.deviation();
    String gradients =
        "gradients are %s at %s and %s at %s"
            .formatted(
                Digits.significant(first.gradientDeviation(), 2),
                first.layer(),
                Digits.significant(last.gradientDeviation(), 2),
                last.layer());
    if (back < 1e-4) {
      findings.add("gradient flow" + when, Level.LOOK, "vanishing: " + gradients);
    } else if (back > 1e3) {
      findings.add("gradient flow" + when, Level.LOOK, "exploding: " + gradients);
    } else if (on > 1e4 || on < 1e-4) {
      findings.add(
          "activation flow" + when,
          Level.LOOK,
          "outputs spread by %s at %s and by %s at %s"
              .formatted(
                  Digits.significant(first.deviation(), 2),
                  first.layer(),
                  Digits.significant(last.deviation(), 2),
                  last.layer()));
    } else if (when.isEmpty()) {
      findings.add("gradient flow", Level.FINE, gradients);
    }
  }
}
