package org.mskd.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes metrics as JSON: keys sorted, six decimals, {@code null} for what is undefined. */
final class MetricsJson {
  static final int SCHEMA = 1;
  private static final int DECIMALS = 6;

  private final JsonGenerator json;

  private MetricsJson(JsonGenerator json) {
    this.json = json;
  }

  static String text(Metrics metrics) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(printer);
      new MetricsJson(json).write(metrics);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return text.append("\n").toString();
  }

  private void write(Metrics metrics) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("models");
    for (ModelScore model : metrics.models()) {
      write(model);
    }
    json.writeEndArray();
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("testSet", metrics.testSet());
    json.writeEndObject();
  }

  private void write(ModelScore model) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("cases");
    for (CaseScore score : model.cases()) {
      json.writeStartObject();
      write("assdMm", score.assdMm());
      write("dice", score.dice());
      write("hd95Mm", score.hd95Mm());
      json.writeStringField("id", score.id());
      json.writeStringField("organ", score.organ());
      json.writeEndObject();
    }
    json.writeEndArray();
    write("meanDice", model.meanDice());
    json.writeStringField("name", model.name());
    json.writeObjectFieldStart("organs");
    for (Map.Entry<String, OrganScore> organ : model.organs().entrySet()) {
      json.writeObjectFieldStart(organ.getKey());
      write("assdMm", organ.getValue().assdMm());
      write("dice", organ.getValue().dice());
      write("hd95Mm", organ.getValue().hd95Mm());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeNumberField("passes", model.passes());
    json.writeEndObject();
  }

  private void write(String name, Summary summary) throws IOException {
    json.writeObjectFieldStart(name);
    write("mean", summary.mean());
    write("sd", summary.sd());
    json.writeEndObject();
  }

  private void write(String name, OptionalDouble value) throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      BigDecimal rounded =
          BigDecimal.valueOf(value.getAsDouble()).setScale(DECIMALS, RoundingMode.HALF_EVEN);
      json.writeNumber(rounded.toPlainString());
    } else {
      json.writeNull();
    }
  }
}
