package ijen.report;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.check.GradientCheck;
import ijen.check.GradientReport;
import ijen.check.SanityCheck;
import ijen.check.SanityReport;
import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Sgd;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CheckReportTest {
  private static final Dataset MOONS = Datasets.open("moons").train();
  private static final Network NETWORK =
      Network.of(Shape.of(2), Layers.dense(4), Layers.tanh(), Layers.dense(2));

  @Test
  void aPageTellsAllAndNeedsNothing(@TempDir Path folder) throws Exception {
    GradientReport gradient = GradientCheck.of(NETWORK, Losses.crossEntropy(), MOONS).run();
    SanityReport sanity = SanityCheck.of(NETWORK, Losses.crossEntropy(), Sgd.of(0.1)).run(MOONS);
    Path file = folder.resolve("check.html");
    CheckReport.write(file, "moons <small>", gradient, sanity);
    String html = Files.readString(file);
    Document page = parsed(html);
    assertThat(html)
        .contains("moons &lt;small&gt;", "dense1.weight", "Is the gradient right?", "by heart")
        .doesNotContain("<script", "http://", "https://www");
    NodeList figures = page.getElementsByTagName("figure");
    assertThat(figures.getLength()).isEqualTo(3);
    Set<String> ids = new HashSet<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      String id = ((Element) all.item(i)).getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("id %s once", id).isTrue();
    }
    assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
  }

  @Test
  void whatIsWrongStandsAtTheTop() throws Exception {
    Network broken = Network.of(Shape.of(2), Layers.dense(4), (g, x) -> g.log(x), Layers.dense(2));
    GradientReport gradient = GradientCheck.of(broken, Losses.crossEntropy(), MOONS).run();
    String html = CheckReport.html("broken", gradient, null);
    parsed(html);
    assertThat(html).contains("class=\"verdict alarm\">Gradient wrong: the loss is NaN");
    assertThat(parsed(html).getElementsByTagName("figure").getLength()).isZero();
  }

  /// It is HTML that is XML too, but for what only HTML knows.
  private static Document parsed(String html) throws Exception {
    String xml = html.replaceFirst("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
