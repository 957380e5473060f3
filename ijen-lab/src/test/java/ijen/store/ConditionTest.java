package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final RunValues RUN =
      RunValues.of(
          new RunEntry(
              "20261121-093000-moons",
              "moons",
              "",
              null,
              "finished",
              "",
              "",
              3,
              """
              {"title": "t", "data": "moons", "lr": 0.1, "epochs": 3, "hidden": [128, 64],
               "shuffle": true, "nested": {"momentum": 0.9}}\
              """,
              "{\"seconds\": 1.5, \"parameters\": 1000}",
              Map.of("test.accuracy", 0.91, "train.loss", Double.NaN, "zero", -0.0),
              List.of(),
              ""));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lr=0.1",
        "lr=1e-1",
        " lr = 0.10 ",
        "lr!=0.2",
        "lr<0.2",
        "lr<=0.1",
        "lr>=0.1",
        "lr>0.09",
        "data=moons",
        "data=Moons",
        "data!=mnist",
        "hidden=128,64",
        "shuffle=true",
        "test.accuracy>0.9",
        "test.accuracy>=0.91",
        "seconds<2",
        "parameters=1e3",
        "zero=0",
        "nested.momentum=0.9",
        "epochs=3"
      })
  void holds(String condition) {
    assertThat(Condition.parse(condition).holds(RUN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lr=0.2",
        "lr!=0.1",
        "lr<0.1",
        "lr>0.1",
        "data=mnist",
        "data>1",
        "none=1",
        "none!=1",
        "train.loss<1",
        "train.loss>1",
        "train.loss!=1",
        "train.loss=NaN",
        "title=t",
        "test.accuracy>0.91"
      })
  void holdsNot(String condition) {
    assertThat(Condition.parse(condition).holds(RUN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lr", "lr=", "=1", "lr~1", "l r=1", ">0.9"})
  void isNone(String text) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "'" + text + "': expected a name, one of = != < <= > >=, and a value, such as");
  }

  @Test
  void anOrderNeedsANumber() {
    assertThatThrownBy(() -> Condition.parse("lr<high"))
        .hasMessage("'lr<high': expected a number after '<', got 'high'");
  }
}
