package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/// Batch normalisation, of features or of images channel by channel: see
/// [ijen.op.BatchNormalization].
///
/// Parameters: `scale` γ, which begins at one, and `shift` β, which begins at zero. Running
/// statistics: `mean`, from zero, and `variance`, from one. Elsewhere they are called `weight`,
/// `bias`, `running_mean` and `running_var`.
///
/// **Shapes:** `[features]` or `[channels, …]`; the output has the input's. All four are
/// `[features]` or `[channels]`.
///
/// @param epsilon what is added to the variance
/// @param momentum how much of the running statistics each step replaces, in (0, 1]
public record BatchNorm(double epsilon, double momentum) implements Layer {
  public BatchNorm {
    new ijen.op.BatchNormalization(epsilon, momentum, false); // refuses bad settings here
  }

  /// With an epsilon of 10⁻⁵ and a momentum of 0.1.
  public static BatchNorm defaults() {
    return new BatchNorm(1e-5, 0.1);
  }

  static BatchNorm read(LayerSettings settings) {
    return new BatchNorm(settings.number("epsilon"), settings.number("momentum"));
  }

  /// The same layer with another epsilon.
  public BatchNorm withEpsilon(double epsilon) {
    return new BatchNorm(epsilon, momentum);
  }

  /// The same layer with another momentum.
  public BatchNorm withMomentum(double momentum) {
    return new BatchNorm(epsilon, momentum);
  }

  @Override
  public Node apply(Graph g, Node x) {
    if (x.shape().rank() == 0) {
      throw g.mistake("input " + x.form() + " is a single number: expected [channels, …]");
    }
    Shape channels = Shape.of(x.shape().dimension(0));
    Node scale = g.parameter("scale", channels, Role.NORM, Initializers.constant(1));
    Node shift = g.parameter("shift", channels, Role.NORM, Initializers.zeros());
    Node mean = g.statistic("mean", channels, 0);
    Node variance = g.statistic("variance", channels, 1);
    return g.batchNorm(x, scale, shift, mean, variance, epsilon, momentum);
  }

  @Override
  public String kind() {
    return "batchnorm";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epsilon", epsilon);
    settings.put("momentum", momentum);
    return settings;
  }
}
