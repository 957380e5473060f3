package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Windows onto arrays, in both precisions.
class BufferTest {

  @ParameterizedTest
  @EnumSource(Precision.class)
  void windowsShareTheirNumbers(Precision precision) {
    Buffer whole = Buffer.allocate(precision, 10);
    Buffer middle = whole.slice(2, 6);
    Buffer inner = middle.slice(1, 2);
    inner.set(0, 1.5);
    middle.set(5, -2);
    assertThat(whole.precision()).isEqualTo(precision);
    assertThat(inner.length()).isEqualTo(2);
    assertThat(whole.toFloats()).containsExactly(0, 0, 0, 1.5f, 0, 0, 0, -2, 0, 0);
    assertThat(middle.toFloats()).containsExactly(0, 1.5f, 0, 0, 0, -2);
    inner.fill(7);
    assertThat(whole.toFloats()).containsExactly(0, 0, 0, 7, 7, 0, 0, -2, 0, 0);
    assertThat(middle.get(1)).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void nothingOutsideOfTheWindowIsReached(Precision precision) {
    Buffer window = Buffer.allocate(precision, 10).slice(3, 4);
    assertThatThrownBy(() -> window.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.set(4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.slice(2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.put(3, new float[2], 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.putBytes(0, new byte[2], 1, 2, ByteScale.of(1, 0)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.putBytes(3, new byte[2], 0, 2, ByteScale.of(1, 0)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.put(3, Buffer.of(1f, 2f), 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> window.put(0, Buffer.of(1f, 2f), 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void copiesConvert(Precision precision) {
    Buffer target = Buffer.allocate(precision, 5).slice(1, 3);
    target.copyFrom(Buffer.of(0.1f, 2, -3));
    assertThat(target.toFloats()).containsExactly(0.1f, 2, -3);
    target.copyFrom(Buffer.of(0.1, 2, -3));
    assertThat(target.toFloats()).containsExactly(0.1f, 2, -3);
    assertThatThrownBy(() -> target.copyFrom(Buffer.of(1f, 2f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("copy: expected 3 numbers, got 2");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void numbersAndBytesAreWritten(Precision precision) {
    Buffer target = Buffer.allocate(precision, 6).slice(1, 4);
    target.put(1, new float[] {9, 1, 2, 9}, 1, 2);
    assertThat(target.toFloats()).containsExactly(0, 1, 2, 0);
    target.putBytes(2, new byte[] {7, (byte) 200, 3}, 1, 2, ByteScale.of(0.5, -1));
    assertThat(target.toFloats()).containsExactly(0, 1, 99, 0.5f);
    target.put(0, Buffer.of(7f, 8f, 9f), 1, 2);
    target.put(3, Buffer.of(7.0, 8.0), 0, 1);
    assertThat(target.toFloats()).containsExactly(8, 9, 99, 7);
  }

  @Test
  void arrayOfTheOtherPrecisionIsRefused() {
    assertThatThrownBy(Buffer.of(1f)::doubles)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected a DOUBLE buffer, got a FLOAT one");
    assertThatThrownBy(Buffer.of(1.0)::floats)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected a FLOAT buffer, got a DOUBLE one");
  }
}
