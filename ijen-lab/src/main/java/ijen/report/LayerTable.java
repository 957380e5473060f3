package ijen.report;

import ijen.plot.Digits;
import ijen.report.Html.Column;
import ijen.run.LayerRow;
import java.util.ArrayList;
import java.util.List;

/// The network's summary: what each layer learns, and the running statistics that it does not, if
/// there are any.
final class LayerTable {
  private LayerTable() {}

  static Html of(List<LayerRow> layers) {
    long parameters = layers.stream().mapToLong(LayerRow::parameters).sum();
    long statistics = layers.stream().mapToLong(LayerRow::statistics).sum();
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.text("layer"),
                Column.text("kind"),
                Column.number("output"),
                Column.number("parameters"),
                Column.number("statistics, not learned")));
    List<List<String>> rows = new ArrayList<>();
    for (LayerRow layer : layers) {
      rows.add(
          new ArrayList<>(
              List.of(
                  layer.name(),
                  layer.kind(),
                  layer.shape().toString(),
                  Digits.count(layer.parameters()),
                  Digits.count(layer.statistics()))));
    }
    rows.add(
        new ArrayList<>(
            List.of("all", "", "", Digits.count(parameters), Digits.count(statistics))));
    if (statistics == 0) {
      columns.removeLast();
      rows.forEach(List::removeLast);
    }
    return new Html().table("Layers of the network", columns, rows, 1);
  }
}
