package ijen.format.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;

  /// An archive with these members, compressed.
  private Path zip(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipOutputStream zip = new ZipOutputStream(out);
    for (int i = 0; i < namesAndContents.length; i += 2) {
      zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
      zip.write((byte[]) namesAndContents[i + 1]);
      zip.closeEntry();
    }
    zip.finish();
    return save(out.toByteArray());
  }

  private Path save(byte[] content) throws IOException {
    Path file = folder.resolve("x.npz");
    Files.write(file, content);
    return file;
  }

  private static byte[] npy(Tensor tensor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(out, tensor);
    return out.toByteArray();
  }

  private static Map<String, Tensor> some() {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("z", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    arrays.put("a/größe", Tensor.of(new long[] {5}, 1));
    arrays.put("m", Tensor.ofBytes(Dtype.BOOL, new byte[100_000], 100_000));
    arrays.put("", Tensor.of(new double[] {6}));
    return arrays;
  }

  @Test
  void everyTypeOrderAndLayoutOfNumPyIsRead() throws IOException {
    Path file = Fixtures.file("all.npz");
    Npz all = Npz.read(file);
    assertThat(all.tensors()).hasSize(147);
    assertThat(all.tensors().keySet()).startsWith("b1.little.line", "b1.little.matrix");
    for (Map.Entry<String, byte[]> member : Fixtures.members(file).entrySet()) {
      String name = member.getKey().substring(0, member.getKey().length() - 4);
      Tensor alone = Npy.read(name, member.getValue());
      assertThat(all.tensor(name)).hasToString(alone.toString());
      assertThat(all.tensor(name).bytes()).as(name).isEqualTo(alone.bytes());
    }
    assertThat(all).hasToString(file.toString());
  }

  @Test
  void compressedAndPipedArchivesOfNumPyAreRead() throws IOException {
    Path file = Fixtures.file("compressed.npz");
    assertThat(Npz.names(file)).containsExactly("fc1/weight", "größe 日本", "count", "zeros");
    Npz compressed = Npz.read(file);
    assertThat(compressed.tensors().keySet()).containsExactlyElementsOf(Npz.names(file));
    Tensor weight = compressed.tensor("fc1/weight");
    assertThat(weight).hasToString("F32 [40, 30]");
    assertThat(weight.floats()[0]).isEqualTo(-1f);
    assertThat(weight.floats()[1199]).isEqualTo(1f);
    assertThat(compressed.tensor("größe 日本").ints()).containsExactly(7);
    assertThat(compressed.tensor("zeros").doubles()).hasSize(100_000).containsOnly(0);
    Npz piped = Npz.read(Fixtures.file("piped.npz"));
    assertThat(piped.tensor("matrix").floats()).containsExactly(1, 2, 3, 4, 5, 6);
    int[] expected = new int[360];
    Arrays.setAll(expected, i -> i);
    assertThat(compressed.tensor("count").ints()).isEqualTo(expected);
    assertThat(piped.tensor("count").ints()).isEqualTo(expected);
    assertThat(piped.tensor("count")).hasToString("I32 [3, 4, 5, 6]");
  }

  @Test
  void chosenArraysAreReadAndOthersLeftAlone() throws IOException {
    byte[] one = npy(Tensor.of(new int[] {1}, 1));
    Path file = zip("b.npy", one, "readme.txt", new byte[5], "a.npy", new byte[3]);
    Npz some = Npz.read(file, "b");
    assertThat(some.tensors().keySet()).containsExactly("b");
    assertThatThrownBy(() -> some.tensor("a"))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": expected an array 'a', got 1 others: [b]");
    assertThatThrownBy(() -> Npz.read(file, "c"))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": expected an array 'c', got 3 others: [b, readme.txt, a]");
    assertThatThrownBy(() -> Npz.read(file, "a"))
        .hasMessage(
            file
                + ": member 'a': byte 3: expected the 6 bytes that an NPY file begins with, the"
                + " member ends");
    String members = ": member 'readme.txt': expected members whose names end with .npy";
    assertThatThrownBy(() -> Npz.read(file)).hasMessage(file + members);
    assertThatThrownBy(() -> Npz.names(file)).hasMessage(file + members);
    assertThatThrownBy(() -> Npz.read(file, "readme.txt")).hasMessage(file + members);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path stored = folder.resolve("stored.npz");
    Path compressed = folder.resolve("compressed.npz");
    Npz.write(stored, some());
    Npz.writeCompressed(compressed, some());
    assertThat(Files.size(stored)).isGreaterThan(100_000);
    assertThat(Files.size(compressed)).isLessThan(2_000);
    for (Path file : new Path[] {stored, compressed}) {
      Npz again = Npz.read(file);
      assertThat(again.tensors().keySet()).containsExactlyElementsOf(some().keySet());
      for (Map.Entry<String, Tensor> array : some().entrySet()) {
        assertThat(again.tensor(array.getKey())).hasToString(array.getValue().toString());
        assertThat(again.tensor(array.getKey()).bytes()).isEqualTo(array.getValue().bytes());
      }
    }
    Npz.write(stored, Map.of());
    assertThat(Npz.read(stored).tensors()).isEmpty();
  }

  @Test
  void theSameArraysAreTheSameBytesInEveryTimeZone() throws IOException {
    Path file = folder.resolve("x.npz");
    TimeZone own = TimeZone.getDefault();
    try {
      byte[] first = null;
      for (String zone : new String[] {"UTC", "Asia/Kathmandu", "America/Los_Angeles"}) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Npz.write(file, some());
        byte[] bytes = Files.readAllBytes(file);
        assertThat(first == null ? bytes : first).as(zone).isEqualTo(bytes);
        first = bytes;
      }
    } finally {
      TimeZone.setDefault(own);
    }
  }

  @Test
  void whatCannotBeWrittenLeavesTheFileAlone() throws IOException {
    Path file = folder.resolve("x.npz");
    Npz.write(file, some());
    byte[] before = Files.readAllBytes(file);
    Tensor tensor = Tensor.of(new float[1], 1);
    assertThatThrownBy(() -> Npz.write(file, Map.of("half \ud800", tensor)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("NPZ: expected names of at most 9996 characters of Unicode, got");
    assertThatThrownBy(() -> Npz.write(file, Map.of("n".repeat(9_997), tensor)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Npz.write(file, Map.of("b", Tensor.ofBytes(Dtype.BF16, new byte[2], 1))))
        .isInstanceOf(IllegalArgumentException.class);
    Map<String, Tensor> many = new LinkedHashMap<>();
    for (int i = 0; i <= Npz.MOST_MEMBERS; i++) {
      many.put("a" + i, tensor);
    }
    assertThatThrownBy(() -> Npz.write(file, many))
        .hasMessage("NPZ: expected at most 10000 arrays, got 10001");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder.toFile().list()).hasSize(1);
    Npz.write(file, Map.of("日".repeat(9_996), tensor));
    assertThat(Npz.read(file).tensors().keySet()).containsExactly("日".repeat(9_996));
  }

  @Test
  void headersAreReadWithoutElements() throws IOException {
    byte[] one = npy(Tensor.of(new float[] {1, 2}, 2, 1));
    byte[] torn = npy(Tensor.of(new double[100], 100));
    Path file = zip("one.npy", one, "torn.npy", Arrays.copyOf(torn, torn.length - 1));
    try (NpzArrays arrays = NpzArrays.open(file)) {
      assertThat(arrays.names()).containsExactly("one", "torn");
      assertThat(arrays.header("one")).hasToString("F32 [2, 1]");
      assertThat(arrays.header("torn").shape()).containsExactly(100);
      assertThat(arrays.tensor("one").floats()).containsExactly(1, 2);
      assertThatThrownBy(() -> arrays.tensor("torn"))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("expected 800 bytes of elements for F64 [100], got 799");
      assertThatThrownBy(() -> arrays.header("two"))
          .hasMessage(file + ": expected an array 'two', got 2 others: [one, torn]");
    }
  }

  @Test
  void checksumsAreCompared() throws IOException {
    Path file = folder.resolve("x.npz");
    Npz.write(file, Map.of("a", Tensor.of(new byte[] {1, 2, 3}, 3)));
    byte[] content = Files.readAllBytes(file);
    int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("\1\2\3");
    content[at] ^= 64;
    Path bent = save(content);
    assertThatThrownBy(() -> Npz.read(bent))
        .isInstanceOf(FormatException.class)
        .hasMessageMatching(
            ".*x\\.npz: member 'a.npy': expected data with the checksum [0-9a-f]+, got data with"
                + " [0-9a-f]+");
  }

  @Test
  void membersMayNotShareBytes() throws IOException {
    // Two names in the directory for the same compressed data: how small archives grow large.
    Path file = folder.resolve("x.npz");
    Npz.write(file, Map.of("a", Tensor.of(new byte[100], 100)));
    byte[] content = Files.readAllBytes(file);
    int directory = indexOf(content, "PK\1\2");
    int end = indexOf(content, "PK\5\6");
    byte[] entry = Arrays.copyOfRange(content, directory, end);
    ByteBuffer twice =
        ByteBuffer.allocate(content.length + entry.length).order(ByteOrder.LITTLE_ENDIAN);
    twice.put(content, 0, end);
    entry[46] = 'b'; // a.npy becomes b.npy
    twice.put(entry).put(content, end, content.length - end);
    int last = end + entry.length;
    twice.putShort(last + 8, (short) 2).putShort(last + 10, (short) 2);
    twice.putInt(last + 12, 2 * entry.length);
    Path both = save(twice.array());
    assertThatThrownBy(() -> Npz.read(both))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("member 'b.npy': expected members that share no bytes");
    twice.put(end + 46, (byte) 'a');
    Path same = save(twice.array());
    assertThatThrownBy(() -> Npz.read(same)).isInstanceOf(FormatException.class);
  }

  private static int indexOf(byte[] content, String text) {
    return new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  @Test
  void oneNameMayOccurOnlyOnce() throws IOException {
    byte[] one = npy(Tensor.of(new int[] {1}, 1));
    Path file = zip("ab.npy", one, "b.npy", one, "zz.npy", one);
    byte[] content = Files.readAllBytes(file);
    String text = new String(content, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf("zz.npy"); at >= 0; at = text.indexOf("zz.npy", at + 1)) {
      content[at] = 'a';
      content[at + 1] = 'b';
    }
    Path twice = save(content);
    assertThatThrownBy(() -> Npz.read(twice))
        .isInstanceOf(FormatException.class)
        .hasMessage(twice + ": member 'ab.npy': expected each name once, got it twice");
  }

  @Test
  void sizesAreNotBelieved() throws IOException {
    // A header that claims 2 GB, before nothing.
    byte[] header = npy(Tensor.of(new byte[0], 0));
    String text = new String(header, StandardCharsets.ISO_8859_1);
    byte[] lying = text.replace("(0,)", "(2000000000,)").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) (lying.length - 10));
    Path file = zip("a.npy", lying);
    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageMatching(
            ".*member 'a': byte \\d+: U8 \\[2000000000]: expected no more bytes than \\d+"
                + " compressed ones can hold");
    // A directory that claims other sizes than there are.
    byte[] one = npy(Tensor.of(new int[] {1, 2}, 2));
    Path honest = zip("a.npy", one);
    byte[] content = Files.readAllBytes(honest);
    int directory = indexOf(content, "PK\1\2");
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 5);
    assertThat(Npz.read(save(content)).tensor("a").ints()).containsExactly(1, 2);
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 20, 30);
    Path cut = save(content);
    assertThatThrownBy(() -> Npz.read(cut))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(
            "member 'a.npy': expected data that can be decompressed, got others: ");
  }

  @Test
  void dataAfterTheElementsAreRefused() throws IOException {
    byte[] one = npy(Tensor.of(new int[] {1, 2}, 2));
    Path longer = zip("a.npy", Arrays.copyOf(one, one.length + 1));
    assertThatThrownBy(() -> Npz.read(longer))
        .hasMessage(
            longer
                + ": member 'a': byte 136: expected the end after 8 bytes of elements for I32 [2],"
                + " got more");
    Path shorter = zip("a.npy", Arrays.copyOf(one, one.length - 1));
    assertThatThrownBy(() -> Npz.read(shorter))
        .hasMessage(
            shorter
                + ": member 'a': byte 135: expected 8 bytes of elements for I32 [2], got 7: it is"
                + " truncated or its header wrong");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = save("no archive".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Npz.read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(text + ": expected a zip archive, got something else: ");
    Path empty = save(new byte[0]);
    assertThatThrownBy(() -> Npz.read(empty)).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> Npz.read(folder))
        .hasMessage(folder + ": expected a zip archive, but this is no ordinary file");
    assertThatThrownBy(() -> Npz.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    Path outer = zip("inner.npz", Files.readAllBytes(Fixtures.file("piped.npz")));
    try (FileSystem inside = FileSystems.newFileSystem(outer)) {
      assertThatThrownBy(() -> Npz.read(inside.getPath("inner.npz")))
          .isInstanceOf(IOException.class)
          .hasMessage("inner.npz: expected a file that is not itself part of another");
    }
  }

  @Test
  void manyMembersAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipOutputStream zip = new ZipOutputStream(out);
    for (int i = 0; i <= Npz.MOST_MEMBERS; i++) {
      ZipEntry entry = new ZipEntry(i + ".npy");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(0);
      entry.setCrc(new CRC32().getValue());
      zip.putNextEntry(entry);
      zip.closeEntry();
    }
    zip.finish();
    Path file = save(out.toByteArray());
    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": expected at most 10000 members, got 10001");
    Path large = zip("n".repeat(9_997) + ".npy", new byte[1]);
    assertThatThrownBy(() -> Npz.read(large))
        .hasMessageEndingWith("…': expected names of at most 10000 characters");
  }
}
