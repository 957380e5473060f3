package ijen.graph;

/// Where an op's input has its tangent from: a direction in which a parameter moves, or the op that
/// computes the input. What is zero is left out, run by run.
sealed interface Inflow {
  /// Tells the op of its input's tangent along `v`; whether there is one that is not zero.
  boolean bind(Direction v);

  /// Input number `slot` is a parameter.
  record FromParameter(Frame frame, int slot, Parameter parameter) implements Inflow {
    @Override
    public boolean bind(Direction v) {
      boolean moves = v.moves(parameter);
      frame.inputTangents[slot] = moves ? v.slice(parameter.index()) : null;
      frame.tangentEntries[slot] = v.entry(parameter);
      return moves;
    }
  }

  /// Input number `slot` is what another op computes, which ran before.
  record FromOp(Frame frame, int slot, Frame producer) implements Inflow {
    @Override
    public boolean bind(Direction v) {
      frame.inputTangents[slot] = producer.moved ? producer.tangent : null;
      frame.tangentColumns[slot] = producer.tangentColumn;
      return producer.moved;
    }
  }
}
