package ijen.recipe;

import ijen.data.Dataset;
import ijen.graph.Objective;
import ijen.kernel.Kernels;
import ijen.loss.Loss;
import ijen.nn.Network;
import ijen.optim.Optimizer;
import ijen.optim.Wrapper;
import ijen.train.TrainSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An optimiser that is handed gradients with faults.
///
/// @param optimizer the rule
/// @param faults which are made
/// @param network what is trained
/// @param loss what is made small
/// @param train on what
/// @param how in which batches, from which seed
record Faulty(
    Optimizer optimizer,
    Set<Fault> faults,
    Network network,
    Loss loss,
    Dataset train,
    TrainSettings how)
    implements Wrapper {
  @Override
  public Objective handed(Objective objective, Kernels kernels) {
    int batch = Math.min(how.batch(), train.size());
    Objective wrong = objective;
    for (Fault fault : faults) {
      wrong =
          switch (fault) {
            case NEXT_DELTA ->
                new NextDelta(wrong, network, loss, train.target(), batch, how, kernels);
            case SHARED_BIAS -> new SharedBias(wrong, kernels);
          };
    }
    return wrong;
  }

  /// Those of the optimiser, and `fault`.
  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(optimizer.settings());
    settings.put(Setting.FAULT.key(), Fault.text(faults));
    return settings;
  }
}
