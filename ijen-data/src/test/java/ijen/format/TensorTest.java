package ijen.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void valuesAndShapeMustFit() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor [2, 3]: expected 6 values, got 5");
    assertThatThrownBy(() -> Tensor.of(new long[2]))
        .hasMessage("tensor []: expected 1 value, got 2");
    assertThatThrownBy(() -> Tensor.of(new double[0], -1, 0))
        .hasMessage("tensor [-1, 0]: expected dimensions of 0 or more");
    assertThatThrownBy(() -> Tensor.of(new int[0], 1 << 30, 1 << 30, 1 << 30, 1 << 30))
        .hasMessageContaining("expected 9223372036854775807 values");
    assertThatThrownBy(() -> Tensor.ofBytes(Dtype.F16, new byte[3], 2))
        .hasMessage("tensor F16 [2]: expected 4 bytes, got 3");
    assertThatThrownBy(() -> Tensor.ofBytes(Dtype.F4, new byte[2], 3))
        .hasMessage("tensor F4 [3]: expected a shape that fills whole bytes");
    assertThatThrownBy(() -> Tensor.ofSlice(new float[10], 5, 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("tensor [2, 3] at 5: expected all its 6 values within an array of 10");
    assertThatThrownBy(() -> Tensor.ofSlice(new float[10], -1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void itCannotBeChanged() {
    int[] shape = {2};
    float[] values = {1, 2};
    Tensor tensor = Tensor.of(values, shape);
    shape[0] = 7;
    values[0] = 7;
    tensor.shape()[0] = 7;
    assertThat(tensor).hasToString("F32 [2]");
    assertThat(tensor.elements()).isEqualTo(2);
    assertThat(tensor.floats()).containsExactly(1, 2);
    assertThatThrownBy(() -> tensor.data().set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sixteenBitFloatsAgreeWithTheirDefinition() {
    byte[] all = new byte[2 << 16];
    for (int i = 0; i < 1 << 16; i++) {
      all[2 * i] = (byte) i;
      all[2 * i + 1] = (byte) (i >> 8);
    }
    float[] half = Tensor.ofBytes(Dtype.F16, all, 1 << 16).floats();
    float[] brain = Tensor.ofBytes(Dtype.BF16, all, 1 << 16).floats();
    for (int i = 0; i < 1 << 16; i++) {
      assertThat(half[i]).as("F16 %04x", i).isEqualTo(Float.valueOf((float) value(i, 5, 10)));
      assertThat(brain[i]).as("BF16 %04x", i).isEqualTo(Float.valueOf((float) value(i, 8, 7)));
    }
  }

  /// The number that IEEE 754 gives to a sign, an exponent and a fraction of these widths.
  private static double value(int bits, int exponentBits, int fractionBits) {
    double sign = bits >> 15 == 0 ? 1 : -1;
    int exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
    int fraction = bits & ((1 << fractionBits) - 1);
    int bias = (1 << (exponentBits - 1)) - 1;
    double step = Math.scalb(1.0, -fractionBits);
    if (exponent == (1 << exponentBits) - 1) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb(fraction * step, 1 - bias)
        : sign * Math.scalb(1 + fraction * step, exponent - bias);
  }

  @Test
  void unsignedNumbersAreRoundedOnce() {
    long seed = Long.getLong("ijen.seed", 3);
    SplittableRandom random = new SplittableRandom(seed);
    long[] values = new long[20_000];
    for (int i = 0; i < values.length; i++) {
      // Also numbers near the middle between two floats or doubles, where rounding is decided.
      values[i] =
          switch (i % 3) {
            case 0 -> random.nextLong() >>> random.nextInt(64);
            case 1 -> ((random.nextLong() | Long.MIN_VALUE) & (-1L << 10)) + random.nextInt(3) - 1;
            default -> ((random.nextLong() | Long.MIN_VALUE) & (-1L << 39)) + random.nextInt(3) - 1;
          };
    }
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    Tensor tensor = Tensor.ofBytes(Dtype.U64, bytes.array(), values.length);
    float[] floats = tensor.floats();
    double[] doubles = tensor.doubles();
    for (int i = 0; i < values.length; i++) {
      BigInteger exact = new BigInteger(Long.toUnsignedString(values[i]));
      assertThat(floats[i]).as("seed %d: %s", seed, exact).isEqualTo(exact.floatValue());
      assertThat(doubles[i]).as("seed %d: %s", seed, exact).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void everyTypeHasItsSize() {
    for (Dtype dtype : Dtype.values()) {
      assertThat(dtype.bytes(8)).as(dtype.name()).isEqualTo(dtype.bits());
      assertThat(dtype.bytes(0)).isZero();
      assertThat(Dtype.named(dtype.name())).isEqualTo(dtype);
    }
    assertThat(Dtype.F64.bytes(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(Dtype.F64.bytes(Long.MAX_VALUE / 64)).isEqualTo(Long.MAX_VALUE / 64 * 8);
    assertThat(Dtype.F6_E2M3.bytes(1)).isEqualTo(-1);
  }
}
