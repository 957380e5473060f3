package ijen.tune;

/// One kernel for each observation of a dimension, and as the last that of the prior: each a
/// distribution over the dimension's values.
sealed interface Kernels permits NumberKernels, ChoiceKernels {
  /// The weight of the prior, beside observations of weight 1.
  double PRIOR_WEIGHT = 1;

  /// How many, that of the prior included.
  int count();

  /// Adds to `logs`, for each kernel, the logarithm of its density at a value, or of the value's
  /// probability where values are countable.
  void addLogs(String value, double[] logs);

  /// A value from one of the kernels.
  ///
  /// @param u in [0, 1), evenly drawn
  String draw(int kernel, double u);
}
