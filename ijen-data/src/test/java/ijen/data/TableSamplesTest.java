package ijen.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Table;
import ijen.format.arff.ArffFile;
import ijen.format.csv.CsvFile;
import ijen.format.csv.CsvOptions;
import ijen.graph.Shape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSamplesTest {
  private static final TableSamples SEEN = TableSamples.seen();

  private static Table csv(String text) {
    try {
      return CsvFile.read("t.csv", text.getBytes(UTF_8), CsvOptions.seen().withMissing());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String images(String header, int pixels, int rows) {
    StringBuilder text = new StringBuilder(header);
    for (int row = 0; row < rows; row++) {
      text.append(row % 3);
      for (int i = 0; i < pixels; i++) {
        text.append(',').append((row * 31 + i * 7) % 256);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String header(String first, String pixel, int from, int pixels) {
    StringBuilder text = new StringBuilder(first);
    for (int i = 0; i < pixels; i++) {
      text.append(',').append(pixel).append(from + i);
    }
    return text.append('\n').toString();
  }

  @Nested
  class Classes extends DatasetContract {
    @Override
    Dataset subject() {
      return SEEN.of(
          "points", csv("x,colour,class\n1,red,b\n2,blue,a\n-3,red,b\n4,red,c\n5.5,blue,a\n"));
    }
  }

  @Nested
  class RealTargets extends DatasetContract {
    @Override
    Dataset subject() {
      return SEEN.of("curve", csv("y,x\n1.5,0\n2,1\n0.25,2\n-1,3\n4,4\n"));
    }
  }

  @Nested
  class Images extends DatasetContract {
    @Override
    Dataset subject() {
      return SEEN.of("images", csv(images(header("label", "pixel", 0, 16), 16, 6)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"label,pixel,0", "label,pixel,1", "label,PIXEL,1"})
  void pixelsBecomeImages(String names) {
    String[] parts = names.split(",", -1);
    int first = Integer.parseInt(parts[2]);
    Table table = csv(images(header(parts[0], parts[1], first, 784), 784, 6));
    Dataset data = SEEN.of("images", table);
    assertThat(data).isInstanceOf(ByteImages.class);
    assertThat(data.features()).isEqualTo(Shape.of(28, 28));
    assertThat(data.classes()).containsExactly("0", "1", "2");
    assertThat(data.label(4)).isEqualTo(1);
    assertThat(data.image(2)[5] & 255).isEqualTo((2 * 31 + 5 * 7) % 256);
    assertThat(data.sample(0)[1]).isEqualTo(7 / 255f);
  }

  @Test
  void pixelsMayBeNamedByTheirPlaceOrNotAtAll() {
    StringBuilder header = new StringBuilder("label");
    for (int i = 0; i < 64; i++) {
      header.append(',').append(i / 8 + 1).append('x').append(i % 8 + 1);
    }
    Dataset placed = SEEN.of("a", csv(images(header.append('\n').toString(), 64, 5)));
    Dataset bare = SEEN.of("b", csv(images("", 64, 5)));
    assertThat(placed.features()).isEqualTo(Shape.of(8, 8));
    assertThat(bare.sha256()).isEqualTo(placed.sha256());
    assertThatThrownBy(() -> SEEN.of("c", csv(images("", 63, 5))))
        .hasMessageStartingWith(
            "t.csv: expected a column called label, class, target or y, or one");
  }

  @Test
  void aTableOfArffIsTheSameSetAsOneOfCsv() throws IOException {
    String csv = images(header("label", "pixel", 1, 16), 16, 6);
    StringBuilder arff = new StringBuilder("@relation t\n");
    for (int i = 1; i <= 16; i++) {
      arff.append("@attribute pixel").append(i).append(" INTEGER\n");
    }
    arff.append("@attribute class {0,1,2}\n@data\n");
    csv.lines()
        .skip(1)
        .forEach(
            line -> arff.append(line.substring(2)).append(',').append(line.charAt(0)).append('\n'));
    Table table = ArffFile.read("t.arff", arff.toString().getBytes(UTF_8), false);
    Dataset ofArff = SEEN.of("arff", table);
    assertThat(ofArff).isInstanceOf(ByteImages.class);
    assertThat(ofArff.sha256()).isEqualTo(SEEN.of("csv", csv(csv)).sha256());
  }

  @Test
  void bytesThatDoNotLookLikeImagesStayWhatTheyAre() {
    Dataset data = SEEN.of("ages", csv("age,weight,label\n30,70,0\n40,80,1\n"));
    assertThat(data).isInstanceOf(RealSamples.class);
    assertThat(data.sample(1)).containsExactly(40, 80);
    Dataset shaped =
        SEEN.withShape(Shape.of(1, 2)).of("ages", csv("age,weight,label\n30,70,0\n40,80,1\n"));
    assertThat(shaped).isInstanceOf(ByteImages.class);
    assertThat(shaped.image(1)).containsExactly(40, 80);
    assertThatThrownBy(
            () -> SEEN.withShape(Shape.of(3)).of("ages", csv("age,weight,label\n30,70,0\n")))
        .hasMessage("ages: expected 3 features for samples of shape [3], got 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,Label,target\n1,7,2\n3,5,4\n",
        "y,label,a\n1,7,2\n3,5,4\n",
        "a,LABEL,class\n1,7,p\n3,5,q\n"
      })
  void theTargetIsTheFirstOfTheUsualNames(String text) {
    Dataset data = SEEN.of("t", csv(text));
    assertThat(data.label(0)).isEqualTo(7);
    assertThat(data.label(1)).isEqualTo(5);
    assertThat(data.classes()).hasSize(8);
  }

  @Test
  void elseItIsTheLastColumnOfWords() {
    Dataset data = SEEN.of("t", csv("a,species,b\n1,cat,2\n3,ant,4\n"));
    assertThat(data.classes()).containsExactly("ant", "cat");
    assertThat(data.label(0)).isEqualTo(1);
    assertThat(data.sample(1)).containsExactly(3, 4);
    assertThatThrownBy(() -> SEEN.of("t", csv("a,b\n1,2\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "t.csv: expected a column called label, class, target or y, or one of words, got [a,"
                + " b]: name it with withTargets");
  }

  @Test
  void wordsAmongTheFeaturesBecomeANumberForEach() {
    Dataset data = SEEN.of("t", csv("size,colour,label\n1,red,0\n2,blue,1\n3,green,0\n"));
    assertThat(data.features()).isEqualTo(Shape.of(4));
    assertThat(data.sample(0)).containsExactly(1, 0, 0, 1);
    assertThat(data.sample(1)).containsExactly(2, 1, 0, 0);
    Dataset less = SEEN.without("colour").of("t", csv("size,colour,label\n1,red,0\n2,blue,1\n"));
    assertThat(less.sample(1)).containsExactly(2);
  }

  @Test
  void targetsCanBeNamedAndReal() {
    String text = "rooms,price,id\n1,100,7\n2,150,8\n";
    Dataset classes = SEEN.withTargets("price").without("id").of("t", csv(text));
    assertThat(classes.classes()).hasSize(151);
    Dataset real = SEEN.withRealTargets("price").without("id").of("t", csv(text));
    assertThat(real.classes()).isEmpty();
    assertThat(real.target()).isEqualTo(Shape.scalar());
    assertThat(real.features()).isEqualTo(Shape.of(1));
    Dataset two = SEEN.withTargets("price", "id").of("t", csv(text));
    assertThat(two.target()).isEqualTo(Shape.of(2));
    Dataset numbered = SEEN.of("t", csv("target0,target1,x\n0.5,1,2\n3,4,5\n"));
    assertThat(numbered.target()).isEqualTo(Shape.of(2));
    Dataset hot = SEEN.withTargets("a", "b").of("t", csv("a,b,x\n0,1,5\n1,0,6\n"));
    assertThat(hot.label(0)).isEqualTo(1);
  }

  @Test
  void classesCanBeThoseOfAnotherTable() {
    Dataset train = SEEN.of("train", csv("x,label\n1,a\n2,b\n3,c\n"));
    Table test = csv("x,label\n1,c\n2,b\n");
    assertThat(SEEN.of("test", test).label(0)).isEqualTo(1);
    Dataset same = SEEN.withClasses(train.classes()).of("test", test);
    assertThat(same.label(0)).isEqualTo(2);
    assertThat(same.classes()).isEqualTo(train.classes());
    assertThatThrownBy(() -> SEEN.withClasses(List.of("b")).of("test", test))
        .hasMessage("test: row 0: expected a class of [b], got 'c'");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Table table = csv("x,label\n1,a\n,b\n");
    assertThatThrownBy(() -> SEEN.of("t", table))
        .hasMessage("t: row 1: expected a value in 'x', it is missing");
    Table unlabelled = csv("x,label\n1,a\n2,\n");
    assertThatThrownBy(() -> SEEN.of("t", unlabelled))
        .hasMessage("t: row 1: expected a value in 'label', it is missing");
    assertThatThrownBy(() -> SEEN.withTargets("z").of("t", table))
        .hasMessage("t.csv: expected a column 'z', got [x, label]");
    assertThatThrownBy(() -> SEEN.without("z").of("t", table))
        .hasMessage("t.csv: expected a column 'z', got [x, label]");
    assertThatThrownBy(() -> SEEN.without("x").of("t", table))
        .hasMessage("t.csv: expected one or more columns of features beside the targets");
    assertThatThrownBy(() -> SEEN.withRealTargets("label").of("t", table))
        .hasMessage("t: 'label': expected a column of numbers as a real target, got words");
    assertThatThrownBy(() -> SEEN.withTargets("x", "x").of("t", csv("x,y\n1,2\n")))
        .hasMessage("t.csv: expected each target once, got [x, x]");
    assertThatThrownBy(() -> SEEN.withClasses(List.of("a", "a")))
        .hasMessage("classes: expected each name once, got [a, a]");
    assertThatThrownBy(() -> SEEN.withTargets("x").without("x"))
        .hasMessage("'x': expected a column that is a target, or left out, got both");
  }
}
