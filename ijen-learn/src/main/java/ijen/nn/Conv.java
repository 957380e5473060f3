package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Initializer;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.kernel.Window;
import java.util.LinkedHashMap;
import java.util.Map;

/// A 2-D convolution of images. See [ijen.op.Convolution].
///
/// Parameters: `weight` `[outputs, channels/groups, kernel height, kernel width]` and, if wanted,
/// `bias` `[outputs]`, which begins at zero.
///
/// **Shapes:** `[channels, height, width]` to `[outputs, rows, columns]`; with a stride of 1 and a
/// padding of half an odd kernel, rows and columns are height and width.
///
/// @param outputs how many channels come out
/// @param window what is seen at once, and how it moves
/// @param groups into how many parts channels and outputs are cut, which do not see each other
/// @param bias whether there is a b
/// @param weight how W begins; He by default
public record Conv(int outputs, Window window, int groups, boolean bias, Initializer weight)
    implements Layer {
  public Conv {
    if (outputs < 1) {
      throw new IllegalArgumentException("conv: expected 1 or more outputs, got " + outputs);
    }
    if (groups < 1 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "conv: expected a number of groups that divides the "
              + outputs
              + " outputs, got "
              + groups);
    }
  }

  /// With a bias and He initialisation, moving by 1 over the image alone.
  public static Conv of(int outputs, Window window) {
    return new Conv(outputs, window, 1, true, Initializers.he());
  }

  static Conv read(LayerSettings settings) {
    return new Conv(
        settings.whole("outputs"),
        WindowSettings.read(settings),
        settings.whole("groups"),
        settings.flag("bias"),
        settings.initializer("initializer"));
  }

  /// The same layer moving by `stride`.
  public Conv withStride(int stride) {
    return new Conv(outputs, window.withStride(stride), groups, bias, weight);
  }

  /// The same layer with `padding` rows and columns of zeros on each side of the image.
  public Conv withPadding(int padding) {
    return new Conv(outputs, window.withPadding(padding), groups, bias, weight);
  }

  /// The same layer seeing every `dilation`-th row and column.
  public Conv withDilation(int dilation) {
    return new Conv(outputs, window.withDilation(dilation), groups, bias, weight);
  }

  /// The same layer in `groups` parts that do not see each other.
  public Conv withGroups(int groups) {
    return new Conv(outputs, window, groups, bias, weight);
  }

  /// The same layer without b, as before a normalisation.
  public Conv withoutBias() {
    return new Conv(outputs, window, groups, false, weight);
  }

  /// The same layer with another beginning.
  public Conv withWeight(Initializer weight) {
    return new Conv(outputs, window, groups, bias, weight);
  }

  @Override
  public Node apply(Graph g, Node x) {
    // The op refuses what is no image of channels that the groups divide, by the layer's name.
    int channels = x.shape().rank() == 0 ? 1 : x.shape().dimension(0);
    Shape shape =
        Shape.of(outputs, Math.max(1, channels / groups), window.height(), window.width());
    Node w = g.parameter("weight", shape, Role.WEIGHT, weight);
    if (!bias) {
      return g.convolution(x, w, window, groups);
    }
    Node b = g.parameter("bias", Shape.of(outputs), Role.BIAS, Initializers.zeros());
    return g.convolution(x, w, b, window, groups);
  }

  @Override
  public String kind() {
    return "conv";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("outputs", outputs);
    settings.putAll(WindowSettings.of(window));
    settings.put("groups", groups);
    settings.put("bias", bias);
    settings.put("initializer", Initializers.text(weight));
    return settings;
  }
}
