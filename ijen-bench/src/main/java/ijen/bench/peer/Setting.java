package ijen.bench.peer;

import java.util.LinkedHashMap;
import java.util.Map;

/// How many threads a process computes with, and how OpenMP's threads wait for each other.
///
/// @param threads 1 or more
/// @param passive whether waiting threads sleep at once (`OMP_WAIT_POLICY=PASSIVE`) instead of
///   spinning for a while first, which is OpenMP's default
public record Setting(int threads, boolean passive) implements Comparable<Setting> {
  /// The variables that say so. All are set for every process, so that nothing is an accident of
  /// the shell from which it was started.
  public Map<String, String> environment() {
    String count = Integer.toString(threads);
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("OMP_NUM_THREADS", count);
    environment.put("OPENBLAS_NUM_THREADS", count);
    environment.put("MKL_NUM_THREADS", count);
    environment.put("OMP_DYNAMIC", "FALSE");
    environment.put("OMP_WAIT_POLICY", passive ? "PASSIVE" : ""); // empty: not set
    return environment;
  }

  /// For example `2 threads, passive`.
  @Override
  public String toString() {
    return threads + (threads == 1 ? " thread" : " threads") + (passive ? ", passive" : "");
  }

  @Override
  public int compareTo(Setting other) {
    int byThreads = Integer.compare(threads, other.threads);
    return byThreads != 0 ? byThreads : Boolean.compare(passive, other.passive);
  }
}
