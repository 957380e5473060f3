package ijen.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The README's picture is what the code draws, down to the last digit of its curves.
class ReadmePictureTest {
  private static final String AGAIN =
      "docs/images/digits.svg is not what the code draws; if it should change, draw it anew: mvn"
          + " test -pl ijen-examples -am -Dtest=ReadmePictureTest -Dijen.redraw=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void isWhatTheCodeDraws() throws Exception {
    Path file = Repository.root().resolve("docs/images/digits.svg");
    String drawn = ReadmePicture.svg();
    if (Boolean.getBoolean("ijen.redraw")) {
      Files.writeString(file, drawn);
    }
    assertThat(Files.readString(file).equals(drawn)).as(AGAIN).isTrue(); // not shown: it is long
  }
}
