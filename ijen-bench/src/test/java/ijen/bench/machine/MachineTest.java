package ijen.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.json.Json;
import ijen.kernel.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  private static final long[] SMALL = {16 << 10, 64 << 10};

  @Test
  void figuresAreThoseOfSomeMachine() {
    int processors = Runtime.getRuntime().availableProcessors();
    Machine machine = Machine.measure(1, SMALL, processors, 1, 1);
    // Others use the machine too: once they have to leave it alone for a moment.
    for (int i = 0; i < 20 && !allThreadsDoAsMuch(machine); i++) {
      machine = Machine.measure(1, SMALL, 1, processors);
    }
    assertThat(allThreadsDoAsMuch(machine)).as(machine.text()).isTrue();
    assertThat(machine.gigaflops(1)).isBetween(0.5, 2000.0);
    assertThat(machine.processors()).isEqualTo(processors);
    assertThat(machine.limits()).hasSize(processors == 1 ? 1 : 2);
    for (Limits limits : machine.limits()) {
      assertThat(limits.bandwidths().getFirst().workingSet())
          .isEqualTo(Math.min(SMALL[0], SMALL[1] / limits.threads() / 8 * 8));
      for (Limits.Bandwidth each : limits.bandwidths()) {
        assertThat(each.copy()).isBetween(0.1, 1e5);
        assertThat(each.update()).isBetween(0.1, 1e5);
      }
    }
    assertThat(machine.text())
        .contains(machine.cpu(), "Java " + System.getProperty("java.runtime.version"), "16 KiB");
    assertThatThrownBy(() -> Machine.measure(1, SMALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean allThreadsDoAsMuch(Machine machine) {
    return machine.limits().getLast().gigaflops() >= 0.8 * machine.gigaflops(1);
  }

  private static Limits limits(int threads, double gigaflops, double... copies) {
    return new Limits(
        threads,
        gigaflops,
        List.of(
            new Limits.Bandwidth(1 << 14, copies[0], 3 * copies[0]),
            new Limits.Bandwidth(1 << 18, copies[1], 3 * copies[1])));
  }

  private static Machine machine(Limits... limits) {
    return new Machine("A B", 2, 8, "25", List.of("-Xmx1g"), List.of(limits));
  }

  @Test
  void textNamesEveryFigure() {
    assertThat(machine(limits(1, 50, 100, 70), limits(2, 99, 200, 140)).text())
        .isEqualTo(
            """
            A B, processors: 2, lanes: 8
            Java 25 -Xmx1g
              best of several trials, threads:             1         2
              multiply-add peak, GFLOP/s                50.0      99.0
              that is, times one thread                 1.00      1.98
              copy, GB/s, in 16 KiB a thread           100.0     200.0
              update, GB/s, in 16 KiB a thread         300.0     600.0
              copy, GB/s, in 256 KiB a thread           70.0     140.0
              update, GB/s, in 256 KiB a thread        210.0     420.0
            """);
  }

  @Test
  void mapIsJson() {
    assertThat(Json.line(machine(limits(1, 50, 100, 70)).json()))
        .isEqualTo(
            "{\"cpu\":\"A B\",\"processors\":2,\"lanes\":8,\"java\":\"25\",\"flags\":[\"-Xmx1g\"],"
                + "\"limits\":[{\"threads\":1,\"gigaflops\":50.0,\"bandwidth\":["
                + "{\"workingSetBytes\":16384,\"copyGigabytesPerSecond\":100.0,"
                + "\"updateGigabytesPerSecond\":300.0},"
                + "{\"workingSetBytes\":262144,\"copyGigabytesPerSecond\":70.0,"
                + "\"updateGigabytesPerSecond\":210.0}]}]}");
  }

  @Test
  void betterTakesEachFigureWhereItIsHigher() {
    Machine better =
        machine(limits(1, 50, 100, 70)).better(machine(limits(1, 51, 90, 71), limits(2, 9, 9, 9)));
    assertThat(better)
        .isEqualTo(
            machine(
                new Limits(
                    1,
                    51,
                    List.of(
                        new Limits.Bandwidth(1 << 14, 100, 300),
                        new Limits.Bandwidth(1 << 18, 71, 213)))));
  }

  @Test
  void bandwidthIsThatOfTheNearestWorkingSet() {
    Limits limits = limits(1, 50, 100, 70);
    assertThat(limits.bandwidth(0).copy()).isEqualTo(100);
    assertThat(limits.bandwidth(1 << 15).copy()).isEqualTo(100);
    assertThat(limits.bandwidth(1 << 17).copy()).isEqualTo(70);
    assertThat(limits.bandwidth(1e12).copy()).isEqualTo(70);
    assertThatThrownBy(() -> machine(limits).limits(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1] threads, not with 3");
  }

  @Test
  void probesProveTheirWork() {
    float[] source = {1, 2, 3, 4, 5, 6, 7, 8};
    try (Workers workers = Workers.of(2)) {
      for (boolean update : new boolean[] {true, false}) {
        float[] target = new float[8];
        CopyProbe probe = new CopyProbe(workers, update, source, target, 1 << 20);
        assertThat(probe.workingSet()).isEqualTo(32);
        assertThat(probe.right()).isTrue();
        assertThat(target).isEqualTo(source);
      }
      for (int chains : new int[] {12, 16}) {
        MultiplyAddProbe probe = new MultiplyAddProbe(workers, chains);
        assertThat(probe.right()).isFalse(); // nothing done yet
        workers.run(probe);
        assertThat(probe.right()).isTrue();
      }
    }
  }

  @Test
  void aWrongResultHasNoRate() {
    try (Workers workers = Workers.of(1)) {
      Probe wrong =
          new Probe(workers) {
            @Override
            double amount() {
              return 1;
            }

            @Override
            void repeat(int part) {}

            @Override
            boolean right() {
              return false;
            }
          };
      assertThatThrownBy(wrong::best)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("wrong result");
    }
  }
}
