package ijen.tune;

import java.util.List;

/// Kernels of a [Choice]: the observed value has most of the probability, all others share the
/// rest.
///
/// With N kernels, an observation's probabilities are 1/N each and 1 more for the observed value,
/// divided by their sum; the prior's are even.
final class ChoiceKernels implements Kernels {
  private final Choice choice;
  private final int[] observed;
  private final double share;
  private final double sum;

  ChoiceKernels(Choice choice, List<String> observations) {
    this.choice = choice;
    this.observed = observations.stream().mapToInt(choice.values()::indexOf).toArray();
    this.share = PRIOR_WEIGHT / (observed.length + 1);
    this.sum = share * choice.values().size() + 1;
  }

  @Override
  public int count() {
    return observed.length + 1;
  }

  @Override
  public void addLogs(String value, double[] logs) {
    int index = choice.values().indexOf(value);
    double here = StrictMath.log((share + 1) / sum);
    double elsewhere = StrictMath.log(share / sum);
    for (int k = 0; k < observed.length; k++) {
      logs[k] += observed[k] == index ? here : elsewhere;
    }
    logs[observed.length] -= StrictMath.log(choice.values().size());
  }

  @Override
  public String draw(int kernel, double u) {
    if (kernel == observed.length) {
      return choice.at(u);
    }
    // As if the observed value came first: 1 + share of the sum is its part.
    double rest = u * sum - 1 - share;
    if (rest < 0 || choice.values().size() == 1) {
      return choice.value(observed[kernel]);
    }
    int index = Math.min((int) (rest / share), choice.values().size() - 2);
    return choice.value(index < observed[kernel] ? index : index + 1);
  }
}
