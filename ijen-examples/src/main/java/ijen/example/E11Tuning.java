package ijen.example;

import ijen.data.Digits;
import ijen.data.Split;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.optim.Optimizer;
import ijen.optim.Sgd;
import ijen.train.EpochReport;
import ijen.train.TrainListener;
import ijen.train.Training;
import ijen.tune.Configuration;
import ijen.tune.Dimension;
import ijen.tune.Importance;
import ijen.tune.PercentilePruner;
import ijen.tune.Reporter;
import ijen.tune.Search;
import ijen.tune.Space;
import ijen.tune.TpeSampler;
import ijen.tune.Trial;
import java.util.Objects;

/// Hyper-parameters, searched for: forty configurations; trainings that fall behind are ended
/// early.
public class E11Tuning {

  static Training training(Configuration c) {
    var network =
        Network.of(Shape.of(784), Layers.dense(c.whole("units")), Layers.relu(), Layers.dense(10));
    double rate = c.real("rate");
    Optimizer optimizer =
        c.has("momentum") ? Sgd.of(rate).withMomentum(c.real("momentum")) : Adam.of(rate);
    return Training.of(network, Losses.crossEntropy(), optimizer).batch(32).epochs(8).threads(1);
  }

  /// The loss on held out samples; reported after each epoch, which may be the trial's last.
  static double loss(Configuration c, Reporter reporter, Split data) {
    var listener =
        new TrainListener() {
          @Override
          public void epochEnded(EpochReport epoch) {
            reporter.report(epoch.epoch(), Objects.requireNonNull(epoch.validation()).loss());
          }
        };
    var trained = training(c).validate(data.heldOut()).on(listener);
    return trained.fit(data.train(), data.heldOut()).score().loss();
  }

  static void main() {
    var all = Digits.generate(2_000, 1); // the test set has no part in the search
    var data = Split.random(all, 0.75, 1);
    var space =
        Space.of(
            Dimension.choice("optimizer", "sgd", "adam"),
            Dimension.real("rate", 1e-4, 1).inLog(),
            Dimension.real("momentum", 0, 0.95).when("optimizer", "sgd"),
            Dimension.whole("units", 8, 128).inLog());
    var search = Search.of(space, TpeSampler.of(1)).withPruner(PercentilePruner.median());
    var result = search.withTrials(40).run((c, reporter) -> loss(c, reporter, data), 2);

    for (var state : Trial.State.values()) {
      IO.println("%-9s %d".formatted(state, result.count(state)));
    }
    Trial best = result.best().orElseThrow();
    IO.println("best      %.4f: %s".formatted(best.value(), best.configuration()));
    for (var it : Importance.of(space, result.trials(), 1)) {
      IO.println("%-9s %3.0f %% of the variance".formatted(it.dimension(), 100 * it.share()));
    }
    IO.println(training(best.configuration()).fit(all, Digits.test()).score());
  }
}
