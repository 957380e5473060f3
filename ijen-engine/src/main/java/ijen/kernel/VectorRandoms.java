package ijen.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// [RandomKernels] in `float` by SIMD instructions: the front that divides a call into groups and
/// splits them over threads. What is computed stands in [FloatNormals], [FloatSigns] and
/// [FloatDropout].
final class VectorRandoms implements RandomKernels {
  /// Groups of normals that are made at a time. Their words stay in the first-level cache, and the
  /// loops over them are called often enough to be compiled soon.
  private static final int GROUPS = 8;

  /// What a number costs, in additions.
  private static final int NORMAL = 12;

  private static final int SIGN = 3;

  private static final int GROUP = FloatNormals.GROUP;

  /// Room for the words and numbers of [#GROUPS] groups.
  private static final class Room {
    final int[] words = new int[GROUPS * GROUP];
    final float[] numbers = new float[GROUPS * GROUP];
  }

  private final Split split;
  private final Room[] rooms; // one for each thread
  private final AtomicIntegerArray taken;
  private final Normals normals = new Normals();
  private final Signs signs = new Signs();
  private final Split.Sum squares = this::squares;

  VectorRandoms(Split split, int threads) {
    this.split = split;
    this.rooms = new Room[threads];
    for (int i = 0; i < threads; i++) {
      rooms[i] = new Room();
    }
    this.taken = new AtomicIntegerArray(threads);
  }

  /// The number of a room that nobody uses: there is one, as a thread uses one at a time.
  private int take() {
    int room = 0;
    while (!taken.compareAndSet(room, 0, 1)) {
      room = (room + 1) % rooms.length;
    }
    return room;
  }

  private void give(int room) {
    taken.set(room, 0);
  }

  @Override
  public void dropoutMask(Buffer out, int n, double keep, long seed, long stream) {
    split.of(out, out).factor(keep).random(seed, stream).elements(DROPOUT, n, 16);
  }

  private static final Split.Part DROPOUT =
      (s, scratch, from, to) -> FloatDropout.mask(s.a, s.factor, s.seed, s.stream, from, to);

  @Override
  public void normals(Buffer out, int n, long seed, long stream, long from) {
    add(normals.of(true, from, n), out, 1, seed, stream, NORMAL, GROUP);
  }

  @Override
  public void addNormals(Buffer theta, int n, double scale, long seed, long stream, long from) {
    add(normals.of(false, from, n), theta, scale, seed, stream, NORMAL, GROUP);
  }

  @Override
  public void addSigns(Buffer theta, int n, double scale, long seed, long stream, long from) {
    add(signs.of(from, n), theta, scale, seed, stream, SIGN, FloatSigns.BLOCK);
  }

  private void add(
      Range range, Buffer theta, double scale, long seed, long stream, int cost, int unit) {
    if (range.count > 0) {
      int units = (int) ((range.first + range.count - 1) / unit - range.first / unit) + 1;
      split
          .of(theta, theta)
          .factor(scale)
          .random(seed, stream)
          .rows(range, units, Math.min(unit, range.count), cost);
    }
  }

  /// The numbers `first` to `first + count − 1` of a stream; its rows are the units that they meet.
  private abstract static class Range implements Split.Part {
    long first;
    int count;

    /// Index, in the buffer, of the first number of unit `row`: below 0, or beyond `count`, where
    /// the unit's numbers are only partly wanted.
    final long at(int row, int unit) {
      return (first / unit + row) * unit - first;
    }
  }

  private final class Normals extends Range {
    private boolean overwrites;

    Normals of(boolean overwrites, long first, int count) {
      this.overwrites = overwrites;
      this.first = first;
      this.count = count;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      int room = take();
      try {
        float[] ts = s.a.floats();
        int offset = s.a.offset;
        for (int row = from; row < to; ) {
          long at = at(row, GROUP);
          int groups = Math.min(GROUPS, to - row);
          // The first and the last group may be wanted in part: they go through scratch memory.
          boolean part = at < 0 || at + GROUP > count;
          if (part) {
            groups = 1;
          } else if (at + (long) groups * GROUP > count) {
            groups--;
          }
          int begin = (int) Math.max(at, 0);
          int end = (int) Math.min(at + (long) groups * GROUP, count);
          if (overwrites) {
            Arrays.fill(ts, offset + begin, offset + end, 0);
          }
          int[] words = rooms[room].words;
          FloatNormals.words(words, groups, s.seed, s.stream, first / GROUP + row);
          float scale = (float) s.factor;
          if (part) {
            int skip = (int) (begin - at);
            System.arraycopy(ts, offset + begin, scratch, skip, end - begin);
            FloatNormals.add(words, scale, scratch, 0, 1);
            System.arraycopy(scratch, skip, ts, offset + begin, end - begin);
          } else {
            FloatNormals.add(words, scale, ts, offset + begin, groups);
          }
          row += groups;
        }
      } finally {
        give(room);
      }
    }
  }

  private static final class Signs extends Range {
    Signs of(long first, int count) {
      this.first = first;
      this.count = count;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      int begin = (int) Math.max(at(from, FloatSigns.BLOCK), 0);
      int end = (int) Math.min(at(to, FloatSigns.BLOCK), count);
      FloatSigns.add(
          (float) s.factor,
          s.a.floats(),
          s.a.offset + begin,
          end - begin,
          s.seed,
          s.stream,
          first + begin);
    }
  }

  @Override
  public double sumOfSquaredNormals(int n, long seed, long stream, long from) {
    normals.of(false, from, n);
    return split.random(seed, stream).sum(squares, n);
  }

  /// What the numbers `from` to `to − 1` of the call add to the sum.
  private double squares(Split s, int from, int to) {
    int room = take();
    try {
      float[] numbers = rooms[room].numbers;
      double sum = 0;
      for (int i = from; i < to; ) {
        long group = (normals.first + i) / GROUP;
        int skip = (int) (normals.first + i - group * GROUP);
        int n = Math.min(to - i, GROUPS * GROUP - skip);
        int groups = Math.ceilDiv(skip + n, GROUP);
        Arrays.fill(numbers, 0, groups * GROUP, 0);
        FloatNormals.words(rooms[room].words, groups, s.seed, s.stream, group);
        FloatNormals.add(rooms[room].words, 1, numbers, 0, groups);
        sum += FloatSums.exactDot(numbers, skip, numbers, skip, n);
        i += n;
      }
      return sum;
    } finally {
      give(room);
    }
  }
}
