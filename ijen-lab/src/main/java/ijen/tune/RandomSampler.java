package ijen.tune;

import ijen.random.RandomStream;

/// Random search: each value drawn from its dimension's distribution, independently.
///
/// Trial n is a function of seed and n, and a dimension's value one of its place in the space: a
/// longer search begins with the trials of a shorter one.
///
/// **Source:** Bergstra, Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012.
///
/// @param seed the key of all that is drawn
public record RandomSampler(long seed) implements Sampler {
  @Override
  public Configuration suggest(Space space, int number, History history) {
    RandomStream stream = RandomStream.of(seed, "tune", number);
    return space.fill((index, dimension) -> dimension.at(stream.uniform(index)));
  }

  @Override
  public boolean needsHistory() {
    return false;
  }
}
