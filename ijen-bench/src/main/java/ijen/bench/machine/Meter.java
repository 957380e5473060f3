package ijen.bench.machine;

import ijen.kernel.Workers;
import java.util.ArrayList;
import java.util.List;

/// All probes with one number of threads.
final class Meter implements AutoCloseable {
  private final Workers workers;
  private final List<MultiplyAddProbe> arithmetic;
  private final List<CopyProbe> copies = new ArrayList<>();
  private final List<CopyProbe> updates = new ArrayList<>();

  Meter(int threads, float[] source, float[] target, long[] workingSets) {
    workers = Workers.of(threads);
    arithmetic = List.of(new MultiplyAddProbe(workers, 12), new MultiplyAddProbe(workers, 16));
    for (long workingSet : workingSets) {
      copies.add(new CopyProbe(workers, false, source, target, workingSet));
      updates.add(new CopyProbe(workers, true, source, target, workingSet));
    }
  }

  void warmUp() {
    arithmetic.forEach(Probe::warmUp);
    updates.getFirst().warmUp(); // one loop serves all sizes; copying needs none
  }

  void trial() {
    arithmetic.forEach(Probe::trial);
    copies.forEach(Probe::trial);
    updates.forEach(Probe::trial);
  }

  /// The fastest trials.
  Limits best() {
    double gigaflops = arithmetic.stream().mapToDouble(Probe::best).max().orElseThrow();
    List<Limits.Bandwidth> bandwidths = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      bandwidths.add(
          new Limits.Bandwidth(
              copies.get(i).workingSet(), copies.get(i).best(), updates.get(i).best()));
    }
    return new Limits(workers.threads(), gigaflops, bandwidths);
  }

  @Override
  public void close() {
    workers.close();
  }
}
