package ijen.check;

import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.loss.Loss;
import ijen.model.Model;
import ijen.nn.Layer;
import ijen.nn.Network;
import java.util.List;
import java.util.function.Function;

/// Compares gradients with differences of the loss, and says in words what is wrong where they
/// disagree.
///
/// ```java
/// System.out.println(GradientCheck.of(net, crossEntropy(), data.train()).run().text());
/// System.out.println(GradientCheck.of(new Bell(), Argument.of(5)).run().text());
/// ```
///
/// All is computed in double. For each parameter, and for the input, some numbers of the gradient
/// (`backward`) are compared with central differences (L(θ + h) − L(θ − h)) / 2h, over a sweep of
/// h, and with forward mode (`tangent`); the whole tensor is compared along a random direction.
/// Numbers at a kink, where the slopes on both sides differ, are set aside. What is wrong is
/// compared with what known mistakes would give: a missing factor, a transposed matrix, a mask that
/// is not applied, and so on. Of a network, each op is then checked by itself to find the culprit.
///
/// Immutable: each method gives a changed copy.
public final class GradientCheck {
  private final Function<CheckSettings, Subject> subject;
  private final CheckSettings settings;

  private GradientCheck(Function<CheckSettings, Subject> subject, CheckSettings settings) {
    this.subject = subject;
    this.settings = settings;
  }

  private static GradientCheck of(Function<CheckSettings, Subject> subject) {
    return new GradientCheck(subject, CheckSettings.defaults());
  }

  /// A check of a network, at its first values, with its loss on samples of `data`.
  public static GradientCheck of(Network network, Loss loss, Dataset data) {
    return of(settings -> Subject.of(network, loss, data, null, settings));
  }

  /// A check of a network at `theta`.
  public static GradientCheck of(Network network, Loss loss, Dataset data, Theta theta) {
    return of(settings -> Subject.of(network, loss, data, theta, settings));
  }

  /// A check of a trained model on samples of `data`.
  public static GradientCheck of(Model model, Dataset data) {
    return of(model.network(), model.loss(), data, model.theta());
  }

  /// A check of a layer, or of several in one, for samples of the given shape.
  public static GradientCheck of(Layer layer, Shape input) {
    return of(settings -> Subject.of(layer, input, settings));
  }

  /// A check of an op for inputs as described. All their numbers are compared, up to 256 of each.
  public static GradientCheck of(Op op, Argument... arguments) {
    List<Argument> list = List.of(arguments);
    return new GradientCheck(
        settings -> OpSubject.of(op, list, settings), CheckSettings.defaults().withEntries(256));
  }

  /// A check of any objective at `theta`, which has to be in double. Neither is changed.
  ///
  /// @throws IllegalArgumentException if θ is in float
  public static GradientCheck of(String name, Objective objective, Theta theta, Batch batch) {
    return of(_ -> Subject.of(name, objective, theta, batch));
  }

  /// The same with other settings.
  public GradientCheck with(CheckSettings settings) {
    return new GradientCheck(subject, settings);
  }

  /// The settings.
  public CheckSettings settings() {
    return settings;
  }

  /// Does it.
  public GradientReport run() {
    return new Examination(subject.apply(settings), settings).report(true);
  }
}
