package ijen.graph;

import ijen.graph.Node.Source;
import ijen.graph.Plan.Purpose;
import ijen.graph.Step.Target;
import ijen.kernel.Buffer;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The memory in which one thread runs a [Plan]: all values, gradients and tangents in one buffer,
/// allocated once. Running allocates nothing.
///
/// Not thread-safe: one workspace, with its kernels, serves one caller at a time.
public final class Workspace {
  /// A place in a frame that is set anew in every run, from slice or input number `index`.
  private record Binding(Frame frame, int slot, int index) {}

  /// A contribution of a backward rule that is added to a gradient after the rule has run; `sum` is
  /// null for a parameter's gradient, slice number `index`.
  private record Addition(Buffer scratch, @Nullable Buffer sum, int index, Form form) {}

  private final Plan plan;
  private final Kernels kernels;
  private final Buffer memory;
  private final Frame.Run run;
  private final Op[] ops;
  private final boolean[] differentiated;
  private final Frame[] frames;
  private final Frame loss; // the first output
  private final Addition[][] additions;
  private final Inflow[][] inflows;
  private final Binding[] thetaBindings;
  private final Binding[] statisticBindings;
  private final Binding[] batchBindings;
  private final Binding[] gradientBindings;
  private final Parameter[] withoutGradient;
  private final boolean[] descendable; // parameters for which an op can take the step itself
  private boolean poisoned;

  // What the frames are bound to, mostly the same from run to run.
  private @Nullable Theta theta;
  private @Nullable Batch batch;
  private @Nullable Gradient gradient;
  private @Nullable Decay decay;
  private final Decay[] decays; // by parameter

  /// Memory for `plan`, computing with `kernels`; random ops draw by `seed`.
  public Workspace(Plan plan, Kernels kernels, long seed) {
    this.plan = plan;
    this.kernels = kernels;
    this.memory = kernels.allocate(plan.size());
    this.run = new Frame.Run(seed);
    List<Step> steps = plan.layout().steps();
    this.ops = steps.stream().map(Step::op).toArray(Op[]::new);
    this.differentiated = new boolean[ops.length];
    this.frames = new Frame[ops.length];
    this.additions = new Addition[ops.length][];
    this.inflows = new Inflow[ops.length][];
    List<Binding> theta = new ArrayList<>();
    List<Binding> statistics = new ArrayList<>();
    List<Binding> batch = new ArrayList<>();
    List<Binding> gradient = new ArrayList<>();
    this.descendable = new boolean[plan.parameters().count()];
    this.decays = new Decay[plan.parameters().count()];
    for (Step step : steps) {
      Frame frame = frame(step);
      frames[step.index()] = frame;
      differentiated[step.index()] = step.differentiated();
      for (int j = 0; j < step.inputs().size(); j++) {
        switch (step.inputs().get(j).source()) {
          case Source.Input(int index) -> batch.add(new Binding(frame, j, index));
          case Source.Slice(Parameter p) -> theta.add(new Binding(frame, j, p.index()));
          case Source.Running(Statistic s) -> statistics.add(new Binding(frame, j, s.index()));
          case Source.Result _ -> {
            Step producer = step(step.inputs().get(j));
            frame.inputs[j] = memory(producer.value());
          }
        }
      }
      additions[step.index()] = targets(step, frame, gradient);
      inflows[step.index()] = inflows(step, frame);
    }
    this.loss = frames[step(plan.outputs().getFirst()).index()];
    this.thetaBindings = theta.toArray(Binding[]::new);
    this.statisticBindings = statistics.toArray(Binding[]::new);
    this.batchBindings = batch.toArray(Binding[]::new);
    this.gradientBindings = gradient.toArray(Binding[]::new);
    this.withoutGradient =
        plan.parameters().list().stream()
            .filter(parameter -> !plan.layout().gradientReaches(parameter))
            .toArray(Parameter[]::new);
  }

  private Frame frame(Step step) {
    Frame frame =
        new Frame(
            run,
            kernels,
            plan.mode(),
            step.node(),
            step.inputs(),
            new Buffer[step.inputs().size()],
            memory(step.value()),
            step.saved().stream().map(this::memory).toArray(Buffer[]::new));
    frame.scratch = memoryOrNull(step.scratch());
    switch (plan.purpose()) {
      case FORWARD -> {}
      case GRADIENT -> frame.gradient = memoryOrNull(step.derivative());
      case TANGENT -> frame.tangent = memoryOrNull(step.derivative());
    }
    return frame;
  }

  /// Connects a step's backward rule to where its results go.
  private Addition[] targets(Step step, Frame frame, List<Binding> gradient) {
    List<Addition> added = new ArrayList<>();
    for (int j = 0; j < step.targets().size(); j++) {
      Node input = step.inputs().get(j);
      int parameter = input.source() instanceof Source.Slice(Parameter p) ? p.index() : -1;
      Buffer sum = parameter < 0 ? memoryOrNull(derivative(input)) : null;
      switch (step.targets().get(j)) {
        case Target.Nowhere() -> {}
        case Target.Direct() -> {
          if (parameter < 0) {
            frame.inputGradients[j] = sum;
          } else {
            gradient.add(new Binding(frame, j, parameter));
            descendable[parameter] = step.op().descends(j) && plan.layout().hasOneReader(input);
          }
        }
        case Target.Added(Region scratch) -> {
          Buffer own = memory(scratch);
          frame.inputGradients[j] = own;
          added.add(new Addition(own, sum, parameter, input.form()));
        }
      }
    }
    return added.toArray(Addition[]::new);
  }

  /// Connects a step's tangent rule to where its inputs' tangents come from.
  private Inflow[] inflows(Step step, Frame frame) {
    List<Inflow> inflows = new ArrayList<>();
    for (int j = 0; j < step.inputs().size(); j++) {
      Node input = step.inputs().get(j);
      if (plan.purpose() == Purpose.TANGENT && step.op().differentiable(j)) {
        if (input.source() instanceof Source.Slice(Parameter parameter)) {
          inflows.add(new Inflow.FromParameter(frame, j, parameter));
        } else if (derivative(input) != null) {
          inflows.add(new Inflow.FromOp(frame, j, frames[step(input).index()]));
        }
      }
    }
    return inflows.toArray(Inflow[]::new);
  }

  /// The plan.
  public Plan plan() {
    return plan;
  }

  /// Computes the plan's outputs at `theta` for the samples of `batch`.
  public void forward(Theta theta, Batch batch) {
    begin(theta, batch);
    for (int i = 0; i < ops.length; i++) {
      ops[i].forward(frames[i]);
      bury(i);
    }
  }

  /// Computes the plan's outputs and their tangents along `v`, the derivatives by t of the outputs
  /// at `theta + t·v`. Ops on which `v` has no effect carry no tangents. For a [Purpose#TANGENT]
  /// plan.
  public void tangent(Theta theta, Direction v, Batch batch) {
    require(Purpose.TANGENT);
    begin(theta, batch);
    for (int i = 0; i < ops.length; i++) {
      ops[i].forward(frames[i]);
      frames[i].moved = reached(i, v);
      if (frames[i].moved) {
        frames[i].limitTangent(-1); // unless the rule says otherwise
        ops[i].tangent(frames[i]);
      }
      bury(i);
    }
  }

  /// Binds the tangents of an op's inputs along `v`; whether one of them is not zero.
  private boolean reached(int i, Direction v) {
    boolean reached = false;
    for (Inflow inflow : inflows[i]) {
      reached |= inflow.bind(v);
    }
    return reached;
  }

  /// Computes the gradient by θ of `Σ_r scale·loss[r]`, after [#forward] with the same arguments.
  /// For a [Purpose#GRADIENT] plan.
  public void backward(Gradient into, double scale) {
    require(Purpose.GRADIENT);
    kernels.fill(loss.gradient(), loss.count(), scale);
    for (Parameter parameter : withoutGradient) {
      kernels.fill(into.slice(parameter), parameter.size(), 0);
    }
    if (gradient != into) {
      gradient = null;
      for (Binding binding : gradientBindings) {
        binding.frame.inputGradients[binding.slot] = into.slice(binding.index);
      }
      gradient = into;
    }
    for (int i = ops.length - 1; i >= 0; i--) {
      if (differentiated[i]) {
        ops[i].backward(frames[i]);
        for (Addition addition : additions[i]) {
          Buffer sum = addition.sum == null ? into.slice(addition.index) : addition.sum;
          kernels.addScaled(addition.scratch, 1, sum, addition.form.elements(run.samples));
        }
      }
      bury(2 * ops.length - 1 - i);
    }
  }

  /// As [#backward], followed by the step `θ ← θ − rate·(gradient + decay∘θ)`, with the same bits;
  /// but where an op can take the step for its parameter, it does, while the gradient is at hand.
  public void descend(Theta theta, Gradient room, double scale, double rate, Decay decay) {
    if (this.decay != decay) {
      this.decay = null;
      for (Parameter parameter : plan.parameters()) {
        decays[parameter.index()] = decay.slice(parameter.offset(), parameter.end());
      }
      for (Binding binding : gradientBindings) {
        Decay own = decays[binding.index];
        boolean byOp = descendable[binding.index] && own.isUniform();
        binding.frame.decays[binding.slot] = byOp ? own : null;
      }
      this.decay = decay;
    }
    run.rate = rate;
    run.descends = true;
    try {
      backward(room, scale);
    } finally {
      run.descends = false;
    }
    for (int p = 0; p < decays.length; p++) {
      if (!(descendable[p] && decays[p].isUniform())) {
        Buffer values = theta.slice(p);
        kernels.updates().sgd(values, room.slice(p), values.length(), rate, decays[p]);
      }
    }
  }

  /// Moves the running statistics of `theta` by what the ops saw in the latest run, be it at this
  /// point or another ([Op#settle]). Does nothing in evaluation.
  public void settle(Theta theta) {
    if (plan.mode() == Mode.TRAINING && statisticBindings.length > 0) {
      bind(theta);
      for (int i = 0; i < ops.length; i++) {
        ops[i].settle(frames[i]);
      }
    }
  }

  /// The value of an output after a run, row after row.
  public Buffer value(Node output) {
    return frames[step(output).index()].output();
  }

  /// The tangent of an output after [#tangent]; null if it is zero, because the output does not
  /// depend on any parameter that the direction moves.
  public @Nullable Buffer tangent(Node output) {
    Frame frame = frames[step(output).index()];
    return frame.moved ? frame.tangent : null;
  }

  /// From now on overwrites memory with NaN as soon as the plan says that nobody will read it
  /// again, so that a wrong lifetime shows. For tests.
  void poison() {
    poisoned = true;
    memory.fill(Double.NaN);
  }

  private void bury(int time) {
    if (poisoned) {
      plan.layout().steps().stream()
          .flatMap(step -> step.regions().stream())
          .filter(region -> region.end() == time)
          .forEach(region -> memory(region).fill(Double.NaN));
    }
  }

  private void begin(Theta theta, Batch batch) {
    int samples = batch.rows();
    if (samples > plan.capacity()) {
      throw new IllegalArgumentException(
          "this plan is for batches of up to "
              + plan.capacity()
              + " samples, the batch holds "
              + samples);
    }
    run.samples = samples;
    run.step = batch.step();
    bind(theta);
    if (this.batch != batch) {
      this.batch = null;
      for (Binding binding : batchBindings) {
        binding.frame.inputs[binding.slot] = batch.input(binding.index);
      }
      this.batch = batch;
    }
  }

  private void bind(Theta theta) {
    if (this.theta != theta) {
      this.theta = null; // until all of it is bound
      for (Binding binding : thetaBindings) {
        binding.frame.inputs[binding.slot] = theta.slice(binding.index);
      }
      for (Binding binding : statisticBindings) {
        binding.frame.inputs[binding.slot] = theta.statisticSlice(binding.index);
      }
      this.theta = theta;
    }
  }

  private void require(Purpose purpose) {
    if (plan.purpose() != purpose) {
      throw new IllegalStateException(
          "expected a plan for " + purpose + ", this one is for " + plan.purpose());
    }
  }

  private Step step(Node node) {
    Step step = plan.layout().step(node);
    if (step == null) {
      throw new IllegalArgumentException(
          "'" + node.name() + "' is not computed by this plan; its outputs are " + plan.outputs());
    }
    return step;
  }

  private @Nullable Region derivative(Node node) {
    Step step = plan.layout().step(node);
    return step == null ? null : step.derivative();
  }

  private Buffer memory(Region region) {
    return memory.slice(region.offset(), region.size());
  }

  private @Nullable Buffer memoryOrNull(@Nullable Region region) {
    return region == null ? null : memory(region);
  }
}
