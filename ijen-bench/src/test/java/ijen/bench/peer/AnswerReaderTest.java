package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.bench.peer.Answer.Epoch;
import ijen.bench.peer.Child.FailedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {
  private static final String HEAD =
      "{\"version\":\"1.2\",\"libraries\":[\"/lib/libgomp.so.1\"],\"product\":90.5,\"cpu\":1.0}";
  private static final CpuTime START = new CpuTime(100, 50, 3, 2);

  @Test
  void putsAnAnswerTogether() throws Exception {
    AnswerReader reader = new AnswerReader();
    reader.accept("WARNING: something unimportant", START);
    reader.accept(HEAD, START);
    reader.accept("{\"epoch\":0,\"seconds\":2.5,\"loss\":0.75,\"cpu\":3.5}", START);
    // 4 s later: 5 s of work in all, of which 0.5 s ours and 3.5 s the child's; 1 s of 8 is
    // others'.
    CpuTime later = new CpuTime(104, 55, 3.5, 2);
    reader.accept("{\"epoch\":1,\"seconds\":1.5,\"loss\":null,\"cpu\":4.5}", later);
    reader.accept("{\"test\":0.8125}", later);
    reader.accept("{\"evaluation\":\"batches of 10\",\"passes\":[3,1,2]}", later);
    reader.accept("{\"bytesPerStep\":0.5,\"heapBefore\":100,\"heapAfter\":101}", later);
    Answer answer = reader.answer(2);
    assertThat(answer.version()).isEqualTo("1.2");
    assertThat(answer.libraries()).containsExactly("/lib/libgomp.so.1");
    assertThat(answer.product()).isEqualTo(90.5);
    assertThat(answer.epochs()).containsExactly(new Epoch(2.5, 0.75), new Epoch(1.5, Double.NaN));
    assertThat(answer.test()).isEqualTo(0.8125);
    assertThat(answer.evaluations()).containsEntry("batches of 10", 2.0).hasSize(1);
    assertThat(answer.memory()).isEqualTo(new Answer.Memory(0.5, 100, 101));
    assertThat(answer.foreign()).isCloseTo(1.0 / 8, within(1e-12));
  }

  @Test
  void aProbeHasNoEpochs() throws Exception {
    AnswerReader reader = new AnswerReader();
    reader.accept(HEAD, START);
    Answer answer = reader.answer(0);
    assertThat(answer.epochs()).isEmpty();
    assertThat(answer.foreign()).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      textBlock =
          """
          {"epoch":0,"seconds":         → answer:1:
          {"epoch":1,"seconds":1,"loss":2,"cpu":3} → 'epoch': expected the number 0, got 1
          {"epoch":0,"loss":2,"cpu":3}  → 'seconds': expected a number, but there is no such key
          {"test":"good"}               → 'test': expected a number, got "good"
          {"hello":1}                   → expected one of the known lines, got {"hello":1}
          {}                            → expected one of the known lines, got {}
          {"evaluation":"x","passes":[]} → expected one or more numbers
          """)
  void brokenLinesAreRefused(String line, String expected) {
    AnswerReader reader = new AnswerReader();
    assertThatThrownBy(() -> reader.accept(line, START)).hasMessageContaining(expected);
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    AnswerReader reader = new AnswerReader();
    assertThatThrownBy(() -> reader.answer(0)).hasMessageContaining("line with the version first");
    reader.accept(HEAD, START);
    reader.accept("{\"epoch\":0,\"seconds\":2.5,\"loss\":0.75,\"cpu\":3.5}", START);
    assertThatThrownBy(() -> reader.answer(2))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("expected 2 epochs and a test result, got 1 and none");
    assertThatThrownBy(() -> reader.answer(1)).hasMessageContaining("got 1 and none");
  }

  @Test
  void onlyTheLastNoiseIsKept() throws Exception {
    AnswerReader reader = new AnswerReader();
    for (int i = 0; i < 100; i++) {
      reader.accept("  noise " + i, START);
    }
    assertThat(List.of(reader.noise().split(" \\| ")))
        .containsExactly("noise 95", "noise 96", "noise 97", "noise 98", "noise 99");
  }
}
