package org.mskd.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartsTest {
  @Test
  void quartilesAreInterpolatedLinearly() {
    // numpy.percentile([1, 2, 3, 10], [0, 25, 50, 75, 100])
    assertEquals(new Quartiles(1, 1.75, 2.5, 4.75, 10), Quartiles.of(10, 2, 1, 3));
    assertEquals(new Quartiles(7, 7, 7, 7, 7), Quartiles.of(7));
  }

  @Test
  void aBoxPlotHasADotPerCaseAndABoxPerModel() throws Exception {
    BoxPlot plot = new BoxPlot("Dice of <liver> & more");
    plot.add("teachers", 0, 0.5, 1);
    plot.add("a method with a name that is long");
    for (ChartTheme theme : ChartTheme.ALL) {
      Document svg = parsed(plot.svg(theme));
      assertEquals(3, svg.getElementsByTagName("circle").getLength());
      assertEquals(1, svg.getElementsByTagName("rect").getLength());
      assertEquals(
          "Dice of <liver> & more", svg.getElementsByTagName("title").item(0).getTextContent());
      // The axis has 316 pixels from 0 to 1, and begins at 130.
      Element box = (Element) svg.getElementsByTagName("rect").item(0);
      assertEquals(130 + 316 * 0.25, Double.parseDouble(box.getAttribute("x")), 0.01);
      assertEquals(316 * 0.5, Double.parseDouble(box.getAttribute("width")), 0.01);
    }
  }

  @Test
  void curvesHaveAGapWhereThereIsNoNumber() throws Exception {
    CurveChart chart = new CurveChart("teacher liver", List.of(10, 20, 30, 40));
    chart.add("loss", Map.of("loss", List.of(1.0, 0.9, Double.NaN, 0.5)));
    String text = chart.svg(ChartTheme.DARK);
    NodeList curves = parsed(text).getElementsByTagName("polyline");
    assertEquals(2, curves.getLength());
    assertEquals(2, ((Element) curves.item(0)).getAttribute("points").split(" ").length);
    assertFalse(text.contains("NaN"), text);
  }

  @Test
  void aHistoryWithoutIterationsIsAnEmptyChart() throws Exception {
    CurveChart chart = new CurveChart("teacher liver", List.of());
    chart.add("loss", Map.of("loss", List.of()));
    assertEquals(
        0, parsed(chart.svg(ChartTheme.LIGHT)).getElementsByTagName("polyline").getLength());
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
