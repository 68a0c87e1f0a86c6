package org.mskd.report.page;

import java.util.List;
import org.mskd.report.content.CaseFinding;

/**
 * The page of a case.
 *
 * @param title of the page
 * @param root the report's folder, relative to the page
 * @param id of the case
 * @param previous page of the case before it; may be empty
 * @param next page of the case after it; may be empty
 * @param findings of the case
 * @param organs with their colours
 * @param headings of the scores
 * @param rows a row per model and organ
 * @param strips of the reference and the models
 * @param columns what each column of the strips shows
 * @param viewer the script with the slices; empty if there is none
 * @param viewerNote which slices it has
 * @param note why pictures are missing; empty if none is
 */
record CasePage(
    String title,
    String root,
    String id,
    String previous,
    String next,
    List<CaseFinding> findings,
    List<OrganColour> organs,
    List<String> headings,
    List<NamedRow> rows,
    List<StripView> strips,
    List<String> columns,
    String viewer,
    String viewerNote,
    String note) {

  /** An organ and the number of its colour. */
  record OrganColour(String name, int number) {}

  /** A row with a name. */
  record NamedRow(String name, List<Cell> cells) {}

  /** A strip of slices. */
  record StripView(String name, String file, int width, int height, String alt, String scores) {}

  boolean hasStrips() {
    return !strips.isEmpty();
  }
}
