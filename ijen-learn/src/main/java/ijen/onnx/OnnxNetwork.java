package ijen.onnx;

import ijen.data.Scaling;
import ijen.graph.Theta;
import ijen.loss.Loss;
import ijen.model.Model;
import ijen.nn.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read from an ONNX file: a network with its parameters. Such files need not say how the
/// output is meant, that is for which loss; those that Ijen wrote do.
///
/// @param network the architecture
/// @param theta its parameters
/// @param scaling what is done to features before the network sees them
/// @param loss how its output is meant; null if the file does not say
/// @param classes the names of the classes; empty if the file does not say
/// @param metadata all texts in the file, by name
public record OnnxNetwork(
    Network network,
    Theta theta,
    Scaling scaling,
    @Nullable Loss loss,
    List<String> classes,
    Map<String, String> metadata) {
  public OnnxNetwork {
    classes = List.copyOf(classes);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /// The network as a model, with the loss that the file names.
  ///
  /// @throws IllegalStateException if it names none
  public Model model() {
    if (loss == null) {
      throw new IllegalStateException(
          "this ONNX file does not say for which loss its output is: expected to be told,"
              + " model(Losses.crossEntropy()) for the logits of classes");
    }
    return model(loss);
  }

  /// The network as a model whose output is meant for `loss`.
  public Model model(Loss loss) {
    return new Model(network, loss, theta, network.input(), classes, scaling);
  }
}
