package ijen.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What can happen to the bytes of a file; each returns new ones and leaves the old as they are.
public final class Changes {
  private static final long[] LIES = {
    0, -1, 1, 255, 65_535, 1L << 31, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE
  };

  private Changes() {}

  /// One of those below, by chance.
  public static byte[] any(byte[] good, RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> cut(good, random);
      case 1 -> longer(good, random);
      case 2 -> withoutPiece(good, random);
      case 3 -> swapped(good, random);
      case 4 -> lying(good, random);
      case 5 -> bytes(good, good.length, random);
      default -> bits(good, random);
    };
  }

  /// The file ends too early.
  public static byte[] cut(byte[] good, RandomGenerator random) {
    return Arrays.copyOf(good, random.nextInt(good.length));
  }

  /// Bytes follow that are not of the file.
  public static byte[] longer(byte[] good, RandomGenerator random) {
    byte[] longer = Arrays.copyOf(good, good.length + random.nextInt(1, 3000));
    for (int i = good.length; i < longer.length; i++) {
      longer[i] = (byte) random.nextInt();
    }
    return longer;
  }

  /// A piece is missing: often a short one, sometimes all to near the end.
  public static byte[] withoutPiece(byte[] good, RandomGenerator random) {
    int from = random.nextInt(good.length);
    int most = random.nextBoolean() ? Math.min(40, good.length - from) : good.length - from;
    int count = random.nextInt(1, most + 1);
    byte[] rest = Arrays.copyOf(good, good.length - count);
    System.arraycopy(good, from + count, rest, from, rest.length - from);
    return rest;
  }

  /// Two pieces have changed places.
  public static byte[] swapped(byte[] good, RandomGenerator random) {
    byte[] bent = good.clone();
    int length = random.nextInt(1, Math.min(512, good.length) + 1);
    int a = random.nextInt(good.length - length + 1);
    int b = random.nextInt(good.length - length + 1);
    System.arraycopy(good, a, bent, b, length);
    System.arraycopy(good, b, bent, a, length);
    return bent;
  }

  /// A number of 4 or 8 bytes is another, often one that is far too large.
  public static byte[] lying(byte[] good, RandomGenerator random) {
    byte[] bent = good.clone();
    if (good.length >= 8) {
      ByteBuffer bytes = ByteBuffer.wrap(bent);
      bytes.order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      long lie =
          random.nextBoolean()
              ? LIES[random.nextInt(LIES.length)]
              : random.nextLong() >>> random.nextInt(64);
      // Numbers are most often where headers are, and at places that 4 divides.
      int room = random.nextBoolean() ? Math.min(2048, good.length - 7) : good.length - 7;
      int at = random.nextInt(room) & (random.nextBoolean() ? ~3 : ~0);
      if (random.nextBoolean()) {
        bytes.putInt(at, (int) lie);
      } else {
        bytes.putLong(at, lie);
      }
    }
    return bent;
  }

  /// Up to five of the first `count` bytes are others.
  public static byte[] bytes(byte[] good, int count, RandomGenerator random) {
    byte[] bent = good.clone();
    for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
      bent[random.nextInt(Math.min(count, bent.length))] = (byte) random.nextInt();
    }
    return bent;
  }

  /// Up to eight bits are others.
  public static byte[] bits(byte[] good, RandomGenerator random) {
    byte[] bent = good.clone();
    for (int flips = random.nextInt(1, 9); flips > 0; flips--) {
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bent;
  }

  /// Up to four bytes are characters that mean something in the file.
  public static byte[] characters(byte[] good, String special, RandomGenerator random) {
    byte[] bent = good.clone();
    for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
      bent[random.nextInt(bent.length)] = (byte) special.charAt(random.nextInt(special.length()));
    }
    return bent;
  }

  /// A zip archive is another file, mostly in its directory, which begins at byte `directory`:
  /// sizes, offsets, methods, names.
  public static byte[] archive(byte[] good, int directory, RandomGenerator random) {
    if (random.nextInt(3) == 0) {
      return any(good, random);
    }
    byte[] tail = Arrays.copyOfRange(good, directory, good.length);
    byte[] bent =
        switch (random.nextInt(3)) {
          case 0 -> bytes(tail, tail.length, random);
          case 1 -> lying(tail, random);
          default -> withoutPiece(tail, random);
        };
    byte[] whole = Arrays.copyOf(good, directory + bent.length);
    System.arraycopy(bent, 0, whole, directory, bent.length);
    return whole;
  }

  /// From some place on there is noise.
  public static byte[] noise(byte[] good, RandomGenerator random) {
    byte[] noise = new byte[good.length];
    random.nextBytes(noise);
    int from = random.nextInt(good.length);
    System.arraycopy(good, 0, noise, 0, from);
    return noise;
  }
}
