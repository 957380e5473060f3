package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Initializer;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/// A learned vector for each of a number of things: numbers of classes or tokens become rows of a
/// table. See [ijen.op.Lookup].
///
/// Parameter: `table` `[count, width]`, which begins with normal numbers of deviation 1.
///
/// **Shapes:** `[…]`, whole numbers from 0 to count − 1, to `[…, width]`.
///
/// @param count how many things there are
/// @param width the length of a vector
/// @param table how the table begins
public record Embedding(int count, int width, Initializer table) implements Layer {
  public Embedding {
    if (count < 1 || width < 1) {
      throw new IllegalArgumentException(
          "embedding: expected a table of 1 or more rows and columns, got [%d, %d]"
              .formatted(count, width));
    }
  }

  /// With a table of normal numbers.
  public static Embedding of(int count, int width) {
    return new Embedding(count, width, Initializers.normal(1));
  }

  static Embedding read(LayerSettings settings) {
    return new Embedding(
        settings.whole("count"), settings.whole("width"), settings.initializer("initializer"));
  }

  /// The same layer with another beginning.
  public Embedding withTable(Initializer table) {
    return new Embedding(count, width, table);
  }

  @Override
  public Node apply(Graph g, Node x) {
    return g.lookup(g.parameter("table", Shape.of(count, width), Role.WEIGHT, table), x);
  }

  @Override
  public String kind() {
    return "embedding";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("count", count);
    settings.put("width", width);
    settings.put("initializer", Initializers.text(table));
    return settings;
  }
}
