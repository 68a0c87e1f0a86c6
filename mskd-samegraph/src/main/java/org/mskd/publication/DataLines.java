package org.mskd.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mskd.evaluation.TextTable;
import org.mskd.experiment.DataLicense;
import org.mskd.model.ModelCard;
import org.mskd.model.Publication;
import org.mskd.model.PublishedSet;

/** What a model was trained on: counts and digests. */
final class DataLines {
  private DataLines() {}

  static void add(Labelled lines, ModelCard card) {
    List<PublishedSet> sets = card.publication().map(Publication::sets).orElse(List.of());
    lines.add(
        "trained on",
        card.subjects().isEmpty()
            ? TrainingLines.UNKNOWN
            : scans(card.subjects().size()) + ", " + slices(card) + " slices");
    if (!sets.isEmpty()) {
      lines.addAll("data sets", table(sets));
    }
    card.publication().flatMap(Publication::license).ifPresent(license -> add(lines, license));
  }

  private static String scans(int count) {
    return count == 1 ? "1 scan" : count + " scans";
  }

  private static String slices(ModelCard card) {
    long slices = 0;
    for (Map<String, Object> subject : card.subjects()) {
      boolean known =
          subject.get("geometry") instanceof Map<?, ?> geometry
              && geometry.get("slices") instanceof Long;
      if (!known) {
        return "an unknown number of";
      }
      slices += (Long) ((Map<?, ?>) subject.get("geometry")).get("slices");
    }
    return Long.toString(slices);
  }

  private static List<String> table(List<PublishedSet> sets) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "organs", "scans", "slices", "SHA-256"));
    for (PublishedSet set : sets) {
      rows.add(
          List.of(
              set.name().orElse(Integer.toString(rows.size())),
              set.organs().isEmpty() ? "no labels" : String.join(" ", set.organs()),
              Integer.toString(set.subjects()),
              Integer.toString(set.slices()),
              set.digest()));
    }
    return new TextTable(rows).lines();
  }

  private static void add(Labelled lines, DataLicense license) {
    lines.add("data licence", license.name().isEmpty() ? license.text() : license.name());
    if (!license.name().isEmpty() && !license.text().isEmpty()) {
      lines.add("", license.text());
    }
  }
}
