package ijen.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that h5py wrote, with the oldest and the newest structures that it knows; see
/// `make_fixture.py` beside them.
class Hdf5FileTest {
  private static final Map<String, Dtype> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("i1", Dtype.I8);
    TYPES.put("i2", Dtype.I16);
    TYPES.put("i4", Dtype.I32);
    TYPES.put("i8", Dtype.I64);
    TYPES.put("u1", Dtype.U8);
    TYPES.put("u2", Dtype.U16);
    TYPES.put("u4", Dtype.U32);
    TYPES.put("u8", Dtype.U64);
    TYPES.put("f2", Dtype.F16);
    TYPES.put("f4", Dtype.F32);
    TYPES.put("f8", Dtype.F64);
  }

  @TempDir Path folder;

  static byte[] fixture(String name) throws IOException {
    try (InputStream in = Hdf5FileTest.class.getResourceAsStream("/ijen/format/hdf5/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private Hdf5File open(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, fixture(name));
    return Hdf5File.read(file);
  }

  private static double[] numbers(String type, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (type.charAt(0)) {
            case 'u' -> i * 7 % 251;
            case 'i' -> i * 7 % 251 - 125;
            default -> (i - 20) / 4.0;
          };
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "new"})
  void readsAllTypesInEitherOrderOfBytes(String age) throws IOException {
    int count = 0;
    try (Hdf5File file = open("types-" + age + ".hdf5")) {
      for (Map.Entry<String, Dtype> type : TYPES.entrySet()) {
        for (String layout : List.of("", "chunked/")) {
          for (String order : List.of("little/", "big/")) {
            String name = layout + order + type.getKey();
            Tensor tensor = file.tensor(name);
            assertThat(tensor.dtype()).as(name).isEqualTo(type.getValue());
            assertThat(tensor.shape()).as(name).containsExactly(5, 7);
            assertThat(tensor.doubles()).as(name).isEqualTo(numbers(type.getKey(), 35));
            count++;
          }
        }
      }
      Tensor truth = file.tensor("bool");
      assertThat(truth.dtype()).isEqualTo(Dtype.BOOL);
      assertThat(truth.ints()).containsExactly(1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
      assertThat(file.datasets()).hasSize(count + 1);
      assertThat(file.others()).isEmpty();
    }
    assertThat(count).isEqualTo(44);
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "new"})
  void readsAllLayouts(String age) throws IOException {
    try (Hdf5File file = open("layouts-" + age + ".hdf5")) {
      for (String name :
          List.of(
              "contiguous",
              "chunked",
              "gzip",
              "shuffle",
              "fletcher32",
              "one_chunk",
              "resizable",
              "resizable2",
              "resizable_gzip")) {
        assertThat(file.tensor(name).shape()).as(name).containsExactly(11, 6, 5);
        assertThat(file.tensor(name).doubles()).as(name).isEqualTo(numbers("f4", 330));
      }
      assertThat(file.tensor("odd").doubles()).isEqualTo(numbers("u1", 15));
      double[] all = numbers("f4", 330);
      double[] shrunk = new double[6 * 5 * 5];
      for (int i = 0; i < 6; i++) {
        System.arraycopy(all, i * 30, shrunk, i * 25, 25);
      }
      assertThat(file.tensor("shrunk").doubles()).isEqualTo(shrunk);
      assertThat(file.tensor("noise").shape()).containsExactly(64, 16);
      int[] expected = new int[36];
      Arrays.fill(expected, -7);
      for (int i = 0; i < 6; i++) {
        expected[(3 + i / 2) * 4 + i % 2] = i;
      }
      assertThat(file.tensor("partly").ints()).isEqualTo(expected);
      assertThat(file.tensor("never").doubles()).containsOnly(2.5).hasSize(6);
      assertThat(file.tensor("never_chunked").doubles()).containsOnly(0).hasSize(6);
      assertThat(file.tensor("compact").ints()).containsExactly(1, -2, 3, -4);
    }
  }

  @Test
  void aChunkMayBeStoredWithoutTheFilters() throws IOException {
    try (Hdf5File old = open("layouts-old.hdf5");
        Hdf5File fresh = open("layouts-new.hdf5")) {
      byte[] noise = old.tensor("noise").bytes();
      assertThat(fresh.tensor("noise").bytes()).isEqualTo(noise);
      assertThat(noise[0] & 255).isEqualTo(255);
      assertThat(noise[16 * 16] & 255).isEqualTo(68);
      assertThat(noise[1023] & 255).isEqualTo(52);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "new"})
  void listsWhatIsNoNumbersAndFollowsNoLink(String age) throws IOException {
    try (Hdf5File file = open("structure-" + age + ".hdf5")) {
      assertThat(file.tensor("scalar").shape()).isEmpty();
      assertThat(file.tensor("scalar").floats()).containsExactly(1.5f);
      assertThat(file.tensor("twin").floats()).containsExactly(1.5f);
      assertThat(file.tensor("empty").shape()).containsExactly(0, 3);
      assertThat(file.tensor("empty").floats()).isEmpty();
      assertThat(file.tensor("/model/dense1/weight").floats())
          .containsExactly(-5, -4.75f, -4.5f, -4.25f, -4, -3.75f);
      assertThat(file.tensor("many/d39").ints()).containsExactly(39);
      assertThat(file.others())
          .containsEntry("soft", "a link to '/model/dense1/weight', not followed")
          .containsEntry(
              "outside", "a link out of the file, to 'elsewhere.hdf5:/secret', not followed")
          .containsEntry("text", "a data set of texts")
          .containsEntry("record", "a data set of records of several fields")
          .containsEntry("complex", "a data set of records of several fields")
          .containsEntry("nothing", "a data set without elements, not even a shape")
          .containsEntry("type", "a type")
          .hasSize(10);
      assertThat(file.others().get("colour")).startsWith("a data set of names out of [");
      assertThat(file.others().values()).contains("another name of a group that is listed already");
      assertThatThrownBy(() -> file.tensor("outside"))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              file
                  + ": 'outside': expected a data set of numbers, got a link out of the file, to"
                  + " 'elsewhere.hdf5:/secret', not followed");
      assertThatThrownBy(() -> file.tensor("weights"))
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(file + ": expected a data set 'weights', got ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "new"})
  void readsAttributesAsTexts(String age) throws IOException {
    try (Hdf5File file = open("structure-" + age + ".hdf5")) {
      assertThat(file.attributes())
          .containsEntry("title", "Grüße")
          .containsEntry("fixed", "ascii")
          .containsEntry("words", "[a, b c]")
          .containsEntry("count", "3")
          .containsEntry("rates", "[0.5, 0.25]")
          .containsEntry("truth", "TRUE")
          .containsEntry("none", "");
      assertThat(List.copyOf(file.attributes().keySet())).isSorted();
      assertThat(file.attributes("model/dense1")).containsExactly(Map.entry("activation", "relu"));
      assertThat(file.dataset("model/dense1/weight").attributes())
          .containsExactly(Map.entry("unit", "none"));
      assertThat(file.attributes("many")).hasSize(40).containsEntry("a39", "39");
    }
  }

  @Test
  void listingLoadsNothingAndContiguousDataStayInTheFile() throws IOException {
    Path path = folder.resolve("large.hdf5");
    Hdf5File.write(
        path,
        Map.of("x", Tensor.of(new float[1 << 20], 1 << 20)),
        Map.of(),
        Hdf5Storage.contiguous());
    Hdf5File file = Hdf5File.read(path);
    assertThat(file.dataset("x")).hasToString("F32 [1048576]");
    Tensor window = file.tensor("x");
    assertThat(window.data().isMapped()).isTrue();
    file.close();
    file.close();
    assertThatThrownBy(window::floats).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> file.tensor("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(path + ": the file is closed");
  }

  @Test
  void readsAFileWithAUserBlock() throws IOException {
    try (Hdf5File file = open("userblock.hdf5")) {
      assertThat(file.tensor("x").doubles()).isEqualTo(numbers("i4", 12));
      assertThat(file.tensor("z").doubles()).isEqualTo(numbers("i4", 12));
    }
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    try (Hdf5File file = open("lzf.hdf5")) {
      assertThat(file.dataset("lzf")).hasToString("F32 [8, 8]");
      assertThatThrownBy(() -> file.tensor("lzf"))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              file
                  + ": 'lzf': expected chunks stored with gzip, shuffle or fletcher32, got filter"
                  + " 32000 (lzf): write it again with gzip");
    }
    assertThatThrownBy(() -> open("external.hdf5"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("External Data Files");
    Path text = folder.resolve("text.hdf5");
    Files.writeString(text, "this is no HDF5 file");
    assertThatThrownBy(() -> Hdf5File.read(text))
        .isInstanceOf(FormatException.class)
        .hasMessage(text + ": expected a readable HDF5 file, got: No valid HDF5 signature found");
    Path empty = Files.createFile(folder.resolve("empty.hdf5"));
    assertThatThrownBy(() -> Hdf5File.read(empty)).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> Hdf5File.read(folder)).hasMessageContaining("no ordinary file");
    assertThatThrownBy(() -> Hdf5File.read(folder.resolve("none"))).isInstanceOf(IOException.class);
  }

  @Test
  void aWrongChecksumIsSeen() throws IOException {
    byte[] content = fixture("layouts-old.hdf5");
    byte[] sought = new byte[16]; // four numbers of the chunk, as they stand in "fletcher32"
    Path path = folder.resolve("bent.hdf5");
    Files.write(path, content);
    long changed = 0;
    try (Hdf5File file = Hdf5File.read(path)) {
      assertThat(file.tensor("fletcher32").elements()).isEqualTo(330);
      ByteBuffer row = ByteBuffer.wrap(sought).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 4; i++) {
        row.putFloat((30 + i - 20) / 4f); // where the chunk at [0, 0, 0] goes on with [1, 0, 0…]
      }
    }
    for (int at = 0; at + 16 <= content.length; at++) {
      if (Arrays.equals(content, at, at + 16, sought, 0, 16)) {
        byte[] bent = content.clone();
        bent[at] ^= 1;
        Files.write(path, bent);
        try (Hdf5File file = Hdf5File.read(path)) {
          file.tensor("fletcher32");
        } catch (FormatException seen) {
          assertThat(seen)
              .hasMessageContaining(
                  "'fletcher32': its chunk at [0, 0, 0]: expected bytes with the checksum");
          changed++;
        }
      }
    }
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void printsNothing() throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream caught = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setOut(caught);
      System.setErr(caught);
      try (Hdf5File file = open("layouts-new.hdf5")) {
        file.tensor("gzip");
        file.tensor("fletcher32");
      }
      Hdf5File.write(
          folder.resolve("w.hdf5"),
          Map.of("w", Tensor.of(new float[] {1, 2}, 2)),
          Map.of("a", "b"),
          Hdf5Storage.compressed());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
