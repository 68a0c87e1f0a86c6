package org.mskd.gate;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.mskd.file.AtomicFile;

/**
 * The verdicts as Surefire writes test results (its schema surefire-test-report.xsd), so that CI
 * servers show each rule as a test. Time is always 0: equal scores give equal bytes.
 */
public final class JUnitReport {
  private static final String SUITE = "mskd.check";

  private JUnitReport() {}

  /**
   * Writes the file atomically.
   *
   * @throws org.mskd.problem.BadInputException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, List<Verdict> verdicts) {
    AtomicFile.write(
        file,
        out -> {
          try {
            write(out, verdicts);
          } catch (XMLStreamException e) {
            throw new java.io.IOException(e);
          }
        });
  }

  private static void write(OutputStream out, List<Verdict> verdicts) throws XMLStreamException {
    XMLStreamWriter xml =
        XMLOutputFactory.newDefaultFactory()
            .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
    long failures = verdicts.stream().filter(verdict -> !verdict.holds()).count();
    xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", SUITE);
    xml.writeAttribute("time", "0");
    xml.writeAttribute("tests", Integer.toString(verdicts.size()));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("failures", Long.toString(failures));
    for (Verdict verdict : verdicts) {
      xml.writeCharacters("\n  ");
      writeCase(xml, verdict);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
    xml.close();
  }

  private static void writeCase(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", verdict.rule().title());
    xml.writeAttribute("classname", SUITE);
    xml.writeAttribute("time", "0");
    if (!verdict.holds()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", verdict.found());
      xml.writeAttribute("type", "rule");
      xml.writeCharacters(verdict.line());
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}
