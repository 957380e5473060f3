package ijen.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.kernel.Precision;
import org.junit.jupiter.api.Test;

class DirectionTest {
  @Test
  void knowsWhereItIsZero() {
    Graph g = new Graph();
    SmallNets.weight(g, "a", 5, 6);
    SmallNets.weight(g, "b", 3, 5);
    Parameters all = g.parameters();
    Parameter a = all.get("a");
    Parameter b = all.get("b");
    Direction v = new Direction(all, Precision.DOUBLE);
    assertThat(v.moves(a)).isFalse();
    v.unit(b.offset() + 7);
    assertThat(v.moves(a)).isFalse();
    assertThat(v.moves(b)).isTrue();
    assertThat(v.entry(b)).isEqualTo(7);
    v.unit(3);
    assertThat(v.moves(b)).isFalse();
    assertThat(v.entry(a)).isEqualTo(3);

    v.slice(b).set(1, 5); // no unit vector any more, and that of before is still there
    assertThat(v.entry(a)).isEqualTo(-1);
    assertThat(v.entry(b)).isEqualTo(-1);
    assertThat(v.moves(a)).isTrue();
    assertThat(v.moves(b)).isTrue();
    assertThat(v.slice(a).get(3)).isEqualTo(1);

    v.unit(0);
    double[] expected = new double[v.size()];
    expected[0] = 1;
    assertThat(v.values().toDoubles()).isEqualTo(expected);
    v.values().fill(2);
    v.clear();
    assertThat(v.moves(a)).isFalse();
    assertThat(v.values().toDoubles()).containsOnly(0);
    v.unit(0);
    v.clear();
    Direction other = new Direction(all, Precision.DOUBLE);
    other.values().fill(3);
    v.copyFrom(other);
    assertThat(v.moves(b)).isTrue();
    assertThat(v.values().toDoubles()).containsOnly(3);
    assertThatThrownBy(() -> v.unit(v.size())).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
