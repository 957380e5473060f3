package ijen.bench.workload;

import static ijen.bench.workload.IjenParticipant.cpu;
import static ijen.bench.workload.IjenParticipant.say;

import ijen.data.Batches;
import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.run.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Ijen as one of those that load data: a program that opens a file or a folder, shuffles, and
/// gathers the first batch as floats, in the way in which a training begins.
///
/// The arguments are the words that `loading_peer.py` gets, too: `format`, `data`, `warmup`, the
/// seconds for which it is done before it is timed, and `passes`, how often it is timed. Told are
/// the first time, in a process where nothing has been done yet but starting, then a checksum of a
/// batch that is no matter of chance, then the times that are warm.
public final class LoadingParticipant {
  /// Samples in a batch.
  static final int BATCH = 128;

  private static final long STRIDE = 7919; // a prime: samples from everywhere
  private static final long MASK = (1L << 52) - 1; // whole numbers that a double holds

  private LoadingParticipant() {}

  /// Does what the words say.
  public static void main(String[] arguments) {
    Map<String, String> words = Job.map(arguments);
    Path data = Path.of(Job.word(words, "data"));
    double warmup = Double.parseDouble(Job.word(words, "warmup"));
    int passes = Integer.parseInt(Job.word(words, "passes"));
    double first = seconds(data, 0);
    say("version", Environment.ijenVersion(), "libraries", List.of(), "product", 0.0, "cpu", cpu());
    say("evaluation", "first", "passes", List.of(first));
    say("test", checksum(Dataset.open(data)));
    long end = System.nanoTime() + (long) (warmup * 1e9);
    long seed = 1;
    while (System.nanoTime() < end) {
      seconds(data, seed++);
    }
    List<Double> warm = new ArrayList<>();
    for (int i = 0; i < passes; i++) {
      warm.add(seconds(data, seed++));
    }
    say("evaluation", "warm", "passes", warm);
  }

  /// The seconds from nothing to the first batch.
  private static double seconds(Path data, long seed) {
    long start = System.nanoTime();
    Batches batches = Batches.of(Dataset.open(data), BATCH, true, seed, false);
    Batch batch = batches.allocate(Precision.FLOAT);
    batches.load(0, 0, 0, batch);
    return (System.nanoTime() - start) * 1e-9;
  }

  /// Of the batch of samples 0, 7919, 2 · 7919, … modulo their number: the sum of the bits of each
  /// float times its place, features first, then labels; of that the last 52 bits.
  static double checksum(Dataset samples) {
    int[] indices = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      indices[i] = (int) (i * STRIDE % samples.size());
    }
    Batch batch = Batches.inOrder(samples, BATCH).allocate(Precision.FLOAT);
    batch.begin(BATCH, 0);
    samples.gather(indices, 0, BATCH, batch);
    long sum = 0;
    long place = 1;
    for (Buffer part : List.of(batch.features(), batch.targets())) {
      for (int i = 0; i < part.length(); i++) {
        sum += place++ * Float.floatToRawIntBits((float) part.get(i));
      }
    }
    return sum & MASK;
  }
}
