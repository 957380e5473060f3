package ijen.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Moves labels apart on a line, each as little as the others allow.
final class Spread {
  private Spread() {}

  /// Places with at least `distance` between any two, in the order of the wishes, within `[from,
  /// to]` if they fit there; the sum of squared moves is least (pooling of neighbours that
  /// collide).
  static List<Double> apart(List<Double> wishes, double distance, double from, double to) {
    List<Integer> order =
        IntStream.range(0, wishes.size())
            .boxed()
            .sorted(Comparator.comparing(wishes::get)) // stable: equal wishes keep their order
            .toList();
    // Without the distances the places need only not decrease: isotonic regression of wish −
    // i·distance.
    List<double[]> pools = new ArrayList<>(); // {sum, count}
    for (int i = 0; i < order.size(); i++) {
      pools.add(new double[] {wishes.get(order.get(i)) - i * distance, 1});
      while (pools.size() > 1 && mean(pools.getLast()) < mean(pools.get(pools.size() - 2))) {
        double[] last = pools.removeLast();
        pools.getLast()[0] += last[0];
        pools.getLast()[1] += last[1];
      }
    }
    double highest = to - (order.size() - 1) * distance;
    Double[] places = new Double[order.size()];
    int i = 0;
    for (double[] pool : pools) {
      double base = Math.max(from, Math.min(mean(pool), highest));
      for (int k = 0; k < pool[1]; k++, i++) {
        places[order.get(i)] = base + i * distance;
      }
    }
    return List.of(places);
  }

  private static double mean(double[] pool) {
    return pool[0] / pool[1];
  }
}
