package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Shape;
import ijen.kernel.Precision;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReconstructionTest {
  @Nested
  class OfImages extends DatasetContract {
    @Override
    Dataset subject() {
      return Digits.generate(20, 3).reconstruction();
    }
  }

  @Nested
  class OfChosenPoints extends DatasetContract {
    @Override
    Dataset subject() {
      return Toys.moons(30, 0.1, 5).reconstruction().select(7, 2, 2, 29, 11, 0);
    }
  }

  @Test
  void theTargetIsTheSampleItself() {
    Dataset data = Digits.generate(20, 3).reconstruction();
    assertThat(data.target()).isEqualTo(Shape.of(28, 28));
    assertThat(data.classes()).isEmpty();
    assertThat(data.image(3)).isEqualTo(Digits.generate(20, 3).image(3));
    for (Precision precision : Precision.values()) {
      for (Dataset view : List.of(data, data.take(12), data.reconstruction())) {
        Batch batch =
            new Batch(
                precision, 4, List.of(Form.batched(Shape.of(784)), Form.batched(Shape.of(1, 784))));
        view.gather(new int[] {4, 11, 0}, 0, 3, batch);
        assertThat(batch.targets().toFloats()).isEqualTo(batch.features().toFloats());
        assertThat(batch.targets().slice(784, 784).toFloats()).isEqualTo(data.sample(11));
      }
    }
  }
}
