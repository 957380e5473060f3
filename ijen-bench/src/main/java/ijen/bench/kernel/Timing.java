package ijen.bench.kernel;

/// How long one call took with a number of threads, over the iterations of one run.
///
/// @param threads the threads
/// @param median the median of the iterations' means, in seconds
/// @param best the fastest iteration's mean, in seconds
public record Timing(int threads, double median, double best) {}
