package ijen.bench.workload;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import ijen.data.Dataset;
import ijen.format.json.Json;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.metric.Evaluator;
import ijen.model.Model;
import ijen.run.Environment;
import ijen.train.EpochReport;
import ijen.train.Progress;
import ijen.train.TrainListener;
import ijen.train.TrainResult;
import ijen.train.Training;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ijen as one of the participants: a program that does a [Job] by the public [Training] and tells
/// how it went as peers do, in JSON objects, one a line.
///
/// **Timed** is what [EpochReport#seconds] times: a new order of the samples, then for each step
/// gathering bytes into floats, forward, backward, update, adding up the loss and counting the
/// right decisions. Evaluation and what is said here are not in it.
///
/// **Warm-up.** A JVM compiles while it runs, for some seconds, however short an epoch is. If the
/// job has epochs to warm up, another network of the same kind is therefore trained first, for
/// [#WARM_UP] seconds. Its first epoch, in a process where nothing is compiled, is told as the
/// first epoch of the job, so that the cost is seen and not counted.
public final class IjenParticipant {
  /// Seconds to warm up.
  private static final double WARM_UP = 6;

  private IjenParticipant() {}

  /// The arguments are a job's words.
  public static void main(String[] arguments) throws IOException {
    Job job = Job.of(arguments);
    say("version", Environment.ijenVersion(), "libraries", List.of(), "product", 0.0, "cpu", cpu());
    Dataset train = SampleFiles.read(job.data(), "train", job.width(), job.classes());
    Dataset test = SampleFiles.read(job.data(), "test", job.width(), job.classes());
    Workload workload = job.workload();
    boolean copies = workload.copies();
    Dataset learnt = copies ? train.reconstruction() : train;
    Dataset unseen = copies ? test.reconstruction() : test;
    Training training =
        Training.of(
                workload.network(job.width(), job.classes()), workload.loss(), workload.optimizer())
            .batch(workload.batch())
            .threads(job.threads());
    Effort effort = job.effort();
    double cold =
        effort.warmup() > 0 ? warmUp(training.seed(~job.seed()), effort, learnt, unseen) : 0;
    TrainResult result =
        training
            .epochs(effort.all())
            .seed(job.seed())
            .on(new Meter(effort, cold, true))
            .fit(learnt, unseen);
    say("test", copies ? result.score().loss() : result.score().accuracy());
    for (int rows : List.of(256, 1000)) {
      evaluate(job, result.model(), test, rows);
    }
  }

  /// Trains until all is compiled; the seconds of the first epoch.
  private static double warmUp(Training training, Effort effort, Dataset train, Dataset test) {
    long end = System.nanoTime() + (long) (WARM_UP * 1e9);
    // The listener is the same as later: another class would make the JVM compile the loop anew.
    Meter meter = new Meter(effort, 0, false);
    training
        .epochs(10_000)
        .on(meter)
        .stopWhen(() -> meter.firstEpoch > 0 && System.nanoTime() >= end)
        .fit(train, test);
    return meter.firstEpoch;
  }

  /// Times passes over the test set, each with loss, decisions and confusion matrix.
  private static void evaluate(Job job, Model model, Dataset test, int rows) {
    double[] seconds = new double[job.effort().passes()];
    if (seconds.length == 0) {
      return;
    }
    try (Workers workers = Workers.of(job.threads())) {
      Kernels kernels = Kernels.of(Precision.chosen(), workers);
      Evaluator evaluator =
          new Evaluator(model.network(), model.loss(), test.target(), rows, kernels);
      for (int i = 0; i < seconds.length; i++) {
        long start = System.nanoTime();
        evaluator.evaluate(model.theta(), test);
        seconds[i] = (System.nanoTime() - start) * 1e-9;
      }
    }
    say("evaluation", "batches of " + rows, "passes", seconds);
  }

  /// Tells each epoch, and at the end what the steps of the last one allocated and what the heap
  /// held before the first timed epoch and after the last, each after a collection.
  private static final class Meter implements TrainListener {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Effort effort;
    private final double cold;
    private final boolean tells;
    private double firstEpoch;
    private long allocated;
    private int stepsCounted;
    private long heapBefore;

    /// @param cold the seconds of an epoch in a process just begun; 0 if there was none
    /// @param tells whether what it measures is told
    Meter(Effort effort, double cold, boolean tells) {
      this.effort = effort;
      this.cold = cold;
      this.tells = tells;
    }

    @Override
    public void started(Progress progress) {
      if (effort.warmup() == 0) {
        heapBefore = heap();
      }
    }

    /// The first step is left out: it draws the epoch's order.
    @Override
    public void stepped(Progress progress) {
      if (progress.stepInEpoch() == 1) {
        allocated = -threads.getTotalThreadAllocatedBytes();
      } else if (progress.stepInEpoch() == progress.stepsPerEpoch()) {
        allocated += threads.getTotalThreadAllocatedBytes();
        stepsCounted = progress.stepsPerEpoch() - 1;
      }
    }

    @Override
    public void epochEnded(EpochReport report) {
      if (report.epoch() == 1) {
        firstEpoch = report.seconds();
      }
      if (!tells) {
        return;
      }
      say(
          "epoch",
          report.epoch() - 1,
          "seconds",
          report.epoch() == 1 && cold > 0 ? cold : report.seconds(),
          "loss",
          report.training().loss(),
          "cpu",
          cpu());
      if (report.epoch() == effort.warmup()) {
        heapBefore = heap();
      }
      if (report.epoch() == effort.all() && stepsCounted > 0) {
        say(
            "bytesPerStep",
            (double) allocated / stepsCounted,
            "heapBefore",
            heapBefore,
            "heapAfter",
            heap());
      }
    }

    private static long heap() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }

  /// Seconds of processor time that this process has used.
  static double cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }

  static void say(Object... keysAndValues) {
    Map<String, Object> line = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      line.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    System.out.println(Json.line(line));
  }
}
