package ijen.recipe;

import static ijen.recipe.Setting.ACTIVATION;
import static ijen.recipe.Setting.BATCH_NORM;
import static ijen.recipe.Setting.BIAS;
import static ijen.recipe.Setting.DROPOUT;
import static ijen.recipe.Setting.HIDDEN;
import static ijen.recipe.Setting.INIT;
import static ijen.recipe.Setting.OUTPUT;

import ijen.graph.Initializer;
import ijen.graph.Shape;
import ijen.nn.Activation;
import ijen.nn.Dense;
import ijen.nn.Initializers;
import ijen.nn.Layer;
import ijen.nn.Layers;
import ijen.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which multi-layer perceptron to train.
///
/// @param hidden the units of each hidden layer; none for a linear model
/// @param activation what follows each, as [Activation#parse] takes it: `relu`, `elu:alpha=0.5`, …
/// @param batchNorm whether the sums of each hidden layer are normalised before it
/// @param dropout the probability with which a hidden unit is left out of a step, in [0, 1)
/// @param bias whether layers have biases; one before a batch normalisation, which would take it
///   back, has none in any case
/// @param output what follows the last layer: an activation, or `none`
/// @param init how weights begin
public record NetworkChoice(
    List<Integer> hidden,
    String activation,
    boolean batchNorm,
    double dropout,
    boolean bias,
    String output,
    Initializer init) {
  private static final String NONE = "none";

  public NetworkChoice {
    hidden = List.copyOf(hidden);
    activation = Values.activation(activation); // or refuses it
    output = output.equals(NONE) ? NONE : Values.activation(output);
  }

  static NetworkChoice of(Recipe recipe) {
    return new NetworkChoice(
        recipe.get(HIDDEN, Values::units),
        recipe.get(ACTIVATION, Values::activation),
        recipe.get(BATCH_NORM, Values::truth),
        recipe.get(DROPOUT, Values.number(x -> x >= 0 && x < 1, "a rate from 0 to below 1")),
        recipe.get(BIAS, Values::truth),
        recipe.get(OUTPUT, text -> text.equals(NONE) ? NONE : Values.activation(text)),
        recipe.get(INIT, Initializers::parse));
  }

  void describe(Map<Setting, Object> into) {
    into.put(HIDDEN, hidden);
    into.put(ACTIVATION, activation);
    into.put(BATCH_NORM, batchNorm);
    into.put(DROPOUT, dropout);
    into.put(BIAS, bias);
    into.put(OUTPUT, output);
    into.put(INIT, init.toString());
  }

  /// The network for samples of `inputs` numbers.
  public Network network(int inputs, int outputs) {
    List<Layer> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(dense(units, bias && !batchNorm));
      if (batchNorm) {
        layers.add(Layers.batchNorm());
      }
      layers.add(Activation.parse(activation));
      if (dropout > 0) {
        layers.add(Layers.dropout(dropout));
      }
    }
    layers.add(dense(outputs, bias));
    if (!output.equals(NONE)) {
      layers.add(Activation.parse(output));
    }
    return new Network(Shape.of(inputs), layers);
  }

  private Layer dense(int units, boolean bias) {
    Dense dense = Layers.dense(units).withWeight(init);
    return bias ? dense : dense.withoutBias();
  }
}
