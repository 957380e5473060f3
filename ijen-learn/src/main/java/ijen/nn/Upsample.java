package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.op.UpsampleBilinear;
import ijen.op.UpsampleNearest;
import java.util.LinkedHashMap;
import java.util.Map;

/// Images `factor` times as high and wide, of equal squares or interpolated. See
/// [ijen.op.UpsampleNearest] and [ijen.op.UpsampleBilinear].
///
/// **Shapes:** `[channels, height, width]` to `[channels, height·factor, width·factor]`.
///
/// @param factor how many times, 1 or more
/// @param bilinear whether to interpolate
public record Upsample(int factor, boolean bilinear) implements Layer {
  public Upsample {
    if (bilinear) { // refuses a bad factor here, not when the network is traced
      new UpsampleBilinear(factor);
    } else {
      new UpsampleNearest(factor);
    }
  }

  static Upsample read(LayerSettings settings) {
    return new Upsample(settings.whole("factor"), settings.flag("bilinear"));
  }

  /// The same layer, interpolating.
  public Upsample withBilinear() {
    return new Upsample(factor, true);
  }

  @Override
  public Node apply(Graph g, Node x) {
    return bilinear ? g.upsampleBilinear(x, factor) : g.upsampleNearest(x, factor);
  }

  @Override
  public String kind() {
    return "upsample";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("factor", factor);
    settings.put("bilinear", bilinear);
    return settings;
  }
}
