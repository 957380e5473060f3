package ijen.graph;

import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import java.util.Arrays;
import java.util.Objects;

/// A direction in parameter space, along which to differentiate or to move.
///
/// It knows where it is zero, so that a forward-mode pass carries no tangents before the first
/// layer that it moves: in all parameters whose numbers nobody has asked for since [#clear] or
/// [#unit], and in all but one scalar of a unit vector. Whoever asks for a buffer is taken to write
/// to it; a buffer from before a [#clear] or [#unit] is not to be written to after it.
public final class Direction extends ParameterVector {
  private static final int NONE = -1;

  private final boolean[] moved; // by parameter: may be other than zero there
  private int axis = NONE; // the scalar of a unit vector

  /// A vector of zeros with the given layout.
  public Direction(Parameters parameters, Precision precision) {
    super(parameters, precision);
    this.moved = new boolean[parameters.count()];
  }

  /// Makes it zero.
  public void clear() {
    if (axis == NONE) {
      for (int p = 0; p < moved.length; p++) {
        if (moved[p]) {
          slice(p).fill(0);
        }
      }
    } else {
      super.values().set(axis, 0);
      axis = NONE;
    }
    Arrays.fill(moved, false);
  }

  /// Makes it the unit vector of one scalar, counted through all parameters: the derivative along
  /// it is the one by that scalar. If it was a unit vector before, this is a matter of two scalars.
  ///
  /// @throws IndexOutOfBoundsException if there is no such scalar
  public void unit(int scalar) {
    Objects.checkIndex(scalar, size());
    clear();
    super.values().set(scalar, 1);
    axis = scalar;
    int p = 0;
    while (parameters().get(p).end() <= scalar) {
      p++;
    }
    moved[p] = true;
  }

  /// All scalars; from now on any of them may be other than zero.
  @Override
  public Buffer values() {
    axis = NONE;
    Arrays.fill(moved, true);
    return super.values();
  }

  /// The scalars of one parameter; from now on any of them may be other than zero.
  @Override
  public Buffer slice(Parameter parameter) {
    axis = NONE;
    moved[parameter.index()] = true;
    return super.slice(parameter);
  }

  @Override
  public void copyFrom(ParameterVector source) {
    values().copyFrom(source.values());
  }

  /// Whether it may be other than zero in that parameter.
  boolean moves(Parameter parameter) {
    return moved[parameter.index()];
  }

  /// Of a parameter that it moves, the only scalar in which it does, counted from the parameter's
  /// begin; −1 if there may be several.
  int entry(Parameter parameter) {
    return axis == NONE ? NONE : axis - parameter.offset();
  }
}
