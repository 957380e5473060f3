package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Initializer;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.kernel.Window;
import java.util.LinkedHashMap;
import java.util.Map;

/// A 2-D transposed convolution, which makes images larger by its stride. See
/// [ijen.op.TransposedConvolution].
///
/// Parameters: `weight` `[channels, outputs/groups, kernel height, kernel width]` and, if wanted,
/// `bias` `[outputs]`, which begins at zero.
///
/// **Shapes:** `[channels, height, width]` to `[outputs, rows, columns]` with `rows = (height −
/// 1)·stride − 2·padding + dilation·(kernel height − 1) + 1 + outputPadding`.
///
/// @param outputs how many channels come out
/// @param window what is put for each number, and how it moves
/// @param outputPadding rows and columns added below and on the right, fewer than the stride
/// @param groups into how many parts channels and outputs are cut, which do not see each other
/// @param bias whether there is a b
/// @param weight how W begins; He by default
public record ConvTranspose(
    int outputs, Window window, int outputPadding, int groups, boolean bias, Initializer weight)
    implements Layer {
  public ConvTranspose {
    if (outputs < 1) {
      throw new IllegalArgumentException(
          "convTranspose: expected 1 or more outputs, got " + outputs);
    }
    if (groups < 1 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "convTranspose: expected a number of groups that divides the "
              + outputs
              + " outputs, got "
              + groups);
    }
    if (outputPadding < 0 || outputPadding >= window.stride()) {
      throw new IllegalArgumentException(
          "convTranspose: expected an output padding below the stride "
              + window.stride()
              + ", got "
              + outputPadding);
    }
  }

  /// With a bias and He initialisation, moving by 1.
  public static ConvTranspose of(int outputs, Window window) {
    return new ConvTranspose(outputs, window, 0, 1, true, Initializers.he());
  }

  static ConvTranspose read(LayerSettings settings) {
    return new ConvTranspose(
        settings.whole("outputs"),
        WindowSettings.read(settings),
        settings.whole("outputPadding"),
        settings.whole("groups"),
        settings.flag("bias"),
        settings.initializer("initializer"));
  }

  /// The same layer moving by `stride`.
  public ConvTranspose withStride(int stride) {
    return with(window.withStride(stride));
  }

  /// The same layer with `padding` rows and columns taken away on each side of the result.
  public ConvTranspose withPadding(int padding) {
    return with(window.withPadding(padding));
  }

  /// The same layer with the numbers of its kernel `dilation` apart.
  public ConvTranspose withDilation(int dilation) {
    return with(window.withDilation(dilation));
  }

  private ConvTranspose with(Window window) {
    return new ConvTranspose(outputs, window, outputPadding, groups, bias, weight);
  }

  /// The same layer with rows and columns added below and on the right.
  public ConvTranspose withOutputPadding(int outputPadding) {
    return new ConvTranspose(outputs, window, outputPadding, groups, bias, weight);
  }

  /// The same layer in `groups` parts that do not see each other.
  public ConvTranspose withGroups(int groups) {
    return new ConvTranspose(outputs, window, outputPadding, groups, bias, weight);
  }

  /// The same layer without b.
  public ConvTranspose withoutBias() {
    return new ConvTranspose(outputs, window, outputPadding, groups, false, weight);
  }

  /// The same layer with another beginning.
  public ConvTranspose withWeight(Initializer weight) {
    return new ConvTranspose(outputs, window, outputPadding, groups, bias, weight);
  }

  @Override
  public Node apply(Graph g, Node x) {
    // The op refuses what is no image of channels that the groups divide, by the layer's name.
    int channels = x.shape().rank() == 0 ? 1 : x.shape().dimension(0);
    Shape shape = Shape.of(channels, outputs / groups, window.height(), window.width());
    Node w = g.parameter("weight", shape, Role.WEIGHT, weight);
    if (!bias) {
      return g.transposedConvolution(x, w, window, outputPadding, groups);
    }
    Node b = g.parameter("bias", Shape.of(outputs), Role.BIAS, Initializers.zeros());
    return g.transposedConvolution(x, w, b, window, outputPadding, groups);
  }

  @Override
  public String kind() {
    return "convTranspose";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("outputs", outputs);
    settings.putAll(WindowSettings.of(window));
    settings.put("outputPadding", outputPadding);
    settings.put("groups", groups);
    settings.put("bias", bias);
    settings.put("initializer", Initializers.text(weight));
    return settings;
  }
}
