package ijen.kernel;

import java.util.Arrays;

/// [TableKernels] in `float`: threads share out the rows to gather, and the columns to scatter, so
/// that each sum is one thread's.
final class VectorTables implements TableKernels {
  private final Split split;

  VectorTables(Split split) {
    this.split = split;
  }

  @Override
  public void gather(Buffer table, Buffer numbers, Buffer out, int n, int entries, int columns) {
    ReferenceTables.check(numbers, n, entries);
    split.of(table, numbers, out).rows(GATHER, n, columns);
  }

  private static final Split.Part GATHER =
      (s, scratch, from, to) -> {
        for (int i = from; i < to; i++) {
          int row = (int) s.b.floats()[s.b.offset + i];
          System.arraycopy(
              s.a.floats(),
              s.a.offset + row * s.columns,
              s.c.floats(),
              s.c.offset + i * s.columns,
              s.columns);
        }
      };

  @Override
  public void scatter(Buffer d, Buffer numbers, Buffer table, int n, int entries, int columns) {
    Arrays.fill(table.floats(), table.offset, table.offset + entries * columns, 0f);
    split.of(d, numbers, table).columns(SCATTER, n, columns);
  }

  private static final Split.Part SCATTER =
      (s, scratch, from, to) -> {
        float[] table = s.c.floats();
        for (int i = 0; i < s.rows; i++) {
          int row = (int) s.b.floats()[s.b.offset + i];
          int at = s.c.offset + row * s.columns + from;
          int dd = s.a.offset + i * s.columns + from;
          FloatElements.add(table, at, s.a.floats(), dd, table, at, to - from);
        }
      };
}
