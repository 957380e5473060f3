package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.kernel.Window;
import ijen.op.AveragePool;
import ijen.op.MaxPool;
import java.util.Map;

/// Pooling of images: of what a window sees, the largest number or the mean. See [ijen.op.MaxPool]
/// and [ijen.op.AveragePool].
///
/// **Shapes:** `[channels, height, width]` to `[channels, rows, columns]`.
///
/// @param of which number is taken
/// @param window what is seen at once, and how it moves
public record Pool(Of of, Window window) implements Layer {
  /// Which number is taken of those that the window sees.
  public enum Of {
    /// The largest; padding is never it.
    MAX("maxPool"),
    /// The mean; padding counts as zeros.
    AVERAGE("averagePool");

    private final String kind;

    Of(String kind) {
      this.kind = kind;
    }
  }

  public Pool {
    switch (of) { // refuses a bad window here, not when the network is traced
      case MAX -> new MaxPool(window);
      case AVERAGE -> new AveragePool(window);
    }
  }

  /// Windows side by side: the stride is the size of the kernel.
  static Pool of(Of of, int kernel) {
    return new Pool(of, Window.of(kernel).withStride(kernel));
  }

  static Pool readMax(LayerSettings settings) {
    return new Pool(Of.MAX, WindowSettings.read(settings));
  }

  static Pool readAverage(LayerSettings settings) {
    return new Pool(Of.AVERAGE, WindowSettings.read(settings));
  }

  /// The same layer moving by `stride`.
  public Pool withStride(int stride) {
    return new Pool(of, window.withStride(stride));
  }

  /// The same layer with `padding` rows and columns on each side of the image.
  public Pool withPadding(int padding) {
    return new Pool(of, window.withPadding(padding));
  }

  @Override
  public Node apply(Graph g, Node x) {
    return switch (of) {
      case MAX -> g.maxPool(x, window);
      case AVERAGE -> g.averagePool(x, window);
    };
  }

  @Override
  public String kind() {
    return of.kind;
  }

  @Override
  public Map<String, Object> settings() {
    return WindowSettings.of(window);
  }
}
