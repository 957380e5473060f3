package ijen.recipe;

import static ijen.recipe.Setting.ACTIVATION;
import static ijen.recipe.Setting.DROPOUT;
import static ijen.recipe.Setting.HIDDEN;
import static ijen.recipe.Setting.INIT;

import ijen.graph.Initializer;
import ijen.graph.Shape;
import ijen.nn.Activation;
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
/// @param dropout the probability with which a hidden unit is left out of a step, in [0, 1)
/// @param init how weights begin
public record NetworkChoice(
    List<Integer> hidden, String activation, double dropout, Initializer init) {
  public NetworkChoice {
    hidden = List.copyOf(hidden);
    activation = Values.activation(activation); // or refuses it
  }

  static NetworkChoice of(Recipe recipe) {
    return new NetworkChoice(
        recipe.get(HIDDEN, Values::units),
        recipe.get(ACTIVATION, Values::activation),
        recipe.get(DROPOUT, Values.number(x -> x >= 0 && x < 1, "a rate from 0 to below 1")),
        recipe.get(INIT, Initializers::parse));
  }

  void describe(Map<Setting, Object> into) {
    into.put(HIDDEN, hidden);
    into.put(ACTIVATION, activation);
    into.put(DROPOUT, dropout);
    into.put(INIT, init.toString());
  }

  /// The network for samples of `inputs` numbers.
  public Network network(int inputs, int outputs) {
    List<Layer> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(Layers.dense(units).withWeight(init));
      layers.add(Activation.parse(activation));
      if (dropout > 0) {
        layers.add(Layers.dropout(dropout));
      }
    }
    layers.add(Layers.dense(outputs).withWeight(init));
    return new Network(Shape.of(inputs), layers);
  }
}
