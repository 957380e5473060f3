package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Graph;
import ijen.graph.Parameters;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import org.junit.jupiter.api.Test;

class OptimizerStateTest {
  private static Parameters parameters() {
    Graph g = new Graph();
    g.parameter("first.weight", Shape.of(2, 3), Role.WEIGHT, (v, s, r) -> v.fill(1));
    g.parameter("second.weight", Shape.of(4), Role.WEIGHT, (v, s, r) -> v.fill(1));
    g.parameter("second.bias", Shape.of(2), Role.BIAS, (v, s, r) -> v.fill(1));
    g.parameter("norm.scale", Shape.of(2), Role.NORM, (v, s, r) -> v.fill(1));
    g.parameter("third.weight", Shape.of(5), Role.WEIGHT, (v, s, r) -> v.fill(1));
    return g.parameters();
  }

  @Test
  void weightsDecayAndNothingElse() {
    OptimizerState state = new OptimizerState(parameters(), Kernels.reference());
    assertThat(state.decay(0)).isSameAs(Decay.none());
    Decay decay = state.decay(0.5);
    assertThat(decay).hasToString("decay 0.5 to 10, 0.0 to 14, 0.5 to 19, 0.0 from there");
    assertThat(state.decay(0.5)).isSameAs(decay);
    assertThat(state.decay(0.25).at(0)).isEqualTo(0.25);
    assertThat(state.decay(0).at(0)).isZero();
  }

  @Test
  void aSlotThatIsNotThereIsRefused() {
    OptimizerState state = new OptimizerState(parameters(), Kernels.reference(), "m", "v");
    assertThatThrownBy(() -> state.slot("velocity"))
        .hasMessage("no slot 'velocity'; there are [m, v]");
  }
}
