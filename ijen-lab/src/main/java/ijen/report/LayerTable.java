package ijen.report;

import ijen.plot.Digits;
import ijen.report.Html.Column;
import ijen.run.LayerRow;
import java.util.ArrayList;
import java.util.List;

/// The network's summary.
final class LayerTable {
  private LayerTable() {}

  static Html of(List<LayerRow> layers) {
    List<Column> columns =
        List.of(
            Column.text("layer"),
            Column.text("kind"),
            Column.number("output"),
            Column.number("parameters"));
    List<List<String>> rows = new ArrayList<>();
    for (LayerRow layer : layers) {
      rows.add(
          List.of(
              layer.name(),
              layer.kind(),
              layer.shape().toString(),
              Digits.count(layer.parameters())));
    }
    long sum = layers.stream().mapToLong(LayerRow::parameters).sum();
    rows.add(List.of("all", "", "", Digits.count(sum)));
    return new Html().table("Layers of the network", columns, rows, 1);
  }
}
